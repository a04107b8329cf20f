from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Pause, Promise
from huying.kernel.tests.conftest import Story
from huying.kernel.timers import sweep_dry

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "变压器停运检修，供电公司说周五送电。"


def answer(story: Story) -> Promise:
    return Promise.objects.get(call=story.call, what="answer")


def paused(story: Story) -> None:
    story.until("contacted")
    actions.pause(story.head, story.task().pk, "outside", WHY)


def test_the_caller_reads_who_stopped_the_clock_and_why(story: Story) -> None:
    paused(story)
    last = queries.call_page(story.she, story.call.pk).hops[-1]
    assert (last.name, last.note) == ("task.paused", WHY)
    row = Pause.objects.get()
    assert (row.promise, row.reason, row.by, row.to_at) == (answer(story), "outside", story.head.name, None)


def test_resuming_moves_the_day_by_the_pause(story: Story) -> None:
    paused(story)
    before = answer(story).due_at
    with clock.showing(clock.now() + timedelta(days=3)):
        actions.resume(story.handler, story.task().pk, "已送电")
    assert answer(story).due_at >= before + timedelta(days=1)
    assert story.matter.due_at == answer(story).due_at and story.task().due_at == answer(story).due_at


def test_a_clock_that_stands_still_is_not_broken(story: Story) -> None:
    paused(story)
    with clock.showing(answer(story).due_at + timedelta(days=1)):
        sweep_dry()
        assert answer(story).broken_at is None
        actions.resume(story.handler, story.task().pk)
        sweep_dry()
        assert answer(story).broken_at is None and answer(story).due_at > clock.now()


def test_an_answer_during_a_pause_is_in_time(story: Story) -> None:
    paused(story)
    with clock.showing(answer(story).due_at + timedelta(days=1)):
        story.until("answered")
        row = answer(story)
        assert row.met_at and row.met_at < row.due_at
        assert not Pause.objects.filter(to_at=None).exists()


def test_it_stands_still_once_and_runs_on_once(story: Story) -> None:
    paused(story)
    assert "pause" not in queries.matter_page(story.head, story.matter.pk).verbs
    with pytest.raises(Refused):
        actions.pause(story.head, story.task().pk, "outside", WHY)
    actions.resume(story.head, story.task().pk)
    assert "resume" not in queries.matter_page(story.head, story.matter.pk).verbs
    with pytest.raises(Refused):
        actions.resume(story.head, story.task().pk)


def test_what_is_late_can_no_longer_be_paused(story: Story) -> None:
    story.until("contacted")
    with clock.showing(answer(story).due_at), pytest.raises(Refused):
        actions.pause(story.head, story.task().pk, "outside", WHY)
    assert not Pause.objects.exists()


def test_a_handler_does_not_stop_his_own_clock(story: Story) -> None:
    story.until("contacted")
    with pytest.raises(Refused) as refusal:
        actions.pause(story.handler, story.task().pk, "outside", WHY)
    assert refusal.value.code == "not_yours"


@pytest.mark.parametrize(("why", "note", "field"), [("lunch", WHY, "why"), ("caller", " ", "note")])
def test_why_and_for_what_must_be_said(story: Story, why: str, note: str, field: str) -> None:
    story.until("contacted")
    with pytest.raises(BadInput) as fault:
        actions.pause(story.head, story.task().pk, why, note)
    assert list(fault.value.errors) == [field]
