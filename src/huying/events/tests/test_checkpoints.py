"""Checkpoints: signed in time, one continuing the other, never for a tree that is not the continuation."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from huying.base import clock
from huying.events import checkpoints, merkle, notes, signing, tiles
from huying.events.models import Checkpoint, Tile
from huying.events.notes import WITNESS, BadNote, Signer
from huying.events.sequence import Sequencer
from huying.events.tests.logs import grow, seal, write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]
EYE = Signer.new("witness.example.org", WITNESS)


def test_the_first_facts_are_signed_at_once_and_the_next_when_the_time_is_up() -> None:
    write(1, 3)
    Sequencer("tests").run_dry()
    tiles.append()
    assert checkpoints.sign_due() == 1
    write(4, 4)
    Sequencer("tests").run_dry()
    tiles.append()
    assert checkpoints.sign_due() == 0
    clock.set_offset(checkpoints.EVERY)
    assert checkpoints.sign_due() == 1
    assert timedelta(seconds=60) > checkpoints.EVERY


def test_nothing_new_is_not_signed_again() -> None:
    grow(3)
    seal()
    assert Checkpoint.objects.count() == 1
    assert checkpoints.sign() == 0


def test_the_newest_is_a_note_that_the_printed_key_verifies() -> None:
    grow(3, 7)
    found = checkpoints.newest()
    assert found is not None
    read = notes.parse_checkpoint(str(found))
    (key,) = signing.public_keys()
    assert (read.origin, read.size, read.root) == ("example.org/log", 7, tiles.Tree().root(7))
    assert read.signature_of(notes.parse_key(str(key)))


def test_each_is_the_continuation_of_the_one_before() -> None:
    grow(3, 7, 300)
    tree, rows = tiles.Tree(), list(Checkpoint.objects.order_by("size"))
    for old, new in itertools.pairwise(rows):
        proof = tree.consistency(old.size, new.size)
        assert merkle.is_consistent(old.size, bytes(old.root), new.size, bytes(new.root), proof)


def test_a_tree_that_is_shorter_than_what_was_signed_is_not_signed() -> None:
    grow(3)
    Tile.objects.update(hashes=bytes(Tile.objects.get().hashes)[:64])
    with pytest.raises(tiles.LogBroken, match="3 facts were signed for, the tiles hold 2"):
        checkpoints.sign()


def test_a_tree_with_another_past_is_not_signed() -> None:
    grow(3)
    hashes = bytes(Tile.objects.get().hashes)
    Tile.objects.update(hashes=b"\0" + hashes[1:])
    write(4, 5)
    Sequencer("tests").run_dry()
    tiles.append()
    with pytest.raises(tiles.LogBroken, match="no longer lead to the checkpoint of 3"):
        checkpoints.sign()


def test_a_kill_before_the_checkpoint_leaves_it_to_the_next_round(monkeypatch: pytest.MonkeyPatch) -> None:
    write(1, 3)
    Sequencer("tests").run_dry()
    tiles.append()
    with monkeypatch.context() as patched:
        patched.setattr(checkpoints.notes.Checkpoint, "signed", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            checkpoints.sign_due()
    assert not Checkpoint.objects.exists()
    assert checkpoints.sign_due() == 1


def test_the_key_is_made_once_and_nobody_else_may_read_it(keys: Path) -> None:
    first = signing.signer()
    signing.forget()
    assert signing.signer() == first
    assert (keys / "log-0001.key").stat().st_mode & 0o777 == 0o600
    assert (keys / "log-0001.pub").read_text() == f"{first.verifier}\n"


def test_a_new_key_takes_over_and_what_the_old_one_signed_still_holds(keys: Path) -> None:
    grow(3)
    old = signing.signer()
    new = signing.rotate()
    (keys / "log-0001.key").unlink()
    write(4, 5)
    seal()
    signing.forget()
    assert new.name == old.name and new != old
    assert signing.public_keys() == [new.verifier, old.verifier]
    first, second = (checkpoints.of_size(size) for size in (3, 5))
    assert first and first.signature_of(old.verifier) and not first.signature_of(new.verifier)
    assert second and second.signature_of(new.verifier)


@pytest.mark.parametrize("text", ["", "rubbish", "PRIVATE+KEY+a+00000000+AQ=="])
def test_a_key_file_that_is_no_key_is_named(keys: Path, text: str) -> None:
    signing.signer()
    (keys / "log-0001.key").write_text(text)
    signing.forget()
    with pytest.raises(signing.KeyTrouble, match=r"log-0001\.key: is not a key"):
        signing.signer()


def cosigned(signer: Signer = EYE, time: int = 1_700_000_000) -> str:
    found = checkpoints.newest()
    assert found is not None
    return str(found.with_signatures([*found.signatures, found.signed(signer, time)]))


def test_a_known_witness_stands_on_the_checkpoint_from_then_on() -> None:
    grow(3)
    signing.trust(EYE.verifier)
    assert checkpoints.take(cosigned()) == [EYE.name]
    assert checkpoints.take(cosigned(time=1_700_000_009)) == []
    found = checkpoints.newest()
    line = found and found.signature_of(EYE.verifier)
    assert line and notes.time_of(line) == 1_700_000_000


def test_an_unknown_witness_and_a_checkpoint_that_we_never_signed_are_refused() -> None:
    grow(3)
    with pytest.raises(BadNote, match="no signature of a known witness"):
        checkpoints.take(cosigned())
    signing.trust(EYE.verifier)
    forged = notes.Checkpoint("example.org/log", 3, b"\0" * 32)
    with pytest.raises(BadNote, match="signed no such checkpoint"):
        checkpoints.take(str(forged.with_signatures([forged.signed(EYE, 1)])))
    with pytest.raises(BadNote, match="far away"):
        checkpoints.take(cosigned(time=2**60))


def test_a_receipt_is_shown_a_witnessed_checkpoint_where_there_is_one() -> None:
    grow(3, 5)
    signing.trust(EYE.verifier)
    checkpoints.take(cosigned())
    write(6, 7)
    seal()
    sizes = {need: found.size for need in (1, 5, 6, 7) if (found := checkpoints.covering(need))}
    assert sizes == {1: 5, 5: 5, 6: 7, 7: 7}
    assert checkpoints.covering(8) is None
