"""What everybody sees: the first page and the board, with real figures or none."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.web.tests.conftest import html, sign_in
from huying.features.appeals.actions import publish
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(story: Story) -> Story:
    """Her answered call on the board, in words an officer confirmed."""
    again = actions.open_calls(story.she, [new_call(caller=story.caller, extra={"may_publish": True})])[0]
    story.opened = again
    story.until("answered")
    publish(story.callback, again.call_id, "松牌路的路灯三天不亮。", "更换灯具 2 盏，当晚恢复照明。")
    return story


@pytest.mark.usefixtures("small_city")
def test_an_empty_city_shows_no_figures_and_no_empty_sections(client: Client) -> None:
    page = html(client.get("/"))
    assert "今天想办什么事" in page and "昨天收到" not in page and 'id="echo"' not in page


@pytest.mark.usefixtures("small_city")
def test_an_empty_board_says_what_will_stand_there(client: Client) -> None:
    assert "这里还没有公开的答复" in html(client.get("/board/"))


def test_a_published_answer_is_seen_by_everybody(client: Client, shown: Story) -> None:
    for path in ("/", "/board/"):
        page = html(client.get(path))
        assert "松牌路的路灯三天不亮" in page and "更换灯具 2 盏" in page and "沙坪坝区" in page
        assert shown.opened.number not in page


def test_the_board_can_be_narrowed_to_a_district(client: Client, shown: Story) -> None:
    assert "更换灯具" in html(client.get("/board/?area=500106"))
    assert "更换灯具" not in html(client.get("/board/?area=500103"))
    assert "更换灯具" in html(client.get("/board/?area=nowhere"))


def test_the_board_goes_on_page_by_page(client: Client, story: Story) -> None:
    for n in range(14):
        story.opened = actions.open_calls(story.she, [new_call(caller=story.caller, extra={"may_publish": True})])[0]
        story.done.clear()
        story.until("answered")
        publish(story.callback, story.opened.call_id, f"第{n}件路灯不亮", "更换灯具，当晚恢复照明。")
    first = html(client.get("/board/"))
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = html(client.get(f"/board/{older}"))
    assert [first.count(f"第{n}件") + second.count(f"第{n}件") for n in range(14)] == [1] * 14
    assert 'rel="next"' not in second


@pytest.mark.parametrize("after", ["x", "2026-13-01", "2026-01-01T00:00:00", "0"])
@pytest.mark.usefixtures("small_city")
def test_a_page_that_cannot_be_is_the_first(client: Client, after: str) -> None:
    assert client.get("/board/", {"after": after}).status_code == 200


def test_yesterday_s_figures_are_counted(client: Client, shown: Story) -> None:
    assert "昨天收到" not in html(client.get("/"))
    clock.set_offset(timedelta(days=1))
    page = html(client.get("/"))
    assert "昨天收到 <b>2</b> 件" in page and "按时答复 <b>100%</b>" in page


def test_her_progress_stands_on_her_first_page_only(client: Client, story: Story) -> None:
    story.until("signed")
    assert "我的进度" not in html(client.get("/"))
    sign_in(client, story)
    page = html(client.get("/"))
    assert "我的进度" in page and story.call.title in page and "正在办理" in page and "答复您" in page


def test_me_shows_a_masked_phone(client: Client, story: Story) -> None:
    assert "还没有登录" in html(client.get("/me/"))
    sign_in(client, story)
    assert "退出登录" in html(client.get("/me/"))
