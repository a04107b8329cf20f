import pytest
from django.test import Client

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel.tests.conftest import Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    answer = client.get("/desk/")
    assert answer.status_code == 302 and "/signin/officer/" in answer["Location"]


def test_a_citizen_has_no_desk(client: Client, story: Story) -> None:
    assert story.caller.account
    client.force_login(story.caller.account)
    assert client.get("/desk/").status_code == 302


def test_the_list_shows_what_is_due(story: Story, at_desk: Desk) -> None:
    story.until("passed")
    page = at_desk(story.handler).get("/desk/").content.decode()
    assert "路灯三天不亮" in page and "待签收" in page


def test_an_empty_list_says_so(story: Story, at_desk: Desk) -> None:
    assert "眼下没有要办的" in at_desk(story.handler).get("/desk/").content.decode()


def test_a_matter_opens_beside_the_list_with_hops_clock_and_duty(story: Story, at_desk: Desk) -> None:
    story.until("contacted")
    page = at_desk(story.handler).get(url(story)).content.decode()
    for words in (
        "晚上接孩子看不清台阶",
        "先行联系",
        "说好今晚来修",
        "路灯不亮",
        "沙坪坝区城市管理局",
        'id="answer"',
        'class="promise"',
    ):
        assert words in page


def test_a_matter_of_another_bureau_is_not_there(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    story.until("passed")
    stranger = at_desk(actor("handler", story.city.department("500103.housing")))
    assert stranger.get(url(story)).status_code == 404
    assert stranger.post(url(story, "sign")).status_code == 404
    assert stranger.get("/desk/m/999999/").status_code == 404


def test_filters_and_boxes_can_be_chosen(story: Story, at_desk: Desk) -> None:
    story.until("passed")
    client = at_desk(story.centre)
    assert "路灯三天不亮" not in client.get("/desk/").content.decode()
    assert "路灯三天不亮" in client.get("/desk/?box=unit").content.decode()
    assert "路灯三天不亮" in client.get("/desk/?box=district&sort=help").content.decode()
    assert "没有符合的件" in client.get("/desk/?box=district&sort=praise").content.decode()
    assert client.get("/desk/?box=nonsense&after=x:y&state=zz").status_code == 200


def test_many_are_signed_at_once(story: Story, at_desk: Desk) -> None:
    story.until("passed")
    client = at_desk(story.handler)
    page = client.post("/desk/sign/", {"task": [story.task().pk, 10**9]}, follow=True).content.decode()
    assert "签收了 1 件" in page and "有 1 件没有签收" in page
    assert story.task().state == "signed"


def test_signing_nothing_says_what_to_do(story: Story, at_desk: Desk) -> None:
    assert "先勾选" in at_desk(story.handler).post("/desk/sign/", follow=True).content.decode()


def test_the_keys_stand_on_a_page(story: Story, at_desk: Desk) -> None:
    page = at_desk(story.handler).get("/desk/keys/").content.decode()
    assert "签收" in page and "<kbd>S</kbd>" in page
