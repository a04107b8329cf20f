"""A birth of which one item costs something and wants her at the counter, and a cashier that keeps what it is told."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

import pytest
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.features.services.ports import NotDelivered, Order, Paid
from huying.features.services.tests.conftest import Birth
from tests.small_things import BIRTH, ITEMS, REGISTRATION, both, load

YUAN = 80


def dear(code: str = REGISTRATION, yuan: int = YUAN, visits: int = 1) -> tuple[dict[str, Any], ...]:
    """The items, of which one costs something and wants a visit."""
    fee = {"yuan": yuan, "text": both(f"{yuan} 元")}
    return tuple({**item, "fee": fee, "visits_here": visits} if item["code"] == code else item for item in ITEMS)


class KeptCashier:
    """A cashier for the tests: paid when a test says so, silent when it is told to be."""

    orders: ClassVar[dict[str, Order]] = {}
    paid: ClassVar[dict[str, tuple[int, datetime]]] = {}
    returned: ClassVar[list[str]] = []
    silent: ClassVar[bool] = False

    def begin(self, order: Order) -> str:
        self._speak()
        self.orders[order.number] = order
        return f"https://cashier.example/{order.number}"

    def ask(self, number: str) -> Paid | None:
        self._speak()
        return Paid(f"C{number}", self.paid[number][1], self.paid[number][0]) if number in self.paid else None

    def give_back(self, number: str) -> str:
        self._speak()
        if number not in self.returned:
            self.returned.append(number)
        return f"R{number}"

    @classmethod
    def pay(cls, number: str, fen: int | None = None) -> None:
        """She paid what was asked, or that much."""
        cls.paid[number] = (cls.orders[number].fen if fen is None else fen, clock.now())

    def _speak(self) -> None:
        if self.silent:
            raise NotDelivered("the cashier does not answer")


@pytest.fixture
def cashier(settings: Settings) -> Iterator[type[KeptCashier]]:
    """The city's cashier, empty."""
    settings.CASHIER = f"{__name__}.KeptCashier"
    KeptCashier.orders.clear()
    KeptCashier.paid.clear()
    KeptCashier.returned.clear()
    KeptCashier.silent = False
    yield KeptCashier
    KeptCashier.silent = False


@pytest.fixture
def costly(case: Birth) -> Birth:
    """Registration costs 80 yuan and wants her at the counter; its turn has come."""
    case.thing = load(BIRTH, dear())
    return case
