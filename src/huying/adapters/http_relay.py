"""A relay over a provider's JSON API: a number that stands in for hers, messages from it, and her answers (docs/telling.md)."""

import json
import re
from collections.abc import Mapping

from django.conf import settings

from huying.adapters.signed_http import SignedHttp, id_of
from huying.base.gateway import RelayGateway
from huying.notify.ports import Forged, Heard, NotDelivered, Unsure

_NUMBER = re.compile(r"\+?[0-9][0-9 ,-]{2,22}")


class HttpRelay:
    """Fulfils notify.ports.HearingRelay. Raises NotDelivered when no provider is set."""

    def __init__(self) -> None:
        gateway: RelayGateway | None = settings.RELAY_GATEWAY
        if gateway is None:
            raise NotDelivered("HUYING_RELAY_URL is not set")
        self._http = SignedHttp(gateway.url, gateway.account, gateway.secret, keeps=True, settings_of="HUYING_RELAY")

    def number(self, line: str, phone: str) -> str:
        status, answer, wait = self._http.request("PUT", f"/lines/{line}", json.dumps({"phone": phone}).encode(), line)
        if status // 100 != 2:
            raise self._http.fault(status, answer, wait)
        found = str(answer.get("number", "")) if isinstance(answer, dict) else ""
        if not _NUMBER.fullmatch(found) or phone in found:
            raise Unsure("the relay's answer is not understood")
        return found

    def send(self, line: str, template: str, values: Mapping[str, str], key: str) -> str:
        body = {"line": line, "template": template, "values": dict(values)}
        status, answer, wait = self._http.request("POST", "/messages", json.dumps(body, ensure_ascii=False).encode(), key)
        if status // 100 == 2:
            return id_of(answer)
        raise self._http.fault(status, answer, wait)

    def ask(self, key: str) -> str | None:
        return self._http.ask(key)

    def release(self, line: str) -> None:
        status, answer, wait = self._http.request("DELETE", f"/lines/{line}", b"", line)
        if status // 100 != 2 and status != 404:
            raise self._http.fault(status, answer, wait)

    def heard(self, headers: Mapping[str, str], body: bytes) -> Heard:
        told = self._http.told("heard", headers, body)
        try:
            return Heard(str(told["line"])[:32], str(told["text"]), str(told["key"])[:64])
        except (KeyError, TypeError) as fault:
            raise Forged("not an answer") from fault
