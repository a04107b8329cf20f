"""The inbox as it is drawn: rows under the day on which they are due."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from huying.base import clock
from huying.channels.parts import words
from huying.features.appeals.queries import may_be_shown
from huying.kernel import kinds, queries
from huying.kernel.queries import InboxRow
from huying.people.actors import Actor

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


def after_the_answer(actor: Actor) -> list[Group]:
    """Whose poor rating is to be looked into, whom to call back, what may be shown on the board."""
    show = queries.to_show(actor)
    agreed = may_be_shown(row.call_id for row in show)
    groups = (
        Group("check", _("要回查"), queries.to_check(actor)),
        Group("wait", _("等回访"), queries.to_call_back(actor)),
        Group("show", _("可以公开"), [row for row in show if row.call_id in agreed]),
    )
    return [group for group in groups if group.rows]


def stretch(due_at: datetime | None, now: datetime) -> str:
    """The stretch in which a moment lies. A due moment of midnight belongs to the day that it ends."""
    if due_at is None:
        return "later"
    if due_at <= now:
        return "over"
    today = clock.day_of(now)
    day = clock.day_of(due_at - timedelta(microseconds=1))
    ahead = (day - today).days
    return "today" if ahead <= 0 else "tomorrow" if ahead == 1 else "week" if ahead < 7 else "later"


def mark(kind: str) -> str:
    """The one character of a kind."""
    return kinds.get(kind).mark


def sort_label(kind: str, sort: str) -> str:
    """The label of a sort within its kind, in the reader's language."""
    return words.said(kinds.get(kind).sort(sort).label)
