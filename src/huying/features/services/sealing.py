"""What people wrote into forms, sealed under the key of whose it is: with the key goes all of it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from huying.people import private
from huying.people.models import Party

_encoder, _decoder = msgspec.json.Encoder(), msgspec.json.Decoder(dict[str, Any])


def seal(party: Party, values: Mapping[str, Any]) -> bytes:
    """The values as only her key opens them. Raises private.Erased, private.KeyTrouble."""
    return private.seal(party, _encoder.encode(dict(values)).decode())


def opened(party: Party, sealed: bytes | memoryview | None) -> dict[str, Any]:
    """What was sealed for her; nothing where there is nothing, or her key was destroyed. Raises private.KeyTrouble."""
    if not sealed:
        return {}
    try:
        return _decoder.decode(private.unseal(party, sealed))
    except private.Erased:
        return {}
