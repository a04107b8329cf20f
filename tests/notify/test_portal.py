"""On the portal she reads what she was told, also when nothing ever left; a provider's word is taken when it signed it."""

import json

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from huying.config.commands.notify import notify
from huying.events.sequence import Sequencer
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call
from huying.notify import queries, status
from huying.notify.models import Message, Notice, State
from huying.notify.sender import Sender
from tests.notify.conftest import PHONE, by_mail, read
from tests.notify.servers import MailBox, Provider
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def text(client: Client, path: str = "/me/messages/") -> str:
    return client.get(path).content.decode()


def test_she_reads_every_step_newest_first_and_unread_are_marked(told: Story, client: Client) -> None:
    told.until("answered")
    read()
    client.force_login(told.caller.account)
    page = text(client)
    assert page.index("有答复了") < page.index("收到了")
    assert page.count('class="new"') == 4
    assert told.call.title in page
    assert f'href="/call/{told.call.number}/"' in page
    assert "4 条未读" in text(client, "/me/")


def test_looking_at_a_call_reads_what_was_told_of_it(told: Story, client: Client) -> None:
    other = actions.open_calls(told.she, [new_call(caller=told.caller)])[0]
    read()
    client.force_login(told.caller.account)
    client.head(f"/call/{told.call.number}/")
    assert queries.unread(told.caller) == 2
    client.get(f"/call/{told.call.number}/")
    assert queries.unread(told.caller) == 1
    assert Notice.objects.get(read_at=None).call == other.call_id


def test_all_can_be_marked_as_read(told: Story, client: Client) -> None:
    read()
    client.force_login(told.caller.account)
    client.post("/me/messages/")
    assert queries.unread(told.caller) == 0
    assert 'class="new"' not in text(client)


def test_nobody_reads_anothers(told: Story, client: Client, caller: MakeCaller) -> None:
    read()
    client.force_login(caller().account)
    page = text(client)
    assert told.call.number not in page
    assert "还没有消息" in page
    client.post("/me/messages/")
    client.get(f"/call/{told.call.number}/")
    assert queries.unread(told.caller) == 1


def test_who_holds_number_and_secret_reads_what_was_told_without_signing_in(story: Story, client: Client) -> None:
    read()
    client.post("/find/", {"number": story.opened.number, "secret": story.opened.secret})
    assert "收到了" in text(client)
    assert story.call.title in text(client)


def test_a_link_out_of_a_message_leads_on_through_sign_in(told: Story, client: Client) -> None:
    path = f"/call/{told.call.number}/"
    answer = client.get(path, follow=True).content.decode()
    assert f"/signin/?next={path}" in answer


# --- Delivery reports -------------------------------------------------------------------------------------------------


def sent(told: Story) -> Message:
    read()
    Sender().once()
    return Message.objects.get()


REPORT = "/outside/texts/report/"


def test_the_providers_word_is_written_down(told: Story, gateway: Provider, live_server: LiveServer) -> None:
    message = sent(told)
    assert gateway.report(live_server.url + REPORT, message.key, "delivered") == 204
    message.refresh_from_db()
    assert message.state == State.DELIVERED


def test_a_text_that_did_not_arrive_says_so_to_her(
    told: Story, gateway: Provider, live_server: LiveServer, client: Client
) -> None:
    message = sent(told)
    assert gateway.report(live_server.url + REPORT, message.key, "failed", reason="unknown_number") == 204
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.FAILED, "provider: unknown_number")
    client.force_login(told.caller.account)
    assert "短信没有送到" in text(client)


def test_the_first_word_stands_and_a_second_one_is_taken_quietly(
    told: Story, gateway: Provider, live_server: LiveServer
) -> None:
    message = sent(told)
    for state in ("delivered", "failed", "delivered"):
        assert gateway.report(live_server.url + REPORT, message.key, state) == 204
    message.refresh_from_db()
    assert message.state == State.DELIVERED


