"""What a caller sent, bound by the fact that it was received: her words and photos cannot be exchanged for others later."""

from collections.abc import Sequence

from huying.events import canonical
from huying.kernel.events import CallOpened
from huying.kernel.models import Call
from huying.kernel.photos import TakenPhoto


def words_of(call: Call) -> dict[str, str]:
    """Her words as they were recorded, without the identifiers that were cut out."""
    return {"place": call.place, "text": call.text, "title": call.title}


def commitment(call: Call, photos: Sequence[str], salt: bytes) -> str:
    """The commitment to her words and the hashes of her photos."""
    return canonical.commitment(salt, {**words_of(call), "photos": list(photos)})


def opened(call: Call, photos: Sequence[TakenPhoto], salt: bytes) -> CallOpened:
    """The fact that a call was received; it must be recorded under this salt."""
    area = call.area.key if call.area else None
    bound = commitment(call, [photo.sha256 for photo in photos], salt)
    return CallOpened(call.pk, call.matter_id, call.kind, call.sort, call.channel, area, call.openness, len(photos), bound)
