"""回执: at once a signed promise, within the minute its proof, and each change in it is named."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from huying.base import clock
from huying.events import canonical, checkpoints, log, signing
from huying.events.erasure import erase_salts
from huying.events.models import Fact
from huying.events.notes import WITNESS, Signer
from huying.events.receipt_check import Finding, Wanted, check
from huying.events.tests.logs import keys, seal
from huying.events.verify import verify
from huying.kernel import actions, queries, timers
from huying.kernel.errors import NotThere
from huying.kernel.models import Call, Photo
from huying.kernel.photos import TakenPhoto
from huying.kernel.queries import Receipt
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.voices import share
from huying.people.actors import SYSTEM, holder_actor, party_actor
from tests.people import MakeCaller
from tests.small_city import SmallCity

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]
LAMP = TakenPhoto("ab" * 32, "image/jpeg", 10, 60, 40)
LAST = TakenPhoto("cd" * 32, "image/jpeg", 10, 60, 40)


def receipt_of(call_id: int) -> Receipt:
    return queries.receipt(holder_actor(call_id), call_id)


def found(receipt: Receipt, document: bytes | None = None, **wanted: Any) -> list[Finding]:
    return check(document or receipt.document, Wanted(wanted.pop("keys", signing.public_keys()), **wanted))


def broken(receipt: Receipt, document: bytes | None = None, **wanted: Any) -> list[str]:
    return [finding.what for finding in found(receipt, document, **wanted) if not finding.kept]


@pytest.fixture
def opened(small_city: SmallCity) -> Call:
    """A call with two photos, dispatched by itself."""
    made = actions.open_calls(SYSTEM, [new_call(photos=(LAMP, LAST), text="我们街上的路灯三天不亮了，我叫王小芳。")])[0]
    return Call.objects.get(pk=made.call_id)


def test_the_promise_is_there_at_once_and_says_what_was_recorded_when_and_by_when_an_answer_is_due(opened: Call) -> None:
    receipt = receipt_of(opened.pk)
    promise = json.loads(receipt.document)["promise"]
    assert (promise["number"], promise["kind"], promise["sort"]) == (opened.number, "appeal", "help")
    assert datetime.fromisoformat(promise["received_at"]) == opened.opened_at
    assert datetime.fromisoformat(promise["answer_by"]) == opened.promises.get(what="answer").due_at.replace(microsecond=0)
    assert promise["photos"] == [LAMP.sha256, LAST.sha256]
    task = opened.matter.tasks.first()
    assert promise["bearer"] == (task.bearer.key if task else "")
    assert receipt.place is None and receipt.checkpoint is None
    hows = {f.what: f.how for f in found(receipt, now=opened.opened_at + timedelta(seconds=59))}
    assert hows == {
        "form": "canonical",
        "signature": "signed",
        "facts": "committed",
        "content": "hers",
        "inclusion": "soon",
        "answer": "waiting",
    }


def test_a_promise_that_is_not_proven_within_the_minute_is_broken(opened: Call) -> None:
    receipt = receipt_of(opened.pk)
    assert broken(receipt, now=opened.opened_at + timedelta(seconds=61)) == ["inclusion"]


def test_within_the_minute_the_proof_comes_and_the_digest_stays(opened: Call) -> None:
    before = receipt_of(opened.pk)
    seal()
    after = receipt_of(opened.pk)
    assert after.digest == before.digest and after.place == 1
    assert broken(after) == []
    assert {"checkpoint", "inclusion"} <= {f.what for f in found(after)}


def test_who_asks_again_gets_the_same_byte_for_byte(opened: Call) -> None:
    assert receipt_of(opened.pk).document == receipt_of(opened.pk).document


def test_her_words_are_in_it_without_what_was_cut_out(opened: Call) -> None:
    receipt = receipt_of(opened.pk)
    assert "路灯三天不亮" in receipt.document.decode() and "王小芳" not in receipt.document.decode()
    assert receipt.words == "kept"


def test_words_altered_in_the_tables_no_longer_fit_what_was_committed_to(opened: Call) -> None:
    document = receipt_of(opened.pk).document
    Call.objects.filter(pk=opened.pk).update(text="我们街上的路灯很亮。")
    again = receipt_of(opened.pk)
    assert again.words == "changed" and json.loads(again.document)["content"] is None
    assert broken(again, document, now=opened.opened_at) == []


def test_a_call_recorded_before_words_were_bound_has_a_receipt_without_them(opened: Call) -> None:
    fact = Fact.objects.get(subject=f"call:{opened.pk}", version=1)
    body = json.loads(fact.body)
    body.pop("content")
    fact.schema, fact.body = 1, json.dumps(body, sort_keys=True, separators=(",", ":"))
    fact.leaf = log.commitment(bytes(fact.salt), fact)
    fact.save()
    receipt = receipt_of(opened.pk)
    assert receipt.words == "unbound" and broken(receipt, now=opened.opened_at) == []


def test_photos_she_adds_later_are_not_those_she_sent_then(opened: Call) -> None:
    before = receipt_of(opened.pk)
    Photo.objects.create(call=opened, taken_up_at=clock.now() + timedelta(hours=1), **{**LAMP.fields(), "sha256": "ef" * 32})
    assert receipt_of(opened.pk).document == before.document


def test_nobody_else_sees_it(opened: Call, caller: MakeCaller) -> None:
    other = actions.open_calls(SYSTEM, [new_call()])[0]
    for stranger in (party_actor(caller()), holder_actor(other.call_id)):
        with pytest.raises(NotThere):
            queries.receipt(stranger, opened.pk)


def test_a_scan_finds_it_by_number_and_digest_together_only(opened: Call) -> None:
    code = receipt_of(opened.pk).code
    assert queries.receipt_by_code(opened.number, code).number == opened.number
    for number, wrong in ((opened.number, code[:-1] + "x"), (opened.number, code[:8]), ("482190375516", code), ("", "")):
        with pytest.raises(NotThere):
            queries.receipt_by_code(number, wrong)


def test_her_receipt_tells_nothing_of_the_other_voices(small_city: SmallCity) -> None:
    share("lamp")
    first = actions.open_calls(SYSTEM, [new_call()])[0]
    second = actions.follow(SYSTEM, new_call(text="路灯不亮，我也看见了。"), first.matter_id)
    seal()
    receipt = receipt_of(second.call_id)
    assert broken(receipt) == []
    subjects = [fact["fact"] for fact in json.loads(receipt.document)["facts"]]
    assert [json.loads(fact["body"])["call"] for fact in subjects] == [second.call_id] * 2
    assert (
        json.loads(receipt.document)["promise"]["bearer"] == json.loads(receipt_of(first.call_id).document)["promise"]["bearer"]
    )


def test_an_answer_in_time_is_told_and_one_that_is_late_breaks_the_promise(story: Story) -> None:
    story.until("answered")
    seal()
    receipt = receipt_of(story.call.pk)
    assert broken(receipt) == [] and {f.how for f in found(receipt) if f.what == "answer"} == {"kept"}


def test_an_answer_that_came_late_breaks_the_promise(story: Story) -> None:
    story.until("submitted")
    clock.set_offset(timedelta(days=90))
    story.until("answered")
    seal()
    receipt = receipt_of(story.call.pk)
    assert broken(receipt) == ["answer"]
    assert {f.how for f in found(receipt) if f.what == "answer"} == {"late"}


def test_a_promise_that_was_broken_is_told_though_there_is_no_answer(story: Story) -> None:
    clock.set_offset(timedelta(days=90))
    story.until("passed")
    seal()
    assert {f.how for f in found(receipt_of(story.call.pk)) if f.what == "answer"} == {"broken"}


def test_a_later_round_does_not_break_the_first_promise(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 1)
    clock.set_offset(timedelta(days=90))
    timers.sweep()
    seal()
    assert any(row.name == "promise.broken" for row in log.history([f"matter:{story.matter.pk}"]))
    receipt = receipt_of(story.call.pk)
    assert {f.how for f in found(receipt) if f.what == "answer"} == {"kept"}


def test_witnesses_stand_in_it_and_one_that_is_wanted_and_absent_is_named(opened: Call) -> None:
    seal()
    eye, other = (Signer.new(name, WITNESS) for name in ("witness.example.org", "other.example.org"))
    signing.trust(eye.verifier)
    newest = checkpoints.newest()
    assert newest is not None
    checkpoints.take(str(newest.with_signatures([newest.signed(eye, 1_700_000_000)])))
    receipt = receipt_of(opened.pk)
    assert receipt.witnesses == ["witness.example.org"]
    assert broken(receipt, witnesses=[eye.verifier]) == []
    assert broken(receipt, witnesses=[other.verifier]) == ["witness"]


def test_a_new_key_leaves_old_receipts_good_and_the_digest_the_same(opened: Call) -> None:
    seal()
    old = receipt_of(opened.pk)
    signing.rotate()
    new = receipt_of(opened.pk)
    assert old.digest == new.digest and old.document != new.document
    assert broken(old) == broken(new) == []
    assert broken(old, keys=signing.public_keys()[:1]) == ["signature", "checkpoint"]


def test_photos_are_held_against_their_hashes(opened: Call, tmp_path: Path) -> None:
    Photo.objects.filter(sha256=LAST.sha256).delete()
    (tmp_path / "lamp.jpg").write_bytes(b"not the lamp")
    assert broken(receipt_of(opened.pk), photos=tmp_path, now=opened.opened_at).count("photo") == 1


def test_once_its_salts_are_erased_nobody_can_show_it_and_the_log_still_verifies(opened: Call) -> None:
    seal()
    before = receipt_of(opened.pk)
    erase_salts([f"call:{opened.pk}"], "system")
    seal()
    with pytest.raises(NotThere):
        receipt_of(opened.pk)
    assert broken(before) == []
    assert (verify().erased, verify().faults) == (1, 0)


# --- Any changed byte -------------------------------------------------------------------------------------------------


@pytest.fixture
def witnessed(opened: Call) -> Receipt:
    """A receipt with everything in it: words, photos, proof, checkpoint, a witness."""
    actions.open_calls(SYSTEM, [new_call() for _ in range(5)])
    seal()
    eye = Signer.new("witness.example.org", WITNESS)
    signing.trust(eye.verifier)
    newest = checkpoints.newest()
    assert newest is not None
    checkpoints.take(str(newest.with_signatures([newest.signed(eye, 1_700_000_000)])))
    return receipt_of(opened.pk)


def test_no_byte_of_a_receipt_can_be_changed(witnessed: Receipt) -> None:
    document, wanted = witnessed.document, Wanted(signing.public_keys(), now=datetime.now(UTC))
    assert all(finding.kept for finding in check(document, wanted))
    for at in range(len(document)):
        for change in (1, 0x20):
            forged = document[:at] + bytes([document[at] ^ change]) + document[at + 1 :]
            assert not all(finding.kept for finding in check(forged, wanted)), (at, document[at - 20 : at + 20])


def test_no_byte_of_a_promise_that_waits_for_its_proof_can_be_changed(opened: Call) -> None:
    document, wanted = receipt_of(opened.pk).document, Wanted(signing.public_keys(), now=opened.opened_at)
    assert all(finding.kept for finding in check(document, wanted))
    for at in range(len(document)):
        forged = document[:at] + bytes([document[at] ^ 1]) + document[at + 1 :]
        assert not all(finding.kept for finding in check(forged, wanted)), (at, document[at - 20 : at + 20])


Change = Callable[[dict[str, Any]], None]
CHANGES: dict[str, tuple[Change, str]] = {
    "another signature": (lambda f: f.update(signature="0" * 128), "signature"),
    "a later day": (lambda f: f["promise"].update(answer_by="2031-01-01T00:00:00+08:00"), "signature"),
    "a later day in the fact": (
        lambda f: f["facts"][1]["fact"].update(body=f["facts"][1]["fact"]["body"].replace('"due":', '"due":9')),
        "facts",
    ),
    "another moment": (lambda f: f["facts"][0]["fact"].update(at="1.000000"), "facts"),
    "another salt": (lambda f: f["facts"][0].update(salt="0" * 32), "facts"),
    "other words": (lambda f: f["content"].update(text="都好。"), "content"),
    "another place in the tree": (lambda f: f["facts"][0].update(index=1), "inclusion"),
    "another step": (lambda f: f["facts"][0]["proof"].__setitem__(0, "0" * 64), "inclusion"),
    "a step less": (lambda f: f["facts"][0]["proof"].pop(), "inclusion"),
    "no proof": (lambda f: f["facts"][0].update(proof=None, index=None), "inclusion"),
    "another tree": (lambda f: f.update(checkpoint=f["checkpoint"].replace("\n1", "\n2", 1)), "checkpoint"),
    "a witness taken away": (lambda f: f.update(witnesses=[]), "checkpoint"),
    "a log of another name": (lambda f: f["promise"].update(log="example.org/other"), "signature"),
    "something added": (lambda f: f.update(more=1), "form"),
}


@pytest.mark.parametrize(("change", "what"), CHANGES.values(), ids=CHANGES)
def test_what_was_changed_is_named(witnessed: Receipt, change: Change, what: str) -> None:
    file = json.loads(witnessed.document)
    change(file)
    assert what in broken(witnessed, canonical.encode(file))
