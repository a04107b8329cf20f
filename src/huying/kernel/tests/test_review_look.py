"""What is unusual about a look, and that the auditor sees it and writes what he found."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Setting
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Look
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from huying.people import parties
from huying.people.actors import Actor, party_actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
MORNING, NIGHT, SATURDAY = (
    datetime(2026, 11, day, hour, tzinfo=clock.CITY_TIME) for day, hour in ((25, 10), (25, 23), (28, 10))
)
OFFICE = "500106001.street-office"
FOUND = "问过本人，当晚值班，确有急事要联系。"


@pytest.fixture
def auditor(story: Story, actor: MakeActor) -> Actor:
    return actor("auditor", story.city.department(DESK))


@pytest.fixture(autouse=True)
def morning() -> None:
    at(MORNING)


def at(moment: datetime) -> None:
    clock.set_offset(timedelta())
    clock.set_offset(moment - clock.now())


def settle(**settings: int) -> None:
    for key, value in settings.items():
        Setting.objects.update_or_create(key=key.replace("__", "."), defaults={"value": value})
    city.reset()


def looked(story: Story, who: Actor, number: int, bearer: str = BUREAU) -> Look:
    """Another caller's number, looked at."""
    party = parties.party_of_phone(f"1380000{number:04}")
    opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]  # type: ignore[arg-type]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(bearer).pk)
    return actions.look(who, opened.call_id, "phone", "contact", "想问问情况").look


def test_one_look_in_the_morning_is_nothing_unusual(story: Story, auditor: Actor) -> None:
    assert looked(story, story.handler, 1).signs == "" and queries.unusual(auditor) == []


def test_looking_at_many_within_the_window_is(story: Story, auditor: Actor) -> None:
    settle(looks__many=2)
    signs = [looked(story, story.handler, number).signs for number in (1, 2, 3)]
    assert signs == ["", "", "many"]
    assert looked(story, story.head, 4).signs == "", "another officer's looks are not his"
    at(MORNING + timedelta(hours=25))
    assert looked(story, story.handler, 5).signs == ""


@pytest.mark.parametrize("moment", [NIGHT, SATURDAY])
def test_looking_after_hours_is_but_not_at_a_desk_that_never_closes(story: Story, moment: datetime) -> None:
    at(moment)
    first = looked(story, story.handler, 1)
    assert first.signs == "after_hours"
    assert actions.look(story.dispatcher, first.call_id, "phone", "contact", "夜里的急件").look.signs == ""


def test_looking_at_many_neighbours_is(story: Story, actor: MakeActor) -> None:
    settle(looks__street=1)
    neighbour = actor("handler", story.city.department(OFFICE))
    assert [looked(story, neighbour, number, OFFICE).signs for number in (1, 2)] == ["", "street"]
    assert looked(story, story.handler, 3).signs == "", "his bureau is no street's"


def test_the_auditor_sees_it_and_writes_what_he_found_once(story: Story, auditor: Actor) -> None:
    at(NIGHT)
    look = looked(story, story.handler, 1)
    (line,) = queries.unusual(auditor)
    assert (line.look.pk, line.signs) == (look.pk, ("after_hours",))
    with pytest.raises(BadInput) as fault:
        actions.review_look(auditor, look.call_id, look.pk, None, "")
    assert set(fault.value.errors) == {"verdict", "words"}
    actions.review_look(auditor, look.call_id, look.pk, True, FOUND)
    assert queries.unusual(auditor) == []
    assert [(row.look.found, row.look.proper) for row in queries.judged(auditor)] == [(FOUND, True)]
    with pytest.raises(Refused):
        actions.review_look(auditor, look.call_id, look.pk, False, FOUND)


def test_it_is_for_the_auditor_of_the_citys_desk_alone(story: Story, actor: MakeActor) -> None:
    at(NIGHT)
    look = looked(story, story.handler, 1)
    for who in (story.handler, story.dispatcher, story.callback, actor("auditor", story.city.department(BUREAU))):
        assert queries.unusual(who) == [] and queries.judged(who) == []
    with pytest.raises(Refused):
        actions.review_look(story.dispatcher, look.call_id, look.pk, True, FOUND)


def test_a_look_that_is_not_unusual_is_not_reviewed(story: Story, auditor: Actor) -> None:
    look = looked(story, story.handler, 1)
    with pytest.raises(Refused):
        actions.review_look(auditor, look.call_id, look.pk, True, FOUND)
