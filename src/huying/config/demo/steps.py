"""The steps of a story: each is one real verb, said by whoever has to say it. Which steps, and how long each takes."""

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from huying.base import clock
from huying.city import queries as city
from huying.config.demo import pictures
from huying.config.demo.cast import Astray, Cast
from huying.config.demo.hours import ANY, DESK, OFFICE, Wait, span
from huying.config.demo.story import Known, Story
from huying.features.appeals import actions as appeals
from huying.kernel import actions, parts
from huying.kernel.models import Call, Incident, Matter, Task
from huying.people.actors import Actor, party_actor

VISITOR = Actor(name="visitor")
# Minutes from and to, and the hours in which they pass: in the ordinary case, and where danger or a utility hurries it.
PACE: dict[str, tuple[tuple[int, int, str], tuple[int, int, str]]] = {
    "accept": ((10, 50, DESK), (2, 6, ANY)),
    "dispatch": ((8, 40, DESK), (2, 7, ANY)),
    "pass_down": ((12, 80, DESK), (3, 8, ANY)),
    "sign": ((15, 130, OFFICE), (4, 12, ANY)),
    "contact": ((25, 160, OFFICE), (4, 15, ANY)),
    "ask": ((20, 60, OFFICE), (4, 10, ANY)),
    "parts": ((200, 400, OFFICE), (30, 60, ANY)),
    "write": ((500, 900, OFFICE), (70, 200, ANY)),
    "submit": ((3, 12, ANY), (2, 6, ANY)),
    "return": ((50, 160, OFFICE), (15, 40, ANY)),
    "approve": ((30, 170, OFFICE), (6, 20, ANY)),
    "rate": ((240, 900, DESK), (240, 900, DESK)),
    "close": ((10, 30, DESK), (10, 30, DESK)),
    "declare": ((5, 15, DESK), (3, 8, ANY)),
    "news": ((60, 120, DESK), (12, 18, ANY)),
    "call_back": ((600, 1100, DESK), (600, 1100, DESK)),
    "try": ((180, 400, DESK), (180, 400, DESK)),
    "check": ((300, 700, OFFICE), (300, 700, OFFICE)),
    "sign_again": ((20, 60, OFFICE), (20, 60, OFFICE)),
    "write_again": ((200, 330, OFFICE), (70, 200, ANY)),
    "rate_again": ((200, 400, DESK), (240, 900, DESK)),
    "propose": ((60, 200, OFFICE), (60, 200, OFFICE)),
    "plead": ((120, 300, DESK), (120, 300, DESK)),
    "decide": ((60, 200, OFFICE), (60, 200, OFFICE)),
    "answer_at_once": ((6, 20, DESK), (2, 7, ANY)),
    "publish": ((60, 300, OFFICE), (60, 300, OFFICE)),
}
LINE = ("dispatch", "pass_down", "sign", "contact", "ask", "parts", "write", "submit", "approve")
_LAST = {
    "dispatched": 1,
    "passed_down": 2,
    "signed": 3,
    "contacted": 4,
    "helped": 6,
    "written": 7,
    "submitted": 8,
    "returned": 8,
    "answered": 9,
}
_AGAIN = ("sign_again", "write_again", "submit", "approve", "rate_again")
_AFTER: dict[str, tuple[str, ...]] = {
    "accepted": ("accept",),
    "answered_at_once": ("answer_at_once",),
    "returned": ("return",),
    "rated": ("rate",),
    "reopened": ("rate",),
    "called_back": ("call_back",),
    "closed": ("try", "try", "try", "close"),
    "checked": ("rate", "check"),
    "concluded": ("rate", *_AGAIN, "propose", "plead", "decide"),
}


def line(story: Story, straight: bool) -> list[str]:
    """The steps after the call was recorded, in order. `straight`: no centre stands between the desk and the bearer."""
    count = 0 if story.until in ("received", "accepted", "answered_at_once") else _LAST.get(story.until, len(LINE))
    left_out = (("pass_down",) if straight else ()) + (() if story.assists else ("ask", "parts"))
    steps = [step for step in LINE[:count] if step not in left_out]
    known = ["declare", "news"] if story.known else []
    return [*steps, *_AFTER.get(story.until, ()), *known, *(["publish"] if story.board else [])]


