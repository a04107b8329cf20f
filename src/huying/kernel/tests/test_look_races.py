"""Two at once: a look, an objection and its answer are each recorded once."""

import pytest

from huying.events import log
from huying.kernel import actions, queries, rebuild
from huying.kernel.models import Look, Promise
from huying.kernel.tests.conftest import DESK, Story, new_call
from huying.kernel.tests.test_races import TRIES, race
from huying.people import parties
from huying.people.actors import party_actor
from tests.people import MakeActor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
WORDS, FOUND = "为什么看我的号码？", "查了，看得有理由。"


@pytest.fixture
def looked(story: Story) -> Story:
    """The bureau works a call whose caller left her number."""
    party = parties.party_of_phone("13800001111")
    assert party
    story.caller = party
    story.opened = actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    return story.until("signed")


def look_by(story: Story) -> int:
    return actions.look(story.handler, story.call.pk, "phone", "contact", "想问问情况").look.pk


@pytest.mark.parametrize("attempt", range(TRIES))
def test_one_officer_who_presses_twice_looks_once(looked: Story, attempt: int) -> None:
    assert race(lambda: look_by(looked), lambda: look_by(looked)) == ["done", "done"]
    assert Look.objects.count() == 1
    assert [t.version for t in log.history([f"call:{looked.call.pk}"])] == list(range(1, looked.call.version + 1))


@pytest.mark.parametrize("attempt", range(TRIES))
def test_objecting_twice_is_one_objection_with_one_promise(looked: Story, attempt: int) -> None:
    look = look_by(looked)
    outcome = race(*[lambda: actions.object_(looked.she, looked.call.pk, look, WORDS)] * 2)
    assert outcome == ["done", "objected"]
    assert Promise.objects.filter(what="objection", ended_at=None).count() == 1


@pytest.mark.parametrize("attempt", range(TRIES))
def test_of_two_auditors_one_answers(looked: Story, actor: MakeActor, attempt: int) -> None:
    look = look_by(looked)
    actions.object_(looked.she, looked.call.pk, look, WORDS)
    both = [actor("auditor", looked.city.department(DESK)) for _ in range(2)]
    outcome = race(
        lambda: actions.answer_objection(both[0], looked.call.pk, look, False, FOUND),
        lambda: actions.answer_objection(both[1], looked.call.pk, look, True, FOUND),
    )
    assert outcome == ["done", "not_asked"] and queries.objections(both[0]) == []
    assert list(rebuild.differences()) == []
