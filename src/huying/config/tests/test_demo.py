"""The demo's week was really played, through verbs; it is made once and kept, and its clock alone may be moved."""

import re
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, Min
from django.test import TestCase
from django.urls import reverse

from huying.base import clock
from huying.city import calendar, loaded, pack
from huying.config.demo import make, officers, story
from huying.config.demo.week import Week
from huying.config.environment import BadSetting
from huying.events import log
from huying.features.appeals.models import Appeal
from huying.features.appeals.queries import board
from huying.features.services.models import Branch, Case, Rating, Visit
from huying.kernel import rebuild
from huying.kernel.models import Ask, Call, Conclusion, Matter, Photo, Promise, Response, Task
from huying.kernel.queries import dispatch_queue
from huying.people.officers import as_officer, sign_in
from tests.people import signed_in

PACK = settings.ROOT / "packs" / "chongqing"
DATE = re.compile(r"(\d+) 月 (\d+) 日")


class PackCase(TestCase):
    """Rows are made once for all tests of a class and taken back afterwards; what is held in memory of them goes too."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.addClassCleanup(calendar.forget)
        cls.addClassCleanup(loaded.forget)
        super().setUpClass()


class TestTheWeek(PackCase):
    week: Week

    @classmethod
    def setUpTestData(cls) -> None:
        played = make.make(PACK)
        assert played is not None
        cls.week = played

    def test_every_story_goes_as_written(self) -> None:
        assert self.week.astray == []
        assert self.week.calls == len(story.stories(PACK / "demo")) >= 80

    def test_every_state_of_the_first_path_is_there(self) -> None:
        assert _values(Matter, "state") == {"received", "accepted", "working", "answered", "closed", "concluded"}
        assert _values(Task, "state") >= {"given", "signed", "passed", "submitted", "returned", "done"}
        assert _values(Response, "state") >= {"draft", "submitted", "approved"}

    def test_applications_stand_where_they_may_stand(self) -> None:
        assert set(Branch.objects.values_list("outcome", flat=True)) == {"", "granted", "refused"}
        assert Case.objects.filter(call__state="open").count() >= 3 and Rating.objects.filter(grade__lt=3).exists()
        assert (
            Visit.objects.filter(state="booked").exists() and Ask.objects.filter(replied_at=None, task__isnull=False).exists()
        )
        assert not list(rebuild.differences())

    def test_one_lead_waits_for_one_of_the_two_units_it_asked(self) -> None:
        came, waits = Task.objects.filter(role="assist", parent=None).order_by("state").values_list("state", "matter")
        assert came[1] == waits[1] and {came[0], waits[0]} == {"submitted", "signed"}

    def test_every_sort_and_every_openness_is_there(self) -> None:
        sorts = {"inquiry", "help", "complaint", "report", "suggestion", "praise"}
        assert _values(Call, "sort") == sorts | {"thing"}
        assert _values(Call, "openness") == {"named", "confidential", "anonymous"}
        assert _values(Call, "channel") == {"web", "hotline"}
        assert _values(Matter, "urgency") == {"ordinary", "utility", "life"}

    def test_the_dispatcher_and_the_centres_have_work(self) -> None:
        assert len(dispatch_queue(as_officer("chen.dispatcher"))) >= 12
        assert Task.objects.filter(is_open=True, state="given", bearer__type="governance-centre").count() >= 6
        assert Task.objects.filter(state="submitted").count() >= 4

    def test_some_tasks_are_due_within_a_day_and_some_are_overdue(self) -> None:
        turns = Task.objects.filter(is_open=True).exclude(turn=None)
        now = clock.now()
        assert turns.filter(due_at__lt=now).count() >= 3
        assert turns.filter(due_at__gte=now, due_at__lt=now + timedelta(days=1)).exists()

    def test_every_grade_was_given_and_some_calls_were_reopened(self) -> None:
        assert _values(Call, "grade") == {None, 1, 2, 3, 4, 5}
        assert Matter.objects.filter(reopened__gt=0).count() >= 3
        assert Call.objects.filter(state="closed", rated_at=None, ended_how="silent").exists()

    def test_one_of_each_way_of_the_callers_word_is_there(self) -> None:
        assert Call.objects.filter(told_to_desk=True, solved=True).count() >= 2
        assert Promise.objects.filter(what="check", met_at__isnull=False).exists()
        assert Promise.objects.filter(what="check", ended_at=None).exists()
        assert Task.objects.filter(for_head=True, state="given").count() >= 3
        assert Conclusion.objects.get().outcome == "agreed"
        assert Task.objects.filter(bearer__key="city.hotline", state="done").count() == 1

    def test_the_board_shows_answers_with_consent(self) -> None:
        assert len(board(limit=50)) >= 12
        assert not Appeal.objects.filter(published_at__isnull=False, may_publish=False).exists()

    def test_calls_and_answers_have_photos(self) -> None:
        assert Photo.objects.exclude(call=None).count() >= 5
        assert Photo.objects.exclude(response=None).count() >= 5

    def test_the_versions_of_all_facts_agree(self) -> None:
        for name, model in (("matter", Matter), ("call", Call)):
            for pk, version in model.objects.values_list("pk", "version"):
                told = [fact.version for fact in log.history([f"{name}:{pk}"])]
                assert told == list(range(1, version + 1)), f"{name}:{pk}"

    def test_everything_happened_after_it_was_said_and_before_now(self) -> None:
        now = clock.now()
        for task in Task.objects.select_related("matter"):
            done = [at for at in (task.given_at, task.signed_at, task.contacted_at, task.submitted_at, task.ended_at) if at]
            assert task.matter.opened_at <= min(done) <= max(done) <= now
        span = Call.objects.exclude(key__startswith="demo-before-").aggregate(first=Min("opened_at"), last=Max("opened_at"))
        assert now - timedelta(days=16) < span["first"] < now - timedelta(days=6)
        assert span["last"] > now - timedelta(hours=1)

    def test_answers_name_no_day_before_the_call(self) -> None:
        for one in Response.objects.select_related("matter"):
            opened, written = (at.astimezone(clock.CITY_TIME).date() for at in (one.matter.opened_at, one.written_at))
            near = {(d.month, d.day): d for d in (written + timedelta(days=n) for n in range(-60, 61))}
            for month, day in DATE.findall(one.text):
                assert near[int(month), int(day)] >= opened, one.text

    def test_no_placeholder_is_left_in_what_people_read(self) -> None:
        assert not Call.objects.filter(text__contains="{").exists()
        assert not Response.objects.filter(text__contains="{").exists()
        assert not Appeal.objects.filter(public_answer__contains="{").exists()

    def test_most_promises_to_answer_were_kept_and_one_was_not(self) -> None:
        met = Promise.objects.filter(what="answer", met_at__isnull=False)
        assert 1 <= met.filter(met_at__gt=F("due_at")).count() <= met.count() // 4

    def test_what_was_open_when_districts_changed_was_finished_by_who_took_over(self) -> None:
        told = {call.key.removeprefix("demo-before-"): call for call in Call.objects.filter(key__startswith="demo-before-")}
        assert {key: call.area.key for key, call in told.items() if call.area} == {
            "lamp": "500105006",
            "manhole": "500105006",
            "tree": "500112013",
        }
        assert {call.state for call in told.values()} == {"closed"}
        bearers = {key: call.response.task.bearer.key for key, call in told.items() if call.response}
        assert bearers == {"lamp": "500105.urban-management"} | dict.fromkeys(
            ("manhole", "tree"), "liangjiang.urban-management"
        )

    def test_officers_sign_in_with_the_password_that_is_printed(self) -> None:
        assert sign_in("zhou.handler", officers.PASSWORD, "127.0.0.1").officer.name == "周科长"

    def test_a_second_start_keeps_everything(self) -> None:
        before = Call.objects.aggregate(n=Count("pk"), last=Max("pk"))
        assert make.make(PACK) is None
        assert Call.objects.aggregate(n=Count("pk"), last=Max("pk")) == before

    def test_the_database_of_a_real_city_is_refused(self) -> None:
        Call.objects.update(key=None)
        with transaction.atomic(), pytest.raises(BadSetting, match="not the demo's"):
            make.make(PACK)


class TestTheClock(PackCase):
    @classmethod
    def setUpTestData(cls) -> None:
        pack.load(PACK)
        officers.appoint(story.people(PACK / "demo").officers)

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(clock.forget)
        self.file = Path(folder.name) / "clock"
        self.url = reverse("parts:next-day")

    def _in_demo(self) -> None:
        self.enterContext(self.settings(DEMO=True))
        clock.configure(self.file)

    def test_it_moves_to_half_past_eight_of_the_next_working_day(self) -> None:
        self._in_demo()
        before = clock.today()
        answer = self.client.post(self.url, {"next": "/board/"})
        assert (answer.status_code, answer["Location"]) == (302, "/board/")
        assert clock.today() == calendar.current().nth_after(before, 1)
        assert f"{clock.local_now():%H:%M}" == "08:30"

    def test_a_restart_keeps_the_moved_day(self) -> None:
        self._in_demo()
        self.client.post(self.url)
        moved = clock.today()
        clock.forget()
        clock.configure(self.file)
        assert clock.today() == moved

    def test_the_button_leads_to_no_other_site_and_needs_a_post(self) -> None:
        self._in_demo()
        assert self.client.post(self.url, {"next": "https://example.org/"})["Location"] == "/"
        assert self.client.get(self.url).status_code == 405

    def test_a_real_city_has_neither_button_nor_page(self) -> None:
        assert not settings.DEMO
        before = clock.now()
        assert self.client.post(self.url).status_code == 404
        assert clock.now() - before < timedelta(minutes=1)
        assert self.url not in self.client.get("/").content.decode()

    def test_the_flag_alone_moves_nothing(self) -> None:
        with self.settings(DEMO=True):
            assert self.client.post(self.url).status_code == 404

    def test_the_portal_and_the_desk_offer_it_in_the_demo(self) -> None:
        self._in_demo()
        assert self.url in self.client.get("/").content.decode()
        signed_in(sign_in("zhou.handler", officers.PASSWORD, "127.0.0.1"), self.client)
        assert self.url in self.client.get(reverse("desk:inbox")).content.decode()


def _values(model: type[Matter | Task | Call | Response], field: str) -> set[object]:
    return set(model._default_manager.values_list(field, flat=True))
