"""The inbox as it is drawn: rows under the day on which they are due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from huying.base import clock
from huying.channels.parts import words
from huying.features.appeals.queries import may_be_shown
from huying.kernel import kinds
from huying.kernel.queries import AnsweredRow, InboxRow

GROUPS = ("over", "today", "tomorrow", "week", "later")


@dataclass(slots=True)
class Group:
    """Rows due on the same stretch of days, or that wait for the same thing."""

    name: str
    label: str
    rows: list[Any] = field(default_factory=list)


def grouped(rows: Sequence[InboxRow]) -> list[Group]:
    """Overdue, today, tomorrow, this week, later; stretches without rows are left out."""
    labels = {"over": _("已超时"), "today": _("今天到期"), "tomorrow": _("明天到期"), "week": _("七天内"), "later": _("以后")}
    groups = {name: Group(name, labels[name]) for name in GROUPS}
    now = clock.now()
    for row in rows:
        groups[stretch(row.due_at, now)].rows.append(row)
    return [group for group in groups.values() if group.rows]


def after_the_answer(rows: Sequence[AnsweredRow]) -> list[Group]:
    """What may be shown on the board, and whose caller has not said her word; the closed rest is left out."""
    agreed = may_be_shown(row.call_id for row in rows)
    show = Group("show", _("可以公开"), [row for row in rows if row.call_id in agreed])
    wait = Group("wait", _("等来电人的话"), [row for row in rows if row.waiting and row.call_id not in agreed])
    return [group for group in (show, wait) if group.rows]


def stretch(due_at: datetime | None, now: datetime) -> str:
    """The stretch in which a moment lies. A due moment of midnight belongs to the day that it ends."""
    if due_at is None:
        return "later"
    if due_at <= now:
        return "over"
    today = now.astimezone(clock.CITY_TIME).date()
    day = (due_at - timedelta(microseconds=1)).astimezone(clock.CITY_TIME).date()
    ahead = (day - today).days
    return "today" if ahead <= 0 else "tomorrow" if ahead == 1 else "week" if ahead < 7 else "later"


def mark(kind: str) -> str:
    """The one character of a kind."""
    return kinds.get(kind).mark


def sort_label(kind: str, sort: str) -> str:
    """The label of a sort within its kind, in the reader's language."""
    return words.said(kinds.get(kind).sort(sort).label)
