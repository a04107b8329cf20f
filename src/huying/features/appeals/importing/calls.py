"""From a row to a call."""

from datetime import datetime

from huying.base import clock
from huying.features.appeals.actions import title_of
from huying.features.appeals.importing.areas import Areas
from huying.features.appeals.importing.rows import Row
from huying.features.appeals.importing.senders import Sender
from huying.features.appeals.importing.words import ADDRESS_LABEL, GREETING, PHONE_LABEL
from huying.features.appeals.kind import APPEAL
from huying.kernel.intake import NewCall
from huying.people.models import Party

CHANNEL = "import"
TITLE_MADE = 40  # characters of a title that is made from the text
TITLE_MOST, PLACE_MOST = 80, 120  # what a call holds; what is longer stands in the text


def call_of(key: str, row: Row, sender: Sender, caller: Party, areas: Areas) -> NewCall:
    """The call of a row. Nothing that the row says is lost: what does not fit its field goes into the text."""
    at = row.at or clock.now()
    found = areas.find(row.areas, clock.today() if row.at is None else clock.day_of(at))
    place = " ".join(filter(None, (found.rest, row.place)))
    title = row.title or made_title(row.text)
    parts = [row.text]
    if len(title) > TITLE_MOST:
        parts.insert(0, title)
    if len(place) > PLACE_MOST:
        parts.append(ADDRESS_LABEL + place)
    if sender.other_phone:
        parts.append(PHONE_LABEL + sender.other_phone)
    return NewCall(
        key=key,
        kind=APPEAL.name,
        sort=row.sort,
        title=_short(title, TITLE_MOST),
        text="\n".join(parts),
        channel=CHANNEL,
        caller=caller,
        area_key=found.key,
        elsewhere=found.elsewhere,
        place=_short(place, PLACE_MOST),
        openness=sender.openness,
        opened_at=row.at,
    )


def made_title(text: str) -> str:
    """The first clause behind the greeting, at most 40 characters."""
    greeting = GREETING.match(text)
    return title_of(text[greeting.end() :] if greeting else text, TITLE_MADE) or title_of(text, TITLE_MADE)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def imported_fields(key: str, digest: bytes, sender: Sender) -> dict[str, str | bytes | datetime | None]:
    """What is kept of the row beside its call (models.ImportedRow)."""
    return {"key": key, "digest": digest, "sender": sender.mark, "imported_at": clock.now()}
