"""The stories of the week as they stand in the pack's `demo/calls`: what somebody says, and what becomes of it."""

from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from yaml import YAMLError

from huying.base import yaml12
from huying.config.environment import BadSetting

# How far a call has come. What follows after `answered` is the caller's word or the desk's call.
State = Literal[
    "received",
    "accepted",
    "dispatched",
    "passed_down",
    "signed",
    "contacted",
    "helped",
    "written",
    "submitted",
    "returned",
    "answered",
    "rated",
    "reopened",
    "closed",
    "called_back",
    "checked",
    "concluded",
    "answered_at_once",
]
T = TypeVar("T")


class Rating(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The caller's word; `grade` from 1 to 5."""

    solved: bool
    grade: int
    text: str = ""


class Check(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was found out about a poor rating, and what follows."""

    found: str
    follows: str


class Looked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Her number, looked at by who works it: for which of the pack's reasons, in which words, `late` in the evening.

    `objection` is what she says to it, `found` what the auditor answers, and whether she was right.
    """

    reason: str
    words: str
    late: bool = False
    objection: str = ""
    found: str = ""
    upheld: bool = False


class Exchange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was said to her without her number, and what she answered."""

    said: str
    answer: str = ""


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A department of a panel, and what its head says when he agrees."""

    department: str
    words: str


class Conclude(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call that a panel ends: why, with which ways on, what she says before, and who agrees."""

    reasons: str
    remedies: tuple[str, ...]
    plead: str
    panel: tuple[Member, ...]


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words an officer confirmed for the public board."""

    call: str
    answer: str


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes a story's matter a known incident: what everybody is told, how long after it the next news come (as `4h`),
    how long it is expected to last, and the news that were told since.
    """

    title: str
    cause: str
    area: str
    next: str
    lasts: str
    news: str


class Story(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"returned": "return"}):
    """One call. `when` see `hours.opened_at`; `bearer` is a type of department in the call's area, or the key of a city's one.

    `assists` says what is asked of which types of departments there, `parts` what those contribute that have come so far.
    In `answer` and the notes `{0}` is the day on which it is said, `{-1}` the day before, `{+2w}` the second working day after.
    `rate` is her own word, or what she says when she is called back; `again` what is answered each time after she says no;
    `tried` what each call in vain met with. `answered_in` (as `23h10m`) fixes how long after the call the answer is written.
    """

    key: str
    sort: str
    when: str
    text: str
    until: State
    who: str = ""
    channel: str = "web"
    area: str = ""
    place: str = ""
    openness: str = "named"
    photos: tuple[str, ...] = ()
    bearer: str = ""
    duty: str = ""
    note: str = ""
    how: str = "phone"
    contact: str = ""
    assists: dict[str, str] = {}
    parts: dict[str, str] = {}
    answer: str = ""
    answered_in: str = ""
    answer_photos: tuple[str, ...] = ()
    returned: str = ""
    rate: Rating | None = None
    again: str = ""
    tried: tuple[str, ...] = ()
    check: Check | None = None
    look: Looked | None = None
    message: Exchange | None = None
    conclude: Conclude | None = None
    publish: bool = False
    known: Known | None = None  # the matter is a known incident from here
    joins: str = ""  # the story whose incident this caller joined with one tap
    board: Board | None = None


class OfficerLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An officer of the demo with one post; `department` is a key of the pack."""

    login: str
    name: str
    department: str
    role: str


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who plays: officers, and callers as {what they are called: phone}."""

    officers: tuple[OfficerLine, ...]
    callers: dict[str, str]


def stories(folder: Path) -> list[Story]:
    """Every story of the folder `calls`, file by file. Raises BadSetting naming the file at fault."""
    return [story for file in sorted((folder / "calls").glob("*.yaml")) for story in read(file, list[Story])]


def people(folder: Path) -> People:
    """The people of `people.yaml`. Raises BadSetting."""
    return read(folder / "people.yaml", People)


def read(file: Path, kind: type[T]) -> T:
    """A file of the demo as what it should hold. Raises BadSetting naming the file at fault."""
    try:
        return msgspec.convert(yaml12.load(file.read_text(encoding="utf-8")), kind)
    except (OSError, YAMLError, msgspec.ValidationError) as fault:
        raise BadSetting(f"{file}: {' '.join(str(fault).split())}") from fault
