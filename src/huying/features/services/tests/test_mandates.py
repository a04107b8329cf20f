"""授权: who may act for her, by what, how long; and what he sees of hers meanwhile."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import drafts, mandates, rating, sealing
from huying.features.services.mandates import Scope
from huying.features.services.models import Case, Draft, Mandate, Upload
from huying.features.services.opening import open_cases
from huying.features.services.queries import case_page, upload_for
from huying.features.services.rating import Opinion
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, queries, rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import codes, holdings, parties, private
from huying.people.actors import Actor, party_actor
from huying.people.tests.given import pass_time, texts
from tests.people import MakeActor, MakeCaller
from tests.small_things import CERTIFICATE

__all__ = ["texts"]
pytestmark = pytest.mark.django_db(transaction=True)
Sent = list[tuple[str, str]]
HER_PHONE, HIS_PHONE = "13900139001", "13900139002"


@pytest.fixture
def he(caller: MakeCaller) -> Actor:
    """Her son, who signs in with his phone."""
    party = caller()
    party.phone_mac, party.phone_sealed = private.phone_mac(HIS_PHONE), private.seal(party, HIS_PHONE)
    party.save()
    return party_actor(party)


@pytest.fixture
def her(case: Birth) -> Birth:
    """She has a phone."""
    case.caller.phone_mac, case.caller.phone_sealed = private.phone_mac(HER_PHONE), private.seal(case.caller, HER_PHONE)
    case.caller.save()
    return case


@pytest.fixture
def clerk(her: Birth, actor: MakeActor) -> Actor:
    return actor("clerk", her.city.department("500106001.street-office"))


def week(thing: str = "") -> Scope:
    return Scope(thing, clock.today() + timedelta(days=7))


def let(her: Birth, he: Actor, scope: Scope | None = None) -> Mandate:
    """She lets him, and he agrees."""
    return mandates.accept(he, mandates.give(her.she, HIS_PHONE, scope or week()).pk)


def begun(her: Birth, he: Actor, mandate: Mandate) -> Birth:
    """He applied for her."""
    her.opened = open_cases(he, [her.new(mandate=mandate)])[0]
    return her


def test_he_may_begin_once_he_agreed_and_not_before(her: Birth, he: Actor) -> None:
    asked = mandates.give(her.she, HIS_PHONE, week())
    assert mandates.usable(he, asked.pk) is None
    mandates.accept(he, asked.pk)
    assert mandates.usable(he, asked.pk, her.thing.row.key) == asked


def test_of_one_thing_he_may_do_no_other(her: Birth, he: Actor) -> None:
    one = let(her, he, week(her.thing.row.key))
    assert mandates.usable(he, one.pk, her.thing.row.key) and mandates.usable(he, one.pk, "restaurant") is None


def test_it_ends_with_its_last_day(her: Birth, he: Actor) -> None:
    one = let(her, he, Scope("", clock.today() + timedelta(days=1)))
    pass_time(timedelta(days=1))
    assert mandates.usable(he, one.pk)
    pass_time(timedelta(days=2))
    assert mandates.usable(he, one.pk) is None and mandates.held(he.party) == []


@pytest.mark.parametrize(
    ("phone", "scope", "field"),
    [
        ("12", Scope("", date(2099, 1, 1)), "last"),
        ("12", Scope("", None), "phone"),
        (HER_PHONE, Scope("", None), "phone"),
        (HIS_PHONE, Scope("no-such-thing", None), "thing"),
        (HIS_PHONE, Scope("", None, "window"), "last"),
        (HIS_PHONE, Scope("", None, "stranger"), "relation"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(her: Birth, he: Actor, phone: str, scope: Scope, field: str) -> None:
    with pytest.raises(BadInput) as bad:
        mandates.give(her.she, phone, scope)
    assert field in bad.value.errors and not Mandate.objects.exists()


def test_the_case_is_hers_and_he_sees_it_and_adds_what_is_missing(her: Birth, he: Actor) -> None:
    begun(her, he, let(her, he))
    assert her.case.party == her.caller and case_page(her.she, her.the.call_id)
    assert case_page(he, her.the.call_id).case == her.case
    assert [call.pk for call in queries.my_calls(he)] == [her.the.call_id]
    her.signed(CERTIFICATE)
    actions.supplement(her.officer(CERTIFICATE), her.task(CERTIFICATE), "请补一张出院小结的照片。")
    actions.reply(he, her.the.call_id, "补好了，放在材料里。")
    assert Fact.objects.filter(name="case.opened_for").count() == 1


def test_he_neither_grades_for_her_nor_holds_her_documents(her: Birth, he: Actor) -> None:
    begun(her, he, let(her, he)).granted(CERTIFICATE)
    with pytest.raises(Refused):
        rating.rate(he, her.the.call_id, CERTIFICATE, Opinion(5))
    assert rating.rate(her.she, her.the.call_id, CERTIFICATE, Opinion(5))


def test_taken_back_he_sees_nothing_any_more_and_the_case_goes_on(her: Birth, he: Actor) -> None:
    one = let(her, he)
    begun(her, he, one)
    drafts.draft_of(her.caller, her.thing, one)
    mandates.end(her.she, one.pk)
    with pytest.raises(NotThere):
        case_page(he, her.the.call_id)
    assert mandates.usable(he, one.pk) is None and not Draft.objects.exists()
    her.granted(CERTIFICATE)
    with pytest.raises(Refused):
        mandates.end(he, one.pk)


def test_when_its_days_are_over_he_sees_nothing_any_more(her: Birth, he: Actor) -> None:
    begun(her, he, let(her, he))
    pass_time(timedelta(days=9))
    with pytest.raises(NotThere):
        case_page(he, her.the.call_id)


def test_he_may_decline_and_a_stranger_may_nothing(her: Birth, he: Actor, caller: MakeCaller) -> None:
    asked, stranger = mandates.give(her.she, HIS_PHONE, week()), party_actor(caller())
    for verb in (mandates.accept, mandates.end):
        with pytest.raises(NotThere):
            verb(stranger, asked.pk)
    with pytest.raises(NotThere):
        mandates.accept(her.she, asked.pk)
    assert mandates.end(he, asked.pk).ended_how == "declined"


def test_her_own_form_is_not_shown_to_him(her: Birth, he: Actor) -> None:
    hers, one = drafts.draft_of(her.caller, her.thing), let(her, he)
    his = drafts.draft_of(her.caller, her.thing, one)
    assert his != hers and drafts.mine(her.caller) == [hers]
    assert drafts.draft_there(her.caller, her.thing.row.key, one) == his


def test_the_code_she_tells_is_her_consent(her: Birth, he: Actor, texts: Sent) -> None:
    mandates.ask_code(he, HER_PHONE, week())
    one = mandates.by_code(he, HER_PHONE, texts[-1][1], week())
    assert one.giver == her.caller and mandates.usable(he, one.pk) and one.proof == Mandate.Proof.CODE


def test_a_code_is_worth_what_it_was_sent_for_and_nothing_else(her: Birth, he: Actor, texts: Sent) -> None:
    mandates.ask_code(he, HER_PHONE, week(her.thing.row.key))
    code = texts[-1][1]
    assert codes.check(HER_PHONE, code) is None  # nobody signs in by it
    with pytest.raises(BadInput):
        mandates.by_code(he, HER_PHONE, code, week())  # nor is it consent to more
    assert mandates.by_code(he, HER_PHONE, code, week(her.thing.row.key))


def test_a_code_to_sign_in_is_no_consent(her: Birth, he: Actor, texts: Sent) -> None:
    codes.send(HER_PHONE)
    with pytest.raises(BadInput):
        mandates.by_code(he, HER_PHONE, texts[-1][1], week())
    assert not Mandate.objects.exists()


def test_asking_for_consent_keeps_her_from_nothing(her: Birth, he: Actor, texts: Sent) -> None:
    codes.send(HER_PHONE)
    mandates.ask_code(he, HER_PHONE, week())
    assert codes.check(HER_PHONE, texts[0][1]) == her.caller  # her own code is still worth what it was
    assert mandates.by_code(he, HER_PHONE, texts[1][1], week())


def test_at_the_counter_a_code_is_for_today(her: Birth, clerk: Actor, texts: Sent) -> None:
    today = Scope(her.thing.row.key, clock.today())
    mandates.ask_code(clerk, HER_PHONE, today)
    one = mandates.by_code(clerk, HER_PHONE, texts[-1][1], today)
    assert (one.window, one.relation) == (her.city.department("500106001.street-office"), "window")
    assert mandates.usable(clerk, one.pk, her.thing.row.key)
    begun(her, clerk, one)
    assert her.case.party == her.caller and her.call.agent is None
    assert mandates.taken_today(clerk) == [one]
    pass_time(timedelta(days=1))
    assert mandates.usable(clerk, one.pk) is None


def test_at_the_counter_a_signed_paper_stands_for_who_has_no_phone(her: Birth, clerk: Actor, tmp_path: Any) -> None:
    today = Scope(her.thing.row.key, clock.today())
    file = tmp_path / "signed.png"
    Image.new("RGB", (40, 30), "white").save(file)
    one = mandates.by_paper(clerk, "李阿婆", [("signed.png", file.read_bytes())], today)
    assert parties.name_of(one.giver) == "李阿婆" and one.proof == Mandate.Proof.PAPER
    draft = drafts.draft_of(one.giver, her.thing, one)
    new = her.new()
    draft.answers, draft.area, draft.sealed = new.decided.answers, new.area_key, sealing.seal(one.giver, new.values)
    draft.save()
    paper = mandates.signed_papers(one)[0]
    for material in (material.material.key for material in new.decided.to_bring):
        row = drafts.add_paper(draft, material, "a.png", file.read_bytes())
        assert upload_for(clerk, row.pk) == row  # what he handed in himself
    sent = drafts.send(clerk, draft, her.thing)
    assert sent.secret and Case.objects.get(call=sent.call_id).call.channel == "window"
    assert Upload.objects.get(pk=paper.pk).case_id == sent.matter_id
    assert upload_for(clerk, paper.pk) is None  # it is the department's that works the case


def test_without_name_or_paper_nothing_is_begun(her: Birth, clerk: Actor) -> None:
    with pytest.raises(BadInput) as bad:
        mandates.by_paper(clerk, " ", [], Scope(her.thing.row.key, clock.today()))
    assert set(bad.value.errors) == {"name", "paper"} and not Mandate.objects.exists()


@pytest.mark.parametrize("role", ["handler", "head", "dispatcher", "supervisor", "callback", "auditor"])
def test_who_sits_at_no_counter_asks_nobody(her: Birth, actor: MakeActor, role: str) -> None:
    officer = actor(role, her.city.department("500106001.street-office"))
    with pytest.raises(NotThere):
        mandates.ask_code(officer, HER_PHONE, week())
    with pytest.raises(NotThere):
        mandates.by_paper(officer, "李阿婆", [("a", b"a")], week())


def test_another_clerk_uses_no_mandate_of_this_one(her: Birth, clerk: Actor, actor: MakeActor, texts: Sent) -> None:
    today = Scope(her.thing.row.key, clock.today())
    mandates.ask_code(clerk, HER_PHONE, today)
    one = mandates.by_code(clerk, HER_PHONE, texts[-1][1], today)
    assert mandates.usable(actor("clerk", one.window), one.pk) is None  # type: ignore[arg-type]


def test_an_erased_person_is_acted_for_by_nobody(her: Birth, he: Actor) -> None:
    one = let(her, he)
    holdings.erase(her.she, her.caller)
    assert mandates.usable(he, one.pk) is None
    assert Mandate.objects.get().ended_how == "erased"


def test_her_data_name_whom_she_let_act_and_for_what(her: Birth, he: Actor) -> None:
    let(her, he)
    found = {section.name: section.rows for section in holdings.held(her.caller)}["mandates"]
    assert found[0]["谁授权"] == "您" and "139****9002" in found[0]["谁代办"]


def test_facts_name_nobody(her: Birth, he: Actor) -> None:
    begun(her, he, let(her, he))
    told = [fact.body for fact in Fact.objects.all() if fact.name.startswith(("mandate.", "case.opened_for"))]
    assert len(told) == 3
    assert not any(word in line for line in told for word in ("李梅", HER_PHONE, HIS_PHONE))


STEPS = st.lists(st.sampled_from(["give", "accept", "she ends", "he ends", "a day"]), max_size=9)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_he_acts_only_while_she_lets_him(her: Birth, he: Actor, steps: list[str]) -> None:
    Mandate.objects.all().delete()
    clock.set_offset(timedelta(0))
    standing, day, last = "none", 0, 2
    row: Mandate | None = None
    for step in steps:
        if step == "a day":
            day += 1
            clock.set_offset(timedelta(days=day))
        elif step == "give" and row is None:
            row, standing = mandates.give(her.she, HIS_PHONE, Scope("", clock.today() + timedelta(days=last))), "asked"
            last += day
        elif row is not None and step in ("accept", "she ends", "he ends"):
            verb = mandates.accept if step == "accept" else mandates.end
            try:
                verb(her.she if step == "she ends" else he, row.pk)
                standing = "lasts" if step == "accept" else "ended"
            except Refused:
                assert standing == "ended" or day > last
        lasts = standing == "lasts" and day <= last
        assert (row is not None and mandates.usable(he, row.pk) is not None) == lasts
    clock.set_offset(timedelta(0))


def test_the_rule_of_an_agent_is_in_the_table(her: Birth, he: Actor) -> None:
    begun(her, he, let(her, he))
    allowed = {rule.verb for rule in rules.RULES if rule.on == "call" and rules.may(he, rule.verb, her.call)}
    assert allowed == {"see", "reply", "withdraw", "pay", "book"}
