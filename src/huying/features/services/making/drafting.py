"""Write a thing: from nothing, from one in force, from a file. Whoever saves names the text he read."""

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city.models import Department
from huying.city.pack import standing
from huying.city.pack.made import said
from huying.features.services.making import yaml_text
from huying.features.services.making.events import ThingDrafted, ThingRecalled, ThingWithdrawn
from huying.features.services.making.models import DraftState, ThingDraft
from huying.features.services.making.work import Making, on_draft
from huying.kernel import rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import Actor

LONGEST = 200_000  # characters of a file; the city's longest has some 6,000


def begin(actor: Actor, owner_id: int, base: str = "", text: str = "") -> ThingDraft:
    """Begin a draft of the department: from the thing in force `base`, from a file's `text`, or from nothing.

    A text whose code is in force already changes that thing. Raises NotThere, Refused, BadInput.
    """
    owner = Department.objects.filter(pk=owner_id).first()
    if owner is None or actor.officer is None or not rules.may(actor, "draft_thing", owner):
        raise NotThere
    try:
        standing.standing()
        base = base or _in_force(text)
        old = standing.text_of(base) if base else None
    except standing.NothingLoaded:
        raise Refused("nothing_loaded", _("城市包还没有载入，或者载入得太早；请管理员先运行 huying load。")) from None
    if base and old is None:
        raise NotThere
    now = clock.now()
    row = ThingDraft(owner=owner, base=base, base_digest=said(old or "") if base else "", changed_by=actor.officer)
    row.created_at = row.changed_at = now
    _write(row, text or old or yaml_text.BLANK, actor)
    with transaction.atomic():
        row.save()
        making = Making(actor, row, now)
        making.tell(ThingDrafted(row.pk, owner.key, base))
        making.finish()
    return row


def keep(actor: Actor, draft_id: int, revision: int, text: str) -> ThingDraft:
    """Put another text in its place. What was agreed of the one before no longer holds.

    Raises NotThere, Stale (somebody saved in between), Refused (it is over), BadInput.
    """
    with on_draft(actor, "draft_thing", draft_id, revision) as making:
        row = making.draft
        if text == row.text:
            return row
        _write(row, text, actor)
        row.revision += 1
        row.changed_at = making.at
        if row.state != DraftState.DRAFTING:
            row.state, row.sent_at = DraftState.DRAFTING, None
            making.tell(ThingRecalled(row.pk, row.code, row.owner.key, row.revision))
    return row


def catch_up(actor: Actor, draft_id: int, revision: int) -> ThingDraft:
    """Take note that the thing it changes was published anew in between: whoever wrote this has seen that one.

    Raises NotThere, Stale, Refused.
    """
    with on_draft(actor, "draft_thing", draft_id, revision) as making:
        making.draft.base_digest = said(standing.text_of(making.draft.base) or "")
    return making.draft


def withdraw(actor: Actor, draft_id: int, revision: int) -> ThingDraft:
    """Give it up. Raises NotThere, Stale, Refused (it is over)."""
    with on_draft(actor, "draft_thing", draft_id, revision) as making:
        row = making.draft
        row.state, row.ended_at = DraftState.WITHDRAWN, making.at
        making.tell(ThingWithdrawn(row.pk, row.code, row.owner.key))
    return row


def _in_force(text: str) -> str:
    """The code of a text, where a thing of that code is in force."""
    code = yaml_text.code_of(text) if text else ""
    return code if code and standing.text_of(code) is not None else ""


def _write(row: ThingDraft, text: str, actor: Actor) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > LONGEST:
        raise BadInput(
            {"text": _("文件有 %(n)s 个字，最多 %(most)s 个；一件事用不了这么长。") % {"n": len(text), "most": LONGEST}}
        )
    if "\0" in text:
        raise BadInput({"text": _("文件里有看不见的控制字符；请用纯文本重新保存。")})
    if text and not text.endswith("\n"):
        text += "\n"
    row.text, row.code, row.name = text, yaml_text.code_of(text), yaml_text.name_of(text)
    assert actor.officer is not None
    row.changed_by = actor.officer
    if actor.officer.pk not in row.writers:
        row.writers = [*row.writers, actor.officer.pk]
