"""阅痕 at the auditor's desk: what waits for him, what he writes, and that nobody else reads it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk
from huying.kernel import actions
from huying.kernel.models import Look, Objection
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.people import parties
from huying.people.actors import Actor, party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
PAGE, WORDS, FOUND = "/desk/looks/", "没给我打过电话，为什么看？", "看了没有联系，已经约谈。"


@pytest.fixture
def auditor(story: Story, actor: MakeActor) -> Actor:
    return actor("auditor", story.city.department(DESK))


@pytest.fixture
def look(story: Story) -> Look:
    """At night the bureau's handler looks at her number; she objects."""
    clock.set_offset(timedelta())
    clock.set_offset(datetime(2026, 11, 25, 23, tzinfo=clock.CITY_TIME) - clock.now())
    party = parties.party_of_phone("13800001111")
    assert party
    story.caller = party
    story.opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    story.until("signed")
    found = actions.look(story.handler, story.call.pk, "phone", "contact", "想问问情况").look
    actions.object_(story.she, story.call.pk, found.pk, WORDS)
    return found


def post(client: Client, look: Look, do: str, **changes: str) -> tuple[int, str]:
    given = {"do": do, "call": look.call_id, "look": look.pk, "verdict": "improper", "words": FOUND, **changes}
    answer = client.post(PAGE, given)
    return answer.status_code, answer.content.decode()


def test_both_wait_for_him_and_he_answers_both(look: Look, auditor: Actor, at_desk: Desk) -> None:
    client = at_desk(auditor)
    page = client.get(PAGE).content.decode()
    assert WORDS in page and "下班以后看的" in page and "13800001111" not in page
    assert post(client, look, "answer_objection")[0] == 302
    assert Objection.objects.get().upheld is True
    assert post(client, look, "review_look", verdict="proper")[0] == 302
    look.refresh_from_db()
    assert (look.proper, look.found) == (True, FOUND)
    after = client.get(PAGE).content.decode()
    assert "没有等答复的异议" in after and "没有不寻常的查看" in after and "异议成立" in after


def test_what_is_missing_is_named_and_what_was_typed_stays(look: Look, auditor: Actor, at_desk: Desk) -> None:
    status, page = post(at_desk(auditor), look, "answer_objection", verdict="")
    assert status == 422 and page.count(FOUND) == 1 and "请选一样" in page
    assert Objection.objects.get().answered_at is None


def test_the_page_is_not_there_for_anybody_else(look: Look, story: Story, at_desk: Desk) -> None:
    for who in (story.handler, story.head, story.dispatcher, story.callback):
        client = at_desk(who)
        assert client.get(PAGE).status_code == 404 and post(client, look, "answer_objection")[0] == 404
        assert PAGE not in client.get("/desk/").content.decode()


def test_a_look_of_another_call_is_not_there(look: Look, story: Story, auditor: Actor, at_desk: Desk) -> None:
    other = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    assert post(at_desk(auditor), look, "answer_objection", call=str(other.call_id))[0] == 404


def test_the_officer_reads_nothing_of_her_objection(look: Look, story: Story, at_desk: Desk) -> None:
    page = at_desk(story.handler).get(f"/desk/m/{story.opened.matter_id}/").content.decode()
    assert WORDS not in page and "异议" not in page.replace("也可以提异议", "")
