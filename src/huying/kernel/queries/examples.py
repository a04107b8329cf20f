"""Answers to learn from: of calls most like a matter, those whose callers said that they helped.

Of matters this officer may see, and of what stands on the board; a body complained about is shown nothing of it. Days and
identifiers are gaps in what is put into the box, so that nothing of another's goes to this caller unread.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.kernel import kinds, search, templates
from huying.kernel.models import Call, Matter, Response
from huying.kernel.search import scopes
from huying.people.actors import Actor
from huying.reading import terms

LIMIT, LOOKED_AT = 3, 12
LEAST = 0.15  # of what the matter's words say that another's must say too
TITLE = 40  # characters by which an answer on the board is named


@dataclass(frozen=True, slots=True)
class Example:
    """A well rated answer; `matter_id` is 0 where only its words on the board may be read."""

    call_id: int
    matter_id: int
    title: str
    text: str
    bearer: str
    at: datetime | None
    grade: int | None

    @property
    def start(self) -> str:
        """Its words as a start of another answer."""
        return templates.with_gaps(self.text)


def examples(actor: Actor, matter: Matter, calls: Sequence[Call], limit: int = LIMIT) -> list[Example]:
    """The answers most like what this matter is about, best first, each once."""
    if not calls:
        return []
    words = f"{calls[0].title}。{calls[0].text}"
    wanted = terms.telling(terms.parse(words[: search.MOST_ASKED]))
    found = [*_seen(actor, matter, words), *_on_board(actor, matter, words)]
    ranked = sorted(((_share(said, wanted), example) for said, example in found), key=lambda row: -row[0])
    return list(_once(example for share, example in ranked if share >= LEAST))[:limit]


def example(actor: Actor, matter: Matter, calls: Sequence[Call], call_id: int) -> Example | None:
    """One of them, by its call; None for what was not offered."""
    return next((row for row in examples(actor, matter, calls) if row.call_id == call_id), None)


def _seen(actor: Actor, matter: Matter, words: str) -> list[tuple[str, Example]]:
    """Of calls he may see, with the words by which they were found."""
    rows = [c for c in search.alike(actor, words, LOOKED_AT, well_rated=True) if c.matter_id != matter.pk and c.response]
    told = _told([row.response_id for row in rows if row.response_id])
    graded = dict(Call.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "grade"))
    return [
        (
            f"{row.title} {row.text}",
            Example(
                row.pk, row.matter_id, row.title, row.response.text, told[row.response.pk], row.answered_at, graded[row.pk]
            ),
        )
        for row in rows
        if row.response
    ]


def _on_board(actor: Actor, matter: Matter, words: str) -> list[tuple[str, Example]]:
    """Of what everybody may read, with the words an officer confirmed."""
    found = search.posts(words, LOOKED_AT, own=True)
    good = Q(grade__gte=scopes.WELL) | Q(grade__isnull=True)
    rows = Call.objects.filter(good, pk__in=found, solved=True, answered_at__isnull=False).exclude(matter=matter)
    about = {call.pk: call for call in rows}
    told = _told([call.response_id for call in about.values() if call.response_id])
    shown = {pk: texts for kind in {c.kind for c in about.values()} for pk, texts in kinds.get(kind).shown(list(about)).items()}
    return [
        (asked, Example(pk, 0, asked[:TITLE], answer, told.get(call.response_id or 0, ""), call.answered_at, call.grade))
        for pk, (asked, answer, *_rest) in shown.items()
        if (call := about[pk]) and answer
    ]


def _told(responses: Iterable[int]) -> dict[int, str]:
    """Who gave each of the answers."""
    return dict(Response.objects.filter(pk__in=list(responses)).values_list("pk", "task__bearer__short"))


def _share(said: str, wanted: Sequence[str]) -> float:
    return terms.share(terms.pieces(said), wanted)


def _once(found: Iterable[Example]) -> Iterable[Example]:
    """Each answer once: ten voices of one matter were told the same, and what stands on the board may be seen besides."""
    texts, calls = set[str](), set[int]()
    for row in found:
        if row.text not in texts and row.call_id not in calls:
            texts.add(row.text)
            calls.add(row.call_id)
            yield row
