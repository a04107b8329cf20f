"""By the hundred it comes to the same as one by one: the same rows, the same facts, the same refusals."""

import pytest

from huying.events import log
from huying.features.services import crowds
from huying.features.services.deciding import Decision
from huying.features.services.models import Branch, Case
from huying.features.services.opening import open_cases
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions, rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Task
from tests.small_things import ALLOWANCE, CARD, CERTIFICATE, REGISTRATION

pytestmark = pytest.mark.django_db


def crowd(case: Birth, item: str, decision: Decision, count: int) -> None:
    tasks = list(Branch.objects.filter(item=item, task__is_open=True).values_list("task", flat=True))
    assert len(tasks) == count
    crowds.sign(case.officer(item), tasks)
    crowds.decide(case.officer(item), dict.fromkeys(tasks, decision))
    crowds.approve(case.officer(item, "head"), tasks)


def facts(matter_id: int) -> list[str]:
    return [row.name for row in log.history([f"matter:{matter_id}"])]


def test_many_cases_come_to_the_same_end_as_one(case: Birth) -> None:
    case.open().granted(CERTIFICATE, ALLOWANCE, REGISTRATION, CARD)
    alone, _first = case.opened, case.matter
    many = open_cases(case.she, [case.new() for _ in range(3)])
    case.opened = many[0]
    for item in (CERTIFICATE, ALLOWANCE, REGISTRATION, CARD):
        crowd(case, item, Decision("granted", f"{item} 已制发"), 3)
    assert set(Case.objects.values_list("matter__state", "call__state")) == {("answered", "answered")}
    assert alone
    assert sorted(facts(many[1].matter_id)) == sorted(facts(alone.matter_id))
    assert not list(rebuild.differences())


def test_a_refusal_by_the_hundred_lets_fall_what_waited(case: Birth) -> None:
    case.opened = open_cases(case.she, [case.new() for _ in range(2)])[0]
    crowd(case, CERTIFICATE, Decision("refused", ground="出生记录和医院的对不上，依据第三条。"), 2)
    assert set(Branch.objects.values_list("outcome", flat=True)) == {"refused", "fallen"}
    assert not Task.objects.filter(is_open=True).exists()
    assert not list(rebuild.differences())


def test_one_that_is_not_theirs_stops_all(case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    tasks = [case.task(REGISTRATION), case.task(ALLOWANCE)]
    with pytest.raises(NotThere):
        crowds.sign(case.officer(REGISTRATION), tasks)
    assert set(Task.objects.filter(pk__in=tasks).values_list("state", flat=True)) == {"given"}


def test_nobody_looks_over_his_own_decisions(case: Birth) -> None:
    case.open()
    head = case.officer(CERTIFICATE, "head")
    task = case.task(CERTIFICATE)
    crowds.sign(head, [task])
    crowds.decide(head, {task: Decision("granted", "已制发")})
    with pytest.raises(Refused):
        crowds.approve(head, [task])


def test_what_waits_for_its_applicant_is_decided_by_itself(case: Birth) -> None:
    case.open().signed(CERTIFICATE)
    actions.supplement(case.officer(CERTIFICATE), case.task(CERTIFICATE), "请补一张照片")
    crowds.decide(case.officer(CERTIFICATE), {case.task(CERTIFICATE): Decision("granted", "已制发")})
    with pytest.raises(Refused):
        crowds.approve(case.officer(CERTIFICATE, "head"), [case.task(CERTIFICATE)])
    case.officers.clear()
    actions.approve(case.officer(CERTIFICATE, "head"), case.task(CERTIFICATE))
    assert not list(rebuild.differences())


def test_a_gap_of_a_template_goes_out_in_no_crowd_either(case: Birth) -> None:
    case.open().signed(CERTIFICATE)
    with pytest.raises(BadInput) as fault:
        crowds.decide(case.officer(CERTIFICATE), {case.task(CERTIFICATE): Decision("granted", "已制发，〔日期〕寄出")})
    assert "〔日期〕" in fault.value.errors[str(case.task(CERTIFICATE))]
