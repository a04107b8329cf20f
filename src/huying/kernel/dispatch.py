"""派单: suggest who should bear what somebody wrote, from the duties' own texts and the places named. Needs no training.

The duty is found by its words, the place by its name or as it was picked, and the two together name the bearer. How
sure that is decides whether the matter goes there by itself or a dispatcher chooses.
"""

import threading
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Area, Department, Duty, Level
from huying.kernel import boundaries, danger, desks, learned, routing
from huying.kernel.boundaries import Settled
from huying.kernel.learned import Running
from huying.kernel.routing import Route, Routing, desk_of
from huying.people import private
from huying.reading.danger import Danger, alone
from huying.reading.similar import Letter
from huying.reading.trust import LITTLE, MOST, trusts

if TYPE_CHECKING:
    from huying.reading.grams import Floats

LIFE = "life"
ORDINARY = "ordinary"
PLACE_UNKNOWN = 0.5  # confidence is at most this while nobody knows where: below any pack's threshold
PLACE_DOUBTED = 0.5  # and loses half when the text names another district than the one picked
HINT_WEIGHT = 0.3


class Suggestion(NamedTuple):
    """A bearer for a message, and why.

    `bearer_id` is None where the duty needs a place and none is known: then a dispatcher chooses. `via_id` is the
    district's centre, which takes the task first and passes it down. `phrases` stand in the text. `confidence` is an
    estimate, from 0 to 1, of how often such a suggestion is right; `score` only compares within one message.
    """

    bearer_id: int | None
    bearer_name: str
    via_id: int | None
    via_name: str
    duty_key: str
    duty_name: str
    phrases: list[str]
    score: float
    confidence: float
    ground: str
    area_key: str
    settled: Settled | None = None  # this very place was quarrelled about, and settled for this bearer
    learned: tuple[str, ...] = ()  # phrases of the text that went to such departments before


class Unsure(NamedTuple):
    """A place as the writer calls it, and the areas of today that are called so."""

    name: str
    areas: tuple[Area, ...]


class Spot(NamedTuple):
    """Where a message belongs: an area of today (None unknown), and how far that can be trusted, from 0 to 1."""

    area: Area | None
    trust: float


def suggest(
    text: str, area: Area | None, *, sort: str = "", limit: int = 3, elsewhere: bool = False, why: bool = True
) -> list[Suggestion]:
    """Up to `limit` different bearers for `text`, best first. `area` is where the writer says it is, if he did.

    `elsewhere`: he named a place of another city, so a place in the text that is called like one of ours is not ours.
    Without `why` nothing is looked for in the text that says why it is the duty's. What was cut out of the text says nothing.
    """
    global _newest
    text = private.holed(text)
    known, reader = current(), learned.running()
    asked = (text, area.key if area else None, sort, limit, elsewhere, why, reader.number if reader else None)
    newest = _newest  # read once: another thread may put its own in its place
    if newest is not None and newest[0] is known and newest[1] == asked:
        return _as_settled(known, newest[2], text)
    found = _suggest(known, reader, text, area, sort, limit, elsewhere, why)
    _newest = (known, asked, found)
    return _as_settled(known, found, text)


# An appeal is read twice in a row: whether it is there already, then who bears it.
_newest: tuple[Routing, tuple[object, ...], list[Suggestion]] | None = None


def _suggest(
    known: Routing, reader: Running | None, text: str, area: Area | None, sort: str, limit: int, elsewhere: bool, why: bool
) -> list[Suggestion]:
    letter = Letter(text)
    scores = _scores(known, letter, sort)
    spot = Spot(None, 1.0) if elsewhere else _spot(known, text, area)
    if reader is not None:
        return _as_learned(known, reader, letter, text, scores, spot, limit, why)
    best = desks.best_desks(known.listed, known.desks, scores, max(limit, MOST))
    if not best:
        return []
    sure = trusts([score for _, score in best])
    return [_suggestion(known, letter, *found, spot, trust, why) for found, trust in zip(best[:limit], sure, strict=False)]


def _as_learned(
    known: Routing,
    reader: Running,
    letter: Letter,
    text: str,
    scores: Sequence[float],
    spot: Spot,
    limit: int,
    why: bool,
) -> list[Suggestion]:
    """What the running reader makes of it: the likeliest types of department, each with the duty that fits best."""
    import numpy as np  # read only where something was learned

    from huying.reading.grams import runs_of  # likewise

    model = reader.model
    found_desks = desks.by_type(known, scores)
    like = np.array([desks.like(found_desks, model.labels)], dtype=np.float32)
    runs = runs_of([text])
    shares = model.shares(model.of_runs(runs, marks(spot.area.key if spot.area else "")), like)[0]
    found: list[Suggestion] = []
    for n in shares.argsort()[::-1][: limit * 2]:
        if len(found) == limit:
            break
        label, trust = model.labels[n], float(shares[n])
        phrases = tuple(model.phrases(text, label, runs=runs))
        duty, score = found_desks.get(label) or (desks.any_duty(known, label), 0.0)
        if duty is None or (not score and not phrases):
            continue
        if not phrases:  # only the duty's words speak: little shared is little known
            trust *= score / (score + LITTLE)
        found.append(_suggestion(known, letter, duty, score, spot, trust, why)._replace(learned=phrases))
    return found


def types() -> tuple[str, ...]:
    """The types of department that bear duties today."""
    return tuple(sorted({desk_of(duty)[0] for duty in current().duties.values()}))


def marks(area_key: str) -> list[str]:
    """What a reader is told of a place: the area, and the district it lies in."""
    area = city.area_by_key(area_key) if area_key else None
    district = city.district_of(area) if area else None
    return sorted({f"area:{one.key}" for one in (area, district) if one is not None})


