"""Messages leave once, whatever the other side does; a fault of one keeps nothing else from working."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.base.gateway import TextsGateway
from huying.kernel.tests.conftest import Story
from huying.notify import sender as sending
from huying.notify import ways
from huying.notify.models import Channel, Message, State, Way, Wish
from huying.notify.sender import Sender
from huying.people.models import Party
from tests.notify.conftest import MAIL, PHONE, by_mail, read
from tests.notify.servers import SECRET, MailBox, Provider

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 0.0)


def only() -> Message:
    return Message.objects.get()


def copies(first: Message, count: int) -> None:
    """More messages like the first, each with its notice."""
    for n in range(count):
        notice, row = first.notices.get(), Message(party=first.party, call=first.call, channel=first.channel)
        row.made_at = row.next_try_at = clock.now()
        row.save()
        notice.pk, notice.message, notice.version = None, row, 1000 + n
        notice.save()


def later(hours: float = 3) -> None:
    """Time passes, so that what waits is due."""
    clock.set_offset(clock.now() - clock.datetime.now(clock.UTC) + timedelta(hours=hours))


def test_a_planned_message_leaves_and_is_written_down(told: Story, gateway: Provider) -> None:
    read()
    assert Sender().once() == 1
    (taken,) = gateway.taken
    message = only()
    assert (message.state, message.outside_id, message.tries) == (State.SENT, taken["id"], 1)
    assert (taken["phone"], taken["key"], taken["template"]) == (PHONE, message.key, "received")
    assert Sender().once() == 0


def test_what_is_not_due_stays(told: Story, gateway: Provider) -> None:
    read()
    Message.objects.update(next_try_at=clock.now() + timedelta(minutes=5))
    assert Sender().once() == 0


def test_a_letter_leaves_with_number_and_link_and_without_the_matter(told: Story, gateway: Provider, box: MailBox) -> None:
    by_mail(told.caller)
    read()
    Sender().once()
    (letter,) = box.letters
    assert letter["to"] == [MAIL]
    assert f"https://city.example/call/{told.call.number}/" in letter["text"]
    assert "灯" not in letter["subject"] + letter["text"]
    assert letter["message-id"] == f"<{only().key}@city.example>"
    assert gateway.taken == []


def test_she_reads_english_when_she_wishes_it(told: Story, gateway: Provider) -> None:
    Wish.objects.create(party=told.caller, language="en")
    read()
    Sender().once()
    assert gateway.taken[0]["template"] == "received.en"


# --- The other side fails ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("broken", [{"refuse": 503}, {"refuse": 429, "retry_after": 60}])
def test_what_is_not_taken_is_tried_again_later(told: Story, gateway: Provider, broken: dict[str, Any]) -> None:
    read()
    gateway.behave(**broken)
    Sender().once()
    message = only()
    assert (message.state, message.tries, message.claim) == (State.PLANNED, 1, "")
    assert message.next_try_at > clock.now() + timedelta(seconds=15)
    later()
    Sender().once()
    assert (only().state, len(gateway.taken)) == (State.SENT, 1)


def test_the_wait_doubles_and_never_undercuts_what_was_asked_for() -> None:
    waits = [sending._wait(tries, 0).total_seconds() for tries in range(1, 15)]
    for tries, wait in enumerate(waits[:6]):
        assert 0.75 * 30 * 2**tries <= wait <= 1.25 * 30 * 2**tries
    assert max(waits) <= 1.25 * 7200
    assert sending._wait(1, 900).total_seconds() == 900


@pytest.mark.parametrize("broken", [{"drop": "after"}, {"drop": "before"}, {"answer": 500}])
def test_a_break_in_the_middle_is_asked_about_and_it_arrives_once(
    told: Story, gateway: Provider, broken: dict[str, Any]
) -> None:
    read()
    gateway.behave(**broken)
    Sender().once()
    assert only().state == State.SENDING
    later()
    Sender().once()
    assert (only().state, len(gateway.taken)) == (State.SENT, 1)
    assert gateway.received()["asked"] == [only().key]


def test_a_refused_message_is_given_up_with_its_reason(told: Story, gateway: Provider) -> None:
    read()
    gateway.behave(refuse=422, error="template_unknown")
    Sender().once()
    message = only()
    assert (message.state, "template_unknown" in message.reason) == (State.GIVEN_UP, True)


def test_a_gateway_that_is_away_costs_no_message(told: Story, gateway: Provider) -> None:
    read()
    gateway.stop()
    for _ in range(3):
        Sender().once()
        later()
    gateway.start()
    Sender().once()
    assert (only().state, len(gateway.taken)) == (State.SENT, 1)


def test_what_would_come_days_late_is_given_up(told: Story, gateway: Provider) -> None:
    read()
    later(73)
    Sender().once()
    assert (only().state, gateway.taken) == (State.GIVEN_UP, [])


def test_what_nobody_can_answer_for_days_is_given_up_and_never_sent(told: Story, gateway: Provider) -> None:
    read()
    gateway.behave(drop="before")
    Sender().once()
    gateway.behave(drop="before", times=100)
    for _ in range(3):
        later(30)
        Sender().once()
    assert (only().state, gateway.taken) == (State.GIVEN_UP, [])


def test_a_channel_that_is_down_is_left_alone_and_the_other_goes_on(
    told: Story, gateway: Provider, box: MailBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSE_SECONDS", 60.0)
    read()
    first = only()
    copies(first, 5)
    gateway.behave(refuse=503, times=100)
    sender = Sender()
    sender.once()
    sender.once()
    assert gateway.received()["requests"] == 1
    assert set(Message.objects.values_list("claim", flat=True)) == {""}
    by_mail(told.caller)
    told.until("dispatched")
    read()
    later(0.1)
    sender.once()
    assert len(box.letters) == 1


def test_without_an_adapter_nothing_is_lost(told: Story, gateway: Provider, settings: Settings) -> None:
    read()
    settings.TEXTS_GATEWAY = None
    ways.forget()
    Sender().once()
    assert only().state == State.PLANNED
    settings.TEXTS_GATEWAY = TextsGateway(gateway.url, "city", SECRET)
    later()
    Sender().once()
    assert only().state == State.SENT


def test_a_fault_of_ours_with_one_message_keeps_no_other_from_leaving(told: Story, gateway: Provider) -> None:
    read()
    copies(only(), 2)
    spoilt = Message.objects.order_by("id").first()
    assert spoilt is not None
    spoilt.notices.update(template="no such template")
    Sender().once()
    states = list(Message.objects.order_by("id").values_list("state", flat=True))
    assert states == [State.PLANNED, State.SENT, State.SENT]


# --- One that keeps to no keys ----------------------------------------------------------------------------------------


def test_a_text_of_which_nobody_knows_is_never_sent_twice(told: Story, forgetful: Provider) -> None:
    read()
    forgetful.behave(drop="after")
    Sender().once()
    assert only().state == State.SENDING
    for _ in range(3):
        later()
        Sender().once()
    assert (only().state, len(forgetful.taken)) == (State.GIVEN_UP, 1)
    assert "nobody knows" in only().reason


def test_a_letter_of_which_nobody_knows_is_sent_again_under_the_same_id(told: Story, gateway: Provider, box: MailBox) -> None:
    by_mail(told.caller)
    read()
    box.behave("drop-after-data")
    Sender().once()
    later()
    Sender().once()
    assert only().state == State.SENT
    assert [letter["message-id"] for letter in box.letters] == [f"<{only().key}@city.example>"] * 2


# --- She changed her mind, or is gone ---------------------------------------------------------------------------------


def test_a_wish_that_changed_before_it_left_holds(told: Story, gateway: Provider, box: MailBox) -> None:
    read()
    by_mail(told.caller)
    Sender().once()
    assert (only().channel, len(box.letters), gateway.taken) == (Channel.MAIL, 1, [])


def test_who_wants_nothing_any_more_gets_nothing(told: Story, gateway: Provider) -> None:
    read()
    Wish.objects.create(party=told.caller, way=Way.PORTAL)
    Sender().once()
    assert (only().state, gateway.taken) == (State.GIVEN_UP, [])


def test_who_was_erased_meanwhile_gets_nothing(told: Story, gateway: Provider) -> None:
    read()
    Party.objects.filter(pk=told.caller.pk).update(data_key=None)
    Sender().once()
    assert (only().state, gateway.taken) == (State.GIVEN_UP, [])


# --- Several senders --------------------------------------------------------------------------------------------------


def test_who_lost_his_claim_changes_nothing(told: Story, gateway: Provider) -> None:
    read()
    slow, quick = Sender(), Sender()
    (held,) = slow._claimed(1)
    later(0.1)
    assert quick.once() == 1
    slow._carry(held)
    assert len(gateway.taken) == 1
    assert only().state == State.SENT


def test_senders_beside_each_other_send_each_message_once(told: Story, gateway: Provider) -> None:
    read()
    first = only()
    copies(first, 30)
    faults: list[Exception] = []

    def work() -> None:
        try:
            sender = Sender()
            while sender.once(5):
                pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    keys = [taken["key"] for taken in gateway.taken]
    assert sorted(keys) == sorted(Message.objects.values_list("key", flat=True))
    assert gateway.received()["requests"] == 31
