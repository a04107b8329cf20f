"""The hard moves as the caller meets them on her own page."""

import pytest
from django.test import Client

from huying.channels.web.tests.conftest import html, sign_in
from huying.kernel import actions
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client: Client, story: Story) -> str:
    """The address of her call, where she is signed in."""
    sign_in(client, story)
    return f"/call/{story.opened.number}/"


def test_what_is_declined_names_the_ground_and_the_way_on(client: Client, story: Story, page: str) -> None:
    actions.decline(story.dispatcher, story.matter.pk, "合同纠纷不归行政机关裁决。", "请向区人民法院起诉。")
    told = html(client.get(page))
    assert "不予受理" in told and "合同纠纷不归行政机关裁决。<br>请向区人民法院起诉。" in told
    assert "问题解决了吗" not in told


def test_what_is_referred_says_where_to_go(client: Client, story: Story, page: str) -> None:
    actions.refer(story.dispatcher, story.matter.pk, "劳动争议须先仲裁。", "请找区劳动人事争议仲裁院。")
    told = html(client.get(page))
    assert "请找另一个部门" in told and "请找区劳动人事争议仲裁院。" in told


def test_a_quarrel_about_who_bears_it_is_open_to_her(client: Client, story: Story, page: str) -> None:
    story.until("passed")
    actions.send_back(story.handler, story.task().pk, "《照明规定》第五条，由产权人管。")
    actions.adjudicate(story.centre, story.task().pk, "该路灯在市政道路上。")
    told = html(client.get(page))
    assert "沙坪坝区城市管理局说不归它管，退回" in told and "《照明规定》第五条，由产权人管。" in told
    assert f"沙坪坝区社会治理中心{story.centre.officer.name}裁定：仍由沙坪坝区城市管理局办" in told  # type: ignore[union-attr]


def test_a_clock_that_stands_still_says_so_and_why(client: Client, story: Story, page: str) -> None:
    story.until("contacted")
    actions.pause(story.head, story.task().pk, "outside", "等供电公司周五送电。")
    told = html(client.get(page))
    assert "停表中" in told and "等到了接着计时" in told and "等供电公司周五送电。" in told
    actions.resume(story.head, story.task().pk)
    told = html(client.get(page))
    assert "停表中" not in told and "恢复计时" in told


def test_what_is_missing_is_asked_and_answered_on_her_page(client: Client, story: Story, page: str) -> None:
    story.until("signed")
    actions.supplement(story.handler, story.task().pk, "请告诉我们灯杆编号。")
    told = html(client.get(page))
    assert "沙坪坝区城市管理局请您补充" in told and "请告诉我们灯杆编号。" in told and "等您补充" in told
    assert client.post(page, {"do": "reply", "reply": " "}).status_code == 422
    assert client.post(page, {"do": "reply", "reply": "编号 A12"}).status_code == 302
    told = html(client.get(page))
    assert "编号 A12" in told and "您补充了情况" in told and 'id="reply"' not in told
    assert client.post(page, {"do": "reply", "reply": "编号 A13"}).status_code == 409


def test_she_takes_her_call_back_by_a_second_word(client: Client, story: Story, page: str) -> None:
    story.until("passed")
    assert "不用办了？撤回" in html(client.get(page))
    assert client.post(page, {"do": "withdraw"}).status_code == 302
    told = html(client.get(page))
    assert "您撤回了" in told and "不用办了？撤回" not in told and story.call.state == "ended"
    assert client.post(page, {"do": "withdraw"}).status_code == 409


def test_who_holds_number_and_secret_may_withdraw_too(client: Client, story: Story) -> None:
    client.post("/find/", {"number": story.opened.number, "secret": story.opened.secret})
    assert client.post(f"/call/{story.opened.number}/", {"do": "withdraw"}).status_code == 302
    assert story.matter.state == "withdrawn"


def test_an_extension_and_its_ground_are_told_to_her(client: Client, story: Story, page: str) -> None:
    story.until("contacted")
    actions.ask_extension(story.handler, story.task().pk, 1, "灯杆要从外地调货。")
    actions.decide_extension(story.centre, story.task().pk, True, "同意，请抓紧。")
    told = html(client.get(page))
    assert "沙坪坝区城市管理局申请延期" in told and "灯杆要从外地调货。" in told
    assert "同意延期" in told and "同意，请抓紧。" in told


def test_who_has_it_now_is_always_told(client: Client, story: Story, page: str) -> None:
    story.until("signed")
    actions.transfer(story.centre, story.task().pk, story.city.department("500106.housing").pk, "归住建委管。")
    actions.recall(story.centre, story.task("top").pk, "由中心直接办。")
    told = html(client.get(page))
    assert "从沙坪坝区城市管理局改派给沙坪坝区住房和城乡建设委员会" in told and "归住建委管。" in told
    assert "沙坪坝区社会治理中心收回自己办" in told and "由中心直接办。" in told
