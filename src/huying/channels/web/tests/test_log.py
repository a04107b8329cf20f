"""The log in public: a page for people; notes, proofs and tiles for who watches it."""

import pytest
from django.test import Client

from huying.events import checkpoints, merkle, notes, signing, tiles
from huying.events.notes import WITNESS, Signer
from huying.events.tests.logs import grow, keys

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys", "small_city")]
EYE = Signer.new("witness.example.org", WITNESS)


def test_an_empty_log_says_so(client: Client) -> None:
    assert "账本还是空的" in client.get("/log/").content.decode()
    assert client.get("/log/checkpoint").status_code == 404


def test_the_newest_checkpoint_and_its_key_are_plain_text(client: Client) -> None:
    grow(3, 5)
    answer = client.get("/log/checkpoint")
    (key,) = [notes.parse_key(line) for line in client.get("/log/key").content.decode().split()]
    found = notes.parse_checkpoint(answer.content.decode())
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and found.size == 5 and found.signature_of(key)
    assert "no-store" in answer["Cache-Control"]
    page = client.get("/log/").content.decode()
    assert "5 条" in page and str(key) in page.replace("&#43;", "+")


def test_anybody_can_see_that_the_log_only_grew(client: Client) -> None:
    grow(3, 300)
    old, new = (checkpoints.of_size(size) for size in (3, 300))
    assert old and new
    lines = client.get("/log/consistency/3/300").content.decode().split()
    assert merkle.is_consistent(3, old.root, 300, new.root, [bytes.fromhex(line) for line in lines])
    for wrong in ("/log/consistency/300/3", "/log/consistency/3/301", "/log/consistency/a/3"):
        assert client.get(wrong).status_code == 404


def test_who_reads_all_tiles_can_reckon_the_tree(client: Client) -> None:
    grow(600)
    newest = checkpoints.newest()
    assert newest
    read = b"".join(client.get(f"/log/tile/0/{place}").content for place in ("000", "001", "002.p/88"))
    grown = merkle.Frontier()
    grown.add(read[at : at + 32] for at in range(0, len(read), 32))
    assert grown.size == 600 and grown.root() == newest.root
    assert client.get("/log/tile/1/000.p/2").content == b"".join(tiles.root_of(read[at : at + 8192]) for at in (0, 8192))
    assert "max-age=86400" in client.get("/log/tile/0/000")["Cache-Control"]


@pytest.mark.parametrize(
    "place",
    [
        "0/002",
        "0/002.p/89",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/257",
        "0/0",
        "0/x000/001",
        "0/003",
        "8/000",
        "0/entries",
        "9/a",
    ],
)
def test_what_is_no_tile_is_not_there(client: Client, place: str) -> None:
    grow(600)
    assert client.get(f"/log/tile/{place}").status_code == 404


def test_a_missing_tile_may_come_tomorrow(client: Client) -> None:
    assert "max-age" not in client.get("/log/tile/0/000").headers.get("Cache-Control", "")


def test_a_witness_s_signature_is_taken_without_a_cookie_and_shown(client: Client) -> None:
    grow(3)
    newest = checkpoints.newest()
    assert newest
    note = str(newest.with_signatures([newest.signed(EYE, 1_700_000_000)]))
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/log/cosign", note, content_type="text/plain; charset=utf-8")
    assert refused.status_code == 400 and b"known witness" in refused.content
    signing.trust(EYE.verifier)
    taken = strict.post("/log/cosign", note, content_type="text/plain; charset=utf-8")
    assert (taken.status_code, taken.content) == (200, b"taken: witness.example.org\n")
    assert "witness.example.org" in client.get("/log/").content.decode()


@pytest.mark.parametrize("body", ["", "nonsense", "a\n1\nb\n\n— c d\n", b"\xff\xfe", "x" * 70_000])
def test_nonsense_in_place_of_a_cosignature_is_refused(client: Client, body: object) -> None:
    assert client.post("/log/cosign", body, content_type="text/plain").status_code == 400
    assert client.get("/log/cosign").status_code == 405
