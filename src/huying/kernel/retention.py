"""保存期限: when a call's time to be kept is over, its words and photos go. Its facts, states and figures stay.

The pack says how long, per kind: `retention.appeal.closed_days`. Without such a line nothing goes by itself.
"""

from datetime import timedelta

from django.db import transaction

from huying.base import clock
from huying.city import queries as city
from huying.events.erasure import erase_salts
from huying.kernel import search
from huying.kernel.models import (
    Ask,
    Call,
    CallNote,
    Cause,
    CauseMember,
    Conclusion,
    Look,
    Matter,
    Message,
    Note,
    Objection,
    Response,
    Sealed,
)
from huying.kernel.mydata import drop_photos

BATCH = 50
GONE = "—"  # in the place of words that are kept no longer


def trim(batch: int = BATCH) -> int:
    """Trim a batch of calls whose time is over; how many. Called again at once while there are more."""
    return sum(_trim_kind(kind, batch) for kind in Call.objects.order_by().values_list("kind", flat=True).distinct())


def _trim_kind(kind: str, batch: int) -> int:
    days = city.setting(f"retention.{kind}.closed_days", None)
    if days is None:
        return 0
    before = clock.now() - timedelta(days=int(days))
    due = Call.objects.filter(kind=kind, closed_at__lt=before, trimmed_at__isnull=True, state__in=("closed", "ended"))
    matters = sorted(set(due.order_by("closed_at").values_list("matter", flat=True)[:batch]))
    return sum(_trim_matter(pk, before, kind) for pk in matters)


def _trim_matter(matter_id: int, before: object, kind: str) -> int:
    """The due voices of one matter; the matter's own words go with its last voice."""
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=matter_id)
        # again, under the lock: a voice may have been opened anew meanwhile
        due = Call.objects.filter(
            matter=matter, kind=kind, closed_at__lt=before, trimmed_at__isnull=True, state__in=("closed", "ended")
        )
        calls = list(due.values_list("pk", flat=True))
        if not calls:
            return 0
        gone = drop_photos(calls)
        CallNote.objects.filter(call__in=calls).delete()
        Message.objects.filter(call__in=calls).update(text=GONE, answer="")
        Objection.objects.filter(call__in=calls).update(text=GONE, answer="")
        Look.objects.filter(call__in=calls).update(found="")
        Ask.objects.filter(call__in=calls).update(text=GONE, reply="")
        Conclusion.objects.filter(call__in=calls).update(her_word="")
        Call.objects.filter(pk__in=calls).update(
            title=GONE, text=GONE, place="", rating_text="", sealed=None, lon=None, lat=None, trimmed_at=clock.now()
        )
        search.refresh(calls)  # in the same transaction: nothing finds them from here on
        erase_salts([f"call:{pk}" for pk in calls], "system")
        if not Call.objects.filter(matter=matter, trimmed_at__isnull=True).exists():
            _trim_words(matter)
        for files in gone:
            transaction.on_commit(files)
    return len(calls)


def _trim_words(matter: Matter) -> None:
    """What was said on a matter none of whose voices is kept, and on those merged into it."""
    whole = [matter.pk, *Matter.objects.filter(merged_into=matter).values_list("pk", flat=True)]
    Matter.objects.filter(pk__in=whole).update(title=GONE)
    Note.objects.filter(matter__in=whole).delete()
    Sealed.objects.filter(matter__in=whole).delete()
    Response.objects.filter(matter__in=whole).update(text=GONE)
    # a voice that was split off keeps its words and not that answer
    search.refresh(list(Call.objects.filter(response__matter__in=whole, trimmed_at__isnull=True).values_list("pk", flat=True)))
    kept = CauseMember.objects.filter(matter__calls__trimmed_at__isnull=True, matter__calls__isnull=False)
    Cause.objects.filter(members__matter__in=whole).exclude(pk__in=kept.values("cause")).update(place="")
