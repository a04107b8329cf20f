"""What somebody finds. The index narrows, the rules decide: what is not yours is as if it were not there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from huying.base import ids
from huying.city import queries as city
from huying.city.models import Duty
from huying.kernel import rules, said
from huying.kernel.models import Call, Document
from huying.kernel.search import index, rows, scopes
from huying.kernel.search.index import Hit
from huying.people.actors import Actor
from huying.reading import terms
from huying.reading.terms import Phrase

PAGE = 20
MOST_ASKED = 200  # characters of a question that are read
ROUNDS = 20  # pages of candidates that are looked through before a page is given as it is
MOST_DUTIES = 60
ALIKE = 60  # candidates for a story
# what a page of results shows, and what reading it for its caller needs: a third of the columns
_SHOWN = (
    *("number", "kind", "sort", "caller_id", "title", "text", "place", "area_id", "state", "opened_at", "answered_at"),
    *(
        "solved",
        "ended_how",
        "told_to_desk",
        "matter__state",
        "matter__voices",
        "response__text",
        "response__matter_id",
        "sealed",
    ),
)


@dataclass(frozen=True, slots=True)
class CallPage:
    """Calls that somebody may see and that hold what was asked; `after` leads to the next ones, None at the end."""

    calls: list[Call] = field(default_factory=list)
    after: int | None = None


class Sight(NamedTuple):
    """Which calls an actor may see; `by_posts`: for nothing but the posts he holds."""

    where: Q
    by_posts: bool


def calls(actor: Actor, question: str, held: Collection[int] = (), before: int | None = None, limit: int = PAGE) -> CallPage:
    """The calls an actor may see that hold what was asked, those that came last first; a story's are the most alike.

    `held` are calls whose number and secret were shown. A public number finds its call.
    """
    question = question[:MOST_ASKED]
    phrases = terms.parse(question)
    sight = _sight(actor, held)
    if sight is None or not phrases:
        return CallPage()
    if ids.number_is_sound(ids.plain_number(question)):
        return CallPage(_readable(actor, Sight(sight.where & Q(number=ids.plain_number(question)), by_posts=False), None))
    who = scopes.for_actor(actor)
    page = _page(actor, phrases, sight, who, before, limit) if who else CallPage()
    if before is not None:
        return page
    own = _of_held(actor, phrases, sight, held)
    if not page.calls and not own and terms.is_long(phrases) and who:
        return CallPage(_alike(actor, phrases, sight, who, limit))
    found = {call.pk: call for call in (*own, *page.calls)}
    return CallPage(sorted(found.values(), key=lambda call: (call.opened_at, call.pk), reverse=True), page.after)


def alike(actor: Actor, text: str, limit: int = PAGE, *, well_rated: bool = False) -> list[Call]:
    """The calls an actor may see that are most like a text, the most alike first, each with its answer where it has one.

    `well_rated`: only those whose answer the caller called a solution, and graded 4 or 5 or not at all. The first
    MOST_ASKED characters of the text are read: tell the title first.
    """
    phrases, sight, who = terms.parse(text[:MOST_ASKED]), _sight(actor, ()), scopes.for_actor(actor)
    if sight is None or not phrases or not who:
        return []
    return _alike(actor, phrases, sight, who, limit, scopes.GOOD if well_rated else "")


def posts(question: str, limit: int = PAGE, *, own: bool = False) -> list[int]:
    """The calls whose published words hold what was asked, by their ids: anybody may read those.

    `own`: the question is a call's own words, which stand in the index themselves.
    """
    return [int(pk) for pk in _open(question, scopes.POST, limit, own=own)]


def duties(question: str, limit: int = PAGE) -> list[Duty]:
    """The duties that hold what was asked: what the city does, and by what law. Those that are named so stand first."""
    phrases = terms.parse(question[:MOST_ASKED])
    found = [duty for key in _open(question, scopes.DUTY, MOST_DUTIES) if (duty := city.duty(key))]
    return sorted(found, key=lambda duty: not terms.holds(terms.pieces(duty.name), phrases))[:limit]


def _sight(actor: Actor, held: Collection[int]) -> Sight | None:
    scope = rules.visible_to(actor, "call")
    if not held:
        return None if scope is None else Sight(scope, rows.serves(actor))
    where = Q(pk__in=held) if scope is None else scope | Q(pk__in=held) if scope.children else scope
    return Sight(where, by_posts=False)


def _open(question: str, who: str, limit: int, *, own: bool = False) -> list[str]:
    phrases = terms.parse(question[:MOST_ASKED])
    hits = index.newest(phrases, [who], None, limit) if phrases else []
    if not hits and terms.is_long(phrases):
        wanted = index.rarest(terms.telling(phrases), own=own)
        hits = index.likest(wanted, [who], limit) if wanted else []
    return [hit.urn.partition(":")[2] for hit in hits]


def _page(
    actor: Actor, phrases: Sequence[Phrase], sight: Sight, who: Collection[str], before: int | None, limit: int
) -> CallPage:
    found: list[Call] = []
    places: dict[int, int] = {}
    for _ in range(ROUNDS):
        hits = index.newest(phrases, who, before, limit + 1)
        places |= {_pk(hit): hit.place for hit in hits}
        found += _readable(actor, sight, [_pk(hit) for hit in hits])
        if len(hits) <= limit or len(found) > limit:
            break
        before = hits[-1].place
    else:  # so much that he may not see lies between: what there is, and the way on
        return CallPage(found[:limit], before)
    return CallPage(found[:limit], places[found[limit - 1].pk] if len(found) > limit else None)


def _alike(
    actor: Actor, phrases: Sequence[Phrase], sight: Sight, who: Collection[str], limit: int, also: str = ""
) -> list[Call]:
    """By the rarest pieces of a story; ranked here, so that both databases give the same order of what they found."""
    telling = terms.telling(phrases)
    wanted = index.rarest(telling, own=bool(also))
    hits = index.likest(wanted, who, ALIKE, also) if wanted else []
    shares = {
        row.urn: terms.share(row.pieces.split(), telling) for row in Document.objects.filter(urn__in=[hit.urn for hit in hits])
    }
    ranked = sorted(hits, key=lambda hit: (-shares.get(hit.urn, 0.0), -hit.place))
    good = [_pk(hit) for hit in ranked if shares.get(hit.urn, 0.0) * len(telling) >= min(2, len(wanted))]
    return _readable(actor, sight, good)[:limit]


def _of_held(actor: Actor, phrases: Sequence[Phrase], sight: Sight, held: Collection[int]) -> list[Call]:
    if not held:
        return []
    told = Document.objects.filter(urn__in=[f"call:{pk}" for pk in held])
    fit = [int(row.urn.partition(":")[2]) for row in told if terms.holds(row.pieces.split(), phrases)]
    return _readable(actor, sight, fit)


def _readable(actor: Actor, sight: Sight, order: Sequence[int] | None) -> list[Call]:
    """Those the rules let the actor see, in the order given, with her own identifiers where she is the caller."""
    if order is not None and not order:
        return []
    found = {call.pk: call for call in _rows(actor, sight, order)}
    ordered = [found[pk] for pk in order if pk in found] if order is not None else list(found.values())
    for call in ordered:
        hers = said.Hers(call, proven=actor.party is not None and actor.party.pk == call.caller_id)
        call.title, call.text, call.place = hers.read(call.title), hers.read(call.text), hers.read(call.place)
        if call.response:
            call.response.text = hers.read(call.response.text)
    return ordered


def _rows(actor: Actor, sight: Sight, order: Sequence[int] | None) -> Iterable[Call]:
    if order is not None and sight.by_posts and connection.vendor == "postgresql":
        return rows.seen(actor, order, _SHOWN)
    found = Call.objects.filter(sight.where, trimmed_at__isnull=True).select_related("matter", "response").only(*_SHOWN)
    return found if order is None else found.filter(pk__in=order)


def _pk(hit: Hit) -> int:
    return int(hit.urn.partition(":")[2])
