"""Where it is, as the portal asks: one list of districts with their streets, which a script makes into two."""

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from huying.channels.parts import choices
from huying.city import queries as city
from huying.city.models import Area

options = choices.areas


def district_options(selected: str) -> SafeString:
    """Districts alone, for a filter."""
    mark = mark_safe(" selected")  # nosec B308  # a word of ours
    rows = [(area.key, mark if area.key == selected else "", area.name) for area in city.area_choices("district")]
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def line(area: Area) -> str:
    """An area with the district it lies in: 沙坪坝区凤凰镇."""
    district = city.district_of(area)
    return area.name if district is None or district == area else f"{district.name}{area.name}"
