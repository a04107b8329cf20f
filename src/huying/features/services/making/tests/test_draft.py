"""A draft is written by its owner's department; two people who write at once never overwrite each other."""

import pytest

from huying.city.models import Department, PackText
from huying.events import log
from huying.features.services.making import approving, drafting, proving
from huying.features.services.making.models import Agreement, DraftState, ThingDraft, Word
from huying.features.services.making.tests.conftest import MARKET, Maker
from huying.features.services.making.work import Stale
from huying.kernel.errors import BadInput, NotThere, Refused
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_begins_with_nothing(maker: Maker) -> None:
    row = maker.draft("")
    assert (row.code, row.name, row.base, row.state, row.revision) == ("", "", "", DraftState.DRAFTING, 1)
    assert len(proving.prove(row).own) == 7
    assert [one.name for one in log.history([f"thing-draft:{row.pk}"])] == ["thing.drafted"]


def test_it_begins_from_the_file_of_a_thing_in_force(maker: Maker) -> None:
    row = maker.draft("", "open")
    assert row.text == maker.small.text("things/open.yaml") and row.base == "open"
    assert proving.prove(row).sound


def test_a_file_whose_code_is_in_force_changes_that_thing(maker: Maker) -> None:
    row = maker.draft(maker.small.text("things/open.yaml").replace("promise: 8", "promise: 9"))
    assert row.base == "open" and proving.prove(row).sound


def test_its_code_cannot_become_another(maker: Maker) -> None:
    row = maker.draft("", "open")
    row = drafting.keep(maker.owner, row.pk, 1, row.text.replace("code: open", "code: shop"))
    assert [fault.message for fault in proving.prove(row).own] == ["这件事的 code 是 open，不能改；要另做一件，就从头新做"]


def test_who_saves_what_he_did_not_read_is_refused(maker: Maker) -> None:
    row = maker.draft()
    drafting.keep(maker.owner, row.pk, 1, MARKET.replace("promise: 7", "promise: 9"))
    with pytest.raises(Stale, match="第 2 稿"):
        drafting.keep(maker.head, row.pk, 1, MARKET.replace("promise: 7", "promise: 8"))
    assert "promise: 9" in ThingDraft.objects.get(pk=row.pk).text


def test_a_save_that_changes_nothing_is_none(maker: Maker) -> None:
    row = maker.sent()
    assert drafting.keep(maker.owner, row.pk, row.revision, row.text).state == DraftState.SENT


def test_a_change_after_it_was_sent_voids_what_was_agreed(maker: Maker) -> None:
    row = maker.agreed()
    row = drafting.keep(maker.owner, row.pk, row.revision, MARKET.replace("promise: 7", "promise: 8"))
    assert row.state == DraftState.DRAFTING
    assert not Agreement.objects.filter(draft=row, revision=row.revision).exists()
    row = approving.send(maker.head, row.pk, row.revision)
    assert maker.consent(row, "street-office").word == Word.WAITING


@pytest.mark.parametrize("role", ["dispatcher", "supervisor", "callback", "auditor"])
def test_only_handlers_and_heads_draft(maker: Maker, actor: MakeActor, role: str) -> None:
    with pytest.raises(NotThere):
        drafting.begin(actor(role, Department.objects.get(pk=maker.unit)), maker.unit)


def test_nobody_drafts_for_another_department_or_for_one_of_a_district(maker: Maker, actor: MakeActor) -> None:
    row = maker.draft()
    for other in (maker.desk, actor("head", Department.objects.get(key="500101.urban-management"))):
        with pytest.raises(NotThere):
            drafting.keep(other, row.pk, 1, "x: 1\n")
        with pytest.raises(NotThere):
            drafting.withdraw(other, row.pk, 1)
    district = Department.objects.get(key="500101.urban-management")
    with pytest.raises(NotThere):
        drafting.begin(actor("head", district), district.pk)


def test_what_was_withdrawn_is_over(maker: Maker) -> None:
    row = maker.sent()
    drafting.withdraw(maker.owner, row.pk, row.revision)
    for again in (
        lambda: drafting.keep(maker.owner, row.pk, row.revision, "x: 1\n"),
        lambda: approving.send(maker.head, row.pk, row.revision),
        lambda: approving.agree(maker.desk, maker.consent(row, "street-office").pk, "渝街函〔2026〕8 号"),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.code == "over"


@pytest.mark.parametrize("text", ["\0", "x" * 200_001])
def test_what_no_file_can_hold_is_refused(maker: Maker, text: str) -> None:
    with pytest.raises(BadInput):
        maker.draft(text)


@pytest.mark.parametrize(
    "text", ["[", "- a", "code: a\ncode: b", "a: &x [*x]", 'name: {zh: "\\ud800"}', "code: {a: b}", "\x07", "{" * 3000]
)
def test_whatever_is_written_is_kept_and_its_faults_are_named(maker: Maker, text: str) -> None:
    row = maker.draft(text)
    proved = proving.prove(row)
    assert not proved.sound and proved.own
    with pytest.raises(Refused):
        approving.send(maker.head, row.pk, row.revision)


def test_without_a_loaded_pack_nothing_is_made(maker: Maker) -> None:
    PackText.objects.all().delete()
    from huying.city import loaded  # forgets what was held, for this test alone

    loaded.forget()
    with pytest.raises(Refused, match="huying load"):
        maker.draft("")
