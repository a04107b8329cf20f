"""What may happen to one branch alone: it stands by law, gets more time, or turns out to be another body's."""

from datetime import date, datetime, timedelta

import pytest

from huying.base import clock
from huying.features.services import passing, queries
from huying.features.services.models import Branch
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.test_moving import THURSDAY, day, whole
from huying.kernel import actions, rebuild, rules, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Ask, Extension, Pause, Promise, Task
from huying.people.actors import Actor
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, ITEMS, REGISTRATION, load

pytestmark = pytest.mark.django_db
WHY = "送检验机构检测，依据行政许可法第四十五条。"
BACK = "按三定方案归住房部门管，请改由他们办。"


def due(case: Birth, item: str) -> str:
    return day(Promise.objects.get(task=case.task(item), what="decide").due_at)


def stands(case: Birth, item: str) -> bool:
    return Pause.objects.filter(promise__task=case.task(item), to_at=None).exists()


def pause(case: Birth, item: str, expected: date = date(2026, 12, 1)) -> None:
    actions.pause_branch(case.officer(item, "head"), case.task(item), "inspection", WHY, expected)


def dispatcher(case: Birth) -> Actor:
    return case.make("dispatcher", case.city.department("city.hotline"))


@pytest.fixture
def two(case: Birth) -> Birth:
    """Registration and allowance at work side by side, since Thursday."""
    with clock.showing(THURSDAY):
        case.open().granted(CERTIFICATE).signed(ALLOWANCE).signed(REGISTRATION)
    return case


# --- Pause ------------------------------------------------------------------------------------------------------------


def test_a_pause_by_law_stops_its_own_branch_alone(two: Birth) -> None:
    with clock.showing(THURSDAY):
        pause(two, ALLOWANCE)
        assert stands(two, ALLOWANCE)
        assert not stands(two, REGISTRATION)
        row = Pause.objects.get(promise__task=two.task(ALLOWANCE))
        assert (row.reason, row.ground, row.expected) == ("inspection", WHY, date(2026, 12, 1))
        assert not list(rebuild.differences())
    with clock.showing(THURSDAY + timedelta(days=5)):
        actions.resume_branch(two.officer(ALLOWANCE), two.task(ALLOWANCE), "结果出来了")
        assert (due(two, ALLOWANCE), due(two, REGISTRATION), day(whole(two).due_at)) == ("12-07", "11-30", "12-07")
    assert not list(rebuild.differences())


def test_the_applicant_reads_what_it_waits_for_and_until_when(two: Birth) -> None:
    with clock.showing(THURSDAY):
        pause(two, ALLOWANCE)
        view = next(one for one in queries.case_page(two.she, two.the.call_id).branches if one.item.code == ALLOWANCE)
    assert view.stage == "paused"
    assert view.pause is not None
    assert (view.pause.ground, view.pause.expected) == (WHY, date(2026, 12, 1))


def test_only_what_the_law_names_stops_a_clock_and_only_with_ground_and_day(two: Birth) -> None:
    with clock.showing(THURSDAY), pytest.raises(BadInput) as fault:
        actions.pause_branch(two.officer(ALLOWANCE, "head"), two.task(ALLOWANCE), "busy", "忙", date(2026, 11, 1))
    assert set(fault.value.errors) == {"why", "ground", "expected"}
    assert not Pause.objects.exists()


def test_a_clock_that_stands_is_not_stopped_again_and_one_that_runs_not_started(two: Birth) -> None:
    with clock.showing(THURSDAY):
        with pytest.raises(Refused):
            actions.resume_branch(two.officer(ALLOWANCE), two.task(ALLOWANCE))
        pause(two, ALLOWANCE)
        with pytest.raises(Refused):
            pause(two, ALLOWANCE)


def test_a_question_that_is_still_open_keeps_it_standing(two: Birth) -> None:
    with clock.showing(THURSDAY):
        pause(two, ALLOWANCE)
        actions.supplement(two.officer(ALLOWANCE), two.task(ALLOWANCE), "请补一张清楚的照片")
        actions.resume_branch(two.officer(ALLOWANCE), two.task(ALLOWANCE))
        assert Pause.objects.get(promise__task=two.task(ALLOWANCE), to_at=None).reason == "supplement"
        with pytest.raises(Refused):
            actions.resume_branch(two.officer(ALLOWANCE), two.task(ALLOWANCE))
        actions.reply(two.she, two.the.call_id, "补好了", Ask.objects.get().pk)
    assert not Pause.objects.filter(to_at=None).exists()
    assert not list(rebuild.differences())


