"""One verb at work on one draft: locked, permitted, told last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.features.services.making.models import OPEN, ThingDraft
from huying.kernel import rules
from huying.kernel.errors import NotThere, Refused
from huying.people.actors import Actor


class Stale(Refused):
    """Somebody else saved in between: nothing was written."""


class Making:
    """A draft that is locked until the transaction ends, and the facts that are told of it."""

    def __init__(self, actor: Actor, draft: ThingDraft, at: datetime) -> None:
        self.actor, self.draft, self.at = actor, draft, at
        self._entries: list[log.Entry] = []

    def tell(self, fact: msgspec.Struct) -> None:
        """Record a fact about the draft, when the verb is done."""
        self.draft.told += 1
        self._entries.append(log.Entry(fact, f"thing-draft:{self.draft.pk}", self.draft.told, self.actor.name, self.at))

    def finish(self) -> None:
        """Save the draft and, last, the facts."""
        self.draft.save()
        log.record(self._entries)


@contextmanager
def on_draft(actor: Actor, verb: str, draft_id: int, revision: int) -> Iterator[Making]:
    """A verb of the owner's on an open draft of which he read this revision. Raises NotThere, Stale, Refused (it is over)."""
    with transaction.atomic():
        draft = locked(draft_id)
        if not rules.may(actor, verb, draft.owner):
            raise NotThere
        check_open(draft, revision)
        making = Making(actor, draft, clock.now())
        yield making
        making.finish()


def locked(draft_id: int) -> ThingDraft:
    """The draft, locked until the transaction ends. Raises NotThere."""
    rows = ThingDraft.objects.select_for_update(of=("self",)).select_related("owner", "changed_by")
    draft = rows.filter(pk=draft_id).first()
    if draft is None:
        raise NotThere
    return draft


def check_open(draft: ThingDraft, revision: int) -> None:
    """Raises Refused where it is over, Stale where another text stands there than the one that was read."""
    if draft.state not in OPEN:
        raise Refused("over", _("这一稿已经发布或撤下了，不能再改；要改就从发布的那一版另起一稿。"))
    if draft.revision != revision:
        message = _("%(who)s刚存过第 %(n)s 稿，您看的不是最新的，什么都没有改；请看过最新的再来。")
        raise Stale("stale", message % {"who": draft.changed_by.name, "n": draft.revision})
