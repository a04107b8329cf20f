"""Where it is, as the portal asks: one list of districts with their streets, which a script makes into two."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from huying.channels.parts import choices
from huying.city import queries as city

options = choices.areas


def district_options(selected: str) -> SafeString:
    """Districts alone, for a filter."""
    mark = mark_safe(" selected")  # nosec B308  # a word of ours
    rows = [(area.key, mark if area.key == selected else "", area.name) for area in city.area_choices("district")]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
