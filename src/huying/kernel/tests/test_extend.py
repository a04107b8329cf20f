from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Extension, Promise
from huying.kernel.tests.conftest import Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
GROUND = "灯杆要从外地调货，五天内到不了。"


def answer(story: Story) -> Promise:
    return Promise.objects.get(call=story.call, what="answer")


def asked(story: Story) -> Extension:
    story.until("contacted")
    return actions.ask_extension(story.handler, story.task().pk, 2, GROUND)


def test_who_gave_the_task_decides_and_finds_it_in_his_list(story: Story) -> None:
    row = asked(story)
    assert queries.extensions(story.centre) == [row] and queries.extensions(story.head) == []
    page = queries.matter_page(story.centre, story.matter.pk)
    assert page.task == story.task() and "decide_extension" in page.verbs


def test_granted_the_answer_is_due_later_and_the_caller_reads_it(story: Story) -> None:
    asked(story)
    before, budget = answer(story).due_at, answer(story).budget
    actions.decide_extension(story.centre, story.task().pk, True, "同意，请抓紧。")
    row = answer(story)
    assert (row.budget, story.matter.due_at) == (budget + 2, row.due_at) and row.due_at >= before + timedelta(hours=2)
    told = queries.call_page(story.she, story.call.pk).hops[-2:]
    assert [h.name for h in told] == ["task.extension_asked", "task.extension_decided"]
    assert [h.note for h in told] == [GROUND, "同意，请抓紧。"]


def test_refused_nothing_moves_and_the_reason_is_told(story: Story) -> None:
    asked(story)
    before = answer(story).due_at
    with pytest.raises(BadInput):
        actions.decide_extension(story.centre, story.task().pk, False, " ")
    actions.decide_extension(story.centre, story.task().pk, False, "仓库有货。")
    assert answer(story).due_at == before and queries.extensions(story.centre) == []


def test_it_is_extended_once(story: Story) -> None:
    asked(story)
    with pytest.raises(Refused) as refusal:
        actions.ask_extension(story.head, story.task().pk, 1, GROUND)
    assert refusal.value.code == "asked"
    actions.decide_extension(story.centre, story.task().pk, True)
    with pytest.raises(Refused) as refusal:
        actions.ask_extension(story.handler, story.task().pk, 1, GROUND)
    assert refusal.value.code == "extended"


def test_after_the_day_it_is_too_late_to_ask(story: Story) -> None:
    story.until("contacted")
    with clock.showing(answer(story).due_at), pytest.raises(Refused) as refusal:
        actions.ask_extension(story.handler, story.task().pk, 1, GROUND)
    assert refusal.value.code == "expired"


@pytest.mark.parametrize("budget", [0, -1, 10_000])
def test_no_more_is_asked_for_than_was_promised(story: Story, budget: int) -> None:
    story.until("contacted")
    with pytest.raises(BadInput):
        actions.ask_extension(story.handler, story.task().pk, budget, GROUND)


def test_nobody_decides_what_he_asked_for(story: Story) -> None:
    row = asked(story)
    Extension.objects.filter(pk=row.pk).update(asked_by=story.centre.officer)
    with pytest.raises(Refused) as refusal:
        actions.decide_extension(story.centre, story.task().pk, True)
    assert refusal.value.code == "own_request"


def test_the_bearer_cannot_grant_it_and_a_stranger_finds_nothing(story: Story, actor: MakeActor) -> None:
    asked(story)
    with pytest.raises(Refused):
        actions.decide_extension(story.head, story.task().pk, True)
    with pytest.raises(NotThere):
        actions.decide_extension(actor("head", story.city.department("500106.housing")), story.task().pk, True)


def test_what_the_desk_gave_the_desk_decides(story: Story) -> None:
    story.until("dispatched")
    actions.sign(story.centre, [story.task("top").pk])
    row = actions.ask_extension(story.centre_head, story.task("top").pk, 1, GROUND)
    assert queries.extensions(story.dispatcher) == [row]
    assert actions.decide_extension(story.dispatcher, story.task("top").pk, True).granted
