"""The log checks itself: what was altered, taken out, put in, swapped or cut off by hand is found and named."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from huying.events import checkpoints, log, signing, tiles
from huying.events.erasure import erase_salts
from huying.events.models import Checkpoint, Cosignature, Fact, FactOrder, Tile
from huying.events.notes import WITNESS, Signer
from huying.events.sequence import Sequencer
from huying.events.tests.facts import entry
from huying.events.tests.logs import grow, seal, write
from huying.events.verify import Verified, verify

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]
VICTIM = 5


@pytest.fixture
def sealed() -> None:
    """Nine facts under two checkpoints, and one that nobody has numbered yet."""
    grow(4, 9)
    write(1, 1, "test:2")


def fault(found: Verified) -> str:
    assert found.faults, "nothing was found"
    return "\n".join(found.named)


def test_a_log_as_it_was_written_has_no_fault(sealed: None) -> None:
    found = verify()
    assert (found.facts, found.faults, found.unnumbered, found.in_tree, found.checkpoints) == (10, 0, 1, 9, 2)
    seal()
    assert (verify().unnumbered, verify().faults) == (0, 0)


def test_small_batches_read_the_same(sealed: None) -> None:
    assert verify(batch=2) == verify()


def sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("name", "test.happenec"),
        ("schema", 2),
        ("subject", "test:3"),
        ("version", 50),
        ("actor", "systen"),
        ("body", '{"n":6}'),
        ("salt", lambda old: bytes([old[0] ^ 1]) + old[1:]),
        ("leaf", lambda old: old[:-1] + bytes([old[-1] ^ 1])),
        ("at", lambda old: old.replace(microsecond=(old.microsecond + 1) % 1_000_000)),
        ("id", lambda old: old + 1000),
    ],
)
def test_a_byte_changed_in_any_column_names_the_fact(sealed: None, column: str, change: object) -> None:
    fact = Fact.objects.get(subject="test:1", version=VICTIM)
    new = change(getattr(fact, column)) if callable(change) else change
    Fact.objects.filter(pk=fact.pk).update(**{column: new})
    assert f"fact {fact.pk} (number {VICTIM}" in fault(verify())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps a column to its type")
@pytest.mark.parametrize("change", ["at = 'x' || substr(at, 2)", "version = 'v'", "body = x'ff'", "schema = 'one'"])
def test_a_value_that_is_none_of_its_column_s_kind_is_named_too(sealed: None, change: str) -> None:
    sql(f"UPDATE events_fact SET {change} WHERE subject = 'test:1' AND version = {VICTIM}")
    assert f"(number {VICTIM}" in fault(verify())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps a column to its type")
def test_an_unreadable_moment_in_the_order_is_named(sealed: None) -> None:
    sql("UPDATE events_factorder SET at = 'x' || substr(at, 2) WHERE seq = %s", VICTIM)
    assert f"(number {VICTIM}" in fault(verify())


def test_a_fact_altered_with_its_commitment_is_not_the_tree_s(sealed: None) -> None:
    fact = Fact.objects.get(subject="test:1", version=VICTIM)
    fact.body = '{"n":7}'
    fact.leaf = log.commitment(bytes(fact.salt), fact)
    fact.save()
    found = verify()
    assert found.faults == 1 and f"fact {fact.pk} (number {VICTIM}" in fault(found)
    assert "not the one that the tree has" in fault(found)


def rewrite(fact: Fact) -> None:
    """Body, commitment and tile together, as one who knows the code would."""
    fact.body = '{"n":7}'
    fact.leaf = log.commitment(bytes(fact.salt), fact)
    fact.save()
    Tile.objects.all().delete()
    while tiles.append():
        pass


def test_a_fact_altered_with_the_tree_is_not_what_was_signed(sealed: None) -> None:
    rewrite(Fact.objects.get(subject="test:1", version=VICTIM))
    found = verify()
    assert found.faults == 1 and "not the one that was signed for at 9 facts: a fact numbered 5 to 9" in fault(found)


def test_a_fact_altered_with_the_tree_and_the_checkpoint_fails_the_signature(sealed: None) -> None:
    rewrite(Fact.objects.get(subject="test:1", version=VICTIM))
    Checkpoint.objects.filter(size=9).update(root=tiles.Tree().root(9))
    assert "the checkpoint of 9 facts is not signed by a key of this log" in fault(verify())


def test_two_facts_swapped_in_the_order_are_both_named(sealed: None) -> None:
    rows = {row.seq: row.fact_id for row in FactOrder.objects.filter(seq__in=[4, 7])}
    FactOrder.objects.filter(seq=4).update(fact_id=-1)
    FactOrder.objects.filter(seq=7).update(fact_id=rows[4])
    FactOrder.objects.filter(seq=4).update(fact_id=rows[7])
    assert "(number 4" in fault(verify()) and "(number 7" in fault(verify())


def test_two_facts_whose_contents_are_swapped_are_both_named(sealed: None) -> None:
    one, two = (Fact.objects.get(subject="test:1", version=n) for n in (3, 6))
    Fact.objects.filter(pk=one.pk).update(body=two.body, salt=two.salt, leaf=two.leaf)
    Fact.objects.filter(pk=two.pk).update(body=one.body, salt=one.salt, leaf=one.leaf)
    assert "(number 3" in fault(verify()) and "(number 6" in fault(verify())


def test_a_fact_that_was_taken_out_is_named(sealed: None) -> None:
    fact = Fact.objects.get(subject="test:1", version=VICTIM)
    Fact.objects.filter(pk=fact.pk).delete()
    assert f"fact {fact.pk} (number {VICTIM}) is missing" in fault(verify())


def test_a_fact_taken_out_with_its_number_is_named(sealed: None) -> None:
    fact = Fact.objects.get(subject="test:1", version=VICTIM)
    FactOrder.objects.filter(fact_id=fact.pk).delete()
    fact.delete()
    assert f"number {VICTIM} is missing" in fault(verify())


def test_a_fact_taken_out_with_all_numbers_closed_up_is_found(sealed: None) -> None:
    fact = Fact.objects.get(subject="test:1", version=VICTIM)
    FactOrder.objects.filter(fact_id=fact.pk).delete()
    fact.delete()
    for seq in range(VICTIM + 1, 10):
        FactOrder.objects.filter(seq=seq).update(seq=seq - 1)
    assert f"(number {VICTIM}" in fault(verify()) and "cut off after number 8" in fault(verify())


def put_in() -> Fact:
    """A fact as record() would have written it, with an id in the middle."""
    with transaction.atomic():
        log.record([entry(1, "test:9")])
    return Fact.objects.get(subject="test:9")


def test_a_fact_put_in_without_a_number_is_named(sealed: None) -> None:
    made = put_in()
    Sequencer("tests").run_dry()
    FactOrder.objects.filter(fact_id=made.pk).delete()
    if connection.vendor == "postgresql":  # there the mark moves only when older transactions are over
        sql("UPDATE events_lease SET low = %s", made.pk)
    assert f"fact {made.pk} of test:9 was put in without a number" in fault(verify())


def test_a_fact_put_in_the_middle_of_the_order_is_named(sealed: None) -> None:
    made = put_in()
    for seq in range(9, VICTIM - 1, -1):
        FactOrder.objects.filter(seq=seq).update(seq=seq + 1)
    FactOrder.objects.create(seq=VICTIM, fact_id=made.pk, at=made.at)
    assert f"fact {made.pk} (number {VICTIM}" in fault(verify())


def test_a_tail_rolled_back_after_a_checkpoint_is_named(sealed: None) -> None:
    FactOrder.objects.filter(seq__gt=6).delete()
    Fact.objects.filter(version__gt=6).delete()
    assert "cut off after number 6: the tree holds 9 facts" in fault(verify())


def test_a_tail_rolled_back_with_its_tiles_is_named(sealed: None) -> None:
    FactOrder.objects.filter(seq__gt=6).delete()
    Fact.objects.filter(version__gt=6).delete()
    Tile.objects.update(hashes=bytes(Tile.objects.get().hashes)[: 6 * 32])
    assert "9 facts were signed for, the tree holds 6" in fault(verify())


def test_a_tail_rolled_back_and_written_anew_is_named(sealed: None) -> None:
    FactOrder.objects.filter(seq__gt=6).delete()
    Fact.objects.filter(version__gt=6).delete()
    write(7, 12)
    seal()
    assert "numbers 7 to 9 are missing" in fault(verify())


def damage_tile(level: int) -> None:
    tile = Tile.objects.filter(level=level).order_by("number")[0]
    Tile.objects.filter(pk=tile.pk).update(hashes=b"\0" * 32 + bytes(tile.hashes)[32:])


def lose_a_tile() -> None:
    Tile.objects.filter(level=0, number=0).delete()


def invent_a_tile() -> None:
    Tile.objects.create(level=2, number=0, hashes=b"\0" * 32)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda: damage_tile(0), "(number 1,"),
        (lambda: damage_tile(1), "tile 1/0 does not hold the root of tile 0/0"),
        (lose_a_tile, "tile 0/0 does not hold the fact numbered 1"),
        (invent_a_tile, "tile 2/0 holds 1 hashes"),
    ],
)
def test_a_tile_that_was_altered_is_named(damage: Callable[[], None], named: str) -> None:
    grow(300)
    assert not verify().faults
    damage()
    assert named in fault(verify())


def witnessed() -> None:
    eye = Signer.new("witness.example.org", WITNESS)
    signing.trust(eye.verifier)
    found = checkpoints.newest()
    assert found is not None
    checkpoints.take(str(found.with_signatures([found.signed(eye, 1_700_000_000)])))


def test_a_witness_s_signature_that_was_altered_is_named(sealed: None) -> None:
    witnessed()
    assert (verify().cosignatures, verify().faults) == (1, 0)
    row = Cosignature.objects.get()
    Cosignature.objects.update(line=row.line[:-8] + "AAAAAAA=")
    assert "witness.example.org on the checkpoint of 9 facts" in fault(verify())


def test_salts_destroyed_by_an_erasure_are_told_and_no_fault(sealed: None) -> None:
    write(1, 2, "test:7")
    seal()
    assert erase_salts(["test:7", "test:404"], "officer:1") == 2
    write(3, 3, "test:7")
    seal()
    found = verify()
    assert (found.erased, found.faults) == (2, 0)
    assert erase_salts(["test:7"], "officer:1") == 1
    seal()
    assert (verify().erased, verify().faults) == (3, 0)
    assert {bytes(s) for s in Fact.objects.filter(subject="test:7").values_list("salt", flat=True)} == {b""}


def test_a_salt_destroyed_without_a_word_is_a_fault(sealed: None) -> None:
    Fact.objects.filter(subject="test:1", version=VICTIM).update(salt=b"")
    assert f"the salt of test:1 (number {VICTIM}) is gone, and no fact says" in fault(verify())


def test_an_erased_fact_can_still_not_be_replaced(sealed: None) -> None:
    erase_salts(["test:1"], "officer:1")
    seal()
    Fact.objects.filter(subject="test:1", version=VICTIM).update(leaf=b"\1" * 32)
    assert f"(number {VICTIM}" in fault(verify())
