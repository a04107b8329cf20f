"""Fulfils notify's port: what the kernel lets be said of a call, and where on the portal it is read."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from huying.features.services.kind import SERVICE
from huying.kernel import queries
from huying.notify.ports import About


class CallsOfTheKernel:
    """Which call belongs to which party."""

    def about(self, calls: Collection[int]) -> Mapping[int, About]:
        """Of each call that may be told to its party. An erased party's are left out."""
        found = queries.sayable(calls)
        return {call: _about(row) for call, row in found.items() if row.caller.data_key is not None}


def _about(row: queries.Sayable) -> About:
    address = reverse("web:case" if row.kind == SERVICE.name else "web:call", kwargs={"number": row.number})
    return About(row.caller, row.number, row.kind, row.who, row.by, address, row.urgent)
