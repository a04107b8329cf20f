"""Destroy what opens a commitment: the fact stays in the tree, and nobody can show any more what it was a leaf of.

Facts carry no personal text. What ties one to a person is her random id and the salt in her receipt; both can go, and the
log still verifies, because the tree is over the commitments alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from huying.events import alone, log
from huying.events.models import Fact
from huying.events.names import declare


@declare("log.salts_erased", 1, _("按申请销毁凭据"))
class SaltsErased(msgspec.Struct, frozen=True):
    subject: str
    until: int  # the last version whose salt is gone


def erase_salts(subjects: Sequence[str], actor: str) -> int:
    """Destroy the salts of all facts of these subjects so far, and record a fact that says so; how many facts that were.

    Belongs into the transaction that erases the rest. Facts told afterwards keep theirs.
    """
    with transaction.atomic():
        alone.wait_for(alone.ERASURE)
        told = [entry for subject in sorted(set(subjects)) if (entry := _entry(subject, actor))]
        erased = Fact.objects.filter(subject__in=subjects).exclude(salt=b"").update(salt=b"")
        log.record(told)
        return erased


def _entry(subject: str, actor: str) -> log.Entry | None:
    last = Fact.objects.filter(subject=subject).exclude(salt=b"").aggregate(last=Max("version"))["last"]
    if last is None:
        return None
    own = f"erased:{subject}"
    before = Fact.objects.filter(subject=own).aggregate(last=Max("version"))["last"] or 0
    return log.Entry(SaltsErased(subject, last), own, before + 1, actor)


@dataclass(slots=True)
class Erasures:
    """What a walk through the log has met: facts without a salt, and facts that say why."""

    facts: int = 0
    _bare: dict[str, tuple[int, int]] = field(default_factory=dict)  # subject: its highest bare version, and that fact's number
    _until: dict[str, int] = field(default_factory=dict)

    def bare(self, subject: str, version: int, seq: int) -> None:
        """A fact has no salt."""
        self.facts += 1
        self._bare[subject] = max(self._bare.get(subject, (0, 0)), (version, seq))

    def said(self, body: str) -> None:
        """A fact says that salts were erased."""
        fact = msgspec.json.decode(body, type=SaltsErased)
        self._until[fact.subject] = max(self._until.get(fact.subject, 0), fact.until)

    def unexplained(self) -> list[tuple[str, int]]:
        """Subjects with a fact whose salt is gone though no fact says so, and that fact's number."""
        return [(s, seq) for s, (version, seq) in sorted(self._bare.items()) if version > self._until.get(s, 0)]
