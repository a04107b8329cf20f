"""Signed notes: what is signed is read back, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.events import notes
from huying.events.notes import LOG, WITNESS, BadNote, Checkpoint, Signer, parse_checkpoint, parse_key, parse_signer

pytestmark = pytest.mark.once
# A signer made of a known seed, so that form and signature can be compared with any other implementation.
SEED = bytes(range(32))
KEY = Signer("example.org/log", LOG, SEED)
EYE = Signer("witness.example.org", WITNESS, bytes(reversed(range(32))))
POINT = Checkpoint("example.org/log", 8, bytes.fromhex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"))


def signed() -> Checkpoint:
    return POINT.with_signatures([POINT.signed(KEY), POINT.signed(EYE, 1_700_000_000)])


def test_a_checkpoint_is_written_in_the_form_of_tlog_checkpoint() -> None:
    lines = str(signed()).split("\n")
    assert lines[:4] == ["example.org/log", "8", "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=", ""]
    assert lines[4].startswith("— example.org/log ") and lines[5].startswith("— witness.example.org ") and lines[6:] == [""]


def test_a_checkpoint_is_read_back_with_both_signatures() -> None:
    read = parse_checkpoint(str(signed()))
    ours, theirs = read.signature_of(KEY.verifier), read.signature_of(EYE.verifier)
    assert ours and theirs and notes.time_of(theirs) == 1_700_000_000
    assert (read.origin, read.size, read.root) == (POINT.origin, POINT.size, POINT.root)


def test_a_signature_counts_for_its_own_key_and_checkpoint_only() -> None:
    stranger = Signer("example.org/log", LOG, b"x" * 32)
    assert signed().signature_of(stranger.verifier) is None
    other = Checkpoint(POINT.origin, 9, POINT.root, signed().signatures)
    assert other.signature_of(KEY.verifier) is None and other.signature_of(EYE.verifier) is None


def test_a_witness_cannot_be_made_to_have_signed_at_another_time() -> None:
    line = POINT.signed(EYE, 1_700_000_000)
    moved = notes.Signature(line.name, line.hash, (1_700_000_001).to_bytes(8, "big") + line.blob[8:])
    assert POINT.with_signatures([moved]).signature_of(EYE.verifier) is None


def test_keys_are_read_back_from_what_is_printed() -> None:
    for key in (KEY, EYE):
        assert parse_key(str(key.verifier)) == key.verifier
        assert parse_signer(str(key)) == key
    assert "PRIVATE" not in repr(KEY) and SEED.hex() not in repr(KEY)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_note_with_any_byte_changed_is_refused_or_no_longer_signed_by_both(at: int, change: int) -> None:
    note = str(signed()).encode()
    at %= len(note)
    changed = note[:at] + bytes([note[at] ^ change]) + note[at + 1 :]
    try:
        read = parse_checkpoint(changed.decode())
    except (UnicodeDecodeError, BadNote):
        return
    assert read.signature_of(KEY.verifier) is None or read.signature_of(EYE.verifier) is None


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_key_with_any_byte_changed_is_refused(at: int, change: int) -> None:
    text = str(KEY.verifier).encode()
    at %= len(text)
    changed = text[:at] + bytes([text[at] ^ change]) + text[at + 1 :]
    try:
        found = parse_key(changed.decode())
    except (UnicodeDecodeError, BadNote):
        return
    assert found == KEY.verifier  # white space around it


@pytest.mark.parametrize(
    "note", ["", "a\n1\nAAAA\n\n", "a\n-1\n\n\n— a AAAA\n", "a\n1\n" + "A" * 43 + "=\nmore\n\n— a AAAAAAAA\n", "x" * 100_000]
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(BadNote):
        parse_checkpoint(note)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb"])
def test_a_name_that_would_break_the_form_is_refused(name: str) -> None:
    with pytest.raises(BadNote):
        Signer.new(name, LOG)


def test_the_published_example_of_a_signed_note_holds() -> None:
    """The key, text and signature in the documentation of golang.org/x/mod/sumdb/note, where the form comes from."""
    key = parse_key("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    line = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
    signature = notes.parse_signature(line)
    assert str(signature) == line and signature.hash == key.hash
    assert key.holds(signature.blob, text.encode()) and not key.holds(signature.blob, text.upper().encode())
