"""Texts as arrays of their characters, for what looks at every one: a table for all at once costs a tenth of a loop."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_PLANE = 0x10000
_NONE = np.zeros(0, dtype="<u2")


def codes(text: str) -> NDArray[np.uint16]:
    """The UTF-16 units of `text`: one for each character, but two for one beyond the first plane (𠮷, 😀)."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2") if text else _NONE


class Folding:
    """A table of characters of the first plane for others, one for one."""

    def __init__(self, table: Mapping[int, str]) -> None:
        self._units = np.arange(_PLANE, dtype="<u2")
        for code, char in table.items():
            self._units[code] = ord(char)

    def __call__(self, text: str) -> str:
        """`text` with each character that the table holds exchanged; every one keeps its place."""
        if not text:
            return text
        return str(self._units[codes(text)].tobytes().decode("utf-16-le", "surrogatepass"))


def among(chars: str) -> NDArray[np.bool_]:
    """For each character of the first plane whether it is one of these: for `among(…)[codes(text)]`."""
    found = np.zeros(_PLANE, dtype=np.bool_)
    found[[ord(char) for char in chars if ord(char) < _PLANE]] = True
    return found
