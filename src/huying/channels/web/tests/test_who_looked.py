"""谁看过我的信息 as she meets it: on her call's page and on a page of her own; she objects, and reads the answer."""

import pytest
from django.test import Client

from huying.kernel import actions
from huying.kernel.models import Message, Objection
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.people import parties
from huying.people.actors import party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
WHY, WORDS, FOUND = "约今晚上门的时间", "没给我打过电话，为什么看？", "看了没有联系，已经约谈。"


@pytest.fixture
def looked(story: Story, client: Client) -> Story:
    """She is signed in; the bureau's handler has looked at her number."""
    party = parties.party_of_phone("13800001111")
    assert party
    story.caller = party
    story.opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    story.until("signed")
    actions.look(story.handler, story.call.pk, "phone", "contact", WHY)
    client.force_login(parties.account_of(party))
    return story


def page(client: Client, story: Story) -> str:
    return client.get(f"/call/{story.call.number}/").content.decode()


def test_both_pages_say_who_in_which_post_why_and_when(looked: Story, client: Client) -> None:
    assert looked.handler.officer
    for shown in (page(client, looked), client.get("/me/looks/").content.decode()):
        for words in (looked.handler.officer.name, "沙坪坝区城市管理局", "经办人", "看了您的电话", "要和来电人联系", WHY):
            assert words in shown, words


def test_she_objects_and_reads_the_answer_where_she_asked(looked: Story, client: Client, actor: MakeActor) -> None:
    (look,) = looked.call.looks.all()
    given = {"do": "object", "look": look.pk, "objection": WORDS}
    assert client.post(f"/call/{looked.call.number}/", given).status_code == 302
    assert "审计员" in page(client, looked) and WORDS in page(client, looked)
    auditor = actor("auditor", looked.city.department(DESK))
    actions.answer_objection(auditor, looked.call.pk, look.pk, True, FOUND)
    for shown in (page(client, looked), client.get("/me/looks/").content.decode()):
        assert FOUND in shown and "您说得对" in shown


def test_nothing_said_is_told_beside_the_field_and_what_was_typed_stays(looked: Story, client: Client) -> None:
    (look,) = looked.call.looks.all()
    answer = client.post(f"/call/{looked.call.number}/", {"do": "object", "look": look.pk, "objection": "不行"})
    assert answer.status_code == 422 and ">不行</textarea>" in answer.content.decode()
    assert not Objection.objects.exists()
    assert client.post(f"/call/{looked.call.number}/", {"do": "object", "look": 0, "objection": WORDS}).status_code == 404


def test_another_sees_none_of_it(looked: Story, client: Client) -> None:
    stranger = Client()
    assert stranger.get(f"/call/{looked.call.number}/").status_code == 302
    assert WHY not in stranger.get("/me/looks/").content.decode()
    other = parties.party_of_phone("13800002222")
    assert other
    stranger.force_login(parties.account_of(other))
    assert "还没有人看过" in stranger.get("/me/looks/").content.decode()


def test_what_was_left_for_her_is_read_and_answered(looked: Story, client: Client) -> None:
    actions.leave_message(looked.handler, looked.call.pk, "请问是哪一根灯杆？")
    assert "请问是哪一根灯杆？" in page(client, looked)
    address = f"/call/{looked.call.number}/"
    assert client.post(address, {"do": "answer_message", "answer": " "}).status_code == 422
    assert client.post(address, {"do": "answer_message", "answer": "第三根。"}).status_code == 302
    assert Message.objects.get().answer == "第三根。" and "第三根。" in page(client, looked)
