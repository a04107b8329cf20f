"""Known incidents at the desk: declared, told of, ended and opened by forms, with every word kept when one is at fault."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import timers
from huying.kernel.models import Call, Incident
from huying.kernel.tests.conftest import BUREAU, Story
from huying.kernel.tests.known import CAUSE, DONE, NEWS, TITLE, declared, opened
from huying.kernel.tests.voices import another, call_of
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db


def at(hours: float) -> str:
    """A moment as the browser's control sends it."""
    return f"{clock.local_now() + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def form(**changes: str) -> dict[str, str]:
    return {"title": TITLE, "cause": CAUSE, "area_key": "500106001", "news_at": at(2), "until_at": "", **changes}


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_dispatcher_declares_tells_news_and_ends(story: Story, at_desk: Desk) -> None:
    desk = at_desk(story.dispatcher)
    assert "公布为已知事件" in html(desk, url(story))
    assert desk.post(url(story, "declare_incident"), form()).status_code == 302
    page = html(desk, url(story))
    assert TITLE in page and "说新情况" in page and "公布为已知事件</" not in page
    assert desk.post(url(story, "tell_news"), {"news": NEWS, "news_at": at(3)}).status_code == 302
    assert NEWS in html(desk, url(story))
    assert desk.post(url(story, "end_incident"), {"done": DONE}).status_code == 302
    assert story.call.state == "answered" and Incident.objects.get().done == DONE


def test_what_was_typed_is_kept_and_each_fault_named(story: Story, at_desk: Desk) -> None:
    answer = at_desk(story.dispatcher).post(url(story, "declare_incident"), form(cause="", area_key="500106101"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "请说原因" in page and TITLE in page
    assert '<option value="500106101" selected>' in page and not Incident.objects.exists()


@pytest.mark.parametrize("value", ["明天", "2026-13-45T99:00", "x" * 50])
def test_a_moment_that_is_none_is_named(story: Story, at_desk: Desk, value: str) -> None:
    answer = at_desk(story.dispatcher).post(url(story, "declare_incident"), form(news_at=value))
    assert answer.status_code == 422 and "时间要写成" in answer.content.decode()


def test_one_that_nobody_called_about_is_opened_and_has_a_page_without_a_voice(story: Story, at_desk: Desk) -> None:
    head = at_desk(story.head)
    page = html(head, "/desk/incidents/new/")
    assert story.city.department(BUREAU).name in page and "全市" not in page
    key = page.split('name="key" value="')[1].split('"')[0]
    filled = form(key=key, bearer_id=str(story.city.department(BUREAU).pk))
    for _ in range(2):
        answer = head.post("/desk/incidents/new/", filled, follow=True)
    assert answer.status_code == 200 and "已公布" in answer.content.decode() and Incident.objects.count() == 1
    assert TITLE in html(head, "/desk/incidents/")


def test_an_area_that_is_not_his_is_refused_by_name(story: Story, at_desk: Desk) -> None:
    bureau = str(story.city.department(BUREAU).pk)
    answer = at_desk(story.head).post("/desk/incidents/new/", form(key="k", bearer_id=bureau, area_key="500103"))
    assert answer.status_code == 422 and "管不到这个范围" in answer.content.decode()


def test_a_handler_opens_none(story: Story, at_desk: Desk) -> None:
    assert at_desk(story.handler).get("/desk/incidents/new/").status_code == 404
    assert "公布一件" not in html(at_desk(story.handler), "/desk/incidents/")


def test_whose_news_are_late_stands_first_and_says_so(story: Story, at_desk: Desk) -> None:
    declared(story, title="已经过了时间的那件")
    opened(story, title="还有时间的那件事", news_at=clock.now() + timedelta(hours=9))
    with clock.showing(clock.now() + timedelta(hours=3)):
        timers.sweep_dry()
        page = html(at_desk(story.dispatcher), "/desk/incidents/")
    assert page.index("已经过了时间的那件") < page.index("还有时间的那件事") and "消息超 1 小时" in page


def test_a_call_is_merged_into_the_incident_of_its_area(story: Story, at_desk: Desk, caller: MakeCaller) -> None:
    row, second = opened(story), another(caller)
    desk = at_desk(story.dispatcher)
    assert "这一带的已知事件" in html(desk, f"/desk/m/{second.matter_id}/")
    assert desk.post(f"/desk/m/{second.matter_id}/merge/", {"known": str(row.pk)}).status_code == 302
    assert call_of(second).matter_id == row.pk


def test_a_report_is_not_offered_to_be_made_known(story: Story, at_desk: Desk, caller: MakeCaller) -> None:
    secret = another(caller, sort="report")
    assert "公布为已知事件" not in html(at_desk(story.dispatcher), f"/desk/m/{secret.matter_id}/")


def test_every_page_of_a_voiceless_incident_that_ended_still_opens(story: Story, at_desk: Desk) -> None:
    row = opened(story)
    desk = at_desk(story.dispatcher)
    desk.post(f"/desk/m/{row.pk}/end_incident/", {"done": DONE})
    assert DONE in html(desk, f"/desk/m/{row.pk}/") and not Call.objects.filter(matter=row.pk).exists()
    assert desk.get("/desk/?box=answered").status_code == at_desk(story.callback).get("/desk/").status_code == 200
    assert desk.get(f"/desk/dispatch/{row.pk}/").status_code == 200
    assert desk.post(f"/desk/m/{row.pk}/close/", {}).status_code in (409, 422)
