"""What every verb shares: lock the matter, check who may, refuse by the table, write, and record the facts last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.kernel import moves, rules
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Call, Matter, Note, Task
from huying.people.actors import Actor


class Work:
    """One verb at work on one locked matter: collects facts and words, and writes them at the end."""

    def __init__(self, actor: Actor, matter: Matter, at: datetime) -> None:
        self.actor, self.matter, self.at = actor, matter, at
        self._entries: list[log.Entry] = []
        self._notes: list[Note] = []

    def tell(self, fact: msgspec.Struct, note: str = "", to_caller: bool = True) -> None:
        """Record a fact about the matter, with the words said with it."""
        self.matter.version += 1
        self._entries.append(log.Entry(fact, f"matter:{self.matter.pk}", self.matter.version, self.actor.name, self.at))
        if note:
            self._notes.append(Note(matter=self.matter, version=self.matter.version, text=note, to_caller=to_caller))

    def tell_call(self, call: Call, fact: msgspec.Struct) -> None:
        """Record a fact about one voice."""
        call.version += 1
        self._entries.append(log.Entry(fact, f"call:{call.pk}", call.version, self.actor.name, self.at))

    def move(self, verb: str) -> None:
        """Move the matter by the table. Raises Refused."""
        self.matter.state = moves.target("matter", verb, self.matter.state)

    def finish(self) -> None:
        """Save the matter, the words and, last, the facts."""
        self.matter.save()
        Note.objects.bulk_create(self._notes)
        log.record(self._entries)


def require(actor: Actor, verb: str, subject: Task | Matter | Call) -> None:
    """Raises NotThere when the actor may not even see the subject, Refused when he sees it but may not do this."""
    if rules.may(actor, verb, subject):
        return
    if actor.is_system or rules.may(actor, "see", subject):
        raise Refused("not_yours", _("您的岗位不能做这一步。"))
    raise NotThere


@contextmanager
def on_matter(actor: Actor, verb: str, matter_id: int) -> Iterator[Work]:
    """A verb on a matter: locked, permitted."""
    with transaction.atomic():
        work = Work(actor, lock(matter_id), clock.now())
        require(actor, verb, work.matter)
        yield work
        work.finish()


@contextmanager
def on_task(actor: Actor, verb: str, task_id: int) -> Iterator[tuple[Work, Task]]:
    """A verb on a task: its matter is locked first, then the task is read, so that two actors meet one after the other."""
    with transaction.atomic():
        found = Task.objects.filter(pk=task_id).values_list("matter_id", flat=True).first()
        if found is None:
            raise NotThere
        work = Work(actor, lock(found), clock.now())
        task = Task.objects.select_related("bearer", "giver", "parent").get(pk=task_id)
        require(actor, verb, task)
        yield work, task
        work.finish()


@contextmanager
def on_call(actor: Actor, verb: str, call_id: int) -> Iterator[tuple[Work, Call]]:
    """A verb on one voice of a matter."""
    with transaction.atomic():
        found = Call.objects.filter(pk=call_id).values_list("matter_id", flat=True).first()
        if found is None:
            raise NotThere
        work = Work(actor, lock(found), clock.now())
        call = Call.objects.select_related("caller").get(pk=call_id)
        require(actor, verb, call)
        yield work, call
        work.finish()


def lock(matter_id: int) -> Matter:
    """The matter, locked until the transaction ends. Raises NotThere."""
    matter = Matter.objects.select_for_update().filter(pk=matter_id).first()
    if matter is None:
        raise NotThere
    return matter