def test_a_report_that_comes_before_we_wrote_it_down_stands(told: Story, gateway: Provider, live_server: LiveServer) -> None:
    read()
    message, sender = Message.objects.get(), Sender()
    (held,) = sender._claimed(1)
    Message.objects.filter(pk=held.pk).update(state=State.SENDING)
    assert gateway.report(live_server.url + REPORT, message.key, "delivered") == 204
    sender._sent(held, "m-1")
    message.refresh_from_db()
    assert (message.state, message.outside_id, message.claim) == (State.DELIVERED, "m-1", "")


@pytest.mark.parametrize(
    "forged", [{"secret": "somebody else's secret"}, {"shift": -400}, {"shift": 400}, {"key": "0" * 32}, {"state": "lost"}]
)
def test_nobody_else_is_listened_to(told: Story, gateway: Provider, live_server: LiveServer, forged: dict[str, str]) -> None:
    message = sent(told)
    said = {"key": message.key, "state": "failed"} | forged
    assert gateway.report(live_server.url + REPORT, **said) == 404
    message.refresh_from_db()
    assert message.state == State.SENT


def test_a_city_without_reports_has_no_such_page(client: Client) -> None:
    assert client.post(REPORT, b"{}", content_type="application/json").status_code == 404
    assert client.get(REPORT).status_code == 405


# --- For the operator -------------------------------------------------------------------------------------------------


def test_the_status_says_how_it_stands(told: Story, gateway: Provider) -> None:
    told.until("answered")
    Sequencer().run_dry()
    assert status.figures()["unread_by_reader"] > 0
    read()
    gateway.behave(refuse=422, error="template_unknown")
    Sender().once()
    found = json.loads(CliRunner().invoke(notify, ["status", "--json"]).output)
    assert (found["unread_by_reader"], found["notices"], found["due"]) == (0, 4, 0)
    assert sum(found["messages"]["sms"].values()) == 1
    assert found["given_up_because"] == {"the gateway refuses it: 422 template_unknown": 1}
    assert "sms: planned 0" in CliRunner().invoke(notify, ["status"]).output


def test_a_test_is_sent_only_after_asking(gateway: Provider, db: None) -> None:
    asked = CliRunner().invoke(notify, ["test", "--phone", PHONE], input="n\n")
    assert (asked.exit_code, gateway.taken) == (1, [])
    assert CliRunner().invoke(notify, ["test", "--phone", PHONE, "--yes"]).exit_code == 0
    assert [(taken["phone"], taken["template"]) for taken in gateway.taken] == [(PHONE, "test")]


def test_a_letter_can_be_tried(box: MailBox, db: None) -> None:
    assert CliRunner().invoke(notify, ["test", "--mail", "ops@city.example", "--yes"]).exit_code == 0
    assert box.letters[0]["to"] == ["ops@city.example"]


def test_every_text_that_leaves_is_printed_for_the_provider(gateway: Provider) -> None:
    lines = CliRunner().invoke(notify, ["templates"]).output.splitlines()
    names = {line.split("\t")[0] for line in lines}
    assert {"received", "answered.en", "sign-in code", "test"} <= names
    assert all("%(" not in line for line in lines)


def test_old_notices_are_swept_and_what_waits_is_not(told: Story, gateway: Provider) -> None:
    told.until("answered")
    read()
    Notice.objects.update(at="2020-01-01T00:00Z")
    Message.objects.update(made_at="2020-01-01T00:00Z", state=State.SENT)
    assert status.sweep() == 4
    assert (Notice.objects.count(), Message.objects.count()) == (0, 0)


def test_by_mail_is_shown_as_sent_by_mail(told: Story, gateway: Provider, box: MailBox, client: Client) -> None:
    by_mail(told.caller)
    read()
    Sender().once()
    client.force_login(told.caller.account)
    assert "也发了邮件" in text(client)
