"""Every body that bears an item agrees before a thing is published: to that very text, by a head who did not write it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.features.services.making import proving
from huying.features.services.making.events import ThingAgreed, ThingObjected, ThingSent
from huying.features.services.making.models import Agreement, DraftState, ThingDraft, Word
from huying.features.services.making.work import Making, check_open, locked, on_draft
from huying.kernel import rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.rules import DESK_TYPE
from huying.people.actors import Actor
from huying.people.models import Post, Role

COORDINATOR = "government-services"  # speaks for bodies that have no head here; where there is none, the city's desk
SHORTEST, LONGEST = 5, 500


def send(actor: Actor, draft_id: int, revision: int) -> ThingDraft:
    """Ask every body that bears an item. The owner's own agrees by sending. Raises NotThere, Stale, Refused (a fault, sent)."""
    with on_draft(actor, "send_thing", draft_id, revision) as making:
        row = making.draft
        if row.state == DraftState.SENT:
            raise Refused("sent", _("已经送出去了，等各单位回话。"))
        proved = proving.prove(row)
        proving.refuse_faults(proved)
        bodies = sorted(proved.bodies)
        row.state, row.sent_at = DraftState.SENT, making.at
        digest = hashlib.sha256(row.text.encode()).hexdigest()
        making.tell(ThingSent(row.pk, row.code, row.owner.key, row.revision, digest, tuple(bodies)))
        # sent back and sent again without a change: whoever agreed to this text has agreed
        there = set(Agreement.objects.filter(draft=row, revision=row.revision).values_list("body", flat=True))
        Agreement.objects.filter(draft=row, revision=row.revision, word=Word.OBJECTED).update(
            word=Word.WAITING, why="", by=None, at=None
        )
        for body in bodies:
            if body not in there:
                _ask(making, body)
    return row


def _ask(making: Making, body: str) -> None:
    speaker = speaker_of(body)
    consent = Agreement(draft=making.draft, revision=making.draft.revision, body=body, department=speaker)
    if speaker.pk == making.draft.owner_id and speaker.type == body:
        _say(making, consent, Word.AGREED, "")
    consent.save()


def speaker_of(body: str) -> Department:
    """Who says for a body whether it agrees: the city's department of that type; a partner itself, once it has a head here.

    For all others, street offices among them, the department that coordinates services. Raises Refused where there is none.
    """
    partner = Department.objects.filter(key=body, level="elsewhere").first()
    if partner is not None and Post.objects.filter(department=partner, role=Role.HEAD).exists():
        return partner
    for kind in (body, COORDINATOR, DESK_TYPE):
        found = city.department_of(kind, "city", None)
        if found is not None:
            return found
    raise Refused("no_speaker", _("没有单位能替“%(body)s”表态；请先在城市包里补上市级部门。") % {"body": body})


def by_letter(consent: Agreement) -> bool:
    """Whether the body itself is not here, so that its letter is named."""
    return consent.department.type != consent.body and consent.department.key != consent.body


def agree(actor: Actor, consent_id: int, letter: str = "") -> Agreement:
    """The head agrees; for a body that is not here he names its letter. Raises NotThere, Refused, BadInput."""
    letter = letter.strip()
    with _on_consent(actor, consent_id) as (making, consent):
        if by_letter(consent) and not SHORTEST <= len(letter) <= LONGEST:
            raise BadInput({"why": _("这个单位不在平台上：请写明它来函同意的文号和日期，5 到 500 个字。")})
        _say(making, consent, Word.AGREED, letter)
        consent.save()
    return consent


def disagree(actor: Actor, consent_id: int, why: str) -> Agreement:
    """The head says what is wrong with it, and it goes back to its owner. Raises NotThere, Refused, BadInput."""
    why = why.strip()
    if not SHORTEST <= len(why) <= LONGEST:
        raise BadInput({"why": _("请写明哪里不行、怎么改才行，5 到 500 个字。")})
    with _on_consent(actor, consent_id) as (making, consent):
        _say(making, consent, Word.OBJECTED, why)
        making.draft.state = DraftState.RETURNED
        consent.save()
    return consent


@contextmanager
def _on_consent(actor: Actor, consent_id: int) -> Iterator[tuple[Making, Agreement]]:
    """A word that is asked for now, of a head of that department who did not write the draft."""
    with transaction.atomic():
        draft_id = Agreement.objects.filter(pk=consent_id).values_list("draft", flat=True).first()
        draft = locked(draft_id or 0)
        consent = Agreement.objects.select_related("department").get(pk=consent_id)
        if not rules.may(actor, "agree_thing", consent.department):
            raise NotThere
        check_open(draft, draft.revision)
        if consent.revision != draft.revision or draft.state == DraftState.DRAFTING:
            raise Refused("recalled", _("这一稿送出后又改了，等重新送来再表态。"))
        if consent.word != Word.WAITING:
            raise Refused("said", _("这个单位已经回过话了。"))
        if wrote(actor, draft):
            raise Refused("own_work", _("这一稿是您写的，请由本单位另一位负责人表态。"))
        making = Making(actor, draft, clock.now())
        yield making, consent
        making.finish()


def wrote(actor: Actor, draft: ThingDraft) -> bool:
    """Whether he wrote in it, or stands in for somebody who did."""
    mine = {post.on_behalf for post in actor.lent} | ({actor.officer.pk} if actor.officer else set())
    return bool(mine & set(draft.writers))


def _say(making: Making, consent: Agreement, word: Word, why: str) -> None:
    consent.word, consent.why, consent.by, consent.at = word, why, making.actor.officer, making.at
    draft, fact = making.draft, ThingAgreed if word == Word.AGREED else ThingObjected
    making.tell(fact(draft.pk, draft.code, consent.body, consent.department.key, consent.revision))
