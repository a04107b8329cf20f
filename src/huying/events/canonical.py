"""RFC 8785 canonical JSON: one value, one sequence of bytes. Plain Python, also read by the offline verifier."""

import hashlib
import hmac
import json
from typing import Any

import rfc8785


class NotCanonical(ValueError):
    """These bytes are no JSON, or not the canonical form of what they say."""


def encode(value: Any) -> bytes:
    """The canonical form. Raises ValueError for what JSON cannot hold exactly (integers beyond 2**53, NaN)."""
    return rfc8785.dumps(value)


def decode(data: bytes) -> Any:
    """The value of canonical bytes. Raises NotCanonical for any others: a byte more, a key twice, another order."""
    try:
        value = json.loads(data)
        same = encode(value) == data
    except (ValueError, RecursionError) as fault:
        raise NotCanonical(str(fault)) from fault
    if not same:
        raise NotCanonical("the same value would be written in another way")
    return value


def commitment(salt: bytes, value: Any) -> str:
    """HMAC-SHA-256 of the canonical form under a salt, in hexadecimals: binds the value, tells nothing without the salt."""
    return hmac.new(salt, encode(value), hashlib.sha256).hexdigest()
