"""What is wrong with a pack, and exactly where. Django's tables are not needed here: a pack is checked without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

SHOWN = 40  # characters of a faulty value that a message repeats


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """One thing to repair: the file (a path in the pack), line and column (from 1; a column is a character), and what to do."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class Placed(Protocol):
    """Anything that stands somewhere in a file."""

    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Spot:
    """A bare place in a file; by default its beginning."""

    line: int = 1
    column: int = 1


START = Spot()


class Faults:
    """Collects faults while reading goes on, so that one check names them all."""

    def __init__(self) -> None:
        self._found: set[Fault] = set()

    def add(self, file: str, at: Placed, message: str) -> None:
        """Note a fault; the same one twice counts once."""
        self._found.add(Fault(file, at.line, at.column, message))

    def __iter__(self) -> Iterator[Fault]:
        return iter(sorted(self._found))

    def __len__(self) -> int:
        return len(self._found)


class PackHasFaults(ValueError):
    """A pack with faults is not loaded; `faults` names them all."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def shown(text: object) -> str:
    """A faulty value as a message repeats it: on one line, and not too long."""
    line = "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(text))
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
