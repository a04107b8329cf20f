"""Lead and assist at the desk: each unit sees its own clock in front, and a fault keeps what was typed."""

import pytest
from django.test import Client

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import actions
from huying.kernel.models import Task
from huying.kernel.tests.conftest import Story
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
HOUSING = "500106.housing"
ASKED, PART = "请查院内线路归谁管、什么时候改造。", "院内线路已经查过，产权在物业，下周改造。"


@pytest.fixture
def helper(story: Story, actor: MakeActor) -> Actor:
    return actor("handler", story.city.department(HOUSING))


def asked(story: Story) -> Task:
    story.until("signed")
    return actions.ask_assist(story.handler, story.task().pk, story.city.department(HOUSING).pk, ASKED, None)


def contributed(story: Story, helper: Actor) -> Task:
    part = asked(story)
    actions.sign(helper, [part.pk])
    actions.answer(helper, part.pk, PART)
    return actions.submit(helper, part.pk)


def text(client: Client, story: Story) -> str:
    return client.get(url(story)).content.decode().split("<article")[1]


def in_front(page: str) -> str:
    return page.split('<p class="left">')[1].split("</p>")[0]


def test_the_lead_asks_a_unit_and_a_fault_keeps_what_was_typed(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    lead, unit = at_desk(story.handler), story.city.department(HOUSING).pk
    short = lead.post(url(story, "ask_assist"), {"bearer_id": unit, "asked": ASKED, "by": "2001-01-01"})
    page = short.content.decode()
    assert short.status_code == 422 and f"{ASKED}</textarea>" in page and f'value="{unit}" selected' in page
    assert 'id="v-ask_assist" data-key="2" open' in page and not Task.objects.filter(role="assist").exists()
    assert lead.post(url(story, "ask_assist"), {"bearer_id": unit, "asked": ASKED, "by": ""}).status_code == 302
    assert "还等 1 份" in text(lead, story)


def test_each_unit_sees_its_own_clock_in_front(story: Story, helper: Actor, at_desk: Desk) -> None:
    asked(story)
    assert "交协办意见" in in_front(text(at_desk(helper), story))
    front = in_front(text(at_desk(story.handler), story))
    assert "答复" in front and "协办" not in front


def test_who_is_asked_reads_what_and_that_another_answers(story: Story, helper: Actor, at_desk: Desk) -> None:
    actions.sign(helper, [asked(story).pk])
    page = text(at_desk(helper), story)
    assert ASKED in page and "由它统一答复来电人" in page and "交给主办 <kbd>" in page and "答复并报送" not in page


def test_a_part_is_handed_in_not_reviewed_and_stands_once(story: Story, helper: Actor, at_desk: Desk) -> None:
    contributed(story, helper)
    own, lead = text(at_desk(helper), story), text(at_desk(story.handler), story)
    assert "已交给主办" in own and "意见已交" in own and "待审核" not in own
    listed = at_desk(helper).get("/desk/?box=unit").content.decode()
    assert "意见已交" in listed and "，待审核" not in listed
    assert lead.count(PART) == 1 and "都到了" in lead and "待审核" not in lead


def test_the_lead_says_what_is_missing_in_a_part(story: Story, helper: Actor, at_desk: Desk) -> None:
    part, lead = contributed(story, helper), at_desk(story.handler)
    short = lead.post(url(story, "return_part"), {"part": part.pk, "note": ""})
    assert short.status_code == 422 and f'id="v-return-{part.pk}" open' in short.content.decode()
    assert lead.post(url(story, "return_part"), {"part": part.pk, "note": "没有写哪天改造"}).status_code == 302
    assert "还等 1 份" in text(lead, story) and "没有写哪天改造" in text(at_desk(helper), story)


def test_the_lead_waits_no_longer_and_says_why(story: Story, at_desk: Desk) -> None:
    part, lead = asked(story), at_desk(story.handler)
    short = lead.post(url(story, "waive"), {"part": part.pk, "note": ""})
    assert short.status_code == 422 and f'id="v-waive-{part.pk}" open' in short.content.decode()
    assert lead.post(url(story, "waive"), {"part": part.pk, "note": "已由物业书面说明"}).status_code == 302
    assert "还等" not in text(lead, story) and "已由物业书面说明" in text(lead, story)


def test_an_answer_refused_for_a_missing_part_is_kept(story: Story, at_desk: Desk) -> None:
    asked(story)
    said = "灯泡十一月二十日已经换好，院内线路等住建委查清。"
    short = at_desk(story.handler).post(url(story, "answer"), {"text": said, "send": "1"})
    page = short.content.decode()
    assert short.status_code == 409 and "协办意见还没有交" in page and f"{said}</textarea>" in page
