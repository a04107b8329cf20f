"""The pages around the inbox: leave, roster, templates, many at once, history, and a head's first page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk, url
from huying.city import queries as city
from huying.city.models import Setting
from huying.events.sequence import Sequencer
from huying.hub import reader
from huying.kernel import actions, templates, timers
from huying.kernel.models import Task, Template
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call
from huying.people.actors import Actor
from huying.people.models import Leave, Post, Shift
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def pk(actor: Actor) -> int:
    assert actor.officer
    return actor.officer.pk


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Leave --------------------------------------------------------------------------------------------------------------


def test_leave_is_entered_with_who_stands_in_and_shown_to_both(story: Story, at_desk: Desk) -> None:
    mine, today = at_desk(story.handler), clock.today()
    post = Post.objects.get(officer=story.handler.officer)
    data = {"first": str(today), "last": str(today + timedelta(days=1)), f"post-{post.pk}": str(pk(story.head))}
    assert mine.post("/desk/leave/", data).status_code == 302
    assert "代</span>" in text(mine, "/desk/leave/")
    theirs = at_desk(story.head)
    assert "我替谁代理" in text(theirs, "/desk/leave/") and "今天代理" in text(theirs, "/desk/me/")
    row = Leave.objects.get()
    assert theirs.post(f"/desk/leave/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.cancelled


def test_a_post_left_alone_names_its_field_and_keeps_the_days(story: Story, at_desk: Desk) -> None:
    day = str(clock.today() + timedelta(days=3))
    answer = at_desk(story.handler).post("/desk/leave/", {"first": day, "last": day})
    page = answer.content.decode()
    post = Post.objects.get(officer=story.handler.officer)
    assert answer.status_code == 422 and f'value="{day}"' in page
    assert f'aria-describedby="post-{post.pk}-fault"' in page and not Leave.objects.exists()


@pytest.mark.parametrize(("first", "last"), [("", ""), ("2026-02-31", "2026-03-01"), ("x", "y")])
def test_days_that_are_none_are_asked_for(story: Story, at_desk: Desk, first: str, last: str) -> None:
    answer = at_desk(story.handler).post("/desk/leave/", {"first": first, "last": last})
    assert answer.status_code == 422 and "first-fault" in answer.content.decode()


def test_nobody_enters_leave_for_a_stranger(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    stranger = actor("head", story.city.department("500106.housing"))
    client = at_desk(stranger)
    assert client.get(f"/desk/leave/?officer={pk(story.handler)}").status_code == 404
    assert client.post("/desk/leave/", {"officer": pk(story.handler), "first": "", "last": ""}).status_code == 404


def test_a_head_calls_in_somebody_of_another_unit_by_user_name(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    outside = actor("handler", story.city.department("500106.housing"))
    post, today = Post.objects.get(officer=story.handler.officer), str(clock.today())
    data = {"officer": str(pk(story.handler)), "first": today, "last": today, f"outside-{post.pk}": "nobody"}
    client = at_desk(story.head)
    assert "没有这个用户名" in client.post("/desk/leave/", data).content.decode()
    assert outside.officer
    data[f"outside-{post.pk}"] = str(outside.officer.account.username)
    assert client.post("/desk/leave/", data).status_code == 302
    assert Leave.objects.get().stand_ins.get().officer == outside.officer


# --- Roster -------------------------------------------------------------------------------------------------------------


def test_a_head_sees_the_gaps_and_fills_one_with_one_press(story: Story, at_desk: Desk) -> None:
    client, unit = at_desk(story.centre_head), story.city.department(CENTRE).pk
    page = client.get("/desk/duty/")
    assert "现在没有人值班" in page.content.decode()
    (line,) = page.context["gaps"]
    data = {"start": line.start, "end": line.end, "officer": str(line.best.pk)}
    assert client.post(f"/desk/duty/{unit}/fill/", data).status_code == 302
    after = text(client, "/desk/duty/")
    assert "十四天里每个钟头都有人" in after and "值班 " in after and "现在没有人值班" not in after


def test_the_bar_says_who_is_on_duty_now(story: Story, at_desk: Desk) -> None:
    unit = story.city.department(CENTRE).pk
    client = at_desk(story.centre_head)
    for weekday in range(7):
        data = {"weekday": str(weekday), "begins": "00:00", "ends": "24:00", "officer": str(pk(story.centre))}
        assert client.post(f"/desk/duty/{unit}/add/", data).status_code == 302
    assert story.centre.officer
    assert f'on-duty">值班 {story.centre.officer.name}' in text(at_desk(story.handler), "/desk/")


def test_a_shift_at_fault_names_its_field(story: Story, at_desk: Desk) -> None:
    unit = story.city.department(CENTRE).pk
    answer = at_desk(story.centre_head).post(f"/desk/duty/{unit}/add/", {"weekday": "1", "begins": "9", "ends": "18:00"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'aria-describedby="begins-fault"' in page and 'value="18:00"' in page


def test_a_file_with_a_fault_tells_its_place_and_changes_nothing(story: Story, at_desk: Desk) -> None:
    unit, client = story.city.department(CENTRE).pk, at_desk(story.centre_head)
    assert story.centre.officer
    head, name = "department,weekday,day,from,to,username\n", story.centre.officer.account.username
    bad = SimpleUploadedFile("week.csv", f"{head}{CENTRE},mon,,8,20:00,{name}\n".encode())
    answer = client.post(f"/desk/duty/{unit}/import/", {"file": bad})
    assert answer.status_code == 422 and "week.csv:2:" in answer.content.decode() and not Shift.objects.exists()
    good = SimpleUploadedFile("week.csv", f"{head}{CENTRE},*,,08:00,20:00,{name}\n".encode())
    assert client.post(f"/desk/duty/{unit}/import/", {"file": good}).status_code == 302
    assert Shift.objects.count() == 7
    shift = Shift.objects.order_by("pk").first()
    assert shift and client.post(f"/desk/duty/{unit}/remove/", {"shift": shift.pk}).status_code == 302


@pytest.mark.parametrize("what", ["add", "fill", "remove", "import", "nothing"])
def test_nobody_else_changes_it(story: Story, at_desk: Desk, what: str) -> None:
    now = clock.now()
    data = {"start": now.isoformat(), "end": (now + timedelta(hours=1)).isoformat(), "officer": "1", "shift": "1"}
    data |= {"weekday": "1", "begins": "08:00", "ends": "09:00"}
    file = SimpleUploadedFile("a.csv", b"department,weekday,day,from,to,username\n")
    answer = at_desk(story.handler).post(f"/desk/duty/{story.city.department(CENTRE).pk}/{what}/", {**data, "file": file})
    assert answer.status_code == 404 and not Shift.objects.exists()


# --- Templates ----------------------------------------------------------------------------------------------------------


def test_a_template_fills_its_box_without_script(story: Story, at_desk: Desk) -> None:
    Setting.objects.create(
        key="replies", value=[{"key": "k", "title": "约好", "step": "contact", "duty": "", "text": "约好〔几点〕来"}]
    )
    city.reset()
    story.until("signed")
    row = templates.keep(story.handler, "灯亮了", "answer", "〔日期〕换好了。")
    client = at_desk(story.handler)
    page = text(client, url(story))
    assert f"template={row.pk}" in page and "template=pack.k" in page
    assert "〔日期〕换好了。</textarea>" in text(client, f"{url(story)}?template={row.pk}")
    opened = text(client, f"{url(story)}?template=pack.k")
    assert "约好〔几点〕来</textarea>" in opened and '<details class="verb" id="v-contact" data-key="c" open>' in opened


def test_a_draft_is_kept_before_the_template(story: Story, at_desk: Desk) -> None:
    story.until("written")
    row = templates.keep(story.handler, "灯亮了", "answer", "〔日期〕换好了。")
    page = text(at_desk(story.handler), f"{url(story)}?template={row.pk}")
    assert f"{story.response().text}\n〔日期〕换好了。</textarea>" in page


def test_a_gap_left_names_the_field_and_keeps_the_words(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    answer = at_desk(story.handler).post(url(story, "answer"), {"text": "〔日期〕换好了两盏灯，已经亮了。", "send": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "还有没填的：〔日期〕" in page and 'aria-describedby="answer-fault"' in page
    answer = at_desk(story.handler).post(url(story, "contact"), {"how": "phone", "note": "约好〔几点〕"})
    page = answer.content.decode()
    assert answer.status_code == 422 and 'aria-describedby="n-contact-fault"' in page and "约好〔几点〕</textarea>" in page


def test_what_was_typed_in_one_form_stands_in_no_other(story: Story, at_desk: Desk) -> None:
    story.until("submitted")
    page = at_desk(story.centre).post(url(story, "return"), {"note": " "}).content.decode()
    assert page.count('aria-invalid="true"') == 1


def test_one_s_own_good_answer_is_kept_with_one_press(story: Story, at_desk: Desk) -> None:
    story.until("answered")
    client = at_desk(story.handler)
    assert "存成我的模板" in text(client, url(story)) and "存成我的模板" not in text(at_desk(story.head), url(story))
    answer = client.post(f"/desk/templates/from/{story.response().pk}/", follow=True)
    assert "姓名、电话和日期换成了空" in answer.content.decode() and Template.objects.count() == 1
    assert at_desk(story.head).post(f"/desk/templates/from/{story.response().pk}/").status_code == 404


def test_templates_are_kept_changed_and_deleted_on_their_page(story: Story, at_desk: Desk) -> None:
    client, unit = at_desk(story.head), story.city.department(BUREAU).pk
    client.post("/desk/templates/", {"title": "局里的", "step": "answer", "text": "〔日期〕。", "unit": str(unit)})
    row = Template.objects.get()
    assert row.department_id == unit
    assert "局里的" in text(at_desk(story.handler), "/desk/templates/")
    assert at_desk(story.handler).post("/desk/templates/", {"key": row.pk, "do": "remove"}).status_code == 404
    assert 'value="局里的"' in text(client, f"/desk/templates/?edit={row.pk}")
    answer = client.post("/desk/templates/", {"key": row.pk, "title": "", "step": "answer", "text": "〔日期〕。"})
    assert answer.status_code == 422 and "title-fault" in answer.content.decode()
    client.post("/desk/templates/", {"key": row.pk, "do": "remove"})
    assert not Template.objects.exists()


# --- Many at once -------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(story: Story) -> list[int]:
    """Three tasks at the bureau, signed."""
    found = []
    for _ in range(3):
        opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
        top = actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(CENTRE).pk)
        child = actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk)
        actions.sign(story.handler, [child.pk])
        found.append(child.pk)
    return found


def test_first_it_shows_what_was_ticked_then_it_does_each_by_itself(story: Story, at_desk: Desk, three: list[int]) -> None:
    actions.answer(story.handler, three[2], "换了两盏灯，已经亮了，周科长。")
    actions.submit(story.handler, three[2])
    client, to = at_desk(story.centre), story.city.department("500106.housing").pk
    first = client.post("/desk/batch/", {"verb": "transfer", "task": three})
    assert first.status_code == 200 and "其中 2 件现在能这样办" in first.content.decode()
    data = {"verb": "transfer", "task": three, "sure": "1", "bearer_id": to, "note": "由住建管"}
    told = client.post("/desk/batch/", data, follow=True).content.decode()
    assert "办好了 2 件" in told and "没办成 1 件" in told and "待审核" in told
    assert Task.objects.filter(bearer=to, is_open=True).count() == 2


def test_a_reason_that_is_missing_does_nothing_and_is_named(story: Story, at_desk: Desk, three: list[int]) -> None:
    to = story.city.department("500106.housing").pk
    data = {"verb": "transfer", "task": three, "sure": "1", "bearer_id": to, "note": ""}
    answer = at_desk(story.centre).post("/desk/batch/", data)
    assert answer.status_code == 422 and "n-transfer-fault" in answer.content.decode()
    assert not Task.objects.filter(bearer=to).exists()


def test_approving_many_shows_each_answer_first(story: Story, at_desk: Desk, three: list[int]) -> None:
    for task in three:
        actions.answer(story.handler, task, f"第 {task} 处换了灯，已经亮了，周科长。")
        actions.submit(story.handler, task)
    client = at_desk(story.centre)
    page = client.post("/desk/batch/", {"verb": "approve", "task": three}).content.decode()
    assert all(f"第 {task} 处换了灯" in page for task in three)
    told = client.post("/desk/batch/", {"verb": "approve", "task": three, "sure": "1"}, follow=True).content.decode()
    assert "办好了 3 件" in told


def test_a_task_of_a_stranger_is_told_as_not_there(story: Story, at_desk: Desk, three: list[int], actor: MakeActor) -> None:
    stranger = at_desk(actor("head", story.city.department("500103.water")))
    page = stranger.post("/desk/batch/", {"verb": "resume", "task": three}).content.decode()
    assert "路灯" not in page
    told = stranger.post("/desk/batch/", {"verb": "resume", "task": three, "sure": "1"}, follow=True).content.decode()
    assert "没办成 3 件" in told and "路灯" not in told


@pytest.mark.parametrize(("count", "said"), [(0, "先勾选"), (101, "一次最多 100 件")])
def test_none_or_too_many_is_said(story: Story, at_desk: Desk, count: int, said: str) -> None:
    answer = at_desk(story.handler).post("/desk/batch/", {"verb": "sign", "task": list(range(1, count + 1))})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_a_verb_that_is_not_for_many_is_not_there(story: Story, at_desk: Desk) -> None:
    assert at_desk(story.handler).post("/desk/batch/", {"verb": "answer", "task": [1]}).status_code == 404
    assert at_desk(story.handler).get("/desk/batch/done/").status_code == 302


# --- A head's first page ------------------------------------------------------------------------------------------------


def test_a_head_begins_with_his_unit_and_a_handler_with_his_turn(story: Story, at_desk: Desk) -> None:
    assert at_desk(story.head).get("/desk/start/").headers["Location"] == "/desk/late/"
    assert at_desk(story.handler).get("/desk/start/").headers["Location"] == "/desk/"


def test_a_head_sees_who_holds_how_much_and_gives_it_to_another(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    story.until("signed")
    other = actor("handler", story.city.department(BUREAU))
    clock.set_offset(timedelta(days=30))
    timers.sweep_dry()
    Sequencer().run_dry()
    reader.run()
    client = at_desk(story.head)
    page = client.get("/desk/late/")
    (load,) = page.context["load"]
    assert (load.officer_id, load.open, load.late) == (pk(story.handler), 1, 1)
    assert "在办" in page.content.decode() and "办理" in page.content.decode()
    data = {"from": "late", "task": story.task().pk, "officer_id": pk(other)}
    answer = client.post(url(story, "assign"), data)
    assert answer.headers["Location"] == "/desk/late/" and story.task().handler == other.officer


def test_why_a_clock_stands_still_is_said(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    actions.supplement(story.handler, story.task().pk, "请补充灯杆编号")
    assert "等来电人补充" in text(at_desk(story.head), "/desk/late/")


def test_history_pages_open_for_everybody_in_their_reach(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    story.until("submitted")
    Sequencer().run_dry()
    auditor = actor("auditor", story.city.department(DESK))
    for who, query, seen in (
        (story.handler, "", True),
        (story.head, "?officer=all", True),
        (auditor, "?officer=all", True),
        (story.handler, "?officer=all", True),
        (actor("head", story.city.department("500103.water")), "?officer=all", False),
    ):
        page = text(at_desk(who), f"/desk/history/{query}")
        assert (story.call.number[:4] in page) is seen and story.matter.title not in page
    for bad in ("?day=2026-13-45", "?officer=99999999999", "?called=x&after=zz"):
        text(at_desk(story.head), f"/desk/history/{bad}")
