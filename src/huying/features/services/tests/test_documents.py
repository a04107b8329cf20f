"""What is granted becomes a document at once; the log commits to it, and whatever is changed afterwards is found out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.base import clock, ids
from huying.events import log, verify
from huying.events.tests.logs import keys, seal
from huying.features.services import crowds, documents, mydata, verifying
from huying.features.services.deciding import Decision
from huying.features.services.events import DocumentIssued, DocumentRevoked
from huying.features.services.models import Document
from huying.features.services.tests.conftest import Birth
from huying.kernel import rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import holdings
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.people import MakeActor, MakeCaller
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, ITEMS, REGISTRATION, load

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]


def the(item: str = CERTIFICATE) -> Document:
    return Document.objects.select_related("owner", "issuer", "case__call").get(branch__item=item, revoked_at=None)


def checked(row: Document) -> verifying.Checked:
    return verifying.own(row.owner, row.number)


def test_a_granted_item_has_a_document_of_its_own(case: Birth) -> None:
    with clock.showing(clock.now()):
        case.open().written(CERTIFICATE, Decision("granted", "编号 Y500112026"))
        assert not Document.objects.exists(), "nothing counts before somebody else looked it over"
        case.granted_only(CERTIFICATE)
        row = the()
        assert ids.number_is_sound(row.number)
        assert (row.owner, row.issuer, row.issued_on) == (case.caller, case.branch(CERTIFICATE).bearer, clock.today())
    assert (row.version.item.key, row.valid_until) == (CERTIFICATE, None)
    assert documents.opened(row) == {
        "title": "出生医学证明证",
        "title_en": "en 出生医学证明证",
        "holder": "李梅",
        "words": "编号 Y500112026",
    }
    assert not list(rebuild.differences())


def test_a_refused_item_gives_nothing(case: Birth) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    assert set(Document.objects.values_list("branch__item", flat=True)) == {CERTIFICATE}


def test_the_log_tells_of_it_and_names_nobody(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    told = [row.fact for row in log.history([f"call:{case.the.call_id}"]) if isinstance(row.fact, DocumentIssued)]
    assert [(fact.document, fact.item, fact.replaces) for fact in told] == [(the().pk, CERTIFICATE, None)]
    assert "李" not in str(told[0])


def test_many_at_once_have_theirs_too(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    for item in (REGISTRATION, ALLOWANCE):
        crowds.sign(case.officer(item), [case.task(item)])
        crowds.decide(case.officer(item), {case.task(item): Decision("granted", f"{item} 已办")})
        crowds.approve(case.officer(item, "head"), [case.task(item)])
    case.granted(CARD)
    assert Document.objects.count() == 4
    assert {checked(row).standing for row in Document.objects.select_related("owner")} == {"holds"}
    assert not list(rebuild.differences())


def test_it_is_genuine_at_once_and_in_the_log_within_the_minute(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    before = checked(the())
    assert (before.standing, before.place) == ("holds", None)
    seal()
    after = checked(the())
    assert after.standing == "holds" and after.place and after.size >= after.place
    assert before.code == after.code
    assert verifying.by_code(the().number, after.code).document == the()
    assert verifying.by_code(the().number, after.short).document == the(), "as somebody reads it out"


CHANGES = {
    "issued_on": date(2020, 1, 1),
    "valid_until": date(2099, 1, 1),
    "number": "482190375516",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_is_found_out(case: Birth, name: str) -> None:
    case.open().granted(CERTIFICATE)
    code = checked(the()).code
    Document.objects.update(**{name: CHANGES[name]})
    assert verifying.by_code(the().number, code).standing == "changed"


@pytest.mark.parametrize("what", ["title", "holder", "words"])
def test_changed_words_are_found_out(case: Birth, what: str) -> None:
    case.open().granted(CERTIFICATE)
    row = the()
    row.sealed = documents.sealing.seal(row.owner, documents.opened(row) | {what: "另一个"})
    row.save()
    assert checked(row).standing == "changed"


def test_another_owner_or_issuer_is_found_out(case: Birth, caller: MakeCaller) -> None:
    case.open().granted(CERTIFICATE)
    row, code = the(), checked(the()).code
    Document.objects.update(issuer=case.city.department("500106.housing"))
    assert verifying.by_code(row.number, code).standing == "changed"


def test_a_row_that_says_it_holds_when_the_log_says_it_was_revoked_is_found_out(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    documents.revoke(case.officer(CERTIFICATE, "head"), the().pk, "出生日期写错了")
    Document.objects.update(revoked_at=None, ground="")
    assert checked(the()).standing == "changed"


def test_a_row_that_nobody_issued_is_not_there(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    row = the()
    Document.objects.filter(pk=row.pk).update(revoked_at=clock.now(), ground="假的一行")
    forged = Document.objects.create(
        case=row.case,
        branch=row.branch,
        owner=row.owner,
        issuer=row.issuer,
        version=row.version,
        issued_on=row.issued_on,
        sealed=row.sealed,
    )
    with pytest.raises(NotThere):
        checked(forged)


@given(code=st.text("0123456789abcdef", min_size=0, max_size=64))
def test_no_other_code_opens_anything(code: str) -> None:
    with pytest.raises(NotThere):
        verifying.by_code("482190375516", code)


def test_a_wrong_code_of_a_number_that_is_there_opens_nothing(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    code = checked(the()).code
    for wrong in ("", code[:11], code[:13], "0" * 32, "0" * 12, code + "0"):
        with pytest.raises(NotThere):
            verifying.by_code(the().number, wrong)


def test_what_is_read_off_the_paper_is_compared(case: Birth) -> None:
    case.open().written(CERTIFICATE, Decision("granted", "编号 Y500112026")).granted_only(CERTIFICATE)
    found = checked(the())
    assert verifying.agrees(found, "李 梅", "") == {"holder": True}
    assert verifying.agrees(found, "李红", "编号Y500112026") == {"holder": False, "words": True}
    assert found.masked == "李*"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("", ""), ("李", "李"), ("李梅", "李*"), ("欧阳小梅", "欧***"), ("重庆江边面馆有限公司", "重庆******公司")],
)
def test_a_name_is_shown_no_further_than_needed(name: str, shown: str) -> None:
    assert verifying.masked(name) == shown


def test_it_holds_as_long_as_the_pack_says(case: Birth) -> None:
    assert documents.last_day(date(2026, 11, 27), 5) == date(2031, 11, 26)
    assert documents.last_day(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert documents.last_day(date(2028, 2, 29), 4) == date(2032, 2, 28)


def test_revoked_it_says_so_and_another_may_take_its_place(case: Birth) -> None:
    case.open().written(CERTIFICATE, Decision("granted", "编号 Y1")).granted_only(CERTIFICATE)
    first = the()
    second = documents.revoke(case.officer(CERTIFICATE, "head"), first.pk, "编号少了几位", "编号 Y500112026")
    assert checked(first).standing == "replaced"
    assert second.replaces == first and checked(second).standing == "holds"
    assert documents.opened(second)["words"] == "编号 Y500112026"
    again = documents.revoke(case.officer(CERTIFICATE, "head"), second.pk, "申请材料是假的")
    assert checked(again).standing == "revoked"
    told = [row.fact for row in log.history([f"call:{case.the.call_id}"]) if isinstance(row.fact, DocumentRevoked)]
    assert [fact.document for fact in told] == [first.pk, second.pk]
    with pytest.raises(Refused):
        documents.revoke(case.officer(CERTIFICATE, "head"), second.pk, "再作废一次看看")


def test_a_ground_is_needed(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    with pytest.raises(BadInput) as bad:
        documents.revoke(case.officer(CERTIFICATE, "head"), the().pk, "错", "长" * 201)
    assert set(bad.value.errors) == {"ground", "words"}


def may(act: object) -> bool:
    try:
        act()  # type: ignore[operator]
    except (NotThere, Refused):
        return False
    return True


def test_only_the_head_of_the_issuer_revokes(case: Birth, actor: MakeActor, caller: MakeCaller) -> None:
    case.open().granted(CERTIFICATE)
    other = case.city.department("500103.housing")
    people: dict[str, Actor] = {
        "she": case.she,
        "another caller": party_actor(caller()),
        "clerk of the issuer": case.officer(CERTIFICATE),
        **{f"{role} elsewhere": actor(role, other) for role in ("handler", "head", "dispatcher", "supervisor")},
        "head of another department of the case": case.officer(REGISTRATION, "head"),
        "head of the issuer": case.officer(CERTIFICATE, "head"),
    }
    able = [who for who, person in people.items() if may(lambda p=person: documents.revoke(p, the().pk, "内容写错了"))]
    assert able == ["head of the issuer"]


def test_hers_alone_by_its_number(case: Birth, caller: MakeCaller) -> None:
    case.open().granted(CERTIFICATE)
    stranger: Party = caller()
    with pytest.raises(NotThere):
        verifying.own(stranger, the().number)
    assert documents.of(stranger) == [] and documents.of(case.caller) == [the()]


def test_her_data_hold_it_and_erased_nobody_reads_it_and_the_log_verifies(case: Birth) -> None:
    case.open().refused_later()
    row, code = the(), checked(the()).code
    section = next(one for one in mydata.held(case.caller) if one.name == "documents")
    assert section.rows[0]["持有人"] == "李梅" and section.rows[0]["编号"] == row.number
    seal()
    holdings.erase(case.she, case.caller)
    row = Document.objects.get(pk=row.pk)
    assert row.sealed is None
    with pytest.raises(NotThere):
        verifying.by_code(row.number, code)
    seal()
    assert verify.verify().faults == 0


def test_what_is_a_childs_names_the_child(case: Birth) -> None:
    case.thing = load(BIRTH, tuple({**one, "holder": "child_name"} if one["code"] == CERTIFICATE else one for one in ITEMS))
    case.open().granted(CERTIFICATE, REGISTRATION)
    rows = Document.objects.select_related("owner", "branch").order_by("pk")
    assert [(row.branch.item, documents.opened(row)["holder"]) for row in rows] == [
        (CERTIFICATE, "李宝宝"),
        (REGISTRATION, "李梅"),
    ]
