"""What a caller says after her call was recorded: identifiers are cut out as at intake, and sealed with those of the call."""

import msgspec

from huying.kernel.models import Call
from huying.people import private


def cut(call: Call, text: str) -> str:
    """The text with tokens in place of identifiers; what was cut is sealed with the call, which the caller must save.

    Where her key was destroyed nobody can read what was cut before, nor keep what is cut now: it is gone.
    """
    text = text.strip()
    try:
        held = msgspec.json.decode(private.unseal(call.caller, call.sealed), type=dict[str, str]) if call.sealed else {}
        found = private.cut(text, held)
        if found.found != held:
            call.sealed = private.seal(call.caller, msgspec.json.encode(found.found).decode())
    except private.Erased:
        return private.cut(text).text
    return found.text
