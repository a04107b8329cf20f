"""What every verb shares: lock the matter, check who may, refuse by the table, write, and record the facts last."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.kernel import kinds, overdue, rules
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Call, Matter, Task
from huying.kernel.record import Work, lock
from huying.people.actors import Actor, Held

__all__ = ["Work", "lock", "on_call", "on_matter", "on_task", "on_two", "require"]


def require(actor: Actor, verb: str, subject: Task | Matter | Call) -> Held | None:
    """The post of somebody who is away that lets the actor do this; None where one of his own does.

    Raises NotThere when the actor may not even see the subject, Refused when he sees it but may not do this.
    """
    if not actor.is_system and not kinds.takes(subject.kind, verb):
        raise _of_no_use(actor, subject)
    if rules.may(actor, verb, subject):
        return _lent(actor, verb, subject)
    if actor.is_system or rules.may(actor, "see", subject):
        raise Refused("not_yours", _("您的岗位不能做这一步。"))
    raise NotThere


def _of_no_use(actor: Actor, subject: Task | Matter | Call) -> Refused | NotThere:
    if rules.may(actor, "see", subject):
        return Refused("not_of_kind", _("这一类件没有这一步。"))
    return NotThere()


def _lent(actor: Actor, verb: str, subject: Task | Matter | Call) -> Held | None:
    lent = actor.lent
    if not lent or rules.may(actor.holding(), verb, subject):
        return None
    return next((post for post in lent if rules.may(actor.holding(post), verb, subject)), lent[0])


def _begin(actor: Actor, matter_id: int) -> Work:
    """The matter, locked, with all that its clocks owed until now told first: so a timer that stood still changes nothing."""
    work = Work.on(actor, matter_id, clock.now())
    overdue.catch_up(work)
    work.began = work.matter.version
    return work


@contextmanager
def on_matter(actor: Actor, verb: str, matter_id: int) -> Iterator[Work]:
    """A verb on a matter: locked, permitted."""
    with transaction.atomic():
        work = _begin(actor, matter_id)
        work.lent = require(actor, verb, work.matter)
        yield work
        work.finish()


@contextmanager
def on_two(actor: Actor, verb: str, matter_id: int, other_id: int) -> Iterator[tuple[Work, Work]]:
    """A verb on two matters. They are locked in the order of their ids, so that two such verbs never wait for each other."""
    with transaction.atomic():
        begun = {pk: _begin(actor, pk) for pk in sorted((matter_id, other_id))}
        works = begun[matter_id], begun[other_id]
        for work in works:
            work.lent = require(actor, verb, work.matter)
        yield works
        for work in works:
            work.finish()


@contextmanager
def on_task(actor: Actor, verb: str, task_id: int) -> Iterator[tuple[Work, Task]]:
    """A verb on a task: its matter is locked first, then the task is read, so that two actors meet one after the other."""
    with transaction.atomic():
        found = Task.objects.filter(pk=task_id).values_list("matter_id", flat=True).first()
        if found is None:
            raise NotThere
        work = _begin(actor, found)
        task = Task.objects.select_related("bearer", "giver", "parent").get(pk=task_id)
        work.lent = require(actor, verb, task)
        yield work, task
        work.finish()


@contextmanager
def on_call(actor: Actor, verb: str, call_id: int) -> Iterator[tuple[Work, Call]]:
    """A verb on one voice of a matter."""
    with transaction.atomic():
        work = _begin(actor, _lock_of(call_id))
        call = Call.objects.select_related("caller").get(pk=call_id)
        work.lent = require(actor, verb, call)
        yield work, call
        work.finish()


class _Elsewhere(Exception):
    """The call was moved to another matter between finding its matter and locking it."""


def _lock_of(call_id: int) -> int:
    """The call's matter, locked. Raises NotThere.

    A merge or a split may take the call away while this waits for the lock. Then that lock is let go before the next is
    taken, for a lock held while waiting could wait for a merge that waits for it.
    """
    while True:
        found = Call.objects.filter(pk=call_id).values_list("matter_id", flat=True).first()
        if found is None:
            raise NotThere
        try:
            with transaction.atomic():
                lock(found)
                if not Call.objects.filter(pk=call_id, matter=found).exists():
                    raise _Elsewhere
        except _Elsewhere:
            continue
        return found
