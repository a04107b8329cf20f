"""In whatever order she books and comes or not, and officers ask, pause and decide: no item counts before she was there."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.base import clock
from huying.features.services import visiting
from huying.features.services.models import Branch, Visit
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.test_awaiting import why
from huying.features.services.tests.test_random_moves import act
from huying.kernel import rebuild, standing, timers
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Pause, Promise
from huying.kernel.pauses import midnight, ordinal
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, ITEMS, REGISTRATION, load

pytestmark = pytest.mark.django_db
COMES = {CERTIFICATE: 0, REGISTRATION: 2, ALLOWANCE: 4}  # promised days
MOVES = (
    *("book", "cancel", "came", "missed", "ask", "reply", "pause", "resume"),
    *("sign", "grant", "approve", "crowd", "send_back", "give", "keep", "longer", "extend", "days"),
)


def book(case: Birth, item: str, which: int) -> None:
    slots = visiting.free(case.branch(item).bearer)
    visiting.book(case.she, case.the.call_id, item, slots[which * 11 % len(slots)].starts_at)


def ended(case: Birth, item: str, came: bool) -> None:
    row = Visit.objects.filter(branch__case=case.the.matter_id, department=case.branch(item).bearer, state="booked").first()
    if row is not None:
        visiting.ended(case.officer(row.branch.item), row.pk, came)


VISITS: dict[str, Callable[[Birth, str, int], None]] = {
    "book": book,
    "cancel": lambda case, item, _n: visiting.cancel(case.she, case.the.call_id, item),
    "came": lambda case, item, _n: ended(case, item, True),
    "missed": lambda case, item, _n: ended(case, item, False),
}


def holds(case: Birth) -> None:
    assert not list(rebuild.differences())
    for row in Branch.objects.filter(case=case.the.matter_id, task__isnull=False).select_related("task"):
        clock_ = Promise.objects.filter(task=row.task, what="decide").get()
        open_ = Pause.objects.filter(promise=clock_, to_at=None)
        assert open_.count() <= 1
        assert not (open_ and clock_.ended_at), "what has ended stands for nothing"
        if row.item not in COMES:
            assert not open_.filter(reason=standing.VISIT)
            continue
        visits = Visit.objects.filter(branch__case=case.the.matter_id, state="came")
        first = visits.filter(starts_at__gte=midnight(ordinal(row.opened_at))).order_by("starts_at").first()
        if clock_.ended_at is None and first is None:
            assert why(case, row.item) == standing.VISIT, "she was nowhere yet"
            assert clock_.broken_at is None
            assert row.task is not None and (row.task.state == "sent_back" or row.task.due_at == standing.NO_DAY)
        if clock_.ended_at is None and first is not None and why(case, row.item) != standing.VISIT:
            assert clock_.due_at >= midnight(ordinal(first.starts_at) + 1), "due before she had left"
    whole = Promise.objects.filter(matter=case.the.matter_id, what="answer", ended_at=None).first()
    if whole is not None and Pause.objects.filter(promise=whole, to_at=None).exists():
        running = Pause.objects.filter(promise__matter=case.the.matter_id, promise__what="decide", to_at=None)
        assert running.filter(promise__ended_at=None).exists(), "the whole stands with one of its items"


def step(case: Birth, what: str, item: str, which: int) -> None:
    if what in VISITS:
        if case.branch(item).task_id is not None and item in COMES:
            VISITS[what](case, item, which)
    else:
        act(case, what, item)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, 3), st.integers(0, 9)), max_size=22), last=st.booleans())
def test_no_item_counts_before_she_was_there(case: Birth, moves: list[tuple[str, int, int]], last: bool) -> None:
    case.officers.clear()
    items = [{**one, "visits_here": 1, "promised": COMES[one["code"]]} if one["code"] in COMES else one for one in ITEMS]
    case.thing = load(BIRTH, tuple(items))
    at = datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)
    with clock.showing(at):
        case.open()
    codes = (CERTIFICATE, REGISTRATION, ALLOWANCE, CARD)
    for what, item, which in [*moves, *([("withdraw", 0, 1)] if last else [])]:
        at += timedelta(days=which, minutes=7) if what == "days" else timedelta(minutes=7)
        with clock.showing(at):
            if what == "days":
                timers.sweep_dry()
            else:
                with suppress(Refused, BadInput):
                    step(case, what, codes[item], which)
            holds(case)
            if case.matter.state == "withdrawn":
                assert not Pause.objects.filter(to_at=None, promise__matter=case.the.matter_id).exists()
                return
