import pytest

from huying.kernel import actions, queries, rebuild, rules
from huying.kernel.errors import BadInput, Refused
from huying.kernel.intake import Opened
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.voices import answer_promise, call_of, joining, share
from huying.people.actors import holder_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "整条街是一根线，别家的灯也会再灭。"


@pytest.fixture
def others(story: Story, caller: MakeCaller) -> list[Opened]:
    """Two more voices: one says it is solved, the other has not spoken; the story's own says it is not."""
    share("lamp")
    story.until("signed")
    found = [joining(story, caller), joining(story, caller)]
    story.until("answered")
    actions.rate(holder_actor(found[0].call_id), found[0].call_id, True, 5)
    actions.rate(story.she, story.call.pk, False, 3)
    return found


def test_one_voice_is_reopened_alone(story: Story, others: list[Opened]) -> None:
    assert [call_of(row).state for row in others] == ["closed", "answered"] and story.call.state == "open"
    names = [h.name for h in queries.call_page(holder_actor(others[1].call_id), others[1].call_id).hops]
    assert "matter.reopened" not in names and names[-1] == "matter.answered"


def test_the_desk_takes_along_who_has_not_spoken_and_leaves_who_has(story: Story, others: list[Opened]) -> None:
    assert "widen" in rules.verbs_now(story.dispatcher, story.matter, None)
    actions.widen(story.dispatcher, story.matter.pk, WHY)
    assert [call_of(row).state for row in others] == ["closed", "open"]
    assert answer_promise(others[1]) and call_of(others[1]).reopened == 0
    hers = queries.call_page(holder_actor(others[1].call_id), others[1].call_id).hops
    assert hers[-1].name == "matter.widened" and hers[-1].note == WHY
    assert list(rebuild.differences()) == [] and "widen" not in rules.verbs_now(story.dispatcher, story.matter, None)


def test_without_a_reason_or_without_anybody_to_take_along_nothing_happens(story: Story, others: list[Opened]) -> None:
    with pytest.raises(BadInput) as fault:
        actions.widen(story.dispatcher, story.matter.pk, " ")
    assert set(fault.value.errors) == {"note"}
    actions.widen(story.dispatcher, story.matter.pk, WHY)
    with pytest.raises(Refused) as refused:
        actions.widen(story.dispatcher, story.matter.pk, WHY)
    assert refused.value.code == "alone"


def test_who_works_it_does_not_widen_it(story: Story, others: list[Opened]) -> None:
    for who in (story.head, story.centre):
        with pytest.raises(Refused):
            actions.widen(who, story.matter.pk, WHY)
