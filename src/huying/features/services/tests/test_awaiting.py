"""Items that want her at a counter stand until she was there: nobody is late meanwhile, and her day is the first of all."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import awaiting, crowds, planning, queries, visiting
from huying.features.services.deciding import Decision
from huying.features.services.models import Branch, Visit
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, rebuild, standing, timers
from huying.kernel.errors import Refused
from huying.kernel.models import Ask, Pause, Promise, Task
from huying.kernel.queries import receipt
from tests.changed_city import NEW, change_areas
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, ITEMS, REGISTRATION, both, load

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)
SOON = timedelta(minutes=7)
HOUSING = {"key": "housing", "name": both("housing部门")}


def coming(case: Birth, *codes: str, **changes: Any) -> Birth:
    """The birth of which these items want her at a counter."""
    items = tuple({**one, "visits_here": 1, **changes} if one["code"] in codes else one for one in ITEMS)
    case.thing = load(BIRTH, items)
    return case


def day(moment: datetime | None) -> str:
    """The day that a due moment ends."""
    assert moment
    return f"{(moment - timedelta(seconds=1)).astimezone(clock.CITY_TIME):%m-%d}"


def due(case: Birth, item: str) -> str:
    return day(Promise.objects.get(task=case.task(item), what="decide").due_at)


def why(case: Birth, item: str) -> str:
    """For what the item stands; '' where it runs."""
    found = Pause.objects.filter(promise__task=case.task(item), to_at=None)
    return found.get().reason if found else ""


def booked(case: Birth, item: str, days: int) -> Visit:
    """She books the first time of a day so many days ahead, or after."""
    wanted = clock.today() + timedelta(days=days)
    slots = visiting.free(case.branch(item).bearer)
    at = next(one.starts_at for one in slots if one.starts_at.astimezone(clock.CITY_TIME).date() >= wanted)
    return visiting.book(case.she, case.the.call_id, item, at)


def came(case: Birth, row: Visit, came: bool = True, after: timedelta = timedelta(minutes=10)) -> None:
    """So long after the booked time the officer writes down whether she came."""
    with clock.showing(row.starts_at + after):
        visiting.ended(case.officer(row.branch.item), row.pk, came)


def stage(case: Birth, item: str) -> str:
    return next(one.stage for one in queries.case_page(case.she, case.the.call_id).branches if one.item.code == item)


def agrees() -> None:
    assert not list(rebuild.differences())


@pytest.fixture
def one(case: Birth) -> Birth:
    """The certificate is granted on Thursday; the registration (2 days) opens and waits for her."""
    with clock.showing(THURSDAY):
        coming(case, REGISTRATION).open({"insured": "no", "where": "here"}).granted(CERTIFICATE).signed(REGISTRATION)
    return case


@pytest.fixture
def two(case: Birth) -> Birth:
    """Registration (2 days) and allowance (4 days) wait for her at one counter."""
    items = tuple(
        {**one, "visits_here": 1, "body": HOUSING} if one["code"] in (REGISTRATION, ALLOWANCE) else one for one in ITEMS
    )
    case.thing = load(BIRTH, items)
    with clock.showing(THURSDAY):
        case.open().granted(CERTIFICATE)
    return case


# --- It stands --------------------------------------------------------------------------------------------------------


def test_the_first_item_stands_from_the_opening_and_the_whole_with_it(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, CERTIFICATE).open()
    assert why(case, CERTIFICATE) == standing.VISIT
    rows = Pause.objects.filter(to_at=None, from_at=F("promise__started_at"), reason=standing.VISIT)
    assert set(rows.values_list("promise__what", flat=True)) == {"decide", "answer"}
    assert case.branch(CERTIFICATE).task.due_at == standing.NO_DAY  # type: ignore[union-attr]
    names = list(Fact.objects.filter(name__startswith="promise.").order_by("pk").values_list("name", flat=True))
    assert names.count("promise.paused") == 2
    agrees()


def test_the_receipt_promises_no_day_that_hangs_on_her(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, CERTIFICATE).open()
    assert receipt(case.she, case.the.call_id).answer_by is None
    with clock.showing(THURSDAY + SOON):
        coming(case, REGISTRATION).open()
    assert receipt(case.she, case.the.call_id).answer_by is not None


def test_an_item_whose_turn_comes_later_stands_from_then(one: Birth) -> None:
    assert (why(one, REGISTRATION), stage(one, REGISTRATION)) == (standing.VISIT, "visiting")
    agrees()


def test_nobody_is_late_however_long_she_takes(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(days=60)):
        timers.sweep_dry()
        view = queries.case_page(one.she, one.the.call_id)
        assert not any(row.late for row in view.branches)
    assert not Fact.objects.filter(name__in=["promise.broken", "promise.reminded", "promise.supervised"]).exists()
    agrees()


def test_an_item_of_a_body_without_a_counter_runs_at_once(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, "neighbour-record").open({"insured": "no", "where": "next"})
    assert why(case, "neighbour-record") == ""


def test_a_case_that_was_running_keeps_its_clock(one: Birth) -> None:
    with clock.showing(THURSDAY + SOON):
        with actions_work(one) as (work, task):
            standing.run_on(work, [*Promise.objects.filter(task=task, what="decide"), *standing.answers(work)])
        before = due(one, REGISTRATION)
        row = booked(one, REGISTRATION, 5)
    came(one, row)
    assert due(one, REGISTRATION) == before


def actions_work(case: Birth) -> Any:
    from huying.kernel.work import on_task  # here, for this one test writes what no verb does

    return on_task(case.officer(REGISTRATION), "answer", case.task(REGISTRATION))


# --- She comes --------------------------------------------------------------------------------------------------------


def test_the_full_promise_counts_from_the_day_of_her_visit(one: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(one, REGISTRATION, 7)  # the Thursday after
    came(one, row)
    assert (why(one, REGISTRATION), due(one, REGISTRATION)) == ("", "12-07")
    assert not Pause.objects.filter(to_at=None).exists()
    assert day(one.matter.due_at) == "12-10", "the card's three days follow"
    agrees()


@pytest.mark.parametrize("opened", ["2026-11-26 10:00", "2026-11-26 19:00", "2026-11-28 10:00"])
def test_on_the_spot_is_by_the_end_of_that_day(case: Birth, opened: str) -> None:
    at = datetime.strptime(opened, "%Y-%m-%d %H:%M").replace(tzinfo=clock.CITY_TIME)
    with clock.showing(at):
        coming(case, CERTIFICATE, promised=0).open()
        row = booked(case, CERTIFICATE, 7)
    came(case, row)
    assert due(case, CERTIFICATE) == f"{row.starts_at.astimezone(clock.CITY_TIME):%m-%d}"
    agrees()


def test_she_came_on_the_day_of_the_application(one: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(one, REGISTRATION, 0)
    came(one, row)
    assert due(one, REGISTRATION) == "11-30"
    agrees()


def test_missed_or_cancelled_it_stands_on_and_she_books_again(one: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(one, REGISTRATION, 4)
    came(one, row, False)
    assert why(one, REGISTRATION) == standing.VISIT
    with clock.showing(row.starts_at + timedelta(hours=2)):
        booked(one, REGISTRATION, 2)
        visiting.cancel(one.she, one.the.call_id, REGISTRATION)
        assert why(one, REGISTRATION) == standing.VISIT
        again = booked(one, REGISTRATION, 3)
    came(one, again)
    assert why(one, REGISTRATION) == ""
    agrees()


def test_written_down_late_it_counts_from_her_day_all_the_same(one: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(one, REGISTRATION, 4)  # Monday
    came(one, row, after=timedelta(days=1))
    assert due(one, REGISTRATION) == "12-02"
    agrees()


def test_written_down_late_what_is_done_on_the_spot_is_due_that_day(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, CERTIFICATE, promised=0).open()
        row = booked(case, CERTIFICATE, 4)
    came(case, row, after=timedelta(days=1))
    assert due(case, CERTIFICATE) == "12-01"
    agrees()


def test_one_visit_serves_all_items_of_one_counter(two: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(two, REGISTRATION, 4)
    came(two, row)
    assert (due(two, REGISTRATION), due(two, ALLOWANCE)) == ("12-02", "12-04")
    assert not Pause.objects.filter(to_at=None).exists()
    agrees()


def test_items_of_two_counters_wait_for_two_visits_and_the_whole_for_the_last(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, REGISTRATION, ALLOWANCE).open().granted(CERTIFICATE)
        row, other = booked(case, REGISTRATION, 4), booked(case, ALLOWANCE, 6)
    came(case, row)
    assert (why(case, REGISTRATION), why(case, ALLOWANCE)) == ("", standing.VISIT)
    assert Pause.objects.filter(promise__what="answer", to_at=None).exists()
    came(case, other)
    assert not Pause.objects.filter(to_at=None).exists()
    agrees()


def first_of_two(case: Birth) -> Visit:
    """Registration and card are done at one counter, one after the other; her time for the first is booked."""
    same = {"visits_here": 1, "body": HOUSING, "level": "district"}
    case.thing = load(BIRTH, tuple({**one, **same} if one["code"] in (REGISTRATION, CARD) else one for one in ITEMS))
    with clock.showing(THURSDAY):
        case.open({"insured": "no", "where": "here"}).granted(CERTIFICATE)
        return booked(case, REGISTRATION, 4)


def test_what_opens_on_the_day_she_came_to_its_counter_need_not_stand(case: Birth) -> None:
    row = first_of_two(case)
    came(case, row)
    with clock.showing(row.starts_at + timedelta(hours=2)):
        case.granted(REGISTRATION)
    assert why(case, CARD) == ""
    agrees()


def test_what_opens_on_a_later_day_waits_for_another_visit(case: Birth) -> None:
    row = first_of_two(case)
    came(case, row)
    with clock.showing(row.starts_at + timedelta(days=1)):
        case.granted(REGISTRATION)
    assert why(case, CARD) == standing.VISIT
    agrees()


# --- The officer decides all the same ---------------------------------------------------------------------------------


def test_a_decision_ends_it_and_is_not_late(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(days=20)):
        one.granted(REGISTRATION)
    row = Promise.objects.get(task=one.branch(REGISTRATION).task, what="decide")
    assert row.met_at and row.met_at < row.due_at and row.broken_at is None
    assert not Pause.objects.filter(to_at=None).exists()
    agrees()


def test_a_refusal_ends_it_and_the_case(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(days=20)):
        one.refused(REGISTRATION)
    assert one.matter.state == "answered" and not Pause.objects.filter(to_at=None).exists()
    agrees()


def test_crowds_take_what_stands_for_a_visit_alone(two: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(days=20)):
        task = two.task(REGISTRATION)
        crowds.sign(two.officer(REGISTRATION), [task])
        crowds.decide(two.officer(REGISTRATION), {task: Decision("granted", "已登记")})
        crowds.approve(two.officer(REGISTRATION, "head"), [task])
        assert two.branch(REGISTRATION).outcome == "granted" and why(two, ALLOWANCE) == standing.VISIT
        assert Pause.objects.filter(promise__what="answer", to_at=None).exists()
        agrees()
        two.signed(ALLOWANCE)
        actions.supplement(two.officer(ALLOWANCE), two.task(ALLOWANCE), "请补一张清楚的照片")
        crowds.decide(two.officer(ALLOWANCE), {two.task(ALLOWANCE): Decision("granted", "已发")})
        crowds.approve(two.officer(ALLOWANCE, "head"), [two.task(ALLOWANCE)])
    assert two.branch(ALLOWANCE).outcome == "granted"
    agrees()


def test_taken_back_nothing_stands(one: Birth) -> None:
    with clock.showing(THURSDAY + SOON):
        booked(one, REGISTRATION, 4)
        actions.withdraw(one.she, one.the.call_id)
    assert not Pause.objects.filter(to_at=None).exists() and visiting.free_dropped() == 1
    agrees()


# --- Beside what else may befall it -----------------------------------------------------------------------------------


def test_a_supplement_given_without_a_visit_leaves_it_standing(one: Birth) -> None:
    with clock.showing(THURSDAY):
        actions.supplement(one.officer(REGISTRATION), one.task(REGISTRATION), "请补一张清楚的照片")
        assert why(one, REGISTRATION) == standing.VISIT and stage(one, REGISTRATION) == "asking"
        actions.reply(one.she, one.the.call_id, "补好了")
        assert why(one, REGISTRATION) == standing.VISIT and stage(one, REGISTRATION) == "visiting"
        assert Pause.objects.filter(promise__what="answer", to_at=None).exists()
        row = booked(one, REGISTRATION, 7)
    came(one, row)
    assert due(one, REGISTRATION) == "12-07"
    agrees()


def test_a_visit_without_the_supplement_leaves_it_standing_for_that(one: Birth) -> None:
    with clock.showing(THURSDAY):
        actions.supplement(one.officer(REGISTRATION), one.task(REGISTRATION), "请补一张清楚的照片")
        row = booked(one, REGISTRATION, 4)  # Monday
    came(one, row, after=timedelta(days=1))
    assert why(one, REGISTRATION) == standing.SUPPLEMENT
    with clock.showing(row.starts_at + timedelta(days=3)):  # Thursday
        actions.reply(one.she, one.the.call_id, "补好了", Ask.objects.get().pk)
    assert (why(one, REGISTRATION), due(one, REGISTRATION)) == ("", "12-07")
    assert not Pause.objects.filter(to_at=None).exists()
    agrees()


def test_what_stands_for_her_needs_no_pause_by_law_and_no_more_days(one: Birth) -> None:
    with clock.showing(THURSDAY):
        head, task = one.officer(REGISTRATION, "head"), one.task(REGISTRATION)
        with pytest.raises(Refused):
            actions.pause_branch(head, task, "review", "送专家评审，依据第四十五条。", clock.today() + timedelta(days=3))
        with pytest.raises(Refused, match="还没有开始计时"):
            actions.ask_branch_extension(one.officer(REGISTRATION), task, 3, "要到外地核实，依据第四十二条。")
        with pytest.raises(Refused):
            actions.resume_branch(head, task)
    assert why(one, REGISTRATION) == standing.VISIT


def test_after_her_visit_it_may_stand_by_law(one: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(one, REGISTRATION, 4)
    came(one, row)
    with clock.showing(row.starts_at + timedelta(hours=3)):
        head, task = one.officer(REGISTRATION, "head"), one.task(REGISTRATION)
        actions.pause_branch(head, task, "review", "送专家评审，依据第四十五条。", clock.today() + timedelta(days=3))
    with clock.showing(row.starts_at + timedelta(days=2)):
        actions.resume_branch(head, task)
    assert due(one, REGISTRATION) == "12-04", "Tuesday and Wednesday do not count"
    agrees()


def given_to(case: Birth, key: str) -> None:
    """The body says that it is not its own before it takes it up, and it is ruled that it is that one's."""
    actions.send_back_branch(case.officer(REGISTRATION), case.task(REGISTRATION), "按三定方案归别的部门管，请改由他们办。")
    judge = case.make("dispatcher", case.city.department("city.hotline"))
    actions.adjudicate_branch(judge, case.task(REGISTRATION), case.city.department(key).pk, "三定方案写明")


