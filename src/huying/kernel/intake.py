"""What goes into open_calls and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huying.kernel.models import Openness
from huying.kernel.photos import TakenPhoto
from huying.people.models import Party


@dataclass(slots=True)
class NewCall:
    """What is needed to record one call.

    `key` is the caller's own, at most 80 characters; a second call with it is a resend.
    """

    key: str
    kind: str
    sort: str
    title: str
    text: str
    channel: str
    caller: Party | None = None
    agent: Party | None = None  # who calls for her, and may see and do what is hers to do until then
    agent_until: datetime | None = None
    area_key: str | None = None
    elsewhere: bool = False  # the caller named a place of another city: the text is not searched for places of this one
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    openness: str = Openness.NAMED
    about_key: str | None = None  # the body complained about: it never bears, sees or finds this
    photos: Sequence[TakenPhoto] = ()
    opened_at: datetime | None = None
    urgency: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A recorded call. `fresh` is False when its key was known; `bearer_id` is set when it was dispatched by itself."""

    call_id: int
    matter_id: int
    number: str
    secret: str
    fresh: bool
    bearer_id: int | None
