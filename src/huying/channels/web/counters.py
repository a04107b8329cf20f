"""What an item wants beside papers: a fee, and a time at the counter, as the case's page says it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.base import clock
from huying.features.services import awaiting, paying, visiting
from huying.features.services.models import Bill, Visit
from huying.features.services.paying import Due
from huying.features.services.queries import BranchView, CaseView
from huying.features.services.stages import Stage

NOON = 12
WORKED = (Stage.GIVEN, Stage.WORKING, Stage.ASKING, Stage.VISITING, Stage.PAUSED, Stage.RULING, Stage.CHECKING)


@dataclass(frozen=True, slots=True)
class Counter:
    """Of one item: what is due, whether she can pay online; the time that is kept, whether she may choose one."""

    due: Due | None
    pays: bool
    online: bool
    visit: Visit | None
    books: bool

    @property
    def shown(self) -> bool:
        """Whether there is anything to say."""
        return self.due is not None or self.visit is not None or self.books


def of_case(view: CaseView) -> dict[str, Counter]:
    """By item."""
    bills, visits = paying.bills_of(view.case.pk), visiting.of_case(view.case)
    return {one.branch.item: _of(view, one, bills.get(one.branch.pk), visits.get(one.branch.pk)) for one in view.branches}


def _of(view: CaseView, one: BranchView, bill: Bill | None, visit: Visit | None) -> Counter:
    due = paying.due_of(one.branch, view.whole, bill)
    worked = one.stage in WORKED
    if due is not None and not worked and due.state == Bill.State.DUE:
        due = None  # it waits, or is over: nothing is to be paid now
    pays = due is not None and due.state == Bill.State.DUE and due.yuan > 0
    comes = awaiting.wants(one.branch, view.whole) and (worked or one.stage == Stage.GRANTED)
    books = comes and (visit is None or visit.state in (Visit.State.BOOKED, Visit.State.MISSED))
    return Counter(due, pays, paying.online(), visit, books)


@dataclass(frozen=True, slots=True)
class Half:
    """The times of a morning or an afternoon."""

    name: str
    slots: list[visiting.Slot]


@dataclass(frozen=True, slots=True)
class Day:
    """The times of one day."""

    at: datetime
    slots: list[visiting.Slot]

    @property
    def halves(self) -> list[Half]:
        """Before noon and after, as far as there are times."""
        parts: dict[bool, list[visiting.Slot]] = {True: [], False: []}
        for slot in self.slots:
            parts[localtime(slot.starts_at).hour < NOON].append(slot)
        return [Half(_("上午") if early else _("下午"), slots) for early, slots in parts.items() if slots]


def days(slots: list[visiting.Slot]) -> list[Day]:
    """Times under their days."""
    found = []
    for _day, many in groupby(slots, key=lambda slot: clock.day_of(slot.starts_at)):
        rows = list(many)
        found.append(Day(rows[0].starts_at, rows))
    return found


def day_of(many: list[Day], wanted: str) -> Day | None:
    """The day that was asked for (2026-12-01), or the first."""
    there = {clock.day_of(day.at).isoformat(): day for day in many}
    return there.get(wanted) or next(iter(many), None)
