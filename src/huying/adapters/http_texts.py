"""Text messages over a gateway's JSON API: signed requests, one key a message, delivery reports (docs/telling.md)."""

import json
from collections.abc import Mapping

from django.conf import settings

from huying.adapters.signed_http import SignedHttp, code, id_of
from huying.base.gateway import TextsGateway
from huying.base.outside import Fate
from huying.people.ports import CannotAsk, Forged, NotDelivered, Report


class HttpTexts:
    """Fulfils people.ports.ReportedTexts. Raises NotDelivered when no gateway is set."""

    def __init__(self) -> None:
        gateway: TextsGateway | None = settings.TEXTS_GATEWAY
        if gateway is None:
            raise NotDelivered("HUYING_TEXTS_URL is not set")
        self._gateway = gateway
        self._http = SignedHttp(gateway.url, gateway.account, gateway.secret, keeps=gateway.asks, settings_of="HUYING_TEXTS")

    def send(self, phone: str, template: str, values: Mapping[str, str], key: str) -> str:
        theirs = self._gateway.templates.get(template, template)
        body = {"phone": phone, "template": theirs, "values": dict(values), "sign": self._gateway.sign}
        status, answer, wait = self._http.request("POST", "/messages", json.dumps(body, ensure_ascii=False).encode(), key)
        if status // 100 == 2:
            return id_of(answer)
        raise self._http.fault(status, answer, wait)

    def ask(self, key: str) -> str | None:
        if not self._gateway.asks:
            raise CannotAsk
        return self._http.ask(key)

    def report(self, headers: Mapping[str, str], body: bytes) -> Report:
        told = self._http.told("report", headers, body)
        try:
            return Report(str(told["key"])[:32], Fate(told["state"]), code(told.get("reason", "")))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise Forged("not a report") from fault
