"""Beside the box stand answers that helped, and the law; one press puts them into the box, with and without script."""

import pytest
from django.test import Client

from huying.channels.desk.tests.conftest import Desk, url
from huying.city import queries as city
from huying.city.models import Duty
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.test_examples import ANSWER, answered, read
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
START = "〔日期〕下午周科长带人换了两盏灯，台阶上已经亮了。"


@pytest.fixture
def client(story: Story, at_desk: Desk) -> Client:
    answered(story)
    story.until("signed")
    read()
    return at_desk(story.handler)


def test_an_answer_that_helped_stands_beside_the_box(client: Client, story: Story) -> None:
    page = client.get(url(story)).content.decode()
    assert "可以参考" in page and ANSWER in page and "来电人打了 5 分" in page and f'data-text="{START}"' in page


def test_without_script_its_link_fills_the_box_after_the_draft(client: Client, story: Story) -> None:
    page = client.get(url(story)).content.decode()
    call = page.partition("&amp;start=")[2].partition("#")[0]
    assert f"{START}</textarea>" in client.get(url(story), {"start": call}).content.decode()
    actions.answer(story.handler, story.task().pk, "已经约好。")
    assert f"已经约好。\n{START}</textarea>" in client.get(url(story), {"start": call}).content.decode()


@pytest.mark.parametrize("start", ["0", "999999", "x", "-1", "9" * 30, ""])
def test_a_start_that_was_not_offered_fills_nothing(client: Client, story: Story, start: str) -> None:
    page = client.get(url(story), {"start": start})
    assert (
        page.status_code == 200
        and "</textarea>" in page.content.decode()
        and f"{START}</textarea>" not in page.content.decode()
    )


def test_who_may_not_see_it_is_not_shown_it_by_its_address(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    call = answered(story)
    read()
    other = actor("handler", story.city.department("500106.housing"))
    (opened,) = actions.open_calls(story.she, [new_call(caller=story.caller)])
    task = actions.dispatch(story.dispatcher, opened.matter_id, story.city.department("500106.housing").pk, "")
    actions.sign(other, [task.pk])
    page = at_desk(other).get(f"/desk/m/{opened.matter_id}/", {"start": str(call)}).content.decode()
    assert "</textarea>" in page and "换了两盏灯" not in page


def test_the_law_of_the_duty_goes_into_the_box(client: Client, story: Story) -> None:
    Duty.objects.filter(key=story.matter.duty_key).update(ground="《城市照明管理规定》第二十三条")
    city.reset()
    page = client.get(url(story), {"ground": "1"}).content.decode()
    assert "依据：" in page and page.partition("</textarea>")[0].rpartition(">")[2].startswith("依据：《城市照明")
