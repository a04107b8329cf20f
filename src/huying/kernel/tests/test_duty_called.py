"""At night what cannot wait stands first before whoever is on duty, and when it is late he is named."""

from datetime import UTC, datetime, timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries, timers
from huying.kernel.events import PromiseDutyCalled
from huying.kernel.models import Matter
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from huying.people import rostering
from huying.people.actors import SYSTEM, Actor
from huying.people.rostering import NewShift

pytestmark = pytest.mark.django_db(transaction=True)
NIGHT, DAY = datetime(2026, 11, 16, 15, 0, tzinfo=UTC), datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # Monday 23:00, 10:00


def at(moment: datetime) -> None:
    clock.set_offset(moment - datetime.now(UTC))


@pytest.fixture
def on_duty(story: Story) -> Actor:
    """The centre's dispatcher is on duty every hour; the bureau keeps no roster."""
    assert story.centre.officer
    for weekday in range(7):
        rostering.add(SYSTEM, story.city.department(CENTRE), NewShift(story.centre.officer.pk, 0, 1440, weekday))
    return story.centre


def urgent(story: Story) -> int:
    """A task at the bureau that cannot wait."""
    Matter.objects.filter(pk=story.opened.matter_id).update(urgency="life")
    top = actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(CENTRE).pk)
    return actions.pass_down(story.centre, top.pk, story.city.department(BUREAU).pk).pk


def called(story: Story) -> list[PromiseDutyCalled]:
    facts = [t.fact for t in log.history([f"matter:{story.opened.matter_id}"])]
    return [fact for fact in facts if isinstance(fact, PromiseDutyCalled)]


def test_at_night_it_stands_first_before_who_is_on_duty(story: Story, on_duty: Actor) -> None:
    at(NIGHT)
    task = urgent(story)
    assert [row.pk for row in queries.on_my_duty(on_duty)] == [task]
    assert queries.on_my_duty(story.centre_head) == [] and queries.on_my_duty(story.head) == []


def test_by_day_it_takes_its_place_among_the_others(story: Story, on_duty: Actor) -> None:
    at(DAY)
    urgent(story)
    assert queries.on_my_duty(on_duty) == []


def test_what_can_wait_until_morning_does(story: Story, on_duty: Actor) -> None:
    at(NIGHT)
    story.until("passed")
    assert queries.on_my_duty(on_duty) == []


def test_late_at_night_who_is_on_duty_is_named(story: Story, on_duty: Actor) -> None:
    at(NIGHT)
    urgent(story)
    at(NIGHT + timedelta(hours=3))
    timers.sweep_dry()
    facts = called(story)
    assert facts and {(f.officer, f.department) for f in facts} == {(on_duty.name, CENTRE)}
    hop = next(h for h in queries.matter_page(story.centre, story.opened.matter_id).hops if h.name == "promise.duty_called")
    assert hop.detail["officer_name"] == on_duty.officer.name  # type: ignore[union-attr]
    shown = {h.name for h in queries.call_page(story.she, story.call.pk).hops}
    assert "promise.reminded" in shown and "promise.duty_called" not in shown


def test_late_by_day_nobody_need_be_called(story: Story, on_duty: Actor) -> None:
    at(DAY)
    urgent(story)
    at(DAY + timedelta(hours=3))
    timers.sweep_dry()
    assert called(story) == []


def test_without_any_roster_the_ladder_goes_on_as_ever(story: Story) -> None:
    at(NIGHT)
    urgent(story)
    at(NIGHT + timedelta(hours=3))
    timers.sweep_dry()
    assert called(story) == [] and any(t.name == "promise.reminded" for t in log.history([f"matter:{story.opened.matter_id}"]))


def test_what_complains_about_the_body_of_who_is_on_duty_is_not_shown_to_him(story: Story, on_duty: Actor) -> None:
    at(NIGHT)
    urgent(story)
    Matter.objects.filter(pk=story.opened.matter_id).update(about=story.city.department(CENTRE))
    assert queries.on_my_duty(on_duty) == []
