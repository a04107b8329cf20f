"""A look in words: what was opened, by whom, why, and what became of an objection. For her page and the auditor's."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.kernel import looks
from huying.kernel.models import Look
from huying.people.models import Role


@dataclass(frozen=True, slots=True)
class Seen:
    """One look as people read it; `may_object` while nobody asked about it."""

    pk: int
    call_id: int
    number: str
    title: str
    what: str
    who: str
    why: str
    note: str
    at: datetime
    unusual: str
    objection: str
    found: str
    answer: str
    may_object: bool


def fields() -> dict[str, str]:
    """What can be opened, by name."""
    return {looks.PHONE: _("电话"), looks.NAME: _("姓名"), looks.WORDS: _("话里隐去的信息")}


def seen(row: Look) -> Seen:
    """A look, worded. Its officer, department and call are read with it."""
    role = str(Role(row.role).label) if row.role in Role.values else ""
    unit = row.department.name if row.department else ""
    strange = {"many": _("一小时内看了很多次"), "hours": _("夜里看的")}
    return Seen(
        pk=row.pk,
        call_id=row.call_id,
        number=row.call.number,
        title=row.call.title,
        what=fields().get(row.field, row.field),
        who=f"{unit}{_(role) if role else ''}{row.officer.name}",
        why=looks.reasons().get(row.reason, row.reason),
        note=row.note,
        at=row.at,
        unusual="、".join(strange[name] for name in row.unusual if name in strange),
        objection=row.objection,
        found=str(row.get_found_display()) if row.found else "",
        answer=row.words,
        may_object=row.objected_at is None and row.explained_at is None,
    )
