import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.rebuild import differences
from huying.kernel.tests.conftest import BUREAU, Story
from huying.kernel.tests.known import DONE, declared, joined, opened, owed
from huying.kernel.tests.voices import call_of
from huying.people.actors import holder_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_all_who_joined_are_told_what_was_done_and_their_promises_are_kept(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    row = declared(story)
    others = [joined(row, caller) for _ in range(3)]
    actions.end_incident(story.head, row.pk, DONE)
    for opened_call in (story.opened, *others):
        view = queries.call_page(holder_actor(opened_call.call_id), opened_call.call_id)
        assert view.call.state == "answered" and view.answer is not None and view.answer.text == DONE
        assert [hop.name for hop in view.hops][-2:] == ["incident.ended", "matter.answered"]
        assert view.promise is not None and view.promise.met_at is not None
        assert view.bearer is not None and view.bearer.key == BUREAU
    assert not Promise.objects.filter(ended_at__isnull=True).exists() and list(differences()) == []


def test_it_stands_no_longer_among_those_that_run_and_its_page_says_what_was_done(story: Story) -> None:
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, DONE)
    view = queries.incident(row.pk)
    assert queries.incidents() == [] and view.ended_at is not None and view.done == DONE and owed(row) == []


def test_her_word_is_still_hers_and_not_solved_is_worked_again_by_the_same_unit(story: Story, caller: MakeCaller) -> None:
    story.until("signed")
    row = declared(story)
    other = joined(row, caller)
    actions.end_incident(story.head, row.pk, DONE)
    actions.rate(story.she, story.call.pk, True, 5)
    actions.rate(holder_actor(other.call_id), other.call_id, False, 1)
    assert story.call.state == "closed" and call_of(other).state == "open" and story.matter.state == "working"
    assert queries.incidents() == []


def test_the_tasks_that_were_worked_are_done_with_those_above(story: Story) -> None:
    story.until("submitted")
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, DONE)
    assert set(Task.objects.filter(matter=row.pk).values_list("state", flat=True)) == {"done"}
    assert list(differences()) == []


def test_where_nobody_bears_it_yet_who_ends_it_has_borne_it(story: Story) -> None:
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, DONE)
    [task] = Task.objects.filter(matter=row.pk)
    assert task.bearer.type == "hotline" and task.state == "done" and story.matter.state == "answered"


def test_a_matter_without_a_voice_closes_with_it(story: Story) -> None:
    row = opened(story)
    actions.end_incident(story.head, row.pk, DONE)
    row.matter.refresh_from_db()
    assert row.matter.state == "closed" and row.matter.ended_at is not None and list(differences()) == []
    assert row.pk not in [line.matter_id for line in queries.to_show(story.callback)]


def test_an_answer_that_is_approved_ends_it_too(story: Story, caller: MakeCaller) -> None:
    story.until("submitted")
    row = declared(story)
    other = joined(row, caller)
    story.until("answered")
    assert queries.incidents() == [] and call_of(other).state == "answered" and owed(row) == []
    assert queries.incident(row.pk).done == ""  # the answer was written to callers, not to everybody


def test_it_ends_once(story: Story) -> None:
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, DONE)
    with pytest.raises(Refused):
        actions.end_incident(story.dispatcher, row.pk, DONE)


def test_the_end_says_what_was_done(story: Story) -> None:
    row = declared(story)
    with pytest.raises(BadInput) as bad:
        actions.end_incident(story.dispatcher, row.pk, "好了")
    assert set(bad.value.errors) == {"done"} and story.call.state == "open"


def test_the_last_voice_withdraws_and_the_pipe_is_still_broken(story: Story) -> None:
    story.until("signed")
    row = declared(story)
    actions.withdraw(story.she, story.call.pk)
    [line] = queries.incidents()
    assert (line.matter_id, line.voices, story.matter.state) == (row.pk, 0, "working") and len(owed(row)) == 1
    actions.end_incident(story.head, row.pk, DONE)
    assert story.matter.state == "closed" and story.call.state == "ended"


def test_the_only_voice_may_split_off_for_hers_is_another_thing(story: Story) -> None:
    story.until("signed")
    row = declared(story)
    own = actions.split(story.she, story.call.pk)
    actions.end_incident(story.head, row.pk, DONE)
    assert call_of(story.opened).matter_id == own.pk and story.call.state == "open"


def test_what_has_ended_is_joined_no_more(story: Story, caller: MakeCaller) -> None:
    row = declared(story)
    actions.end_incident(story.dispatcher, row.pk, DONE)
    with pytest.raises(Refused) as refused:
        joined(row, caller)
    assert refused.value.code == "ended"


def test_who_works_it_does_not_end_it(story: Story) -> None:
    story.until("signed")
    row = declared(story)
    with pytest.raises(Refused):
        actions.end_incident(story.handler, row.pk, DONE)
    with pytest.raises(NotThere):
        actions.end_incident(story.she, row.pk, DONE)
