"""主动服务: when a thing is offered to somebody, as data. Pure: dates in, a window out; no clock, no table.

A window is one occasion: the days from which and through which the thing is offered, and the day it is about.
"""

from datetime import date, timedelta
from typing import Any

import msgspec

from huying.city.things.shape import Both

MonthDay = tuple[int, int]
BIRTH, CHILDREN, RESIDENCE, DOCUMENTS = "birth", "children", "residence", "documents"
# What she may let us look at, each by itself.
KINDS = (BIRTH, CHILDREN, RESIDENCE, DOCUMENTS)


class Window(msgspec.Struct, frozen=True):
    """An occasion: offered from `first` through `last`, because of what happens on `day`."""

    first: date
    last: date
    day: date


class Turns(msgspec.Struct, frozen=True, tag="turns"):
    """The person reaches an age; offered from `within` days before that birthday until `stands` days after it."""

    age: int
    within: int
    stands: int

    looks = BIRTH

    def window(self, born: date) -> Window:
        """The one occasion of a life."""
        day = birthday(born, self.age)
        return Window(day - timedelta(days=self.within), day + timedelta(days=self.stands), day)

    def next_look(self, windows: list[Window], today: date, every: int) -> date | None:
        """Nothing new is to be learned of a birthday: again when its days begin, and never once they are over."""
        coming = min((window.first for window in windows if window.first > today), default=None)
        return None if coming is None else min(coming, today + timedelta(days=every))


class ChildStarts(msgspec.Struct, frozen=True, tag="child"):
    """A child reaches an age by a day of the year (`by`); offered in that year from `opens` through `closes`."""

    age: int
    by: MonthDay
    opens: MonthDay
    closes: MonthDay

    looks = CHILDREN

    def window(self, born: date) -> Window:
        """The year in which the age is reached by that day, and not a year before."""
        reached = birthday(born, self.age)
        year = reached.year if reached <= date(reached.year, *self.by) else reached.year + 1
        return Window(date(year, *self.opens), date(year, *self.closes), date(year, *self.by))

    def next_look(self, windows: list[Window], today: date, every: int) -> date | None:
        """Children are looked for while the days of a year last, and not before the next ones begin."""
        opens, closes = date(today.year, *self.opens), date(today.year, *self.closes)
        if today < opens:
            return opens
        again = today + timedelta(days=every)
        return again if again <= closes else date(today.year + 1, *self.opens)


class Expires(msgspec.Struct, frozen=True, tag="expires"):
    """A document that one of these items gave ends; offered from `within` days before its last day through that day."""

    items: tuple[str, ...]
    within: int

    looks = DOCUMENTS

    def window(self, until: date) -> Window:
        """The days before it ends."""
        return Window(until - timedelta(days=self.within), until, until)

    def next_look(self, windows: list[Window], today: date, every: int) -> date | None:
        """Documents come at any time: again after `every` days, sooner where one begins to end sooner."""
        coming = min((window.first for window in windows if window.first > today), default=date.max)
        return min(coming, today + timedelta(days=every))


class OfferRule(msgspec.Struct, frozen=True):
    """When which thing is offered, with which answers and fields. `assumed`: answers that stand until she says otherwise."""

    key: str
    thing: str
    why: Both
    ground: tuple[Both, ...]
    when: Turns | ChildStarts | Expires
    answers: dict[str, Any]
    assumed: dict[str, Any]
    skip: tuple[str, ...]
    fill: dict[str, str]
    every: int  # days between two looks

    @property
    def settled(self) -> dict[str, Any]:
        """All answers with which the thing is offered."""
        return {**self.answers, **self.assumed}

    @property
    def needs(self) -> str:
        """What she must have let us look at before this rule looks at all."""
        return self.when.looks

    @property
    def uses(self) -> frozenset[str]:
        """What it looks at where she lets it: what it needs, and what it fills in from."""
        return frozenset({self.needs} | {SOURCES[source] for source in self.fill.values() if SOURCES[source]})


# Where a field may be filled from, and what must have been agreed to; '' asks no register.
SOURCES = {
    "account.phone": "",
    "person.identity": "",
    "person.name": RESIDENCE,
    "person.address": RESIDENCE,
    "child.name": CHILDREN,
    "child.identity": CHILDREN,
    "child.sex": CHILDREN,
    "child.born": CHILDREN,
    "before": DOCUMENTS,  # the same field of the form by which the document was given
}


def sources_of(when: Turns | ChildStarts | Expires) -> tuple[str, ...]:
    """The sources that are there in such a case."""
    apart = {"child.": CHILDREN, "before": DOCUMENTS}
    return tuple(
        name for name in SOURCES if all(when.looks == kind or not name.startswith(begins) for begins, kind in apart.items())
    )


def birthday(born: date, age: int) -> date:
    """The day on which the age is reached; of somebody born on 29 February in another year the last of the month.

    民法典第二百零二条: where a month has no such day, it is the month's last.
    """
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)
