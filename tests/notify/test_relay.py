"""Without her number: an officer's message leaves from the relay's, she answers it there, and he reads the answer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from huying.base import clock
from huying.base.gateway import RelayGateway
from huying.kernel import actions, queries
from huying.kernel.models import Message as Left
from huying.kernel.models import Openness
from huying.kernel.tests.conftest import Story, new_call
from huying.notify import relays, ways
from huying.notify.models import Channel, Message, RelayLine
from huying.notify.sender import Sender
from tests.notify import servers
from tests.notify.conftest import PHONE, by_mail, read
from tests.notify.servers import SECRET, MailBox, Provider

pytestmark = pytest.mark.django_db(transaction=True)
HEARD, ASKED = "/outside/relay/heard/", "请问是哪一根灯杆，编号是多少？"


@pytest.fixture
def relay(settings: Settings) -> Iterator[Provider]:
    """The provider whose numbers stand in for callers' own; a morning, so that messages leave."""
    clock.set_offset(timedelta())
    clock.set_offset(datetime(2026, 11, 25, 10, tzinfo=clock.CITY_TIME) - clock.now())
    settings.SITE, settings.CA, settings.TEXTS = "https://city.example", "", ""
    with servers.provider() as running:
        settings.RELAY = "huying.adapters.http_relay.HttpRelay"
        settings.RELAY_GATEWAY = RelayGateway(running.url, "city", SECRET)
        ways.forget()
        yield running
    ways.forget()


@pytest.fixture
def confidential(told: Story) -> Story:
    """She called confidentially, and the bureau works it."""
    told.opened = actions.open_calls(told.she, [new_call(caller=told.caller, openness=Openness.CONFIDENTIAL)])[0]
    return told.until("signed")


def messaged(story: Story) -> Message:
    """The officer's message has left."""
    actions.leave_message(story.handler, story.call.pk, ASKED)
    read()
    clock.set_offset(clock_offset() + timedelta(minutes=3))
    Sender().once()
    return Message.objects.get(call=story.call.pk)


def clock_offset() -> timedelta:
    """By how much the clock is moved now."""
    return clock.now() - datetime.now(clock.CITY_TIME)


def test_it_reaches_her_from_a_number_that_is_not_the_officers_nor_hers(confidential: Story, relay: Provider) -> None:
    message = messaged(confidential)
    assert (message.channel, message.state) == (Channel.RELAY, "sent")
    (sent,) = relay.taken
    assert (sent["phone"], sent["template"]) == (PHONE, "relayed") and ASKED not in str(sent)
    shown = relays.numbers([confidential.call.pk])[confidential.call.pk]
    assert shown == relay.lines[RelayLine.objects.get().line]["number"] and PHONE not in shown


def test_what_she_answers_stands_before_the_officer_once(confidential: Story, relay: Provider, live_server: LiveServer) -> None:
    messaged(confidential)
    line, to = RelayLine.objects.get().line, live_server.url + HEARD
    for _ in range(2):
        assert relay.hear(to, line, "第三根，我的电话13800138000", "h1", shift=int(clock_offset().total_seconds())) == 204
    (left,) = queries.matter_page(confidential.handler, confidential.matter.pk).messages
    assert left.answer.count("第三根") == 1 and PHONE not in left.answer


@pytest.mark.parametrize("said", [{"secret": "another secret of ours"}, {"shift": -4000}, {"line": "nobody"}])
def test_nobody_else_speaks_for_her(
    confidential: Story, relay: Provider, live_server: LiveServer, said: dict[str, object]
) -> None:
    messaged(confidential)
    shift = int(clock_offset().total_seconds())
    given = {"line": RelayLine.objects.get().line, "shift": shift, **said}
    if "shift" in said:
        given["shift"] = shift - 4000
    assert relay.hear(live_server.url + HEARD, text="第三根", key="h1", **given) == 404  # type: ignore[arg-type]
    assert Left.objects.get().answer == ""


def test_who_wishes_letters_gets_a_letter(confidential: Story, relay: Provider, box: MailBox) -> None:
    by_mail(confidential.caller)
    assert messaged(confidential).channel == Channel.MAIL
    assert relay.taken == [] and not RelayLine.objects.exists()


def test_a_line_is_let_go_when_she_is_erased_or_it_lay_idle(confidential: Story, relay: Provider) -> None:
    messaged(confidential)
    assert relays.sweep() == 0
    confidential.caller.data_key = None
    confidential.caller.save()
    assert relays.sweep() == 1
    assert relay.lines == {} and not RelayLine.objects.exists()
