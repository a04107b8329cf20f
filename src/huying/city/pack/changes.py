"""What a load changes: rows added, changed and closed, table by table, worked out before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

KEPT, TAKEN, OVER = "kept", "taken", "over"
Fields = dict[str, Any]
TABLES = ("areas", "departments", "duties", "terms", "days", "settings", "partners", "items", "things")


@dataclass(slots=True)
class TableChanges:
    """Changes of one table by key. `changed` holds each field's old and new value; `closed` the first day a row no longer holds
    (None where it is taken away, because nothing points at it: a setting, a day that has not come yet).
    """

    added: dict[str, Fields] = field(default_factory=dict)
    changed: dict[str, dict[str, tuple[Any, Any]]] = field(default_factory=dict)
    closed: dict[str, date | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.closed)


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a thing made here: kept, taken over by the pack which says the same, or given up for the pack's."""

    code: str
    how: str


@dataclass(slots=True)
class Changes:
    """The changes of a whole load, by table name (TABLES); and what became of the things that were made here."""

    tables: dict[str, TableChanges]
    made: list[Settled] = field(default_factory=list)

    def __len__(self) -> int:
        return sum(map(len, self.tables.values()))

    def __getitem__(self, table: str) -> TableChanges:
        return self.tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tables)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many rows of each table were added, changed and closed."""
        return {
            name: {"added": len(table.added), "changed": len(table.changed), "closed": len(table.closed)}
            for name, table in self.tables.items()
        }


def compare(wanted: Mapping[str, Fields], current: Mapping[str, Fields]) -> TableChanges:
    """What must be added and changed so that `current` becomes `wanted`. What `wanted` lacks is for the caller to close."""
    changes = TableChanges()
    for key, fields in wanted.items():
        if key not in current:
            changes.added[key] = fields
            continue
        old = current[key]
        if differing := {name: (old[name], value) for name, value in fields.items() if old[name] != value}:
            changes.changed[key] = differing
    return changes


def close(changes: TableChanges, wanted: Mapping[str, Fields], current: Mapping[str, Fields], today: date) -> None:
    """Close dated rows that vanished from the pack, today or when they begin, whichever is later; closed ones stay closed."""
    for key, fields in current.items():
        end = max(today, fields["valid_from"] or today)
        if key not in wanted and (fields["valid_to"] is None or fields["valid_to"] > end):
            changes.closed[key] = end
