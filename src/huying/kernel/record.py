"""What a verb writes with: the locked matter, its facts and the words said with them, recorded last."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import msgspec

from huying.city import queries as city
from huying.events import log, rows
from huying.kernel import moves, said
from huying.kernel.errors import NotThere
from huying.kernel.events import MatterStoodIn
from huying.kernel.models import Call, CallNote, Matter, Note
from huying.people.actors import SYSTEM, Actor, Held


class Work:
    """One verb at work on one locked matter: collects facts and words, and writes them at the end."""

    def __init__(self, actor: Actor, matter: Matter, at: datetime) -> None:
        self.actor, self.matter, self.at = actor, matter, at
        self.lent: Held | None = None  # the post, of somebody who is away, that alone lets the actor do this
        self.began = matter.version
        self._entries: list[log.Entry] = []
        self._notes: list[Note] = []
        self._call_notes: list[CallNote] = []

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
        if note and (note := said.of_officer(self.matter, note)):
            self._notes.append(Note(matter=self.matter, version=self.matter.version, text=note, to_caller=to_caller))

    def tell_call(
        self, call: Call, fact: msgspec.Struct, note: str = "", to_caller: bool = True, salt: bytes | None = None
    ) -> None:
        """Record a fact about one voice, with the words said with it.

        `salt` is the one under which the fact itself commits to something.
        """
        call.version += 1
        if note and (note := said.of_officer(self.matter, note)):
            self._call_notes.append(CallNote(call=call, version=call.version, text=note, to_caller=to_caller))
        self._entries.append(log.Entry(fact, f"call:{call.pk}", call.version, self.actor.name, self.at, salt))

    def is_his(self, officer_id: int | None) -> bool:
        """Whether what that officer did is the actor's own: he did it, or the actor stands in for him here.

        Nobody reviews his own work, and nobody reviews it in his name.
        """
        if officer_id is None or self.actor.officer is None:
            return False
        return officer_id == self.actor.officer.pk or (self.lent is not None and self.lent.on_behalf == officer_id)

    def move(self, verb: str) -> None:
        """Move the matter by the table. Raises Refused."""
        self.matter.state = moves.target("matter", verb, self.matter.state)

    def finish(self) -> None:
        """Save the matter, the words and, last, the facts; whoever stands in for somebody says for whom."""
        if self.lent is not None and self._entries:
            self.tell(_stood_in(self.matter, self.began + 1, self.lent))
        self.matter.save()
        Note.objects.bulk_create(self._notes)
        CallNote.objects.bulk_create(self._call_notes)
        log.record(self._entries)

    @staticmethod
    def finish_all(works: "Sequence[Work]") -> None:
        """The same for many, in a few statements; of their matters state, day, end and version are written."""
        rows.update([work.matter for work in works], ("state", "due_at", "ended_at", "version"))
        Note.objects.bulk_create(note for work in works for note in work._notes)
        CallNote.objects.bulk_create(note for work in works for note in work._call_notes)
        log.record([entry for work in works for entry in work._entries])


def _stood_in(matter: Matter, since: int, lent: Held) -> MatterStoodIn:
    department = city.department_by_id(lent.department_id)
    key = department.key if department else ""
    return MatterStoodIn(matter.pk, since, f"officer:{lent.on_behalf}", key, lent.role)


def lock(matter_id: int) -> Matter:
    """The matter, locked until the transaction ends. Raises NotThere."""
    matter = Matter.objects.select_for_update().filter(pk=matter_id).first()
    if matter is None:
        raise NotThere
    return matter
