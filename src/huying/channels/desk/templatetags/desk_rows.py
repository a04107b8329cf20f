"""The inbox's rows, drawn without a template: forty on the page that is opened most, and each would resolve thirty names."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huying.base import clock
from huying.channels.desk.lists import Group
from huying.channels.desk.templatetags import desk_words
from huying.channels.parts import branches, words
from huying.kernel import standing
from huying.kernel.queries import InboxRow

register = template.Library()

_ROW = (
    '<li{}>{}\n<a href="{}{}/?task={}&amp;{}"{} data-row><span class="kind" aria-hidden="true">{}</span>'
    '<span><b>{}</b><small>{}</small></span><span class="t {}">{}</span></a></li>'
)
_TICK = '<label class="tick"><input type="checkbox" name="task" value="{}"><span class="sr">{}</span></label>'
_NEW, _CURRENT = SafeString(' class="new"'), SafeString(' aria-current="true"')


@register.simple_tag(takes_context=True)
def inbox_rows(context: dict[str, Any], group: Group) -> SafeString:
    """The rows of one stretch of days, each with what it waits for, in whose hands it is, and what is left of its promise."""
    matter = context.get("matter")
    chosen = matter.pk if matter else None
    matters = reverse("desk:matter", args=[0]).removesuffix("0/")
    return format_html_join("", _ROW, (_cells(row, context, matters, chosen) for row in group.rows))


def _cells(row: InboxRow, context: dict[str, Any], matters: str, chosen: int | None) -> tuple[object, ...]:
    left = _left(row)
    return (
        _NEW if row.state == "given" else "",
        _tick(row) if context["batches"] else "",
        matters,
        row.matter_id,
        row.task_id,
        context["query"],
        _CURRENT if row.matter_id == chosen else "",
        desk_words.mark(row.kind),
        row.title,
        _about(row, context["hands"].get(row.handler_id, "")),
        left.css,
        left.words,
    )


def _left(row: InboxRow) -> words.Left:
    if row.resume_on is not None:  # its clock stands: nothing is left of it, or used up
        return words.Left(_("该恢复了"), "urgent-t") if row.resume_on < clock.today() else words.Left(_("停表中"), "wait-t")
    if row.due_at == standing.NO_DAY:
        return words.Left(_("停表中"), "wait-t")
    return words.left(row.due_at) if row.due_at else words.Left("", "")


def _tick(row: InboxRow) -> SafeString:
    return format_html(_TICK, row.task_id, _("勾选“%(title)s”") % {"title": row.title})


def _about(row: InboxRow, hand: str) -> str:
    """Where, what it is, what it waits for, in whose hands; of what stands first of all for what."""
    parts = [row.area, desk_words.sort_of(row), desk_words.doing(row), hand]
    if row.resume_on is not None:
        parts = [branches.resumes(row.resume_on), *parts]
    if row.due_at == standing.NO_DAY:
        parts = [_("等申请人到窗口"), *parts]
    return _("，").join(part for part in parts if part)
