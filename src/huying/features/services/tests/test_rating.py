"""Five grades, each said once; a poor one is a promise of the department, which speaks with her and answers."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.features.services import graded, mydata, rating
from huying.features.services.events import CaseRated
from huying.features.services.models import Rating
from huying.features.services.rating import Opinion
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, rebuild, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise
from huying.people.actors import Actor, holder_actor, party_actor
from tests.people import MakeActor, MakeCaller
from tests.small_things import ALLOWANCE, CARD, CERTIFICATE, REGISTRATION

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)
POOR = Opinion(1, ("late", "manner"), "等了两天没人接电话，打13800138000也没人回")
FOUND, FOLLOWS = "窗口那天没有人接电话", "从今天起电话有人值守"


def rated(case: Birth, opinion: Opinion = POOR, item: str = CERTIFICATE) -> Rating:
    return rating.rate(case.she, case.the.call_id, item, opinion)


def test_a_good_word_is_kept_and_promises_nothing(case: Birth) -> None:
    row = rated(case.open().granted(CERTIFICATE), Opinion(5))
    assert (row.grade, row.unit, row.promise) == (5, case.branch(CERTIFICATE).bearer, None)
    told = [one.fact for one in log.history([f"call:{case.the.call_id}"]) if isinstance(one.fact, CaseRated)]
    assert [(fact.item, fact.grade) for fact in told] == [(CERTIFICATE, 5)]
    assert not list(rebuild.differences())


def test_a_poor_one_is_a_promise_of_the_department(case: Birth) -> None:
    with clock.showing(THURSDAY):
        row = rated(case.open().granted(CERTIFICATE))
    clocks = {one.what: one for one in Promise.objects.filter(call=case.the.call_id).exclude(what__in=("answer", "decide"))}
    assert set(clocks) == {"rate_contact", "rating"} and {one.task_id for one in clocks.values()} == {case.task(CERTIFICATE)}
    assert f"{clocks['rate_contact'].due_at.astimezone(clock.CITY_TIME):%m-%d}" == "11-28"
    assert f"{clocks['rating'].due_at.astimezone(clock.CITY_TIME):%m-%d}" == "12-04"
    assert "13800138000" not in row.text and row.reasons == ["late", "manner"]
    assert not list(rebuild.differences())


def test_refused_it_may_be_rated_and_fallen_it_may_not(case: Birth) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    rated(case, Opinion(3), REGISTRATION)
    for item in (CARD, ALLOWANCE):
        with pytest.raises(Refused):
            rated(case, Opinion(3), item)
    with pytest.raises(NotThere):
        rated(case, Opinion(3), "nothing")


@pytest.mark.parametrize("again", [Opinion(5), POOR])
def test_it_is_said_once_and_cannot_be_changed(case: Birth, again: Opinion) -> None:
    rated(case.open().granted(CERTIFICATE))
    with pytest.raises(Refused):
        rated(case, again)
    assert Rating.objects.get().grade == 1


@pytest.mark.parametrize(
    "opinion", [Opinion(None), Opinion(0), Opinion(6), Opinion(2), Opinion(1, ("nothing",)), Opinion(5, (), "长" * 501)]
)
def test_what_is_missing_is_named_and_nothing_is_written(case: Birth, opinion: Opinion) -> None:
    case.open().granted(CERTIFICATE)
    with pytest.raises(BadInput):
        rated(case, opinion)
    assert not Rating.objects.exists()


def test_the_whole_is_rated_when_the_case_is_over(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    with pytest.raises(Refused):
        rated(case, Opinion(4), "")
    case.refused(REGISTRATION).refused(ALLOWANCE)
    row = rated(case, Opinion(2, ("visits",)), "")
    assert (row.branch, row.unit, case.call.state, case.matter.state) == (None, None, "closed", "closed")
    assert {one.what for one in Promise.objects.filter(ended_at=None)} == {"rate_contact", "rating"}
    with pytest.raises(Refused):
        rated(case, Opinion(5), "")
    assert not list(rebuild.differences())


def test_taken_back_there_is_nothing_to_rate_but_what_came(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    actions.withdraw(case.she, case.the.call_id)
    with pytest.raises(Refused):
        rated(case, Opinion(5), "")
    assert rated(case).promise


def test_it_is_spoken_of_first_and_answered_then(case: Birth) -> None:
    row, head = rated(case.open().granted(CERTIFICATE)), case.officer(CERTIFICATE, "head")
    with pytest.raises(Refused):
        rating.answer(head, row.pk, FOUND, FOLLOWS)
    rating.contacted(case.officer(CERTIFICATE), row.pk)
    with pytest.raises(Refused):
        rating.contacted(head, row.pk)
    with pytest.raises(BadInput) as bad:
        rating.answer(head, row.pk, "", "改")
    assert set(bad.value.errors) == {"found", "follows"}
    with pytest.raises(Refused) as own:
        rating.answer(case.officer(CERTIFICATE), row.pk, FOUND, FOLLOWS)
    assert own.value.code == "own_work"
    done = rating.answer(head, row.pk, FOUND, FOLLOWS)
    assert (done.found, done.follows, done.answered_by) == (FOUND, FOLLOWS, head.officer)
    assert not Promise.objects.filter(what__in=("rating", "rate_contact"), met_at=None).exists()
    with pytest.raises(Refused):
        rating.answer(head, row.pk, FOUND, FOLLOWS)
    assert not list(rebuild.differences())


def test_her_data_hold_what_she_said_and_what_she_was_told(case: Birth) -> None:
    row = rated(case.open().granted(CERTIFICATE))
    rating.contacted(case.officer(CERTIFICATE), row.pk)
    rating.answer(case.officer(CERTIFICATE, "head"), row.pk, FOUND, FOLLOWS)
    section = next(one for one in mydata.held(case.caller) if one.name == "ratings")
    assert section.rows[0]["评价"] == POOR.text and section.rows[0]["怎么改"] == FOLLOWS


def test_two_poor_grades_are_two_promises(case: Birth) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    first, second = rated(case), rated(case, POOR, REGISTRATION)
    rating.contacted(case.officer(CERTIFICATE), first.pk)
    rating.answer(case.officer(CERTIFICATE, "head"), first.pk, FOUND, FOLLOWS)
    assert set(Promise.objects.filter(what="rating", ended_at=None).values_list("task", flat=True)) == {case.task(REGISTRATION)}
    assert Rating.objects.get(pk=second.pk).answered_at is None


def test_nobody_answers_it_and_the_next_level_is_told(case: Birth) -> None:
    with clock.showing(THURSDAY):
        row = rated(case.open().granted(CERTIFICATE))
    with clock.showing(THURSDAY + timedelta(days=14)):
        timers.sweep()
        assert Promise.objects.get(pk=row.promise_id).broken_at
        rating.contacted(case.officer(CERTIFICATE), row.pk)
        rating.answer(case.officer(CERTIFICATE, "head"), row.pk, FOUND, FOLLOWS)
    assert not list(rebuild.differences())


def may(act: object) -> bool:
    try:
        act()  # type: ignore[operator]
    except (NotThere, Refused):
        return False
    return True


def test_she_alone_rates(case: Birth, caller: MakeCaller, actor: MakeActor) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    people: dict[str, Actor] = {
        "another": party_actor(caller()),
        "another holder": holder_actor(case.the.call_id + 1),
        "clerk": case.officer(CERTIFICATE),
        "desk": actor("callback", case.city.department("city.hotline")),
        "she": case.she,
        "holder": holder_actor(case.the.call_id),
    }
    people_items = dict(zip(people, (CERTIFICATE, REGISTRATION) * 3, strict=True))
    able = [
        who
        for who, person in people.items()
        if may(lambda p=person, i=people_items[who]: rating.rate(p, case.the.call_id, i, Opinion(4)))
    ]
    assert able == ["she", "holder"]


def test_its_department_and_the_desk_answer_and_nobody_else(case: Birth, caller: MakeCaller, actor: MakeActor) -> None:
    row = rated(case.open().granted(CERTIFICATE))
    desk, other = case.city.department("city.hotline"), case.city.department("500103.housing")
    people: dict[str, Actor] = {
        "she": case.she,
        "another": party_actor(caller()),
        **{f"{role} elsewhere": actor(role, other) for role in ("handler", "head", "dispatcher", "supervisor", "auditor")},
        "head of another department of the case": case.officer(REGISTRATION, "head"),
        "handler": case.officer(CERTIFICATE),
        "head": case.officer(CERTIFICATE, "head"),
        "callback": actor("callback", desk),
        "dispatcher of the desk": actor("dispatcher", desk),
    }
    able = [who for who, person in people.items() if _fresh(row) and may(lambda p=person: rating.contacted(p, row.pk))]
    assert able == ["handler", "head", "callback"]
    assert [who for who, person in people.items() if graded.waiting(person)] == able


def _fresh(row: Rating) -> bool:
    """As if nobody had spoken with her yet."""
    Promise.objects.filter(pk=row.contact_id).update(met_at=None, ended_at=None)
    return bool(Rating.objects.filter(pk=row.pk).update(contacted_at=None))


def test_of_few_there_is_no_average(case: Birth) -> None:
    case.open().granted(CERTIFICATE).refused(REGISTRATION)
    rated(case, Opinion(5)), rated(case, Opinion(4), REGISTRATION)
    lines = graded.lines(None)
    assert {(line.item, line.counts, line.average) for line in lines} == {
        (CERTIFICATE, (1, 0, 0, 0, 0), None),
        (REGISTRATION, (0, 1, 0, 0, 0), None),
    }
    assert graded.lines((set(), {case.branch(CERTIFICATE).bearer.key}))[0].item == CERTIFICATE
    assert graded.average((3, 1, 0, 0, 1)) == 4.0 and graded.average((1, 1, 1, 1, 0)) is None
