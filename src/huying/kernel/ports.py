"""What the kernel needs from outside its room. Config names the adapters by dotted path (settings.MODEL)."""

from dataclasses import dataclass
from typing import Protocol

from huying.base.outside import NotDelivered

__all__ = ["Adviser", "Asked", "NotDelivered"]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that leaves: words in which nobody is named any more. There is no field for who she is, and there shall be none."""

    call: str
    answer: str
    duty: str


class Adviser(Protocol):
    """A language model that looks over an answer."""

    def advise(self, asked: Asked) -> list[str]:
        """What it suggests, a sentence each. Raises NotDelivered, whose words hold nothing of what was asked."""
