"""Publish a thing: all have agreed to this very text, and it is without fault against all that stands at this moment."""

from django.utils.translation import gettext as _

from huying.city.models import ThingVersion
from huying.city.pack import publishing, standing
from huying.city.pack.faults import PackHasFaults
from huying.city.pack.made import said
from huying.features.services.making import proving
from huying.features.services.making.events import ThingPublished
from huying.features.services.making.models import Agreement, DraftState, ThingDraft, Word
from huying.features.services.making.work import on_draft
from huying.kernel.errors import Refused
from huying.people.actors import Actor


def publish(actor: Actor, draft_id: int, revision: int) -> ThingDraft:
    """Bring it into force as a new version; cases that run keep theirs.

    Raises NotThere, Stale, Refused: it is over, not all have agreed, a fault, or the thing was published anew meanwhile.
    """
    with on_draft(actor, "publish_thing", draft_id, revision) as making:
        row = making.draft
        _check_agreed(row)
        publishing.take_turn()  # from here nobody else publishes or loads: what is compared now stays so
        if outrun(row):
            raise Refused("outrun", _("这件事之后又发布过新的一版；请先看过新的那一版，把要改的合进来再送。"))
        try:
            told = publishing.publish(row.text, row.base)
        except PackHasFaults as fault:
            raise Refused("faulty", proving.said(fault.faults)) from None
        row.state, row.ended_at, row.code = DraftState.PUBLISHED, making.at, told.code
        row.version = ThingVersion.objects.get(pk=told.version)
        making.tell(ThingPublished(row.pk, told.code, row.owner.key, row.revision, told.number, told.digest))
    return row


def ready(row: ThingDraft) -> bool:
    """Whether all have agreed to what stands there."""
    words = list(Agreement.objects.filter(draft=row, revision=row.revision).values_list("word", flat=True))
    return row.state == DraftState.SENT and bool(words) and set(words) == {Word.AGREED}


def outrun(row: ThingDraft) -> bool:
    """Whether the thing that it changes says something else now than when this began."""
    return bool(row.base) and said(standing.text_of(row.base) or "") != row.base_digest


def _check_agreed(row: ThingDraft) -> None:
    if row.state != DraftState.SENT:
        raise Refused("not_sent", _("还没有送各单位同意，或者有单位不同意；改好了重新送。"))
    if not ready(row):
        raise Refused("not_agreed", _("还有单位没有同意，都同意了才能发布。"))
