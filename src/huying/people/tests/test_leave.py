"""An officer is away, somebody stands in, and no post is left without anybody."""

from datetime import date, timedelta

import pytest

from huying.base import clock
from huying.city.models import Department
from huying.events import log
from huying.people import leave
from huying.people.actors import Actor, officer_actor
from huying.people.errors import NotYours, Wrong
from huying.people.leave import Span
from huying.people.models import Officer, Post
from tests.people import MakeActor, MakeOfficer
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(small_city: SmallCity) -> Department:
    return small_city.department("500106.urban-management")


def days(first: int, last: int) -> Span:
    today = clock.today()
    return Span(today + timedelta(days=first), today + timedelta(days=last))


def post_of(officer: Officer) -> int:
    return Post.objects.get(officer=officer).pk


def enter(who: Officer, span: Span, stand_in: Officer | None = None, by: Actor | None = None) -> leave.Leave:
    chosen = {post_of(who): stand_in.pk} if stand_in else {}
    return leave.enter(by or officer_actor(who), who.pk, span, chosen)


def test_while_he_is_away_who_stands_in_holds_his_post_beside_his_own(officer: MakeOfficer, bureau: Department) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    enter(away, days(0, 2), there)
    held = officer_actor(there).posts
    assert [(p.role, p.on_behalf) for p in held] == [("head", None), ("handler", away.pk)]
    assert officer_actor(there).roles == {"head", "handler"}


@pytest.mark.parametrize(("offset", "stands_in"), [(-1, False), (0, True), (2, True), (3, False)])
def test_he_stands_in_from_the_first_day_through_the_last(
    officer: MakeOfficer, bureau: Department, offset: int, stands_in: bool
) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    enter(away, days(1, 3), there)
    clock.set_offset(timedelta(days=1 + offset))
    assert bool(officer_actor(there).lent) is stands_in


def test_a_post_that_nobody_else_holds_is_not_left_alone(officer: MakeOfficer, bureau: Department) -> None:
    only = officer("head", bureau)
    officer("handler", bureau)
    with pytest.raises(Wrong) as wrong:
        enter(only, days(0, 1))
    assert "请选一位代理人" in wrong.value.errors[f"post-{post_of(only)}"]


def test_where_a_colleague_holds_the_same_post_nobody_need_stand_in(officer: MakeOfficer, bureau: Department) -> None:
    away, same = officer("handler", bureau), officer("handler", bureau)
    assert enter(away, days(0, 1)).stand_ins.count() == 0
    with pytest.raises(Wrong):
        enter(same, days(1, 3))  # for a day both would be away


def test_who_stands_in_is_there_himself(officer: MakeOfficer, bureau: Department, small_city: SmallCity) -> None:
    one, two, three = officer("handler", bureau), officer("head", bureau), officer("handler", bureau)
    enter(two, days(1, 1), three)
    for stand_in, said in ((two, "也请假"), (one, "本人")):
        with pytest.raises(Wrong) as wrong:
            enter(one, days(0, 2), stand_in)
        assert said in wrong.value.errors[f"post-{post_of(one)}"]


def test_who_stands_in_cannot_leave_meanwhile(officer: MakeOfficer, bureau: Department) -> None:
    one, two = officer("handler", bureau), officer("head", bureau)
    officer("head", bureau)
    enter(one, days(0, 4), two)
    with pytest.raises(Wrong) as wrong:
        enter(two, days(3, 5))
    assert one.name in wrong.value.errors["first"]


@pytest.mark.parametrize(("span", "field"), [((-1, 1), "first"), ((2, 1), "last"), ((0, 400), "last")])
def test_days_that_cannot_be_are_named(officer: MakeOfficer, bureau: Department, span: tuple[int, int], field: str) -> None:
    one = officer("handler", bureau)
    with pytest.raises(Wrong) as wrong:
        enter(one, days(*span), officer("head", bureau))
    assert field in wrong.value.errors


def test_a_second_leave_over_the_first_is_refused(officer: MakeOfficer, bureau: Department) -> None:
    one, two = officer("handler", bureau), officer("head", bureau)
    enter(one, days(0, 4), two)
    with pytest.raises(Wrong):
        enter(one, days(4, 5), two)


def test_only_the_head_lends_a_post_to_another_unit(officer: MakeOfficer, bureau: Department, small_city: SmallCity) -> None:
    one, head = officer("handler", bureau), officer("head", bureau)
    outside = officer("handler", small_city.department("500106.housing"))
    with pytest.raises(Wrong):
        enter(one, days(0, 1), outside)
    enter(one, days(0, 1), outside, by=officer_actor(head))
    assert officer_actor(outside).departments("handler") == {bureau.pk, small_city.department("500106.housing").pk}


def test_a_head_enters_leave_for_his_unit_and_for_no_other(
    officer: MakeOfficer, actor: MakeActor, bureau: Department, small_city: SmallCity
) -> None:
    one, head = officer("handler", bureau), officer("head", bureau)
    enter(one, days(0, 1), head, by=officer_actor(head))
    for stranger in (actor("head", small_city.department("500106.housing")), actor("handler", bureau)):
        with pytest.raises(NotYours):
            enter(head, days(0, 1), one, by=stranger)


def test_back_early_the_post_goes_back_at_once(officer: MakeOfficer, bureau: Department) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    row = enter(away, days(0, 5), there)
    clock.set_offset(timedelta(days=2))
    assert officer_actor(there).lent
    ended = leave.end(officer_actor(away), row.pk)
    assert not officer_actor(there).lent and ended.last == clock.today() - timedelta(days=1)
    with pytest.raises(NotYours):
        leave.end(officer_actor(away), row.pk)


def test_who_does_not_go_was_never_away(officer: MakeOfficer, bureau: Department) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    row = leave.end(officer_actor(away), enter(away, days(3, 5), there).pk)
    assert row.cancelled
    enter(away, days(3, 5), there)


def test_each_step_is_a_fact(officer: MakeOfficer, bureau: Department) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    row = enter(away, days(0, 5), there)
    leave.end(officer_actor(there), row.pk)
    told = log.history([f"leave:{row.pk}"])
    assert [t.name for t in told] == ["leave.entered", "leave.covered", "leave.ended"]
    assert [t.version for t in told] == [1, 2, 3] and told[2].actor == f"officer:{there.pk}"


def test_a_post_that_has_ended_is_not_lent(officer: MakeOfficer, bureau: Department) -> None:
    away, there = officer("handler", bureau), officer("head", bureau)
    enter(away, days(0, 5), there)
    Post.objects.filter(officer=away).update(valid_from=date(2020, 1, 1), valid_to=clock.today())
    assert not officer_actor(there).lent