def waits(story: Story, steps: list[str], hurried: bool) -> list[Wait]:
    """How long each step takes; the same story always takes the same."""
    dice = random.Random(story.key)  # nosec B311  # no secret is drawn
    return [Wait(dice.uniform(*PACE[step][hurried][:2]), PACE[step][hurried][2]) for step in steps]


def open_call(cast: Cast) -> None:
    """The caller tells it: signed in, on the telephone, or without a name."""
    story = cast.story
    new = appeals.NewAppeal(
        key=f"demo-{story.key}",
        sort=story.sort,
        text=cast.says(story.text),
        channel=story.channel,
        area_key=story.area,
        place=story.place,
        openness=story.openness,
        may_publish=story.publish or story.board is not None,
        photos=tuple(pictures.taken(scene, story.key) for scene in story.photos),
    )
    by = party_actor(cast.caller) if cast.caller else VISITOR
    cast.opened = appeals.join_incident(by, _incident(cast.story), new) if cast.story.joins else appeals.make_appeal(by, new)


def _incident(story: Story) -> int:
    """The incident that the story's caller joins. Raises Astray where there is none yet."""
    found = Incident.objects.filter(matter__calls__key=f"demo-{story.joins}").first()
    if found is None:
        raise Astray(f"{story.key}: {story.joins} is no incident yet")
    return found.pk


def _accept(cast: Cast) -> None:
    actions.accept(cast.desk("dispatcher"), cast.record.matter_id, cast.story.note)


def _dispatch(cast: Cast) -> None:
    """Nothing is left to do where the call found its way by itself."""
    to = cast.via or cast.bearer
    assert to is not None
    given = Task.objects.filter(matter=cast.record.matter_id).select_related("bearer").first()
    if given is None:
        note = "" if cast.via else cast.story.note
        actions.dispatch(cast.desk("dispatcher"), cast.record.matter_id, to.pk, cast.story.duty, note)
    elif given.bearer_id != to.pk:
        raise Astray(f"{cast.story.key}: went to {given.bearer.key} by itself")


def _pass_down(cast: Cast) -> None:
    assert cast.via is not None
    assert cast.bearer is not None
    by = cast.staff.actor(cast.via.key, "dispatcher")
    actions.pass_down(by, cast.task().pk, cast.bearer.pk, cast.says(cast.story.note), cast.story.duty)


def _sign(cast: Cast) -> None:
    actions.sign(cast.worker(), [cast.task().pk])


def _contact(cast: Cast) -> None:
    actions.contact(cast.worker(), cast.task().pk, cast.story.how, cast.says(cast.story.contact))


def _ask(cast: Cast) -> None:
    lead = cast.task()
    for kind, asked in cast.story.assists.items():
        actions.ask_assist(cast.worker(), lead.pk, cast.department(kind).pk, cast.says(asked))


def _parts(cast: Cast) -> None:
    """Everybody who was asked signs; those whose words are written contribute them."""
    for part in parts.waiting(Matter.objects.get(pk=cast.record.matter_id)):
        by = cast.staff.actor(part.bearer.key, "handler")
        actions.sign(by, [part.pk])
        if text := cast.story.parts.get(part.bearer.type):
            actions.answer(by, part.pk, cast.says(text))
            actions.submit(by, part.pk)


def _write(cast: Cast) -> None:
    photos = [pictures.taken(scene, cast.story.key) for scene in cast.story.answer_photos]
    actions.answer(cast.worker(), cast.task().pk, cast.says(cast.story.answer), photos)


def _submit(cast: Cast) -> None:
    actions.submit(cast.worker(), cast.task().pk)


def _return(cast: Cast) -> None:
    actions.return_(cast.reviewer(), cast.task().pk, cast.story.returned)


def _approve(cast: Cast) -> None:
    actions.approve(cast.reviewer(), cast.task().pk)


