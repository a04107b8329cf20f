"""Apply: what follows from the answers becomes a case with its branches, in one transaction; sent again it is the same case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import calendar
from huying.city import queries as city
from huying.city.catalogue import InForce
from huying.city.models import Area
from huying.city.things import Decided
from huying.events import rows
from huying.features.services import awaiting, compiling, form, planning, sealing
from huying.features.services.compiling import Part
from huying.features.services.events import CaseOpened, CaseOpenedFor
from huying.features.services.kind import SERVICE
from huying.features.services.models import Branch, Case, Mandate
from huying.features.services.moving import BASIS
from huying.features.services.planning import Line, Span
from huying.kernel import standing
from huying.kernel.actions import NewCall, Opened, open_parted
from huying.kernel.actions.open_parted import Begun, NewBranch, NewParted
from huying.kernel.errors import BadInput
from huying.kernel.models import Openness
from huying.people.actors import Actor
from huying.people.models import Party

WHOLE = "一件事里最长的一串事项"  # read, not said: the basis of the promise for the whole


@dataclass(slots=True)
class NewCase:
    """All that a case begins with. `key` is the sender's own: met again, it is the same case."""

    key: str
    party: Party
    thing: InForce
    decided: Decided
    values: Mapping[str, Any]
    area_key: str = ""
    skipped: Sequence[str] = ()
    channel: str = "web"
    mandate: Mandate | None = None  # by which another applies for her
    opened_at: datetime | None = None


@dataclass(slots=True)
class _Drawn:
    new: NewCase
    parts: tuple[Part, ...]
    spans: dict[str, Span]
    at: datetime


def open_cases(actor: Actor, news: Sequence[NewCase]) -> list[Opened]:
    """Open cases; one is a list of one. Raises BadInput, naming every field that is at fault."""
    drawn = {new.key: _drawn(new) for new in news}
    return open_parted(actor, [_parted(one) for one in drawn.values()], lambda begun: _write(begun, drawn))


def check(new: NewCase) -> None:
    """Whether the case can be opened. Raises BadInput."""
    faults = {question.key: _("请先答这一题。") for question in new.decided.waiting}
    if not new.decided.steps and not faults:
        faults["items"] = _("照您的回答，没有要办的事项。")
    area = city.area_by_key(new.area_key) if new.area_key else None
    if new.area_key and (area is None or not planning_area(area)):
        faults["area"] = _("没有这个区县或镇街，请重新选择。")
    elif area is None and compiling.needs_place(new.decided):
        faults["area"] = _("请选在哪个区县、镇街办。")
    faults |= form.faults(new.decided, dict(new.values))
    if faults:
        raise BadInput(faults)


def planning_area(area: Area) -> bool:
    """Whether somebody can apply there today."""
    return city.successor_of(area) == area and area.level in ("district", "street")


def _drawn(new: NewCase) -> _Drawn:
    check(new)
    at = new.opened_at or clock.now()
    area = city.area_by_key(new.area_key) if new.area_key else None
    parts = compiling.compiled(new.thing.whole, new.decided, area)
    lines = [Line(part.item.code, part.item.promised, part.waits) for part in parts]
    return _Drawn(new, parts, planning.plan(lines, at, calendar.current()), at)


def _parted(one: _Drawn) -> NewParted:
    new, thing = one.new, one.new.thing.whole.thing
    text = _("申请“%(thing)s”，%(n)s 件一起办。") % {"thing": thing.name.zh, "n": len(one.parts)}
    call = NewCall(new.key, SERVICE.name, "thing", thing.name.zh, text, new.channel, caller=new.party)
    call.area_key, call.openness, call.opened_at = new.area_key or None, Openness.NAMED, one.at
    if new.mandate is not None and new.mandate.holder is not None:
        call.agent, call.agent_until = new.mandate.holder, new.mandate.until
    first = [_first(one, part) for part in one.parts if not part.waits]
    return NewParted(call, planning.whole(one.spans, one.at, calendar.current()), WHOLE, first)


def _first(one: _Drawn, part: Part) -> NewBranch:
    why = standing.VISIT if awaiting.comes(part.item, part.bearer) else ""
    return NewBranch(part.bearer, planning.due_of(one.spans[part.item.code]), BASIS, why)


def _write(begun: Sequence[Begun], drawn: Mapping[str, _Drawn]) -> list[tuple[Begun, msgspec.Struct]]:
    pairs = [(one, drawn[str(one.call.key)]) for one in begun]
    rows.insert([_case(one, of) for one, of in pairs])
    rows.insert([branch for one, of in pairs for branch in _branches(one, of)])
    return [(one, fact) for one, of in pairs for fact in _facts(one, of)]


def _case(one: Begun, of: _Drawn) -> Case:
    new = of.new
    case = rows.fresh(
        Case, matter=one.matter, call=one.call, party=new.party, thing=new.thing.row.key, version_id=new.thing.version
    )
    case.answers, case.skipped, case.began_at = answers_of(new.decided), list(new.skipped), of.at
    case.sealed, case.mandate = sealing.seal(new.party, dict(new.values)), new.mandate
    return case


def answers_of(decided: Decided) -> dict[str, Any]:
    """The answers that count, as JSON keeps them."""
    return {key: list(answer) if isinstance(answer, tuple) else answer for key, answer in decided.answers.items()}


def _branches(one: Begun, of: _Drawn) -> list[Branch]:
    tasks = iter(one.tasks)
    found = []
    for part in of.parts:
        row = rows.fresh(Branch, case_id=one.matter.pk, item=part.item.code, place=part.place, bearer=part.bearer)
        row.days, row.waits = part.item.promised, list(part.waits)
        if not part.waits:
            row.task, row.opened_at = next(tasks), of.at
        found.append(row)
    return found


def _facts(one: Begun, of: _Drawn) -> list[msgspec.Struct]:
    found: list[msgspec.Struct] = [_fact(one, of)]
    if (mandate := of.new.mandate) is not None:
        found.append(CaseOpenedFor(one.matter.pk, mandate.pk, mandate.proof))
    return found


def _fact(one: Begun, of: _Drawn) -> CaseOpened:
    thing, days = of.new.thing, max((span.end for span in of.spans.values()), default=0)
    count = calendar.current().rank(days) - calendar.current().rank(planning.ordinal(of.at))
    return CaseOpened(one.matter.pk, thing.row.key, thing.number, tuple(part.item.code for part in of.parts), count)
