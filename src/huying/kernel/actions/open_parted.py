"""呼: record calls that are worked in branches from the first moment. One is a list of one; a key met again is a resend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.events import log, rows
from huying.kernel import branches, clocks, content, standing
from huying.kernel.actions.open_calls import known_of, secret_hash, secret_of
from huying.kernel.events import MatterAccepted, MatterOpened, PromisePaused
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, Matter, MatterState, Pause, Promise, Task
from huying.people.actors import SYSTEM, Actor
from huying.people.models import Party


@dataclass(frozen=True, slots=True)
class NewBranch:
    """A branch that opens at once: who bears it, and by when it is decided."""

    bearer: Department
    due_at: datetime
    basis: str
    stands: str = ""  # for what its clock stands from the first moment, the whole's with it


@dataclass(slots=True)
class NewParted:
    """A call, by when all of it is done, and its first branches."""

    call: NewCall
    due_at: datetime
    basis: str
    branches: Sequence[NewBranch]


@dataclass(slots=True)
class Begun:
    """The rows of such a call; `tasks` in the order of its branches."""

    new: NewParted
    caller: Party
    matter: Matter
    call: Call
    promise: Promise
    tasks: list[Task] = field(default_factory=list)
    clocks: list[Promise] = field(default_factory=list)


Write = Callable[[Sequence[Begun]], Sequence[tuple[Begun, msgspec.Struct]]]


def open_parted(actor: Actor, news: Sequence[NewParted], write: Write) -> list[Opened]:
    """Record calls and open their branches; `write` adds the feature's rows and says its facts, in the same transaction.

    Everything stands or nothing. Answers in the order given.
    """
    calls = [new.call for new in news]
    known = known_of(calls) if calls else {}
    begun = {new.call.key: _drawn(new) for new in news if new.call.key not in known}
    try:
        with transaction.atomic():
            _write(actor, list(begun.values()), write)
    except IntegrityError:
        if not known_of(calls):  # somebody sent the same key at the same moment: theirs stands
            raise
        return open_parted(actor, news, write)
    return [known.get(new.call.key) or _opened(begun[new.call.key]) for new in news]


def _drawn(new: NewParted) -> Begun:
    """The rows, unsaved. Titles and texts of such calls are the city's own words: nothing is cut out of them."""
    given = new.call
    at = given.opened_at or clock.now()
    assert given.caller is not None, "who applies is known"
    area = city.area_by_key(given.area_key) if given.area_key else None
    matter = rows.fresh(Matter, kind=given.kind, sort=given.sort, title=given.title, area=area, opened_at=at, due_at=new.due_at)
    matter.district = city.district_of(area) if area else None
    matter.state = MatterState.WORKING
    call = rows.fresh(
        Call, key=given.key, kind=given.kind, sort=given.sort, channel=given.channel, title=given.title, text=given.text
    )
    call.caller, call.area, call.openness, call.opened_at, call.version = given.caller, area, given.openness, at, 1
    call.agent, call.agent_until = given.agent, given.agent_until
    call.secret_hash = secret_hash(call.number, secret_of(call.number, given.key))
    promise = branches.promise_of(matter, "answer", at, new.due_at, new.basis)
    begun = Begun(new, given.caller, matter, call, promise)
    for branch in new.branches:
        task = branches.task_of(matter, branch.bearer, at)
        task.due_at = standing.NO_DAY if branch.stands else min(branch.due_at, new.due_at)
        begun.tasks.append(task)
        begun.clocks.append(branches.promise_of(matter, branches.DECIDE, at, branch.due_at, branch.basis))
    return begun


def _write(actor: Actor, all_: list[Begun], write: Write) -> None:
    rows.insert([one.matter for one in all_])
    for one in all_:
        one.call.matter = one.matter
        for task in one.tasks:
            task.matter = one.matter
    rows.insert([one.call for one in all_])
    rows.insert([task for one in all_ for task in one.tasks])
    for one in all_:
        one.promise.matter, one.promise.call = one.matter, one.call
        for row, task in zip(one.clocks, one.tasks, strict=True):
            row.matter, row.task = one.matter, task
    rows.insert([row for one in all_ for row in (one.promise, *one.clocks)])
    rows.insert([_pause(one, row, why) for one in all_ for row, why in _standing(one)])
    own: dict[int, list[msgspec.Struct]] = {}
    for one, fact in write(all_):
        own.setdefault(one.matter.pk, []).append(fact)
    entries: list[log.Entry] = []
    for one in all_:
        told = _facts(one, own.get(one.matter.pk, []))
        one.matter.version = len(told)
        entries += _entries(actor, one, told)
    _count(all_)
    log.record(entries)


def _standing(one: Begun) -> list[tuple[Promise, str]]:
    """What stands from the first moment, and why: some of its branches, and with them the whole."""
    found = [(row, branch.stands) for row, branch in zip(one.clocks, one.new.branches, strict=True) if branch.stands]
    return [*found, (one.promise, found[0][1])] if found else []


def _pause(one: Begun, row: Promise, why: str) -> Pause:
    return rows.fresh(Pause, promise=row, reason=why, by=SYSTEM.name, from_at=one.call.opened_at)


def _count(all_: list[Begun]) -> None:
    """The facts of each matter are known only now; where all have as many, one statement says so."""
    by_count: dict[int, list[int]] = {}
    for one in all_:
        by_count.setdefault(one.matter.version, []).append(one.matter.pk)
    for count, ids in by_count.items():
        Matter.objects.filter(pk__in=ids).update(version=count)


def _facts(one: Begun, own: Sequence[msgspec.Struct]) -> list[tuple[msgspec.Struct, bool]]:
    """What happened to the matter, and whether she did it herself."""
    matter = one.matter
    area = matter.area.key if matter.area else None
    told: list[tuple[msgspec.Struct, bool]] = [(MatterOpened(matter.pk, matter.kind, matter.sort, area, matter.urgency), True)]
    told += [(fact, True) for fact in own]
    told += [(clocks.made(one.promise), False), (MatterAccepted(matter.pk, "auto"), False)]
    for task, row in zip(one.tasks, one.clocks, strict=True):
        told += [(branches.given(task), False), (clocks.made(row), False)]
    for row, why in _standing(one):
        told.append((PromisePaused(row.matter_id, row.task_id, row.call_id, row.what, why), False))
    return told


def _entries(actor: Actor, one: Begun, told: Sequence[tuple[msgspec.Struct, bool]]) -> list[log.Entry]:
    call, salt = one.call, log.new_salt()
    opened = content.opened(call, one.new.call.photos, salt)
    urn, at = f"matter:{one.matter.pk}", call.opened_at
    first = log.Entry(opened, f"call:{call.pk}", 1, actor.name, at, salt)
    names = (SYSTEM.name, actor.name)
    return [first, *(log.Entry(fact, urn, n, names[hers], at) for n, (fact, hers) in enumerate(told, 1))]


def _opened(one: Begun) -> Opened:
    call = one.call
    return Opened(call.pk, one.matter.pk, call.number, secret_of(call.number, str(call.key)), True, None)
