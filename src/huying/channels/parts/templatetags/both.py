"""Texts that a pack holds in both languages, in that of the page; and what belongs to the catalogue of things."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huying.city.things import Both

register = template.Library()
_KINDS = {
    "permit": _("许可"),
    "confirmation": _("确认"),
    "payment": _("给付"),
    "record": _("备案"),
    "service": _("服务"),
}


@register.filter
def said(text: Both | None) -> str:
    """The text in the language of the page."""
    if text is None:
        return ""
    return text.zh if (get_language() or "zh").startswith("zh") else text.en


@register.filter
def kind_label(kind: str) -> str:
    """许可, 给付: what kind of item it is."""
    return str(_KINDS.get(kind, kind))
