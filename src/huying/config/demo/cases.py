"""The applications of the week: forms that people sent with their papers, and what the departments made of them since."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from huying.base import clock
from huying.city import calendar, catalogue
from huying.config.demo import sheets
from huying.config.demo.hours import Days, opened_at
from huying.config.demo.officers import Staff
from huying.config.demo.story import read
from huying.config.demo.week import LAST, caller
from huying.config.environment import BadSetting
from huying.features.services import asking, deciding, drafts, rating, visiting
from huying.features.services.deciding import Decision
from huying.features.services.models import Branch, Case
from huying.features.services.rating import Opinion
from huying.kernel import actions
from huying.kernel.models import Ask
from huying.people.actors import Actor, party_actor


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done to one item (`''`: to the whole), and when, as `hours.opened_at` reads it."""

    do: Literal["sign", "grant", "refuse", "ask", "supply", "book", "rate"]
    at: str
    item: str = ""
    text: str = ""
    grade: int = 0
    reasons: tuple[str, ...] = ()


class Applied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A form as it was sent, and the steps after it."""

    name: str
    phone: str
    thing: str
    at: str
    area: str
    answers: dict[str, str | int | list[str]]
    values: dict[str, str | list[str]]
    steps: tuple[Step, ...] = ()


class Applications(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in `cases.yaml`."""

    cases: tuple[Applied, ...]


def play(folder: Path) -> int:
    """Play them in the order of time through the real forms and verbs; how many. Raises BadSetting."""
    told, staff = read(folder / "cases.yaml", Applications), Staff()
    now, days = clock.local_now(), Days(calendar.current(), clock.today())
    turns: list[tuple[datetime, int, Step | None]] = []
    for number, one in enumerate(told.cases):
        turns.append((opened_at(one.at, now, days), number, None))
        turns += [(opened_at(step.at, now, days), number, step) for step in one.steps]
    sent: dict[int, int] = {}
    for moment, number, step in sorted(turns, key=lambda turn: turn[0]):
        with clock.showing(min(moment, now - LAST)):
            if step is None:
                sent[number] = _send(told.cases[number])
            else:
                _take(step, Case.objects.get(pk=sent[number]), staff)
    return len(told.cases)


def _send(one: Applied) -> int:
    """Fill the form in, hand the papers in, and send it. Raises BadSetting where the form does not take it."""
    thing = catalogue.thing(one.thing)
    if thing is None:
        raise BadSetting(f"demo/cases.yaml: {one.name}: the pack has no thing {one.thing}")
    party = caller(one.name, one.phone)
    draft = drafts.answer(drafts.draft_of(party, thing), thing, _counted(one), ())
    decided = drafts.decided_of(draft, thing)
    given = {name: [value] if isinstance(value, str) else value for name, value in one.values.items()}
    drafts.keep(draft, decided, given | {"phone": [one.phone]}, one.area, reuse=True)
    for paper in decided.to_bring:
        drafts.add_paper(
            draft, paper.material.key, f"{paper.material.name.zh}.jpg", sheets.drawn(one.phone + paper.material.key)
        )
    faults = drafts.faults_of(draft, thing)
    if faults:
        raise BadSetting(f"demo/cases.yaml: {one.name}: {faults}")
    return drafts.send(party_actor(party), draft, thing).matter_id


def _counted(one: Applied) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value if isinstance(value, int) else (value,)
            for key, value in one.answers.items()}  # fmt: skip


def _take(step: Step, case: Case, staff: Staff) -> None:
    she = party_actor(case.party)
    if step.do == "rate":
        rating.rate(she, case.call_id, step.item, Opinion(step.grade, step.reasons, step.text))
        return
    branch = Branch.objects.select_related("bearer").get(case=case, item=step.item)
    if step.do == "supply":
        ask = Ask.objects.filter(call=case.call_id, task=branch.task_id).latest("id")
        asking.supply(she, case, ask.pk, step.text, [])
    elif step.do == "book":
        visiting.book(she, case.call_id, step.item, visiting.free(branch.bearer)[0].starts_at)
    else:
        _WORKED[step.do](staff.actor(branch.bearer.key, "handler"), branch, step, staff)


def _sign(officer: Actor, branch: Branch, step: Step, staff: Staff) -> None:
    assert branch.task_id
    actions.sign(officer, [branch.task_id])


def _ask(officer: Actor, branch: Branch, step: Step, staff: Staff) -> None:
    assert branch.task_id
    actions.supplement(officer, branch.task_id, step.text)


def _decide(officer: Actor, branch: Branch, step: Step, staff: Staff) -> None:
    """He writes the decision, his head looks it over at once."""
    assert branch.task_id
    decision = Decision("granted", step.text) if step.do == "grant" else Decision("refused", ground=step.text)
    deciding.decide(officer, branch.task_id, decision)
    actions.approve(staff.actor(branch.bearer.key, "head"), branch.task_id)


_WORKED: dict[str, Callable[[Actor, Branch, Step, Staff], None]] = {
    "sign": _sign,
    "ask": _ask,
    "grant": _decide,
    "refuse": _decide,
}
