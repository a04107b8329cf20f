"""What an officer tells everybody of an incident, as it was typed."""

from datetime import datetime

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from huying.base import clock
from huying.kernel.actions import Notice
from huying.kernel.errors import BadInput


def notice(data: QueryDict) -> Notice:
    """The notice of a form. Raises BadInput for a moment that is none."""
    title, cause, area = (str(data.get(name, "")).strip() for name in ("title", "cause", "area_key"))
    return Notice(title, cause, area, moment(data, "news_at"), moment(data, "until_at"))


def moment(data: QueryDict, name: str) -> datetime | None:
    """A day and hour in the city's time; None where nothing was typed. Raises BadInput."""
    text = str(data.get(name, "")).strip()
    if not text:
        return None
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise BadInput({name: _("时间要写成 2026-11-25T18:00 这样，请重新选。")})
    return found if found.tzinfo else found.replace(tzinfo=clock.CITY_TIME)
