"""Applying: every department concerned has its task at once, and what must wait waits."""

from datetime import datetime

import pytest

from huying.base import clock
from huying.city.things import decide
from huying.features.services.models import Branch, Case
from huying.features.services.opening import open_cases
from huying.features.services.tests.conftest import Birth
from huying.kernel import rebuild
from huying.kernel.errors import BadInput
from huying.kernel.models import Call, Matter, Promise, Task
from tests.small_things import ALLOWANCE, ANSWERS, CARD, CERTIFICATE, PARTNER, RECORD, REGISTRATION

pytestmark = pytest.mark.django_db


def test_each_item_has_its_department_and_only_the_first_has_a_task(case: Birth) -> None:
    case.open()
    assert case.branch(CERTIFICATE).bearer.key == "city.ecology"
    assert case.branch(REGISTRATION).bearer.key == "500106.housing"
    assert case.branch(CERTIFICATE).task.state == "given"  # type: ignore[union-attr]
    assert [row.task for row in Branch.objects.exclude(item=CERTIFICATE)] == [None, None, None]
    assert not list(rebuild.differences())


def test_a_body_of_another_place_bears_its_item_like_any_other(case: Birth) -> None:
    case.open({**ANSWERS, "where": "next"})
    assert case.branch(RECORD).bearer.key == PARTNER
    assert case.branch(CERTIFICATE).task is None
    case.granted(RECORD)
    assert case.branch(CERTIFICATE).task is not None
    assert not list(rebuild.differences())


def test_the_whole_is_promised_for_the_longest_row_in_working_days(case: Birth) -> None:
    with clock.showing(datetime(2026, 11, 26, 10, tzinfo=clock.CITY_TIME)):  # a Thursday
        case.open()
    promise = Promise.objects.get(what="answer")
    # certificate 1 + registration 2 + card 3 = 6, certificate 1 + allowance 4 = 5
    assert (promise.budget, promise.unit) == (6, "workdays")
    assert promise.due_at == datetime(2026, 12, 5, tzinfo=clock.CITY_TIME)
    own = Promise.objects.get(what="decide")
    assert own.due_at == datetime(2026, 11, 28, tzinfo=clock.CITY_TIME)


def test_the_same_key_is_the_same_case(case: Birth) -> None:
    new = case.new()
    first, again = open_cases(case.she, [new])[0], open_cases(case.she, [new])[0]
    assert (first.number, first.fresh, again.number, again.fresh) == (again.number, True, first.number, False)
    assert (Case.objects.count(), Call.objects.count(), Task.objects.count()) == (1, 1, 1)


def test_many_are_opened_at_once(case: Birth) -> None:
    opened = open_cases(case.she, [case.new() for _ in range(3)])
    assert len({one.number for one in opened}) == 3
    assert Branch.objects.count() == 12
    assert not list(rebuild.differences())


def test_every_fault_is_named_and_nothing_is_written(case: Birth) -> None:
    new = case.new()
    new.values = {**new.values, "mother_id": "123", "birth_day": "20 日"}
    del new.values["child_name"]
    new.area_key = ""
    with pytest.raises(BadInput) as bad:
        open_cases(case.she, [new])
    assert set(bad.value.errors) == {"mother_id", "birth_day", "child_name", "area"}
    assert not Matter.objects.exists()


def test_an_open_question_is_no_case(case: Birth) -> None:
    new = case.new()
    new.decided = decide(case.thing.whole, {"insured": "yes"})
    with pytest.raises(BadInput) as bad:
        open_cases(case.she, [new])
    assert "where" in bad.value.errors


def test_what_she_does_not_want_is_left_out(case: Birth) -> None:
    case.open(skipped=[CARD])
    assert {row.item for row in Branch.objects.all()} == {CERTIFICATE, REGISTRATION, ALLOWANCE}