def _rate(cast: Cast) -> None:
    rating = cast.story.rate
    assert rating is not None
    actions.rate(cast.she, cast.record.call_id, rating.solved, rating.grade, rating.text)


def _close(cast: Cast) -> None:
    actions.close(cast.desk("callback"), cast.record.call_id)


def _call_back(cast: Cast) -> None:
    said = cast.story.rate
    assert said is not None
    outcome = "solved" if said.solved else "unsolved"
    actions.call_back(cast.desk("callback"), cast.record.call_id, outcome, said.grade, said.text)


def _try(cast: Cast) -> None:
    tries = Call.objects.values_list("tries", flat=True).get(pk=cast.record.call_id)
    actions.call_back(cast.desk("callback"), cast.record.call_id, "unreached", words=cast.story.tried[tries])


def _check(cast: Cast) -> None:
    check = cast.story.check
    assert check is not None
    actions.check(cast.desk("callback"), cast.record.call_id, check.found, check.follows)


def _sign_again(cast: Cast) -> None:
    """Only a head may."""
    actions.sign(cast.staff.actor(cast.turn().bearer.key, "head"), [cast.turn().pk])


def _write_again(cast: Cast) -> None:
    by = cast.staff.actor(cast.turn().bearer.key, "handler")
    actions.contact(by, cast.turn().pk, cast.story.how, cast.says(cast.story.contact))
    actions.answer(by, cast.turn().pk, cast.says(cast.story.again))


def _propose(cast: Cast) -> None:
    asked = cast.story.conclude
    assert asked is not None
    panel = [row.pk for member in asked.panel if (row := city.department_by_key(member.department))]
    actions.propose_conclusion(cast.desk("head"), cast.record.call_id, asked.reasons, asked.remedies, panel)


def _plead(cast: Cast) -> None:
    assert cast.story.conclude is not None
    actions.plead(cast.she, cast.record.call_id, cast.story.conclude.plead)


def _decide(cast: Cast) -> None:
    assert cast.story.conclude is not None
    for member in cast.story.conclude.panel:
        actions.decide_conclusion(cast.staff.actor(member.department, "head"), cast.record.call_id, True, member.words)


def _answer_at_once(cast: Cast) -> None:
    actions.answer_at_once(cast.desk("dispatcher"), cast.record.matter_id, cast.says(cast.story.answer))


def _declare(cast: Cast) -> None:
    known = _known(cast)
    told = actions.Notice(known.title, known.cause, known.area, _round(known.next), _round(known.lasts))
    actions.declare_incident(cast.desk("dispatcher"), cast.record.matter_id, told)


def _news(cast: Cast) -> None:
    """By the head of the unit that works it: from here the next news are his."""
    known = _known(cast)
    head = cast.staff.actor(cast.task().bearer.key, "head")
    actions.tell_news(head, cast.record.matter_id, known.news, _round(known.next), _round(known.lasts))


def _known(cast: Cast) -> Known:
    assert cast.story.known is not None
    return cast.story.known


def _round(ahead: str) -> datetime:
    """So long from now, at the next half hour: people name no odd minutes."""
    moment = clock.now() + span(ahead)
    return moment + (datetime.min.replace(tzinfo=UTC) - moment) % timedelta(minutes=30)


def _publish(cast: Cast) -> None:
    board = cast.story.board
    assert board is not None
    appeals.publish(cast.desk("callback"), cast.record.call_id, board.call, board.answer)


STEPS: dict[str, Callable[[Cast], None]] = {
    "accept": _accept,
    "dispatch": _dispatch,
    "pass_down": _pass_down,
    "sign": _sign,
    "contact": _contact,
    "ask": _ask,
    "parts": _parts,
    "write": _write,
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "rate": _rate,
    "close": _close,
    "declare": _declare,
    "news": _news,
    "call_back": _call_back,
    "try": _try,
    "check": _check,
    "sign_again": _sign_again,
    "write_again": _write_again,
    "rate_again": _rate,
    "propose": _propose,
    "plead": _plead,
    "decide": _decide,
    "answer_at_once": _answer_at_once,
    "publish": _publish,
}
