"""The caller's word in figures: four different ends, three rates with denominators, equal to what the log alone says."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.events.sequence import Sequencer
from huying.hub import rates, reader
from huying.hub.models import Cell, Late
from huying.hub.streets import street
from huying.kernel import actions, timers
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, new_call, story
from huying.kernel.tests.known import DONE, NEWS, after, joined, opened
from huying.kernel.tests.words import members, not_solved, proposed
from tests.people import MakeActor, MakeCaller

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)


def read() -> None:
    """The sequencer numbers, the hub reads."""
    Sequencer().run_dry()
    reader.run()


def another(story: Story) -> Story:
    """The next call of the same caller."""
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    story.done.clear()
    return story


def said(story: Story, solved: bool, grade: int | None) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, solved, grade)


def test_answered_solved_unsolved_and_silent_are_four_different_things(story: Story) -> None:
    said(story, True, 5)
    said(another(story), False, 1)
    another(story).until("answered")
    read()
    counts = rates.total().counts
    assert [counts[n] for n in ("received", "answered", "solved", "unsolved", "silent")] == [3, 3, 1, 1, 0]
    clock.set_offset(timedelta(days=8))
    timers.sweep_dry()
    read()
    counts = rates.total().counts
    assert [counts[n] for n in ("received", "answered", "solved", "unsolved", "silent")] == [3, 3, 1, 1, 1]


def test_each_rate_says_of_how_many(story: Story) -> None:
    said(story, True, 5)
    said(another(story), True, 2)
    said(another(story), True, None)
    read()
    line = rates.total()
    assert (line.responded, line.solved, line.satisfied) == (rates.Rate(3, 3), rates.Rate(3, 3), rates.Rate(1, 2))
    assert line.satisfied.percent == 50


def test_no_rate_is_a_share_of_nothing(story: Story) -> None:
    read()
    assert rates.total().solved.percent is None


def test_a_contact_that_came_late_is_counted_as_late(story: Story) -> None:
    story.until("signed")
    clock.set_offset(timedelta(hours=25))
    story.until("contacted")
    read()
    assert rates.total().responded == rates.Rate(0, 1)


def test_rates_stand_by_department_district_level_and_month(story: Story) -> None:
    said(story, True, 5)
    read()
    assert [line.key for line in rates.table("department")] == [BUREAU]
    assert [line.key for line in rates.table("district")] == ["500106"]
    assert [line.key for line in rates.table("level")] == ["district"]
    assert [line.key for line in rates.table("month")] == [f"{clock.today():%Y-%m}"] == rates.months()
    assert rates.table("department", district="500103") == []


def test_a_call_is_counted_once_however_often_it_changes_hands(story: Story) -> None:
    for step in ("dispatched", "passed", "answered"):
        story.until(step)
        read()
        assert rates.total().counts["received"] == 1
    assert [line.key for line in rates.table("department")] == [BUREAU]


def test_what_she_told_the_desk_counts_until_she_says_it_herself(story: Story) -> None:
    story.until("answered")
    actions.call_back(story.callback, story.call.pk, "solved", 5)
    read()
    assert (rates.total().solved, rates.total().satisfied) == (rates.Rate(1, 1), rates.Rate(1, 1))
    actions.rate(story.she, story.call.pk, False, 1, "没有人来过")
    read()
    assert (rates.total().solved, rates.total().satisfied) == (rates.Rate(0, 1), rates.Rate(0, 1))
    assert rates.recompute().different == 0


def test_waiting_silent_excluded_and_concluded_stand_beside_the_rates(story: Story, actor: MakeActor) -> None:
    not_solved(story, 2)
    proposed(story, actor)
    actions.plead(story.she, story.call.pk, "还是黑的")
    for who in members(story, actor):
        actions.decide_conclusion(who, story.call.pk, True, "同意")
    said(another(story), True, 5)
    actions.exclude(actor("head", story.city.department(DESK)), story.call.pk, "duplicate", "同一件。")
    another(story).until("answered")
    read()
    line = rates.total()
    assert [line.counts[n] for n in ("received", "concluded", "excluded", "waiting", "silent")] == [3, 1, 1, 1, 0]
    assert (line.solved, line.satisfied) == (rates.Rate(0, 0), rates.Rate(0, 0))
    found = street(story.call.area.key)  # type: ignore[union-attr]
    assert (found.asked, found.solved.whole, found.waiting, found.silent) == (3, 0, 1, 0)
    clock.set_offset(timedelta(days=8))
    timers.sweep_dry()
    read()
    counts = rates.total().counts
    assert (counts["waiting"], counts["silent"]) == (0, 1) and rates.recompute().different == 0


def test_a_reopened_call_stays_with_the_unit_that_answered_and_its_contact_counts_on(story: Story) -> None:
    said(story, False, 3)
    read()
    assert [line.key for line in rates.table("department")] == [BUREAU]
    assert rates.total().responded == rates.Rate(1, 1)
    rows = rates.held([story.matter.pk])[story.matter.pk]
    assert (rows[-1].bearer, rows[-1].stage, rows[-1].ended_at) == (BUREAU, "sign", None)


def test_what_the_desk_answers_at_once_is_the_desks_until_it_is_dispatched(story: Story) -> None:
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller, sort="inquiry")])[0]
    actions.answer_at_once(story.dispatcher, story.matter.pk, "带身份证到车站客服中心当场办。")
    read()
    assert [line.key for line in rates.table("department")] == ["", DESK]
    actions.rate(story.she, story.call.pk, False, None)
    read()
    assert [line.key for line in rates.table("department")] == [""]
    assert rates.recompute().different == 0


def test_what_was_withdrawn_or_declined_is_in_no_denominator() -> None:
    case, voice = (
        reader.Case(matter=1, contact="late"),
        reader.Voice(call=1, matter=1, state="ended", how="withdraw", answered=True),
    )
    assert list(reader.measures(voice, case)) == ["received", "withdrawn"]


def test_the_log_alone_gives_the_same_rates(story: Story) -> None:
    said(story, True, 4)
    said(another(story), False, 2)
    another(story).until("passed")
    clock.set_offset(timedelta(days=20))
    timers.sweep_dry()
    read()
    before = rates.table("department")
    found = rates.recompute()
    assert (found.different, rates.table("department")) == (0, before) and found.facts > 40
    Cell.objects.filter(department=BUREAU).update(solved=9)
    assert rates.recompute().different == 1
    assert rates.table("department") == before


def test_small_batches_give_the_same_rates(story: Story) -> None:
    said(story, True, 4)
    Sequencer().run_dry()
    reader.log.consume(reader.NAME, reader.take, limit=1)
    assert rates.recompute().different == 0


def test_the_time_is_charged_to_who_held_it(story: Story) -> None:
    for hours, step in ((1, "dispatched"), (2, "passed"), (4, "signed"), (7, "submitted"), (8, "answered")):
        clock.set_offset(timedelta(hours=hours))
        story.until(step)
    read()
    rows = rates.held([story.matter.pk])[story.matter.pk]
    told = [(r.bearer, r.stage, round((r.ended_at - r.began_at) / timedelta(hours=1))) for r in rows if r.ended_at]
    assert told == [("", "dispatch", 1), (CENTRE, "sign", 1), (BUREAU, "sign", 2), (BUREAU, "work", 3), (CENTRE, "review", 1)]
    assert len(told) == len(rows)


def test_what_is_late_is_known_until_it_is_kept(story: Story) -> None:
    story.until("passed")
    clock.set_offset(timedelta(hours=5, minutes=30))
    timers.sweep_dry()
    read()
    row = Late.objects.get()
    assert (row.what, row.bearer, row.district, row.step, row.told) == ("sign", BUREAU, "500106", 2, CENTRE)
    assert DESK not in (row.bearer, row.told)
    story.until("signed")
    read()
    assert not Late.objects.exists()


def test_an_incident_counts_in_no_rate_until_somebody_has_a_voice_in_it(story: Story, caller: MakeCaller) -> None:
    row = opened(story)
    read()
    assert rates.total().counts["received"] == 1  # the story's own
    joined(row, caller)
    actions.end_incident(story.head, row.pk, DONE)
    read()
    counts = rates.total().counts
    assert (counts["received"], counts["answered"], counts["contact_due"]) == (2, 1, 0)


def test_news_that_are_late_stand_among_what_is_late_until_they_come(story: Story) -> None:
    row = opened(story)
    clock.set_offset(timedelta(hours=3))
    timers.sweep_dry()
    read()
    late = Late.objects.get(matter=row.pk, what="news")
    assert late.bearer == BUREAU
    actions.tell_news(story.head, row.pk, NEWS, after(2))
    read()
    assert not Late.objects.filter(matter=row.pk, what="news").exists()