def test_the_whole_goes_on_once_the_last_pause_is_over(two: Birth) -> None:
    with clock.showing(THURSDAY):
        pause(two, ALLOWANCE)
        actions.supplement(two.officer(REGISTRATION), two.task(REGISTRATION), "请补一张清楚的照片")
        actions.reply(two.she, two.the.call_id, "补好了", Ask.objects.get().pk)
        assert Pause.objects.filter(promise__what="answer", to_at=None).exists()
        actions.resume_branch(two.officer(ALLOWANCE), two.task(ALLOWANCE))
    assert not Pause.objects.filter(to_at=None).exists()
    assert not list(rebuild.differences())


# --- Extension --------------------------------------------------------------------------------------------------------


def ask(case: Birth, item: str, days: int = 3) -> Extension:
    return actions.ask_branch_extension(case.officer(item), case.task(item), days, "要到外地核实，依据行政许可法第四十二条。")


def test_a_granted_extension_moves_its_item_and_the_whole_with_it(two: Birth) -> None:
    with clock.showing(THURSDAY):
        assert (due(two, ALLOWANCE), day(whole(two).due_at)) == ("12-02", "12-03")
        ask(two, ALLOWANCE, 10)
        actions.decide_branch_extension(two.officer(ALLOWANCE, "head"), two.task(ALLOWANCE), True)
        assert (due(two, ALLOWANCE), day(whole(two).due_at), due(two, REGISTRATION)) == ("12-16", "12-16", "11-30")
    assert not list(rebuild.differences())


def test_what_waits_for_an_extended_item_waits_longer(two: Birth) -> None:
    with clock.showing(THURSDAY):
        ask(two, REGISTRATION, 4)
        actions.decide_branch_extension(two.officer(REGISTRATION, "head"), two.task(REGISTRATION), True)
        view = {one.item.code: one for one in queries.case_page(two.she, two.the.call_id).branches}
    assert view[CARD].by
    assert (due(two, REGISTRATION), day(view[CARD].by), day(whole(two).due_at)) == ("12-04", "12-09", "12-09")
    assert view[REGISTRATION].extension is not None


def test_a_refused_extension_moves_nothing(two: Birth) -> None:
    with clock.showing(THURSDAY):
        ask(two, ALLOWANCE)
        with pytest.raises(BadInput):
            actions.decide_branch_extension(two.officer(ALLOWANCE, "head"), two.task(ALLOWANCE), False)
        actions.decide_branch_extension(two.officer(ALLOWANCE, "head"), two.task(ALLOWANCE), False, "不需要外地核实")
        assert due(two, ALLOWANCE) == "12-02"
    assert not list(rebuild.differences())


def test_it_is_extended_once_at_most_as_the_law_allows_and_never_when_it_is_late(two: Birth) -> None:
    with clock.showing(THURSDAY):
        for days in (0, 11):
            with pytest.raises(BadInput):
                ask(two, ALLOWANCE, days)
        ask(two, ALLOWANCE)
        with pytest.raises(Refused) as twice:
            ask(two, ALLOWANCE)
        actions.decide_branch_extension(two.officer(ALLOWANCE, "head"), two.task(ALLOWANCE), True)
        with pytest.raises(Refused) as again:
            ask(two, ALLOWANCE)
    with clock.showing(THURSDAY + timedelta(days=20)), pytest.raises(Refused) as late:
        ask(two, REGISTRATION)
    assert [one.value.code for one in (twice, again, late)] == ["asked", "extended", "expired"]


