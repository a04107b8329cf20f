"""The Merkle tree over the facts in their order, kept as tiles of 256 hashes; no row for a node.

The leaf at place n is the commitment of the fact numbered n + 1. A tile of level L holds the roots over 256**L leaves
each, so a node is reckoned from one tile, and a proof from a handful. Tiles are only ever added to.
"""

from collections.abc import Sequence

from django.db import connection, transaction

from huying.events import alone, merkle
from huying.events.models import Tile

WIDTH = 256
BYTES = WIDTH * merkle.HASH_BYTES
BATCH = 20_000
Place = tuple[int, int]  # level and number


class LogBroken(RuntimeError):
    """The stored log contradicts itself. The message says where; nothing more is signed until it is mended."""


class Tree:
    """The tree as it is stored. Keep one for a proof or a page, not longer: it remembers the tiles that it has read."""

    def __init__(self) -> None:
        self._read: dict[Place, bytes] = {}

    def node(self, height: int, index: int) -> bytes:
        """The hash over 2**height leaves from index * 2**height on. Raises LogBroken when the tiles do not hold them."""
        level, above = divmod(height, 8)
        begin, count = index << above, 1 << above
        number, offset = divmod(begin, WIDTH)
        hashes = self._tile(level, number)[offset * 32 : (offset + count) * 32]
        if len(hashes) != count * 32:
            raise LogBroken(f"tile {level}/{number} is missing or too short")
        return merkle.full_root([hashes[i : i + 32] for i in range(0, len(hashes), 32)])

    def _tile(self, level: int, number: int) -> bytes:
        place = level, number
        if place not in self._read:
            self._read[place] = stored(level, number)
        return self._read[place]

    def root(self, size: int) -> bytes:
        """The root over the first `size` leaves."""
        return merkle.root(size, self.node)

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The proof that the leaf at `index` is among the first `size`. Raises IndexError."""
        return merkle.inclusion(index, size, self.node)

    def consistency(self, old: int, size: int) -> list[bytes]:
        """The proof that the first `old` leaves are the beginning of the first `size`. Raises IndexError."""
        return merkle.consistency(old, size, self.node)


def stored(level: int, number: int) -> bytes:
    """The hashes of a tile, one after the other; nothing where there is none."""
    with connection.cursor() as cursor:  # by hand: a proof reads several, and composing the query was most of its time
        cursor.execute("SELECT hashes FROM events_tile WHERE level = %s AND number = %s", [level, number])
        row = cursor.fetchone()
    return bytes(row[0]) if row else b""


def size() -> int:
    """How many facts are in the tree."""
    last = Tile.objects.filter(level=0).order_by("-number").values_list("number", "hashes").first()
    return last[0] * WIDTH + len(last[1]) // 32 if last else 0


def append(limit: int = BATCH) -> int:
    """Put up to `limit` numbered facts into the tree, in one transaction; 0 when there are none or another is at it.

    Raises LogBroken when a number is missing or the tiles do not fit together.
    """
    with transaction.atomic():
        if not alone.first(alone.TILES):
            return 0
        begun = size()
        leaves = _leaves(begun, limit)
        if leaves:
            _write(grown(begun, _edge(begun), leaves))
        return len(leaves)


def grown(begun: int, edge: dict[int, bytes], leaves: Sequence[bytes]) -> dict[Place, bytes]:
    """The tiles that change when leaves are added to a tree of `begun`, whose unfinished tile of each level is its `edge`."""
    changed: dict[Place, bytes] = {}
    level, coming = 0, leaves
    while coming:
        first = (begun >> 8 * level) // WIDTH
        hashes = edge.get(level, b"") + b"".join(coming)
        coming = []
        for number, at in enumerate(range(0, len(hashes), BYTES), first):
            tile = changed[level, number] = hashes[at : at + BYTES]
            if len(tile) == BYTES:
                coming.append(root_of(tile))
        level += 1
    return changed


def root_of(tile: bytes) -> bytes:
    """The root over a full tile: what stands for it in the level above."""
    return merkle.full_root([tile[i : i + 32] for i in range(0, BYTES, 32)])


def _edge(begun: int) -> dict[int, bytes]:
    """The unfinished tile of each level. Raises LogBroken when one is not as long as the tree's size says."""
    edge: dict[int, bytes] = {}
    level = 0
    while count := begun >> 8 * level:
        number, rest = divmod(count, WIDTH)
        if rest:
            edge[level] = stored(level, number)
            if len(edge[level]) != rest * 32:
                raise LogBroken(f"tile {level}/{number} should hold {rest} hashes")
        level += 1
    return edge


# by hand: millions of facts pass here. A fact lies in the month of its `at`, which spares PostgreSQL all other months.
_LEAVES = """SELECT o.seq, f.leaf FROM events_factorder o JOIN events_fact f ON f.id = o.fact_id AND f.at = o.at
 WHERE o.seq > %s AND o.seq <= %s ORDER BY o.seq"""


def _leaves(begun: int, limit: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute(_LEAVES, [begun, begun + limit])
        rows = cursor.fetchall()
        if not rows:
            cursor.execute("SELECT min(seq) FROM events_factorder WHERE seq > %s", [begun])
            rows = [(seq, b"") for (seq,) in cursor.fetchall() if seq is not None]
    for place, (seq, leaf) in enumerate(rows, begun + 1):
        if seq != place or len(leaf) != merkle.HASH_BYTES:
            raise LogBroken(f"the fact numbered {place} is missing or has no commitment: `huying log verify` tells more")
    return [bytes(leaf) for _seq, leaf in rows]


def _write(changed: dict[Place, bytes]) -> None:
    rows = [Tile(level=level, number=number, hashes=hashes) for (level, number), hashes in changed.items()]
    Tile.objects.bulk_create(rows, 500, update_conflicts=True, unique_fields=["level", "number"], update_fields=["hashes"])
