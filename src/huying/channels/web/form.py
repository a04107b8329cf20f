"""The appeal form as it was typed: read from a request, shown again as it was, handed to the verb."""

from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.translation import gettext as _

from huying.base import ids
from huying.channels.parts.photos import Given, given
from huying.features.appeals.actions import NewAppeal

NAMES = ("key", "sort", "text", "area", "place", "lon", "lat", "openness", "phone", "about")


@dataclass(slots=True)
class Typed:
    """Every field as text, as it came; the pictures as they were taken up."""

    key: str = ""
    sort: str = ""
    text: str = ""
    area: str = ""
    place: str = ""
    lon: str = ""
    lat: str = ""
    openness: str = ""
    phone: str = ""
    about: str = ""
    publish: bool = False
    asked: bool = False  # which of several places of one name she means: asked once
    seen: tuple[int, ...] = ()  # the known incidents that were shown beside the form
    photos: Given = field(default_factory=Given)


def fresh(text: str = "") -> Typed:
    """An empty form with a key of its own: whatever is sent with it is one call."""
    return Typed(key=ids.new_token(), text=text)


def typed(request: HttpRequest) -> Typed:
    """What came, pictures taken up."""
    values = {name: request.POST.get(name, "").strip() for name in NAMES}
    values["area"] = values["area"] or request.POST.get("which", "").strip()  # of several places of one name
    seen = tuple(filter(None, map(ids.row_id, request.POST.getlist("seen"))))
    publish, asked = (request.POST.get(name) == "yes" for name in ("publish", "asked"))
    return Typed(**values, publish=publish, asked=asked, seen=seen, photos=given(request))


def appeal_of(form: Typed) -> NewAppeal:
    """What the verb asks. Raises ValueError for a point that is no pair of numbers."""
    lon, lat = _point(form)
    return NewAppeal(
        key=form.key,
        sort=form.sort,
        text=form.text,
        phone=form.phone,
        area_key=form.area,
        place=form.place,
        lon=lon,
        lat=lat,
        openness=form.openness,
        about=form.about,
        may_publish=form.publish,
        photos=tuple(form.photos.taken),
    )


def _point(form: Typed) -> tuple[float | None, float | None]:
    if not form.lon and not form.lat:
        return None, None
    lon, lat = float(form.lon), float(form.lat)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(_("地图上没有这个点，请重新定位或者去掉。"))
    return round(lon, 5), round(lat, 5)  # a metre: no appeal needs more
