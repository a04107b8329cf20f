"""What is chosen from: the whole city as one list of districts with their streets."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Area


def areas(selected: str) -> SafeString:
    """Every area below the city as options in groups, the chosen one marked. Built once a pack, day and language."""
    built = _options(city.digest(), clock.today(), get_language() or "")
    value = format_html('value="{}"', selected)
    # what format_html built, with one attribute set
    return mark_safe(built.replace(value, f"{value} selected", 1) if selected else built)  # nosec


def options(rows: Iterable[tuple[str, str]], selected: str) -> SafeString:
    """Values with their words as options, the chosen one marked."""
    mark = mark_safe(" selected")  # nosec B308  # a word of ours
    return format_html_join("", '<option value="{}"{}>{}</option>', ((v, mark if v == selected else "", w) for v, w in rows))


@lru_cache(maxsize=8)
def _options(digest: str, day: date, language: str) -> str:
    return "".join(_group(district) for district in city.area_choices("district"))


loaded.on_forget(_options.cache_clear)


def _group(district: Area) -> SafeString:
    whole = _("%(district)s，镇街说不清") % {"district": district.name}
    rows = [(district.key, whole), *((street.key, street.name) for street in city.area_choices("street", district))]
    inner = format_html_join("", '<option value="{}">{}</option>', rows)
    return format_html('<optgroup label="{}">{}</optgroup>', district.name, inner)
