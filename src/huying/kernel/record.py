"""What a verb writes with: the locked matter, its facts and the words said with them, recorded last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec

from huying.events import log
from huying.kernel import moves, said
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Matter, Note
from huying.people.actors import SYSTEM, Actor


class Work:
    """One verb at work on one locked matter: collects facts and words, and writes them at the end."""

    def __init__(self, actor: Actor, matter: Matter, at: datetime) -> None:
        self.actor, self.matter, self.at = actor, matter, at
        self._entries: list[log.Entry] = []
        self._notes: list[Note] = []

    @classmethod
    def on(cls, actor: Actor, matter_id: int, at: datetime) -> "Work":
        """On a matter that is locked from here until the transaction ends. Raises NotThere."""
        return cls(actor, lock(matter_id), at)

    @contextmanager
    def as_system(self) -> Iterator[None]:
        """What is told within is nobody's act."""
        acting, self.actor = self.actor, SYSTEM
        try:
            yield
        finally:
            self.actor = acting

    def tell(self, fact: msgspec.Struct, note: str = "", to_caller: bool = True) -> None:
        """Record a fact about the matter, with the words said with it, without the identifiers they hold."""
        self.matter.version += 1
        self._entries.append(log.Entry(fact, f"matter:{self.matter.pk}", self.matter.version, self.actor.name, self.at))
        if note := said.of_officer(self.matter, note):
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


def lock(matter_id: int) -> Matter:
    """The matter, locked until the transaction ends. Raises NotThere."""
    matter = Matter.objects.select_for_update().filter(pk=matter_id).first()
    if matter is None:
        raise NotThere
    return matter
