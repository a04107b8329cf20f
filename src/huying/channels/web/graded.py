"""好差评 on the page of a case: what may be rated now, what was said of it, and what was promised and answered then."""

from dataclasses import dataclass, field

from django.http import QueryDict

from huying.base import ids
from huying.channels.parts.words import grade_words
from huying.channels.web.guidance import both
from huying.features.services import rating
from huying.features.services.models import Rating
from huying.features.services.queries import CaseView
from huying.features.services.rating import REASONS, Opinion
from huying.features.services.stages import Stage
from huying.people.actors import Actor

FACES = tuple((grade, f"f{grade}") for grade in (5, 4, 3, 2, 1))


@dataclass(slots=True)
class Word:
    """Of an item (`key` its code) or the whole (''): what she said, or the form in which she may say it."""

    key: str
    name: str
    said: Rating | None = None
    errors: dict[str, str] = field(default_factory=dict)
    typed: Opinion = field(default_factory=lambda: Opinion(None))

    @property
    def grade(self) -> str:
        """What she gave, in words."""
        return grade_words(self.said.grade) if self.said else ""

    @property
    def because(self) -> list[str]:
        """The reasons she ticked, in words."""
        return [str(REASONS[key]) for key in self.said.reasons if key in REASONS] if self.said else []

    @property
    def faces(self) -> list[tuple[int, str, str]]:
        """The five grades: value, face, words."""
        return [(grade, face, grade_words(grade)) for grade, face in FACES]

    @property
    def reasons(self) -> list[tuple[str, str, bool]]:
        """What may be ticked."""
        return [(key, str(words), key in self.typed.reasons) for key, words in REASONS.items()]


def words_of(view: CaseView, again: Word | None = None) -> dict[str, Word]:
    """By item what was or may be said, under '' of the whole; `again` is the form that came back with its faults."""
    said = {row.branch.item if row.branch else "": row for row in rating.of_case(view.case)}
    found = {
        one.branch.item: Word(one.branch.item, both(one.item.name), said.get(one.branch.item))
        for one in view.branches
        if one.stage in (Stage.GRANTED, Stage.REFUSED)
    }
    if view.call.state in ("answered", "closed"):
        found[""] = Word("", both(view.whole.thing.name), said.get(""))
    if again is not None and again.key in found:
        found[again.key] = again
    return found


def opinion_of(given: QueryDict) -> Opinion:
    """What was chosen and typed."""
    return Opinion(ids.row_id(given.get("grade", "")) or None, tuple(given.getlist("reasons")), given.get("text", ""))


def rate(actor: Actor, view: CaseView, given: QueryDict) -> None:
    """Say it. Raises as `rating.rate` does."""
    rating.rate(actor, view.call.pk, given.get("item", ""), opinion_of(given))


def again(view: CaseView, given: QueryDict, errors: dict[str, str]) -> dict[str, Word]:
    """The same words with the form at fault filled in as it was."""
    key = given.get("item", "")
    names = {one.branch.item: both(one.item.name) for one in view.branches}
    return words_of(view, Word(key, names.get(key, both(view.whole.thing.name)), None, errors, opinion_of(given)))
