"""找一找 on the portal: her own calls, what is published, whose duty it is; nothing of anybody else's."""

import pytest
from django.test import Client

from huying.events.sequence import Sequencer
from huying.kernel import actions
from huying.kernel.search import reader
from huying.kernel.tests.conftest import Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeCaller, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(story: Story) -> Story:
    Sequencer("tests").run_dry()
    reader.run()
    return story


def page(client: Client, asked: str) -> str:
    answer = client.get("/search/", {"q": asked})
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def hers(story: Story) -> Client:
    assert story.caller.account
    return signed_in(story.caller.account)


def test_she_finds_her_call_with_the_words_marked_and_its_page(kept: Story) -> None:
    shown = page(hers(kept), "三天不亮")
    assert f"/call/{kept.call.number}/" in shown and "<mark>三天不亮</mark>" in shown


def test_a_visitor_and_a_stranger_read_the_same_as_if_there_were_nothing(kept: Story, caller: MakeCaller) -> None:
    stranger = caller()
    assert stranger.account
    for client in (Client(), signed_in(stranger.account)):
        there, nothing = page(client, "看不清台阶"), page(client, "没有写过的")
        assert kept.call.number not in there and "没有找到" in there and "没有找到" in nothing
        there = page(client, kept.call.number)
        assert "没有找到" in there and f"/call/{kept.call.number}/" not in there


def test_a_call_that_was_opened_here_by_number_and_secret_is_found_here(kept: Story) -> None:
    client, key = Client(), "held-key"
    opened = actions.open_calls(party_actor(kept.caller), [new_call(key=key, title="后门那盏灯")])[0]
    Sequencer("tests").run_dry()
    reader.run()
    assert "没有找到" in page(client, "后门那盏")
    client.post("/find/", {"number": opened.number, "secret": opened.secret})
    assert f"/call/{opened.number}/" in page(client, "后门那盏")


def test_duties_lead_to_the_form_with_what_was_typed(kept: Story) -> None:
    shown = page(Client(), "路灯")
    assert "这件事归谁管" in shown and "/appeal/?text=%E8%B7%AF%E7%81%AF" in shown


def test_what_is_typed_is_shown_as_it_is_and_runs_nowhere(kept: Story) -> None:
    shown = page(hers(kept), "<script>alert(1)</script>")
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_page_after_page(kept: Story) -> None:
    actions.open_calls(kept.she, [new_call(title=f"第{n}根路灯", caller=kept.caller) for n in range(25)])
    Sequencer("tests").run_dry()
    reader.run()
    shown = page(hers(kept), "路灯")
    assert "更早的" in shown
    address = shown.split('rel="next" href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert f"/call/{kept.call.number}/" in hers(kept).get("/search/" + address).content.decode()


@pytest.mark.parametrize("strange", ["?before=x", "?q=路灯&before=99999999999999999999", "?q=%00", "?q=" + "字" * 3000])
def test_strange_addresses_are_answered_calmly(kept: Story, strange: str) -> None:
    assert Client().get("/search/" + strange).status_code == 200


def test_the_way_there_stands_on_the_pages_that_are_there(kept: Story) -> None:
    assert 'href="/search/"' in Client().get("/").content.decode()
    assert 'action="/search/"' in Client().get("/board/").content.decode()
    assert 'action="/search/"' in hers(kept).get("/mine/").content.decode()