@pytest.fixture
def fresh(case: Birth) -> Birth:
    """As `one`, and nobody has taken the registration up yet."""
    with clock.showing(THURSDAY):
        coming(case, REGISTRATION).open({"insured": "no", "where": "here"}).granted(CERTIFICATE)
    return case


def test_sent_back_the_judge_has_his_own_day(fresh: Birth) -> None:
    with clock.showing(THURSDAY):
        actions.send_back_branch(
            fresh.officer(REGISTRATION), fresh.task(REGISTRATION), "按三定方案归别的部门管，请改由他们办。"
        )
        assert day(fresh.branch(REGISTRATION).task.due_at) == "11-27"  # type: ignore[union-attr]
        assert why(fresh, REGISTRATION) == standing.VISIT and stage(fresh, REGISTRATION) == "ruling"
    agrees()


def test_passed_on_it_waits_for_her_at_the_other_counter(fresh: Birth) -> None:
    with clock.showing(THURSDAY + SOON):
        booked(fresh, REGISTRATION, 4)
        given_to(fresh, "500103.market-regulation")
        assert why(fresh, REGISTRATION) == standing.VISIT and visiting.free_dropped() == 1
        row = booked(fresh, REGISTRATION, 5)
    assert row.department == fresh.city.department("500103.market-regulation")
    came(fresh, row)
    assert due(fresh, REGISTRATION) == "12-03"
    agrees()


