"""Who acts for somebody is told what she is told of this one case, by his own ways, as long as he may; she is told as ever."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.events.models import Cursor
from huying.features.services import mandates
from huying.features.services.mandates import Scope
from huying.features.services.models import Mandate
from huying.features.services.opening import open_cases
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.kernel import actions, timers
from huying.kernel.models import Promise
from huying.notify import letters, queries, reader, rules, templates
from huying.notify.letters import Unreachable
from huying.notify.models import Channel, Message, Notice, Way, Wish
from huying.notify.sender import Sender
from huying.people import private
from huying.people.actors import Actor, party_actor
from huying.people.tests.given import pass_time
from tests.notify.conftest import by_mail, read
from tests.notify.servers import MailBox, Provider
from tests.notify.test_cases_told import hers
from tests.notify.test_told import NIGHT, NOON, at
from tests.people import MakeActor, MakeCaller
from tests.small_things import ALLOWANCE, CERTIFICATE

__all__ = ["_own_store", "case", "hers"]
pytestmark = pytest.mark.django_db(transaction=True)
HIS_PHONE = "13900139002"


@pytest.fixture
def he(caller: MakeCaller) -> Actor:
    """Her son."""
    party = caller()
    party.phone_mac, party.phone_sealed = private.phone_mac(HIS_PHONE), private.seal(party, HIS_PHONE)
    party.save()
    return party_actor(party)


@pytest.fixture
def acted(hers: Birth, he: Actor, gateway: Provider) -> Birth:
    """He applied for her."""
    let(hers, he)
    return hers


def let(hers: Birth, he: Actor, days: int = 7) -> Mandate:
    scope = Scope("", clock.today() + timedelta(days=days))
    mandate = mandates.accept(he, mandates.give(hers.she, HIS_PHONE, scope).pk)
    hers.opened = open_cases(he, [hers.new(mandate=mandate)])[0]
    return mandate


def told(who: Actor) -> list[str]:
    return list(Notice.objects.filter(party=who.party).order_by("id").values_list("template", flat=True))


def words(who: Actor) -> str:
    return letters.outgoing(Message.objects.filter(party=who.party).latest("id")).words.text


def test_both_are_told_of_each_step_once(acted: Birth, he: Actor) -> None:
    read()
    acted.granted(CERTIFICATE)
    actions.supplement(acted.signed(ALLOWANCE).officer(ALLOWANCE), acted.task(ALLOWANCE), "请补一张清楚的照片")
    read()
    Cursor.objects.update(seq=0)
    reader.run()
    assert told(he) == told(acted.she) == ["case_received", "item_granted", "case_asked"]


def test_his_text_says_that_he_acts_and_neither_for_whom_nor_what(acted: Birth, he: Actor) -> None:
    read()
    assert "这件是您替别人办的。" in words(he) and "替别人" not in words(acted.she)
    assert f"/case/{acted.call.number}/" in words(he)
    for secret in ("李梅", "出生", "13800138000", "138****8000"):
        assert secret not in words(he)
    text = letters.outgoing(Message.objects.get(party=he.party)).words
    assert templates.spoken(text.template, text.values) == text.text, "the provider has the same words"


def test_each_by_his_own_way_and_language(acted: Birth, he: Actor, box: MailBox) -> None:
    assert he.party
    by_mail(he.party, "son@mail.example")
    Wish.objects.filter(party=he.party).update(language="en")
    read()
    assert Message.objects.get(party=he.party).channel == Channel.MAIL
    assert Message.objects.get(party=acted.caller).channel == Channel.SMS
    assert "for somebody else" in words(he)


def test_who_wishes_the_portal_alone_reads_it_there(acted: Birth, he: Actor, client: Client) -> None:
    assert he.party
    Wish.objects.create(party=he.party, way=Way.PORTAL)
    read()
    assert not Message.objects.filter(party=he.party).exists() and queries.unread(he.party) == 1
    client.force_login(he.party.account)
    page = client.get("/me/messages/").content.decode()
    assert "收到了" in page and "这件是您替别人办的" in page
    client.get(f"/case/{acted.call.number}/")
    assert queries.unread(he.party) == 0 and queries.unread(acted.caller) == 1, "what he read she has not read"


def test_who_has_number_and_secret_reads_each_notice_once(acted: Birth) -> None:
    read()
    assert [line.notice.party for line in queries.mine(None, [acted.the.call_id])] == [acted.caller]


def test_nobody_is_woken_for_what_the_other_did(acted: Birth, he: Actor) -> None:
    at(NIGHT)
    actions.withdraw(he, acted.the.call_id)
    read()
    hours = {row.party_id: row.next_try_at.astimezone(clock.CITY_TIME).hour for row in Message.objects.all()}
    assert he.party and hours == {he.party.pk: 23, acted.caller.pk: 8}


@pytest.mark.parametrize("who", ["she", "he"])
def test_once_it_is_ended_he_is_told_nothing(hers: Birth, he: Actor, gateway: Provider, who: str) -> None:
    mandate = let(hers, he)
    read()
    mandates.end(hers.she if who == "she" else he, mandate.pk)
    hers.granted(CERTIFICATE)
    read()
    assert told(he) == ["case_received"] and told(hers.she) == ["case_received", "item_granted"]


def test_after_its_last_day_he_is_told_nothing(hers: Birth, he: Actor, gateway: Provider) -> None:
    let(hers, he, days=1)
    read()
    pass_time(timedelta(days=3))
    hers.granted(CERTIFICATE)
    read()
    assert "item_granted" not in told(he) and "item_granted" in told(hers.she)


def test_what_waited_for_the_morning_does_not_reach_him_when_it_ended_meanwhile(
    hers: Birth, he: Actor, gateway: Provider
) -> None:
    at(NOON)
    mandate = let(hers, he)
    read()
    Message.objects.update(state="sent")
    at(NIGHT)
    hers.granted(CERTIFICATE)
    read()
    mandates.end(hers.she, mandate.pk)
    with pytest.raises(Unreachable):
        words(he)
    pass_time(timedelta(hours=9))
    Sender().once()
    states = dict(Message.objects.exclude(state="sent", sent_at=None).values_list("party", "state"))
    assert he.party and states == {he.party.pk: "given_up", hers.caller.pk: "sent"}
    assert queries.mine(he.party) == [] and queries.unread(he.party) == 0, "and he reads nothing of hers any more"


def test_what_is_hers_alone_he_is_not_told(acted: Birth, he: Actor) -> None:
    read()
    officer = acted.signed(CERTIFICATE).officer(CERTIFICATE)
    actions.leave_message(officer, acted.the.call_id, "请带上孩子来一趟，我们等您")
    read()
    assert "case_messaged" in told(acted.she) and "case_messaged" not in told(he)


def test_the_texts_that_are_hers_alone_are_those_of_the_rules() -> None:
    own = {templates.of_kind(rule.template, "service") for rule in rules.RULES if rule.hers}
    assert own & {found.name for found in templates.CASES} == set(templates.HERS)
    assert {f"{found.name}_for" for found in templates.CASES if found.name not in own} == {f.name for f in templates.ACTING}


def test_a_window_clerk_is_told_nothing(hers: Birth, actor: MakeActor, gateway: Provider) -> None:
    clerk = actor("clerk", hers.city.department("500106001.street-office"))
    mandate = Mandate(giver=hers.caller, window=mandates.window_of(clerk), officer=clerk.officer, relation="window")
    mandate.proof, mandate.asked_at, mandate.until = "code", clock.now(), clock.now() + timedelta(hours=5)
    mandate.accepted_at = clock.now()
    mandate.save()
    hers.opened = open_cases(clerk, [hers.new(mandate=mandate)])[0]
    read()
    assert list(Notice.objects.values_list("party", flat=True)) == [hers.caller.pk]


def test_late_both_are_told(hers: Birth, he: Actor, gateway: Provider) -> None:
    let(hers, he, days=90)
    due = Promise.objects.filter(matter=hers.the.matter_id, what="answer").latest("id").due_at
    pass_time(due + timedelta(minutes=1) - clock.now())
    timers.sweep_dry()
    read()
    assert "case_late" in told(he) and "case_late" in told(hers.she)
