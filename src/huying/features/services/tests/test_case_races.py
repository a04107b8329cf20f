"""Two at once: a form sent twice is one case, and one decision is looked over once. SQLite lets one writer in at a time."""

import pytest

from huying.base import clock
from huying.features.services import crowds, drafts
from huying.features.services.models import Case
from huying.features.services.tests.conftest import AREA, Birth
from huying.kernel import actions, rebuild
from huying.kernel.models import Ask, Task
from huying.kernel.tests.test_races import TRIES, race
from tests.small_things import ALLOWANCE, CERTIFICATE, FORM, REGISTRATION

WHY = "送检测，依据行政许可法第四十五条。"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


@pytest.mark.parametrize("n", range(TRIES))
def test_a_form_sent_twice_at_once_is_one_case(case: Birth, n: int) -> None:
    draft = drafts.draft_of(case.caller, case.thing)
    new = case.new()
    drafts.answer(draft, case.thing, new.decided.answers, [])
    drafts.keep(draft, new.decided, {name: [value] for name, value in FORM.items()}, AREA, False)
    for material in ("birth-record", "identity-card"):
        drafts.add_paper(draft, material, "a.pdf", b"%PDF-1.4\n" + material.encode() + b"\n%%EOF\n")
    numbers = []

    def send() -> None:
        fresh = drafts.draft_there(case.caller, "birth")
        opened = drafts.send(case.she, fresh, case.thing) if fresh else drafts.sent_before(case.caller, draft.key)
        assert opened
        numbers.append(opened.number)

    assert race(send, send) == ["done", "done"]
    assert len(set(numbers)) == 1
    assert Case.objects.count() == 1
    assert not list(rebuild.differences())


@pytest.mark.parametrize("n", range(TRIES))
def test_a_decision_is_looked_over_once(case: Birth, n: int) -> None:
    case.open().written(CERTIFICATE)
    first, second = (case.make("head", case.branch(CERTIFICATE).bearer) for _ in range(2))
    task = case.task(CERTIFICATE)
    assert race(lambda: actions.approve(first, task), lambda: crowds.approve(second, [task])) == ["done", "not_now"]
    assert Task.objects.filter(matter=case.the.matter_id).count() == 3, "what waited opened once"
    assert not list(rebuild.differences())


@pytest.mark.parametrize("n", range(TRIES))
def test_the_last_two_decisions_at_once_end_the_case_once(case: Birth, n: int) -> None:
    case.open(skipped=["child-card"]).granted(CERTIFICATE).written(ALLOWANCE).written(REGISTRATION)
    heads = {item: case.officer(item, "head") for item in (ALLOWANCE, REGISTRATION)}
    tasks = {item: case.task(item) for item in heads}
    outcome = race(*(lambda item=item: actions.approve(heads[item], tasks[item]) for item in heads))  # type: ignore[misc]
    assert outcome == ["done", "done"]
    assert case.matter.state == "answered"
    assert not list(rebuild.differences())


def _pair(case: Birth, first: str, second: str) -> list[str]:
    """Both on one task at once, as two officers of its body (and the dispatcher) would."""
    bearer, task = case.branch(CERTIFICATE).bearer, case.task(CERTIFICATE)
    handler, head, other = case.make("handler", bearer), case.make("head", bearer), case.make("head", bearer)
    desk = [case.make("dispatcher", case.city.department("city.hotline")) for _ in range(2)]
    to = case.city.department("city.urban-management").pk
    acts = {
        "pass": lambda: actions.pass_down_branch(head, task, case.city.department("500106.housing")),
        "sign": lambda: actions.sign(handler, [task]),
        "send_back": lambda: actions.send_back_branch(head, task, WHY),
        "pause": lambda: actions.pause_branch(head, task, "hearing", WHY, clock.today()),
        "pause again": lambda: actions.pause_branch(other, task, "hearing", WHY, clock.today()),
        "ask": lambda: actions.ask_branch_extension(handler, task, 2, WHY),
        "ask again": lambda: actions.ask_branch_extension(other, task, 3, WHY),
        "extend": lambda: actions.decide_branch_extension(head, task, True),
        "extend again": lambda: actions.decide_branch_extension(other, task, False, "不需要"),
        "rule": lambda: actions.adjudicate_branch(desk[0], task, to, "三定方案写明"),
        "rule again": lambda: actions.adjudicate_branch(desk[1], task, bearer.pk, "三定方案写明"),
        "withdraw": lambda: actions.withdraw(case.she, case.the.call_id),
        "approve": lambda: actions.approve(other, task),
    }
    return sorted(race(acts[first], acts[second]))


@pytest.mark.parametrize(
    ("before", "first", "second", "outcome"),
    [
        ("given", "sign", "send_back", {("done", "not_now")}),
        ("given", "pass", "send_back", {("done", "not_now"), ("done", "not_yours")}),
        ("signed", "pause", "pause again", {("done", "not_pausable")}),
        ("signed", "ask", "ask again", {("asked", "done")}),
        ("asked", "extend", "extend again", {("done", "not_asked")}),
        ("sent back", "rule", "rule again", {("done", "not_now")}),
        ("sent back", "rule", "withdraw", {("done", "done"), ("done", "not_now")}),
        ("signed", "pause", "withdraw", {("done", "done"), ("done", "not_now")}),
        ("written", "extend", "approve", {("done", "done"), ("done", "not_now")}),
    ],
)
@pytest.mark.parametrize("n", range(TRIES))
def test_what_moves_one_branch_at_once_happens_one_after_the_other(
    case: Birth, before: str, first: str, second: str, outcome: set[tuple[str, str]], n: int
) -> None:
    case.open()
    if before == "sent back":
        actions.send_back_branch(case.officer(CERTIFICATE), case.task(CERTIFICATE), WHY)
    elif before != "given":
        case.signed(CERTIFICATE)
    if before in ("asked", "written"):
        actions.ask_branch_extension(case.officer(CERTIFICATE), case.task(CERTIFICATE), 2, WHY)
    if before == "written":
        case.written(CERTIFICATE)
    assert tuple(_pair(case, first, second)) in outcome
    assert not list(rebuild.differences())


@pytest.mark.parametrize("n", range(TRIES))
def test_asked_twice_at_once_she_is_asked_once(case: Birth, n: int) -> None:
    case.open().signed(CERTIFICATE)
    first, second = case.officer(CERTIFICATE), case.make("handler", case.branch(CERTIFICATE).bearer)
    task = case.task(CERTIFICATE)
    asks = [lambda actor=actor: actions.supplement(actor, task, "请补一张照片") for actor in (first, second)]  # type: ignore[misc]
    assert race(*asks) == ["asked", "done"]
    assert Ask.objects.count() == 1
    assert not list(rebuild.differences())
