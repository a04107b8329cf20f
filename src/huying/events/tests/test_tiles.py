"""The tree grows behind the sequencer, by any steps, and is always the tree of the facts in their order."""

import threading

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.events import merkle, tiles
from huying.events.models import Fact, FactOrder, Tile
from huying.events.sequence import Sequencer
from huying.events.tests.logs import write

pytestmark = pytest.mark.django_db(transaction=True)


def leaves() -> list[bytes]:
    """The commitments in the order of the numbers."""
    facts = {fact.pk: bytes(fact.leaf) for fact in Fact.objects.all()}
    return [facts[pk] for pk in FactOrder.objects.order_by("seq").values_list("fact_id", flat=True)]


def root_of(hashes: list[bytes]) -> bytes:
    grown = merkle.Frontier()
    grown.add(hashes)
    return grown.root()


def number(first: int, last: int) -> None:
    write(first, last)
    Sequencer("tests").run_dry()


def test_the_tree_is_over_the_commitments_in_their_order() -> None:
    number(1, 5)
    assert tiles.append() == 5 and tiles.append() == 0
    assert tiles.size() == 5
    assert tiles.Tree().root(5) == root_of(leaves())


def test_by_whatever_steps_it_grows_the_tiles_are_the_same() -> None:
    number(1, 700)
    while tiles.append(97):
        pass
    by_steps = sorted(Tile.objects.values_list("level", "number", "hashes"))
    Tile.objects.all().delete()
    assert tiles.append() == 700
    assert sorted(Tile.objects.values_list("level", "number", "hashes")) == by_steps
    assert [(level, n, len(h) // 32) for level, n, h in by_steps] == [(0, 0, 256), (0, 1, 256), (0, 2, 188), (1, 0, 2)]


def test_every_proof_from_tiles_holds() -> None:
    number(1, 600)
    tiles.append()
    tree, all_of_them = tiles.Tree(), leaves()
    for size in (1, 2, 255, 256, 257, 511, 512, 513, 600):
        top = root_of(all_of_them[:size])
        assert tree.root(size) == top
        for index in {0, size // 2, size - 1}:
            proof = tree.inclusion(index, size)
            assert merkle.root_of_inclusion(all_of_them[index], index, size, proof) == top
        assert merkle.is_consistent(size, top, 600, tree.root(600), tree.consistency(size, 600))


@pytest.mark.once
@settings(deadline=None, max_examples=12)  # 66,000 hashes, twice
@given(st.lists(st.integers(0, 300), max_size=6), st.integers(66_000, 66_500))
def test_tiles_of_three_levels_are_the_tiles_of_the_whole(steps: list[int], begun: int) -> None:
    """Pure: what is stored is held in a dict, and each step knows only the unfinished tiles."""
    hashes = [n.to_bytes(32, "big") for n in range(begun + sum(steps))]
    held, at = tiles.grown(0, {}, hashes[:begun]), begun
    for step in steps:
        edge = {level: held.get((level, (at >> 8 * level) // 256), b"") for level in range(3)}
        edge = {level: tile for level, tile in edge.items() if len(tile) < tiles.BYTES}
        held |= tiles.grown(at, edge, hashes[at : at + step])
        at += step
    assert held == tiles.grown(0, {}, hashes)
    assert {level for level, _n in held} == {0, 1, 2}


def test_a_kill_between_numbering_and_tiles_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    number(1, 300)
    write_tiles = tiles._write

    def killed(changed: dict[tiles.Place, bytes]) -> None:
        write_tiles(dict(list(changed.items())[:1]))
        raise KeyboardInterrupt

    monkeypatch.setattr(tiles, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        tiles.append()
    assert tiles.size() == 0 and not Tile.objects.exists()
    monkeypatch.undo()
    number(301, 310)
    assert tiles.append() == 310
    assert tiles.Tree().root(310) == root_of(leaves())


def test_two_workers_at_once_add_each_fact_once() -> None:
    number(1, 900)
    begin = threading.Barrier(2)

    def work() -> None:
        begin.wait()
        for _ in range(40):
            tiles.append(50)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while tiles.append():
        pass
    assert tiles.size() == 900
    assert tiles.Tree().root(900) == root_of(leaves())


def test_a_number_that_is_missing_stops_the_tree() -> None:
    number(1, 4)
    tiles.append()
    number(5, 8)
    FactOrder.objects.filter(seq=6).delete()
    with pytest.raises(tiles.LogBroken, match="numbered 6 "):
        tiles.append()
    FactOrder.objects.filter(seq=5).delete()
    with pytest.raises(tiles.LogBroken, match="numbered 5 "):
        tiles.append()
    assert tiles.size() == 4


def test_an_unfinished_tile_that_was_cut_stops_the_tree() -> None:
    number(1, 300)
    tiles.append()
    Tile.objects.filter(level=1).delete()
    number(301, 302)
    with pytest.raises(tiles.LogBroken, match="tile 1/0"):
        tiles.append()


def test_numbers_never_fall_back_below_the_tree() -> None:
    number(1, 4)
    tiles.append()
    FactOrder.objects.filter(seq__gt=2).delete()
    Fact.objects.filter(version__gt=2).delete()
    write(3, 3)
    Sequencer("tests").run_dry()
    assert list(FactOrder.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 5]
