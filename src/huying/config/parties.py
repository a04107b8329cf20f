"""Fulfils notify's port: what the kernel lets be said of a call or an offer, and where on the portal it is read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.urls import reverse

from huying.base import clock
from huying.features.services.kind import SERVICE
from huying.features.services.offering import queries as of_offers
from huying.features.services.offering.models import Offer
from huying.kernel import queries
from huying.notify.ports import About


class CallsOfTheKernel:
    """Which call belongs to which party."""

    def about(self, calls: Collection[int]) -> Mapping[int, Sequence[About]]:
        """Of each call what may be said to its party, and to who acts for her now. An erased party's are left out."""
        found = queries.sayable(calls)
        return {call: _about(row) for call, row in found.items() if row.caller.data_key is not None}

    def offered(self, offers: Collection[int]) -> Mapping[int, About]:
        """Of each offer that still waits for its party's word."""
        return {offer.pk: _offered(offer) for offer in of_offers.waiting_of(offers)}


def _offered(offer: Offer) -> About:
    ends = datetime.combine(offer.until + timedelta(days=1), time(), clock.CITY_TIME)  # the last day ends at 24:00
    address = reverse("web:offer", kwargs={"token": offer.token})
    return About(offer.party, "", "offer", "", ends, address, urgent=False)


def _about(row: queries.Sayable) -> list[About]:
    address = reverse("web:case" if row.kind == SERVICE.name else "web:call", kwargs={"number": row.number})
    hers = About(row.caller, row.number, row.kind, row.who, row.by, address, row.urgent)
    agent = row.agent if row.agent is not None and row.agent.data_key is not None else None
    return [hers] if agent is None else [hers, replace(hers, party=agent, acts=True)]
