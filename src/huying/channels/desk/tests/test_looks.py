"""The auditor's page of looks: what was objected to or is unusual, and his answer."""

import pytest

from huying.channels.desk.tests.conftest import Desk
from huying.kernel import actions
from huying.kernel.models import Look
from huying.kernel.tests.conftest import DESK, Story
from huying.kernel.tests.test_look import given, she
from tests.people import MakeActor

pytestmark = pytest.mark.django_db


@pytest.fixture
def objected(story: Story) -> Look:
    call = given(story)
    row = actions.look(story.handler, call, "phone", "contact", "约她看灯")
    return actions.object_look(she(call), call, row.pk, "没有人给我打过电话")


def test_an_objection_is_answered_there(story: Story, actor: MakeActor, objected: Look, at_desk: Desk) -> None:
    client = at_desk(actor("auditor", story.city.department(DESK)))
    page = client.get("/desk/looks/").content.decode()
    assert "没有人给我打过电话" in page and "约她看灯" in page
    where = f"/desk/looks/{objected.call_id}/{objected.pk}/"
    assert "怎么查的" in client.post(where, {"found": "proper"}).content.decode()
    told = client.post(where, {"found": "proper", "words": "查过通话记录，当天下午打过。"}, follow=True).content.decode()
    assert "已答复" in told and "没有要查的" in told


def test_for_everybody_else_the_page_is_not_there(story: Story, objected: Look, at_desk: Desk) -> None:
    for who in (story.handler, story.dispatcher, story.head):
        assert at_desk(who).get("/desk/looks/").status_code == 404
        where = f"/desk/looks/{objected.call_id}/{objected.pk}/"
        assert at_desk(who).post(where, {"found": "proper", "words": "查过了查过了"}).status_code == 404
