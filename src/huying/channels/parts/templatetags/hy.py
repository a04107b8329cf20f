"""Template tags of the parts: icons, and the words for who, what, by which day."""

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huying.base import ids
from huying.channels.parts import words
from huying.city import queries as city
from huying.people.models import Role
from huying.reading import terms

register = template.Library()


@register.simple_tag
def sprite(name: str) -> str:
    """The address of a drawing in the sprite."""
    return f"{static('parts/icons.svg')}#{name}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon out of the sprite, which says nothing to those who listen."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}"/></svg>', sprite(name))


@register.filter
def titled(found: Any) -> str:
    """What a document is called, in the reader's language."""
    english = (get_language() or "").startswith("en") and found.says.get("title_en")
    return str(english or found.says.get("title", ""))


_STANDINGS = {
    "holds": _("管用"),
    "expired": _("过了有效期"),
    "revoked": _("已作废"),
    "replaced": _("已作废，另有新的一份"),
    "changed": _("和账本对不上"),
}


@register.filter
def standing(word: str) -> str:
    """Whether a document holds: 管用, 已作废."""
    return str(_STANDINGS.get(word, word))


_MARKS = {"call": ("呼", _("呼")), "answer": ("应", _("应"))}  # read, not said: the signature stays as it is


@register.simple_tag
def mark(which: str) -> SafeString:
    """呼 or 应 beside what was said: the character for the eye in every language, its meaning for who listens."""
    character, meaning = _MARKS[which]
    shown = '<span class="mark"><span aria-hidden="true" lang="zh-CN">{}</span><span class="sr">{}</span></span>'
    return format_html(shown, character, meaning)


@register.filter
def found(text: str, asked: str) -> SafeString:
    """The part of a text in which stands what was looked for, marked there."""
    return format_html_join("", "{}", ((_hit(part, hit),) for part, hit in terms.marked(text, asked)))


def _hit(part: str, hit: bool) -> str:
    return format_html("<mark>{}</mark>", part) if hit else part


@register.simple_tag
def city_name() -> str:
    """The city's name as it is spoken: 重庆."""
    found = city.city()
    return found.name.removesuffix("市") if found else ""  # read, not said


@register.filter
def field_label(field: str) -> str:
    """What an officer opened, or may open: 电话, 姓名, or the token that stands in her words."""
    return str({"phone": _("电话"), "name": _("姓名")}.get(field, field))


@register.filter
def post_label(role: str) -> str:
    """The name of a post: 经办人."""
    return words.said(str(Role(role).label)) if role in Role.values else ""


@register.filter
def day(value: date | datetime | None) -> str:
    """11 月 25 日."""
    return words.day(value) if value else ""


@register.filter
def budget(count: int, unit: str) -> str:
    """What is promised or asked for: 2 个工作日."""
    return words.budget(count, unit)


@register.filter
def moment(value: datetime | None) -> str:
    """11 月 18 日 09:20."""
    return words.moment(value) if value else ""


@register.filter
def soon(value: datetime | None) -> str:
    """今天 18:00."""
    return words.soon(value) if value else ""


@register.filter
def hour(value: datetime | None) -> str:
    """09:20."""
    return words.hour(value) if value else ""


@register.filter
def span(seconds: float | None) -> str:
    """2 小时 28 分."""
    return words.span(seconds) if seconds is not None else ""


@register.filter
def took(start: datetime, end: datetime) -> str:
    """The time from one moment to another: 用时 21 小时."""
    return words.used((end - start).total_seconds())


@register.filter
def by_day(due_at: datetime | None) -> str:
    """11 月 25 日前, 今天 18:00 前."""
    return words.by_day(due_at) if due_at else ""


@register.filter
def by_date(due_at: datetime | None) -> str:
    """11 月 25 日前, 11 月 25 日 18:00 前: for what is kept."""
    return words.by_date(due_at) if due_at else ""


@register.filter
def left(due_at: datetime | None) -> words.Left:
    """What is left of a promise: {{ due|left }} prints the words, {{ due|left.css }} is a class."""
    return words.left(due_at) if due_at else words.Left("", "")


@register.filter
def spoken(number: str) -> str:
    """A public number in groups of four."""
    return ids.spoken(number)


@register.filter
def halves(secret: str) -> str:
    """A secret in two groups, as it is read out."""
    middle = len(secret) // 2
    return f"{secret[:middle]} {secret[middle:]}"


@register.filter
def control(field: BoundField) -> SafeString:
    """The control of a form's field, in our own dress, tied to what is wrong with it."""
    more: dict[str, str | bool] = {"class": "input short"}
    if field.errors:
        more |= {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
    return field.as_widget(attrs=more)


@register.filter
def said(text: str) -> str:
    """A label that was written in Chinese as data (kinds, states, sorts), in the reader's language."""
    return words.said(text)


@register.filter
def unlocalized(value: float) -> str:
    """A number as SVG reads it, whatever the reader's language."""
    return f"{value:g}"
