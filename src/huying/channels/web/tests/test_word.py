"""The caller's word as she meets it on her own page: said, told to the desk, looked into, weighed by a panel."""

import pytest
from django.test import Client

from huying.channels.parts.hops import sentence
from huying.channels.web.tests.conftest import html, sign_in
from huying.kernel import actions, queries
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.words import members, not_solved, proposed
from tests.people import MakeActor

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, story: Story) -> str:
    """The address of her call, where she is signed in."""
    sign_in(client, story)
    return f"/call/{story.opened.number}/"


def test_what_she_told_the_desk_is_shown_as_told_and_is_hers_to_correct(client: Client, story: Story, page: str) -> None:
    story.until("answered")
    actions.call_back(story.callback, story.call.pk, "solved", 4, "亮了")
    told = html(client.get(page))
    assert "您在电话里说解决了" in told and "打电话回访时记下的" in told and "记得不对？您自己说" in told
    assert "办结，您在电话里说解决了" in told and "亮了" in told
    assert client.post(page, {"solved": ""}).status_code == 422
    assert client.post(page, {"solved": "no", "grade": "1", "text": "没有人来过"}).status_code == 302
    told = html(client.get(page))
    assert "您说没解决，已经重新办理" in told and "记得不对" not in told and "负责人重办" in told
    assert client.post(page, {"solved": "yes"}).status_code == 409


def test_a_try_in_vain_is_open_to_her(client: Client, story: Story, page: str) -> None:
    story.until("answered")
    actions.call_back(story.callback, story.call.pk, "unreached", words="关机")
    told = html(client.get(page))
    assert "给您打电话回访，没有接通" in told and "关机" not in told and "问题解决了吗" in told


def test_a_poor_grade_is_answered_with_a_day_and_then_with_what_was_found(client: Client, story: Story, page: str) -> None:
    story.until("answered")
    client.post(page, {"solved": "yes", "grade": "2", "text": "等了三天"})
    assert "12345 会请没有经手的人回查" in html(client.get(page))
    actions.check(story.callback, story.call.pk, "那天没有通知您。", "以后当天打电话。")
    told = html(client.get(page))
    assert "回查了您不满意的地方" in told and "那天没有通知您。" in told and "会请没有经手的人回查" not in told


def test_she_is_told_before_a_panel_decides_may_speak_and_is_told_after(
    client: Client, story: Story, page: str, actor: MakeActor
) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    told = html(client.get(page))
    assert "有人提议终结这件事" in told and "换灯两次" in told and "行政复议" in told and "还没有表态" in told
    assert client.post(page, {"do": "plead", "plead": " "}).status_code == 422
    assert client.post(page, {"do": "plead", "plead": "我家门口还是黑的"}).status_code == 302
    assert client.post(page, {"do": "plead", "plead": "再说一句"}).status_code == 409
    assert "我家门口还是黑的" in html(client.get(page))
    for who in members(story, actor):
        actions.decide_conclusion(who, story.call.pk, True, "该办的都办了")
    told = html(client.get(page))
    assert "评议同意，这件终结了" in told and "您还可以走的路" in told and "60 日内向区政府申请。" in told
    assert "已终结" in told and "该办的都办了" in told and 'name="solved"' not in told


def test_silent_is_not_solved_and_says_so(client: Client, story: Story, page: str) -> None:
    story.until("answered")
    story.call.__class__.objects.filter(pk=story.call.pk).update(tries=9)
    actions.close(story.callback, story.call.pk)
    told = html(client.get(page))
    assert "办结，您没有评价" in told and "您说解决了" not in told


def test_she_is_told_that_the_head_does_it(story: Story) -> None:
    not_solved(story, 1)
    told = [sentence(hop, for_caller=True) for hop in queries.call_page(story.she, story.call.pk).hops]
    assert told[-2:] == ["第 1 次重新办理", "由沙坪坝区城市管理局负责人重办"]