def test_nobody_grants_his_own_and_none_is_granted_too_late(two: Birth) -> None:
    head = two.officer(ALLOWANCE, "head")
    with clock.showing(THURSDAY):
        actions.ask_branch_extension(head, two.task(ALLOWANCE), 3, "要到外地核实，依据第四十二条。")
        with pytest.raises(Refused) as own:
            actions.decide_branch_extension(head, two.task(ALLOWANCE), True)
    other = two.make("head", two.branch(ALLOWANCE).bearer)
    with clock.showing(THURSDAY + timedelta(days=20)):
        timers.sweep_dry()
        with pytest.raises(Refused) as late:
            actions.decide_branch_extension(other, two.task(ALLOWANCE), True)
        actions.decide_branch_extension(other, two.task(ALLOWANCE), False, "已经过期")
    assert (own.value.code, late.value.code) == ("own_request", "expired")
    assert not list(rebuild.differences())


# --- Not ours ---------------------------------------------------------------------------------------------------------


def sent_back(case: Birth, item: str) -> Task:
    return actions.send_back_branch(case.officer(item, "head"), case.task(item), BACK)


def test_sent_back_the_dispatcher_gives_it_to_another_body_and_no_clock_stops(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open().granted(CERTIFICATE)
        before = due(case, REGISTRATION), day(whole(case).due_at)
        first, head = case.branch(REGISTRATION).bearer, case.officer(REGISTRATION, "head")
        sent_back(case, REGISTRATION)
        view = {one.item.code: one.stage for one in queries.case_page(case.she, case.the.call_id).branches}
        assert view[REGISTRATION] == "ruling"
        assert not Pause.objects.exists()
        other = case.city.department("500103.market-regulation")
        actions.adjudicate_branch(dispatcher(case), case.task(REGISTRATION), other.pk, "户籍不在住房部门")
        assert case.branch(REGISTRATION).bearer == other != first
        assert (due(case, REGISTRATION), day(whole(case).due_at)) == before
        assert not rules.may(head, "see", Task.objects.get(pk=case.task(REGISTRATION))), "it is no longer theirs"
        assert not list(rebuild.differences())
        case.granted(REGISTRATION)
    assert case.branch(REGISTRATION).outcome == "granted"
    assert not list(rebuild.differences())


def test_sent_back_wrongly_it_stays_and_is_not_sent_back_again(case: Birth) -> None:
    case.open()
    sent_back(case, CERTIFICATE)
    actions.adjudicate_branch(
        dispatcher(case), case.task(CERTIFICATE), case.branch(CERTIFICATE).bearer_id, "三定方案写明归你们"
    )
    with pytest.raises(Refused) as again:
        sent_back(case, CERTIFICATE)
    assert again.value.code == "adjudicated"
    case.granted(CERTIFICATE)
    assert not list(rebuild.differences())


def test_what_was_taken_up_is_not_sent_back(case: Birth) -> None:
    case.open().signed(CERTIFICATE)
    with pytest.raises(Refused) as fault:
        sent_back(case, CERTIFICATE)
    assert fault.value.code == "not_now"


def test_whoever_waits_for_the_ruling_is_late_and_not_the_applicant(case: Birth) -> None:
    with clock.showing(THURSDAY):
        case.open()
        sent_back(case, CERTIFICATE)
    with clock.showing(THURSDAY + timedelta(days=6)):
        timers.sweep_dry()
        assert Promise.objects.get(what="adjudicate").broken_at
    assert not list(rebuild.differences())


# --- Passed down ------------------------------------------------------------------------------------------------------


@pytest.fixture
def passable(case: Birth) -> Birth:
    """The pack lets the city's body pass the certificate down to a district's or a street's."""
    items = tuple({**one, "down_to": "street"} if one["code"] == CERTIFICATE else one for one in ITEMS)
    case.thing = load(BIRTH, items)
    with clock.showing(THURSDAY):
        return case.open()


def test_a_city_body_passes_an_item_down_under_the_same_promise(passable: Birth) -> None:
    with clock.showing(THURSDAY):
        above = passable.officer(CERTIFICATE, "head")
        before = due(passable, CERTIFICATE), day(whole(passable).due_at)
        task = Task.objects.select_related("bearer").get(pk=passable.task(CERTIFICATE))
        bodies = passing.below(task)
        assert bodies
        assert all(one.level in ("district", "street") for one in bodies)
        passing.pass_down(above, task.pk, bodies[-1].pk, "请就近办")
        assert passable.branch(CERTIFICATE).bearer == bodies[-1]
        assert (due(passable, CERTIFICATE), day(whole(passable).due_at)) == before
        passed = Task.objects.get(pk=task.pk)
        assert rules.may(above, "see", passed), "who passed it down goes on seeing it"
        assert not rules.may(above, "answer", passed)
        assert not list(rebuild.differences())
        passable.written(CERTIFICATE)
        assert not list(rebuild.differences())
        actions.approve(passable.officer(CERTIFICATE, "head"), task.pk)
    assert passable.branch(CERTIFICATE).outcome == "granted"
    assert not list(rebuild.differences())


def test_an_item_goes_only_where_the_pack_lets_it(case: Birth, passable: Birth) -> None:
    with clock.showing(THURSDAY):
        stranger = passable.city.department("500103.housing")
        with pytest.raises(BadInput):
            passing.pass_down(passable.officer(CERTIFICATE, "head"), passable.task(CERTIFICATE), stranger.pk)
        passable.granted(CERTIFICATE)
        assert passing.below(Task.objects.get(pk=passable.task(REGISTRATION))) == []


def test_what_stands_still_is_not_passed_down(passable: Birth) -> None:
    with clock.showing(THURSDAY):
        passable.signed(CERTIFICATE)
        pause(passable, CERTIFICATE)
        task = Task.objects.select_related("bearer").get(pk=passable.task(CERTIFICATE))
        with pytest.raises(Refused) as fault:
            passing.pass_down(passable.officer(CERTIFICATE, "head"), task.pk, passing.below(task)[0].pk)
    assert fault.value.code == "stands"


# --- Whose it is ------------------------------------------------------------------------------------------------------

VERBS = {
    "pause_branch": {("head", "own")},
    "resume_branch": {("head", "own"), ("handler", "own"), ("dispatcher", "own")},
    "ask_branch_extension": {("head", "own"), ("handler", "own")},
    "decide_branch_extension": {("head", "own")},
    "pass_down_branch": {("head", "own")},
    "send_back_branch": {("head", "own"), ("handler", "own"), ("dispatcher", "own")},
    "adjudicate_branch": {("dispatcher", "desk"), ("head", "desk")},
}


@pytest.mark.parametrize("verb", VERBS)
def test_the_matrix_of_verbs_posts_and_bodies(two: Birth, verb: str) -> None:
    places = {"own": two.branch(ALLOWANCE).bearer, "beside": two.branch(REGISTRATION).bearer}
    places |= {"desk": two.city.department("city.hotline"), "centre": two.city.department("500106.governance-centre")}
    task = Task.objects.get(pk=two.task(ALLOWANCE))
    posts = ("handler", "head", "dispatcher", "supervisor", "callback", "auditor")
    actors = {(post, place): two.make(post, department) for post in posts for place, department in places.items()}
    assert {who for who, actor in actors.items() if rules.may(actor, verb, task)} == VERBS[verb]
    assert not rules.may(two.she, verb, task)


def test_a_department_moves_nothing_of_anothers_branch_nor_learns_that_it_is_there(two: Birth) -> None:
    theirs, tries = two.task(REGISTRATION), 0
    head, handler = two.officer(ALLOWANCE, "head"), two.officer(ALLOWANCE)
    with clock.showing(THURSDAY):
        for act in (
            lambda: actions.pause_branch(head, theirs, "inspection", WHY, date(2026, 12, 1)),
            lambda: actions.resume_branch(handler, theirs),
            lambda: actions.ask_branch_extension(handler, theirs, 3, "要到外地核实，依据第四十二条。"),
            lambda: actions.decide_branch_extension(head, theirs, True),
            lambda: actions.send_back_branch(head, theirs, BACK),
            lambda: passing.pass_down(head, theirs, two.branch(ALLOWANCE).bearer_id),
            lambda: actions.adjudicate_branch(head, theirs, two.branch(ALLOWANCE).bearer_id, "归我们"),
        ):
            with pytest.raises(NotThere):
                act()
            tries += 1
    assert tries == len(VERBS)
    assert not Branch.objects.filter(pk=two.branch(REGISTRATION).pk, ended_at__isnull=False).exists()


def test_the_day_of_a_pause_is_no_later_than_a_year(two: Birth) -> None:
    with clock.showing(datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)), pytest.raises(BadInput):
        pause(two, ALLOWANCE, date(2028, 1, 1))
