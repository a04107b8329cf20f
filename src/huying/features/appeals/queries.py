"""What is shown of appeals beyond their calls: the public board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.city import queries as city
from huying.features.appeals.models import Appeal
from huying.kernel.models import CallState, Photo, Task


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One answered appeal on the board: the confirmed words, where, who answered, how long it took."""

    call_id: int
    call_text: str
    answer_text: str
    area: str
    district: str
    sort: str
    bearer: str
    opened_at: datetime
    answered_at: datetime | None
    solved: bool | None
    silent: bool  # it ended without her word
    published_at: datetime | None


def board(limit: int = 20, after: datetime | None = None, area_key: str = "") -> list[BoardRow]:
    """Published appeals, newest first; `after` is the published_at of the last row seen; `area_key` a district or street."""
    rows = Appeal.objects.filter(published_at__isnull=False).select_related("call__area__parent", "call__matter")
    if after:
        rows = rows.filter(published_at__lt=after)
    if area_key:
        area = city.area_by_key(area_key)
        if area is None:
            return []
        rows = rows.filter(call__area_id__in=city.areas_within({area.pk}))
    found = list(rows.order_by("-published_at")[:limit])
    bearers = _bearers([a.call.matter_id for a in found])
    return [_row(a, bearers.get(a.call.matter_id, "")) for a in found]


def on_board(call_ids: Sequence[int]) -> list[BoardRow]:
    """Those of the calls that stand on the board now, in the order given."""
    rows = Appeal.objects.filter(call__in=call_ids, published_at__isnull=False).select_related(
        "call__area__parent", "call__matter"
    )
    found = {appeal.call_id: appeal for appeal in rows}
    bearers = _bearers([appeal.call.matter_id for appeal in found.values()])
    ordered = [found[pk] for pk in call_ids if pk in found]
    return [_row(appeal, bearers.get(appeal.call.matter_id, "")) for appeal in ordered]


def may_be_shown(call_ids: Iterable[int]) -> set[int]:
    """Those of the calls whose callers agreed to show them and which are not on the board yet."""
    rows = Appeal.objects.filter(call__in=call_ids, may_publish=True, published_at__isnull=True)
    return set(rows.values_list("call_id", flat=True))


def published_photo(sha256: str) -> Photo | None:
    """A photo of an answer that stands on the board (callers' own photos stay with them)."""
    return Photo.objects.filter(
        sha256=sha256, response__state="approved", response__matter__calls__appeal__published_at__isnull=False
    ).first()


def _bearers(matters: list[int]) -> dict[int, str]:
    done = Task.objects.filter(matter__in=matters, state="done").select_related("bearer").order_by("-id")
    # the deepest task is the one that worked; the givers above it come earlier
    return {t.matter_id: t.bearer.short for t in reversed(done)}


def _row(appeal: Appeal, bearer: str) -> BoardRow:
    call = appeal.call
    area = call.area
    district = area.parent if area and area.level == "street" else area
    return BoardRow(
        call_id=call.pk,
        call_text=appeal.public_call,
        answer_text=appeal.public_answer,
        area=area.name if area else "",
        district=district.name if district else "",
        sort=call.sort,
        bearer=bearer,
        opened_at=call.opened_at,
        answered_at=call.answered_at,
        solved=call.solved,
        silent=call.solved is None and call.state == CallState.CLOSED,
        published_at=appeal.published_at,
    )
