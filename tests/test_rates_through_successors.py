"""Figures keep the codes of their day; asked as of today they go through successors, and the log alone gives the same."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.events.sequence import Sequencer
from huying.hub import late, places, rates, reader
from huying.hub.models import Voice
from huying.hub.streets import street
from huying.kernel import actions, timers
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call, story
from tests.changed_city import NEW, NEW_STREET, NEW_TOWN, OLD, OTHER, STREET, TOWN, change_areas
from tests.test_rates import read, said

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)

NEW_BUREAU = f"{NEW}.urban-management"


def asked(story: Story, area: str) -> Story:
    """The next call of the same caller, in that area."""
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller, area_key=area)])[0]
    story.done.clear()
    return story


@pytest.fixture
def years(story: Story) -> Story:
    """Before the change a solved call in the street, one in the town that went elsewhere, one at work; after it a new one."""
    said(story, True, 5)
    said(asked(story, TOWN), False, 2)
    asked(story, STREET).until("signed")
    read()
    change_areas(story.city, clock.today() + timedelta(days=1))
    clock.set_offset(timedelta(days=1))
    timers.succeed_dry()
    actions.open_calls(story.she, [new_call(caller=story.caller, area_key=NEW_STREET)])
    read()
    return story


def counted(by: str, as_of: str) -> dict[str, int]:
    return {line.key: line.counts["received"] for line in rates.table(by, as_of=as_of)}


def test_as_of_the_day_each_counts_where_it_was_asked(years: Story) -> None:
    assert counted("district", places.DAY) == {OLD: 3, NEW: 1}
    assert counted("district", places.DAY) == counted("district", "day")


def test_as_of_today_it_counts_to_who_took_over_there(years: Story) -> None:
    assert counted("district", places.TODAY) == {NEW: 3, OTHER: 1}
    (line,) = [line for line in rates.table("district", as_of=places.TODAY) if line.key == NEW]
    assert line.others == (OLD,) and line.solved == rates.Rate(1, 1)


def test_so_does_every_department(years: Story) -> None:
    # the town's call was reopened and went with its place; the third was carried when it was at work
    assert counted("department", places.DAY) == {BUREAU: 1, f"{OTHER}.urban-management": 1, NEW_BUREAU: 1, "": 1}
    today = counted("department", places.TODAY)
    assert today[NEW_BUREAU] == 2 and BUREAU not in today and CENTRE not in today
    assert sum(today.values()) == 4


def test_the_whole_is_the_same_either_way(years: Story) -> None:
    assert sum(counted("district", places.DAY).values()) == sum(counted("district", places.TODAY).values()) == 4
    assert rates.total().counts["received"] == 4


def test_a_district_sees_what_counts_to_it_today(years: Story) -> None:
    here, there = rates.total(within=places.within({NEW})), rates.total(within=places.within({OTHER}))
    assert (here.counts["received"], there.counts["received"]) == (3, 1)
    assert rates.total(within=places.of_departments({NEW_BUREAU})).counts["received"] >= 2


def test_the_log_alone_gives_the_same(years: Story) -> None:
    assert rates.recompute().different == 0
    assert counted("district", places.TODAY) == {NEW: 3, OTHER: 1}


def test_voices_counted_before_the_pack_was_known_are_counted_apart_after_it(story: Story) -> None:
    said(story, True, 5)
    said(asked(story, TOWN), True, 4)
    read()
    assert set(Voice.objects.values_list("part", flat=True)) == {""}
    change_areas(story.city, clock.today() + timedelta(days=9))
    reader.regroup()
    assert list(Voice.objects.exclude(part="").values_list("area", "part")) == [(TOWN, TOWN)]
    assert reader.regroup() == 0
    assert counted("district", places.TODAY) == {OLD: 2}, "the day has not come"
    assert rates.recompute().different == 0
    clock.set_offset(timedelta(days=9))
    assert counted("district", places.TODAY) == {NEW: 1, OTHER: 1}


def test_a_pack_that_comes_after_its_own_day_moves_what_was_asked_since(story: Story) -> None:
    said(asked(story, STREET), True, 5)
    read()
    assert counted("district", places.DAY) == {OLD: 2}
    change_areas(story.city, clock.today())
    assert rates.recompute().different == 0
    assert counted("district", places.DAY) == {NEW: 2}


def test_what_no_longer_goes_apart_is_counted_with_its_district_again(story: Story) -> None:
    said(asked(story, TOWN), True, 4)
    read()
    change_areas(story.city, clock.today() + timedelta(days=1))
    assert reader.regroup() == 1
    story.city.area(TOWN).refresh_from_db()
    story.city.areas[NEW_TOWN].parent = story.city.area(NEW)
    story.city.areas[NEW_TOWN].save()
    city.reset()
    assert reader.regroup() == 1
    assert not Voice.objects.exclude(part="").exists() and rates.recompute().different == 0


def test_a_street_keeps_what_was_asked_under_its_other_code(years: Story) -> None:
    assert (street(NEW_STREET).asked, street(NEW_STREET, places.DAY).asked) == (3, 1)
    assert street(STREET).asked == 2


def test_the_time_is_charged_to_the_new_body_from_the_change_on(years: Story) -> None:
    rows = rates.held([years.matter.pk])[years.matter.pk]
    assert [(r.bearer, r.stage) for r in rows][-2:] == [(BUREAU, "work"), (NEW_BUREAU, "work")]
    assert rows[-1].ended_at is None and rows[-2].ended_at is not None


def test_what_is_late_is_in_the_new_bodys_hands(story: Story) -> None:
    story.until("passed")
    clock.set_offset(timedelta(hours=5))
    timers.sweep_dry()
    read()
    change_areas(story.city, clock.today())
    timers.succeed_dry()
    Sequencer().run_dry()
    reader.run()
    (row,) = late.rows(district__in={NEW})
    assert row.late.bearer == NEW_BUREAU
    assert late.rows(district__in={OLD}) == []
