"""诉求: a person or firm tells the city something. Read this first."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext_noop as _

from huying.events import rows
from huying.features.appeals.models import Appeal, ImportedRow
from huying.kernel.intake import NewCall
from huying.kernel.kinds import Kind, Sort, register
from huying.kernel.models import Call

SORTS = (
    Sort("inquiry", _("咨询"), _("想问清楚一件事"), at_once=True),
    Sort("help", _("求助"), _("遇到难处，要人帮忙"), shared=True),
    Sort("complaint", _("投诉"), _("有人或有单位做得不对"), shared=True),
    Sort("report", _("举报"), _("发现违法违规的事"), confidential=True),
    Sort("suggestion", _("建议"), _("有个主意，能让城市更好")),
    Sort("praise", _("表扬"), _("有人做得好，想说声谢谢")),
)

VERBS = frozenset(
    {
        *("accept", "decline", "refer", "dispatch", "pass_down", "recall", "sign", "contact", "answer", "submit", "approve"),
        *("return", "send_back", "adjudicate", "transfer", "merge", "split", "withdraw", "rate", "reopen", "close", "conclude"),
        *("widen", "requeue", "answer_at_once"),
    }
)


def write_rows(pairs: Sequence[tuple[Call, NewCall]]) -> None:
    """The appeal's own row of each call, and the row it was imported from, in the same transaction."""
    rows.insert([rows.fresh(Appeal, call=call, may_publish=bool(new.extra.get("may_publish"))) for call, new in pairs])
    imported = [(call, new.extra["imported"]) for call, new in pairs if "imported" in new.extra]
    rows.insert([rows.fresh(ImportedRow, call=call, **fields) for call, fields in imported])


def shown(call_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """What of these calls stands on the board, in the words an officer confirmed."""
    rows = Appeal.objects.filter(call__in=call_ids, published_at__isnull=False)
    return {row.call_id: (row.public_call, row.public_answer) for row in rows}


APPEAL = Kind(name="appeal", label=_("诉求"), mark=_("诉"), sorts=SORTS, verbs=VERBS, opened=write_rows, shown=shown)


def register_kind() -> None:
    """Called once when the app is ready."""
    register(APPEAL)