def test_passed_on_after_her_visit_the_clock_goes_on(fresh: Birth) -> None:
    with clock.showing(THURSDAY):
        row = booked(fresh, REGISTRATION, 4)
    came(fresh, row)
    with clock.showing(row.starts_at + timedelta(hours=1)):
        given_to(fresh, "500103.market-regulation")
    assert (why(fresh, REGISTRATION), due(fresh, REGISTRATION)) == ("", "12-02")
    agrees()


def test_passed_to_a_body_without_a_counter_it_runs_from_then(fresh: Birth, monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.showing(THURSDAY + SOON):
        monkeypatch.setattr(awaiting, "COUNTERS", ())
        given_to(fresh, "500103.market-regulation")
    assert (why(fresh, REGISTRATION), due(fresh, REGISTRATION)) == ("", "11-30")
    assert not Pause.objects.filter(to_at=None).exists()
    agrees()


def test_where_its_body_was_closed_she_comes_to_who_took_over(fresh: Birth) -> None:
    with clock.showing(THURSDAY + SOON):
        booked(fresh, REGISTRATION, 4)
    with clock.showing(THURSDAY + timedelta(days=1)):
        change_areas(fresh.city, clock.today())
        assert timers.succeed_dry() == 1
        assert fresh.branch(REGISTRATION).bearer.key == f"{NEW}.housing" and visiting.free_dropped() == 1
        assert why(fresh, REGISTRATION) == standing.VISIT
        row = booked(fresh, REGISTRATION, 4)  # Tuesday
    came(fresh, row)
    assert (why(fresh, REGISTRATION), due(fresh, REGISTRATION)) == ("", "12-03")
    agrees()


# --- What is expected -------------------------------------------------------------------------------------------------


def test_the_plan_counts_on_the_day_she_booked(one: Birth) -> None:
    with clock.showing(THURSDAY + SOON):
        booked(one, REGISTRATION, 7)
        view = {row.item.code: row for row in queries.case_page(one.she, one.the.call_id).branches}
        assert view[REGISTRATION].by and view[CARD].by
        assert (day(view[REGISTRATION].by), day(view[CARD].by)) == ("12-07", "12-10")
        assert view[REGISTRATION].comes is not None


def test_the_plan_counts_on_today_where_she_booked_nothing(one: Birth) -> None:
    with clock.showing(THURSDAY + timedelta(days=7)):
        view = {row.item.code: row for row in queries.case_page(one.she, one.the.call_id).branches}
        assert view[REGISTRATION].by and day(view[REGISTRATION].by) == "12-07" and view[REGISTRATION].comes is None


def test_a_whole_that_is_late_already_stands_once_it_has_another_day(case: Birth) -> None:
    with clock.showing(THURSDAY):
        coming(case, REGISTRATION).open({"insured": "no", "where": "here"}, (CARD,))
    with clock.showing(THURSDAY + timedelta(days=14)):
        timers.sweep_dry()
        case.granted(CERTIFICATE)
        booked(case, REGISTRATION, 8)
        assert why(case, REGISTRATION) == standing.VISIT
    with clock.showing(THURSDAY + timedelta(days=60)):
        timers.sweep_dry()
    late = Promise.objects.filter(task=case.task(REGISTRATION), broken_at__isnull=False)
    assert not late.exists()
    agrees()


def test_the_inbox_has_it_last(one: Birth) -> None:
    assert Task.objects.get(pk=one.task(REGISTRATION)).due_at == standing.NO_DAY
    assert planning.ordinal(standing.NO_DAY) > planning.ordinal(THURSDAY)
    assert Branch.objects.filter(task__due_at__lt=standing.NO_DAY, task__is_open=True).count() == 0
