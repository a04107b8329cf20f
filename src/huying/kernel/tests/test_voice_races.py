"""Many voices at once: nothing is moved twice, counted twice or left behind, and no two of these verbs wait for each other."""

import pytest

from huying.events import log
from huying.kernel import actions
from huying.kernel.intake import Opened
from huying.kernel.models import Call, Matter, Promise
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.test_races import TRIES, race
from huying.kernel.tests.voices import another, call_of, joining, share
from huying.people.actors import SYSTEM, holder_actor
from tests.people import MakeActor, MakeCaller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


@pytest.fixture
def second(story: Story, caller: MakeCaller) -> Opened:
    """Another matter about the same, and a second dispatcher's reason to merge it."""
    share("lamp")
    return another(caller)


def whole() -> None:
    """What must hold after any race: voices are counted, promises lie with their calls, versions have no gap."""
    for matter in Matter.objects.all():
        calls = Call.objects.filter(matter=matter).exclude(state="ended")
        assert matter.voices == calls.count()
        assert (matter.state == "merged") == (matter.merged_into_id is not None) and (matter.state != "merged" or not calls)
        assert [t.version for t in log.history([f"matter:{matter.pk}"])] == list(range(1, matter.version + 1))
    for promise in Promise.objects.filter(call__isnull=False, ended_at__isnull=True).select_related("call"):
        assert promise.matter_id == promise.call.matter_id


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_merges_of_one_matter_move_its_voices_once(
    story: Story, second: Opened, caller: MakeCaller, actor: MakeActor, attempt: int
) -> None:
    third, other = another(caller), actor("dispatcher", story.city.department("city.hotline"))
    outcome = race(
        lambda: actions.merge(story.dispatcher, second.matter_id, story.matter.pk),
        lambda: actions.merge(other, second.matter_id, third.matter_id),
    )
    assert outcome == ["done", "not_now"]
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_merging_each_into_the_other_leaves_one_matter_with_both_voices(
    story: Story, second: Opened, actor: MakeActor, attempt: int
) -> None:
    other = actor("dispatcher", story.city.department("city.hotline"))
    outcome = race(
        lambda: actions.merge(story.dispatcher, second.matter_id, story.opened.matter_id),
        lambda: actions.merge(other, story.opened.matter_id, second.matter_id),
    )
    assert outcome == ["done", "not_now"]
    assert call_of(second).matter_id == story.call.matter_id
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_splits_of_one_voice_make_one_matter(story: Story, second: Opened, attempt: int) -> None:
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    before = Matter.objects.count()
    outcome = race(
        lambda: actions.split(story.dispatcher, second.call_id),
        lambda: actions.split(holder_actor(second.call_id), second.call_id),
    )
    assert outcome == ["alone", "done"] and Matter.objects.count() == before + 1
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_ten_join_while_the_matter_is_merged_away_and_all_are_counted(story: Story, second: Opened, attempt: int) -> None:
    pk = story.opened.matter_id
    join = [lambda n=n: actions.follow(SYSTEM, new_call(key=f"race-{attempt}-{n}"), pk) for n in range(10)]
    outcome = race(*join, lambda: actions.merge(story.dispatcher, pk, second.matter_id))
    assert outcome == ["done"] * 11
    assert Matter.objects.get(pk=second.matter_id).voices == 12
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_the_same_key_joining_twice_is_one_voice(story: Story, second: Opened, attempt: int) -> None:
    pk = story.opened.matter_id
    assert race(*[lambda: actions.follow(SYSTEM, new_call(key=f"once-{attempt}"), pk)] * 4) == ["done"] * 4
    assert story.matter.voices == 2
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_joining_what_is_just_being_answered_loses_nobody(story: Story, caller: MakeCaller, attempt: int) -> None:
    share("lamp")
    story.until("submitted")
    task, seen = story.task().pk, []
    race(lambda: actions.approve(story.centre, task), lambda: seen.append(joining(story, caller)))
    hers = call_of(seen[0])
    assert hers.state == ("answered" if hers.matter_id == story.matter.pk else "open")
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_word_on_the_answer_meets_a_merge(story: Story, caller: MakeCaller, second: Opened, attempt: int) -> None:
    joined = joining(story, caller)
    story.until("answered")
    actions.rate(holder_actor(joined.call_id), joined.call_id, False, 1)
    outcome = race(
        lambda: actions.rate(story.she, story.call.pk, True, 5),
        lambda: actions.merge(story.dispatcher, story.opened.matter_id, second.matter_id),
    )
    assert outcome == ["done", "done"] and Call.objects.get(pk=story.call.pk).solved
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_who_widen_take_each_voice_along_once(story: Story, caller: MakeCaller, actor: MakeActor, attempt: int) -> None:
    share("lamp")
    story.until("signed")
    joined, other = joining(story, caller), actor("dispatcher", story.city.department("city.hotline"))
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 3)
    outcome = race(
        lambda: actions.widen(story.dispatcher, story.matter.pk, "一根线"),
        lambda: actions.widen(other, story.matter.pk, "一根线"),
    )
    assert outcome == ["alone", "done"] and call_of(joined).state == "open"
    assert Promise.objects.filter(call=joined.call_id, what="answer", ended_at=None).count() == 1
    whole()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_her_word_meets_the_desk_that_widens(story: Story, caller: MakeCaller, attempt: int) -> None:
    share("lamp")
    story.until("signed")
    joined = joining(story, caller)
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 3)
    race(
        lambda: actions.widen(story.dispatcher, story.matter.pk, "一根线"),
        lambda: actions.rate(holder_actor(joined.call_id), joined.call_id, True, 5),
    )
    assert (call_of(joined).state, call_of(joined).solved) in (("open", None), ("closed", True))
    whole()
