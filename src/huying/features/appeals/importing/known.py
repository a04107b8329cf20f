"""Which rows are there already: by their key, or as the same sender's same words about a matter that is still open."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from huying.features.appeals.importing.columns import Columns, normal
from huying.features.appeals.importing.rows import Row
from huying.features.appeals.importing.senders import Sender, sender_of
from huying.features.appeals.importing.table import Record, Table
from huying.features.appeals.models import ImportedRow
from huying.kernel.models import CallState
from huying.people import cutting, private

KEY_MOST = 80


@dataclass(frozen=True, slots=True)
class Item:
    """A readable row on its way in, with what it is known again by."""

    table: Table
    record: Record
    row: Row
    key: str
    digest: bytes
    sender: Sender

    @property
    def said(self) -> tuple[bytes, bytes] | None:
        """Who said what; None when nobody is known."""
        return (self.sender.mark, self.digest) if self.sender.mark else None


def item_of(table: Table, record: Record, row: Row, source: str) -> Item:
    """The row with its key: source and number, or where it has none its content. `source` is the name given by option."""
    name = source or source_of(table.columns)
    digest = private.mac("import row", row.digest)
    key = f"import:{name}:{row.id}" if row.id else f"import:{source}#{private.mac('import row', row.content).hex()[:40]}"
    if len(key) > KEY_MOST or cutting.find(row.id):  # a table may number its rows by phone or identity number
        key = f"import:#{private.mac('import row', key).hex()[:64]}"
    return Item(table, record, row, key, digest, sender_of(row, name))


def source_of(columns: Columns) -> str:
    """What a table's numbers are numbers of, where no option names it: the header of their column."""
    return normal(columns.named.get("id", ""))


@dataclass(slots=True)
class Known:
    """What is there of a batch: calls by key (with the digest of their row), and open calls by who said what."""

    by_key: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    by_said: dict[tuple[bytes, bytes], int] = field(default_factory=dict)


def known(items: Sequence[Item]) -> Known:
    """Two queries for the whole batch."""
    keyed = ImportedRow.objects.filter(key__in=[item.key for item in items]).values_list("key", "call_id", "digest")
    said = [item.said for item in items if item.said]
    rows = ImportedRow.objects.filter(
        sender__in=[mark for mark, _ in said],
        digest__in=[digest for _, digest in said],
        call__state__in=[CallState.OPEN, CallState.ANSWERED],
    ).values_list("sender", "digest", "call_id")
    return Known(
        {key: (call, bytes(digest)) for key, call, digest in keyed},
        {(bytes(mark or b""), bytes(digest)): call for mark, digest, call in rows} if said else {},
    )
