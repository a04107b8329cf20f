"""The day's run: with her consent, once for each occasion, each look written down before; a second run does no more."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.city.catalogue import InForce
from huying.events.models import Fact
from huying.features.services import drafts
from huying.features.services.offering import consenting, queries, running
from huying.features.services.offering.models import Offer, RegisterLook, Watch
from huying.features.services.offering.ports import NotDelivered
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.small_offers import ALL_YEAR, EIGHTY, SIX, Register, born_before, identity, proven, put_in_force

pytestmark = pytest.mark.django_db
BOTH = ("birth", "residence")


def facts(name: str) -> list[str]:
    return list(Fact.objects.filter(name=name).order_by("id").values_list("body", flat=True))


def test_whoever_turns_80_next_month_is_offered_the_allowance_with_all_that_is_known(
    old_age: InForce, she: Party, register: Register
) -> None:
    number = proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    run = running.whole()
    assert run.offered == {"eighty": 1}
    (view,) = queries.waiting(she)
    assert view.offer.draft
    assert drafts.values_of(view.offer.draft) == {
        "applicant_name": "王秀英",
        "applicant_id": number,
        "home_address": "小龙坎正街 8 号",
    }
    assert view.sources["home_address"] == "person.address"
    assert view.offer.draft.area == "500106001"
    assert view.day == clock.today() + timedelta(days=20)
    assert view.offer.until == view.day + timedelta(days=90)
    assert len(facts("offer.made")) == 1


def test_without_consent_nobody_is_looked_for(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    RegisterLook.objects.all().delete()
    running.whole()
    assert not RegisterLook.objects.exists()
    assert not Offer.objects.exists()


def test_what_she_did_not_agree_to_is_not_filled_in(old_age: InForce, she: Party, register: Register) -> None:
    number = proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), ["birth"])
    running.whole()
    (view,) = queries.waiting(she)
    assert view.offer.draft
    assert drafts.values_of(view.offer.draft) == {"applicant_id": number}
    assert RegisterLook.objects.exclude(rule="").get().fields == ["birth"]


def test_each_look_is_a_row_that_she_sees_and_a_fact(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    running.whole()
    look = queries.looks(she)[0]
    assert (look.look.rule, look.look.fields) == ("eighty", ["birth", "residence"])
    assert look.thing
    assert look.thing.zh == "老年人服务"
    told = [body for body in facts("register.looked") if '"eighty"' in body]
    assert told == [f'{{"fields":["birth","residence"],"party":"party:{she.token}","rule":"eighty","trial":false}}']


def test_run_again_offers_nothing_again_and_looks_no_more(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    running.whole()
    looks = RegisterLook.objects.count()
    for _day in range(3):
        clock.set_offset(clock._offset + timedelta(days=1))
        assert not running.whole().offered
    assert RegisterLook.objects.count() == looks, "a birthday is known: there is nothing to look for any more"
    assert Offer.objects.count() == 1


def test_before_the_days_begin_the_next_look_is_on_their_first(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 60))
    consenting.agree(party_actor(she), BOTH)
    assert not running.whole().offered
    assert Watch.objects.get().look_on == clock.today() + timedelta(days=15)
    clock.set_offset(timedelta(days=15))
    assert running.whole().offered == {"eighty": 1}


def test_a_birthday_far_away_is_not_told_by_the_day_of_the_next_look(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 3000))
    consenting.agree(party_actor(she), BOTH)
    running.whole()
    assert Watch.objects.get().look_on == clock.today() + timedelta(days=90)


def test_whoever_died_is_offered_nothing(old_age: InForce, she: Party, register: Register) -> None:
    number = proven(she, register, born := born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    register.put(number, born, died="2026-01-01")
    assert not running.whole().offered


def test_a_register_that_does_not_answer_costs_a_day_and_nothing_else(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    whole = register.file.read_text()
    register.file.write_text("no register at all\n")
    with pytest.raises(NotDelivered):
        running.whole()
    assert Watch.objects.get().look_on == clock.today() + timedelta(days=1)
    register.file.write_text(whole)
    clock.set_offset(timedelta(days=1))
    assert running.whole().offered == {"eighty": 1}


def test_a_trial_says_how_many_and_offers_nothing(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    run = running.trial()
    assert (run.looked, run.offered) == ({"eighty": 1}, {"eighty": 1})
    assert not Offer.objects.exists()
    assert RegisterLook.objects.filter(rule="eighty", trial=True).count() == 1, "the look was real, so she sees it"
    assert running.whole().offered == {"eighty": 1}


def test_each_child_is_an_occasion_of_its_own(school: InForce, she: Party, register: Register) -> None:
    year = clock.today().year - 6
    children = [
        {"identity": identity(born), "name": name, "sex": "female", "born": born.isoformat()}
        for name, born in (("安安", clock.today().replace(year, 3, 1)), ("宁宁", clock.today().replace(year, 3, 1)))
    ]
    small = clock.today().replace(year + 4, 3, 1)
    children.append({"identity": identity(small), "name": "小小", "sex": "male", "born": small.isoformat()})
    proven(she, register, born_before(35, 20), children=children)
    consenting.agree(party_actor(she), ["children", "residence"])
    assert running.whole().offered == {"six": 2}
    assert {view.name for view in queries.waiting(she)} == {"安安", "宁宁"}
    put_in_force(SIX | {"rule": SIX["rule"] | {"when": ALL_YEAR | {"opens": [1, 2]}}})
    Watch.objects.update(look_on=clock.today())
    assert not running.whole().offered, "another rule of the same key is the same occasion"


def test_a_rule_that_comes_later_looks_for_whoever_agreed_before(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    put_in_force()
    consenting.agree(party_actor(she), BOTH)
    assert not running.whole().looked
    put_in_force(EIGHTY)
    assert running.whole().offered == {"eighty": 1}


def test_an_offer_whose_last_day_is_over_lapses(old_age: InForce, she: Party, register: Register) -> None:
    proven(she, register, born_before(80, 20))
    consenting.agree(party_actor(she), BOTH)
    running.whole()
    clock.set_offset(timedelta(days=111))
    assert running.whole().lapsed == 1
    offer = Offer.objects.get()
    assert (offer.state, offer.sealed, offer.draft) == ("lapsed", None, None)
    assert not queries.waiting(she)