def likeness(texts: Sequence[str], labels: Sequence[str] | None = None) -> "Floats":
    """How like the duties of each label (a column) each text (a row) is."""
    import numpy as np  # as above

    known, names = current(), labels or types()
    rows = [desks.like(desks.by_type(known, known.index.scores(Letter(text))), names) for text in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), len(names))


def _as_settled(known: Routing, found: Sequence[Suggestion], text: str) -> list[Suggestion]:
    """The suggestions, with the bearer that was settled wherever a place was quarrelled about before."""
    rows = boundaries.settled_for([one.duty_key for one in found]) if found else []
    return [_settled(known, one, boundaries.find(one.duty_key, text, rows)) for one in found] if rows else list(found)


def _settled(known: Routing, one: Suggestion, ruling: Settled | None) -> Suggestion:
    if ruling is None or not _near(one.area_key, ruling):
        return one
    route = routing.route_to(known.duties[one.duty_key], ruling.bearer, known.day)
    assert route.bearer is not None
    area = city.area_by_id(route.bearer.area_id)
    return one._replace(
        bearer_id=route.bearer.pk,
        bearer_name=route.bearer.name,
        via_id=route.via.pk if route.via else None,
        via_name=route.via.name if route.via else "",
        area_key=area.key if area and area.level != Level.CITY else one.area_key,
        settled=ruling,
    )


def _near(area_key: str, ruling: Settled) -> bool:
    """Whether the place named may be the one that was settled: another district has streets of the same name."""
    area = city.area_by_key(area_key) if area_key else None
    district = city.district_of(area) if area else None
    return district is None or not ruling.districts or district.key in ruling.districts


def leaving_out(found: Sequence[Suggestion], about: Department | None) -> list[Suggestion]:
    """The suggestions without those that would bring a complaint to the body it is about, on any step of the way."""
    if about is None:
        return list(found)
    return [
        one for one in found if about.pk not in city.bodies_behind([pk for pk in (one.bearer_id, one.via_id) if pk is not None])
    ]


def urgency_of(text: str, duty_key: str = "") -> str:
    """`life` where the text has words of danger, else what the duty says, else `ordinary`."""
    known = current()
    if known.words.find(text):
        return LIFE
    duty = known.duties.get(duty_key)
    return duty.urgency if duty else ORDINARY


def dangers(text: str) -> list[Danger]:
    """The words of danger in `text`, each with the number to ring."""
    return current().words.find(text)


def unsure_place(text: str) -> Unsure | None:
    """The first place in `text` that is called as places of other districts are, where nothing says which; else None."""
    for doubt in current().gazetteer.doubts(text):
        areas = [area for key in doubt.area_keys if (area := city.area_by_key(key)) is not None]
        if len(areas) > 1:
            return Unsure(doubt.name, tuple(areas))
    return None


def danger_words() -> list[dict[str, Any]]:
    """The words that mean danger by themselves, with the number of each, for a page that looks while somebody types."""
    return [rule._asdict() for rule in alone(danger.rules_of())]


def _scores(known: Routing, letter: Letter, sort: str) -> list[float]:
    scores = known.index.scores(letter)
    hint = known.hints.get(sort)
    if hint:
        return [score + HINT_WEIGHT * more for score, more in zip(scores, known.index.scores(Letter(hint)), strict=True)]
    return scores


def _spot(known: Routing, text: str, picked: Area | None) -> Spot:
    """Where the message belongs: what was picked, made narrower by the text; or what the text names for certain."""
    here = city.successor_of(picked, known.day) if picked else None
    named = city.area_by_key(known.gazetteer.settle(known.gazetteer.find(text, within=here.key if here else None)))
    if here is None or city.district_of(here, known.day) is None:
        return Spot(named, 1.0)
    if named is None or _lies_in(here, named, known.day):
        return Spot(here, 1.0)
    return Spot(named, 1.0) if _lies_in(named, here, known.day) else Spot(here, PLACE_DOUBTED)


def _lies_in(area: Area, other: Area, day: date) -> bool:
    return city.ancestor(area, other.level, day) == other


def _suggestion(known: Routing, letter: Letter, duty: Duty, score: float, spot: Spot, trust: float, why: bool) -> Suggestion:
    route = routing.route(duty, spot.area, known.day)
    return Suggestion(
        bearer_id=route.bearer.pk if route.bearer else None,
        bearer_name=route.bearer.name if route.bearer else "",
        via_id=route.via.pk if route.via else None,
        via_name=route.via.name if route.via else "",
        duty_key=duty.key,
        duty_name=duty.name,
        phrases=known.index.phrases(letter, duty.key) if why else [],
        score=round(score, 3),
        confidence=round(_confidence(route, spot, trust), 3),
        ground=duty.ground,
        area_key=spot.area.key if spot.area else "",
    )


def _confidence(route: Route, spot: Spot, trust: float) -> float:
    if route.bearer is None:
        return min(trust, PLACE_UNKNOWN)
    return trust * spot.trust if route.via else trust


_lock = threading.Lock()
_held: tuple[tuple[str, date], Routing] | None = None


def current() -> Routing:
    """What dispatch knows of the loaded pack today; read again when another pack is loaded or the day has turned."""
    global _held
    mark, held = _mark(), _held
    if held is not None and held[0] == mark and mark[0]:
        return held[1]
    with _lock:
        # another thread may have read it while this one waited
        if _held is None or _held[0] != mark or not mark[0]:
            _held = (mark, routing.read(mark[1]))
        return _held[1]


def _mark() -> tuple[str, date]:
    return city.digest(), clock.today()


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None
