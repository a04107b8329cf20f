"""One page per street, and the caller's word in figures on the board."""

import pytest
from django.test import Client

from huying.channels.web.tests.conftest import html
from huying.events.sequence import Sequencer
from huying.hub import reader
from huying.kernel import actions
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def solved(story: Story) -> Story:
    """A call that was answered in time, and solved in the caller's word."""
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    Sequencer().run_dry()
    reader.run()
    return story


def test_a_street_says_what_was_asked_done_and_kept(client: Client, solved: Story) -> None:
    page = html(client.get("/street/500106001/"))
    assert "收到 1 件" in page and "按时答复 100%，1 件里 1 件" in page and "来电人说解决了的 100%" in page
    assert solved.opened.number not in page and solved.matter.title not in page


def test_a_street_says_who_answers_for_what(client: Client, solved: Story) -> None:
    page = html(client.get("/street/500106001/"))
    assert "小龙坎街道办事处" in page and "沙坪坝区城市管理局" in page and "路灯不亮" in page


@pytest.mark.usefixtures("small_city")
def test_a_quiet_street_says_so(client: Client) -> None:
    assert "这里还没有人提过诉求" in html(client.get("/street/500103001/"))


@pytest.mark.parametrize("key", ["nowhere", "500106", "50"])
@pytest.mark.usefixtures("small_city")
def test_what_is_no_street_has_no_page(client: Client, key: str) -> None:
    assert client.get(f"/street/{key}/").status_code == 404


def test_the_board_shows_the_caller_s_word_with_its_denominator(client: Client, solved: Story) -> None:
    assert "说解决了的 100%，1 人里 1 人" in html(client.get("/board/"))


@pytest.mark.usefixtures("small_city")
def test_a_board_without_a_word_shows_no_rate(client: Client) -> None:
    assert "说解决了的" not in html(client.get("/board/"))
