"""Mandates as pages show them, and the things they are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from huying.channels.parts import choices
from huying.channels.parts.hops_cases import guided
from huying.city import catalogue
from huying.features.services import mandates
from huying.features.services.models import Case, Mandate

FOR = "for"  # what an address calls the mandate by which it acts


@dataclass(frozen=True, slots=True)
class Line:
    """A mandate in words."""

    row: Mandate
    who: str
    giver: str
    what: str

    @property
    def over(self) -> bool:
        """Whether it is past."""
        return mandates.over(self.row)

    @property
    def cases(self) -> list[Case]:
        """What was begun by it."""
        return mandates.cases_of(self.row)


def lines(rows: Sequence[Mandate]) -> list[Line]:
    """As a list shows them. Raises KeyTrouble."""
    return [Line(row, mandates.who(row), mandates.called(row.giver), mandates.what(row.thing)) for row in rows]


def thing_options(selected: str) -> SafeString:
    """Every thing, by its name."""
    return choices.options([(one.row.key, guided(one.whole.thing.name)) for one in catalogue.things()], selected)
