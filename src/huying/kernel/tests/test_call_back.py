from datetime import timedelta

import pytest

from huying.base import clock
from huying.events import log
from huying.kernel import actions, queries, rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from huying.people.actors import officer_actor
from huying.people.models import Post
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def called(story: Story, outcome: str, grade: int | None = None, words: str = "灯没亮，还是黑的") -> None:
    actions.call_back(story.callback, story.call.pk, outcome, grade, words)


def test_solved_on_the_telephone_ends_the_call_and_is_known_as_told_to_the_desk(story: Story) -> None:
    story.until("answered")
    called(story, "solved", 4, "亮了，谢谢")
    call = story.call
    assert (call.state, call.solved, call.grade, call.told_to_desk, call.ended_how) == ("closed", True, 4, True, "told")
    names = [t.name for t in log.history([f"call:{call.pk}"])]
    assert "call.called_back" in names and "call.rated" not in names
    assert story.matter.state == "closed" and list(rebuild.differences()) == []


def test_not_solved_on_the_telephone_is_worked_again_by_the_head(story: Story) -> None:
    story.until("answered")
    called(story, "unsolved", 2)
    task = Task.objects.get(matter=story.matter, turn__isnull=False)
    assert (story.call.state, story.call.solved, task.bearer.key, task.for_head) == ("open", False, BUREAU, True)
    assert Promise.objects.filter(call=story.call, what="check", ended_at=None).count() == 1
    assert list(rebuild.differences()) == []


def test_her_words_are_kept_without_what_says_who_she_is(story: Story) -> None:
    story.until("answered")
    called(story, "unsolved", None, "我是王秀英，电话13800001234，灯还是黑的")
    assert "13800001234" not in story.call.rating_text and "〔电话" in story.call.rating_text
    told = [hop for hop in queries.matter_page(story.head, story.matter.pk).hops if hop.name == "call.called_back"]
    assert told[0].note == story.call.rating_text


def test_each_try_in_vain_is_recorded_and_only_after_enough_of_them_the_desk_may_close(story: Story) -> None:
    story.until("answered")
    called(story, "unreached")
    with pytest.raises(Refused) as early:
        actions.close(story.callback, story.call.pk)
    assert early.value.code == "not_tried"
    with pytest.raises(Refused) as soon:
        called(story, "unreached")
    assert soon.value.code == "too_soon" and story.call.tries == 1
    clock.set_offset(timedelta(hours=3))
    called(story, "unreached")
    actions.close(story.callback, story.call.pk, "打了两次没有接")
    assert (story.call.state, story.call.solved, story.call.ended_how, story.call.tries) == ("closed", None, "silent", 2)
    told = [t.fact for t in log.history([f"call:{story.call.pk}"]) if t.name == "call.called_back"]
    assert [getattr(fact, "tries", 0) for fact in told] == [1, 2]
    seen = [h.name for h in queries.call_page(story.she, story.call.pk).hops]
    assert seen.count("call.called_back") == 2


def test_a_new_answer_is_asked_about_anew(story: Story) -> None:
    story.until("answered")
    called(story, "unreached")
    actions.rate(story.she, story.call.pk, False, None)
    task = Task.objects.get(matter=story.matter, turn__isnull=False)
    actions.sign(story.head, [task.pk])
    actions.answer(story.handler, task.pk, "又换了一盏，现场确认全亮。周科长")
    actions.submit(story.handler, task.pk)
    actions.approve(story.centre, task.pk)
    assert (story.call.tries, story.call.told_to_desk) == (0, False)


def test_what_the_desk_wrote_down_she_may_correct_and_her_own_word_prevails(story: Story) -> None:
    story.until("answered")
    called(story, "solved", 5)
    assert queries.call_page(story.she, story.call.pk).may_correct
    actions.rate(story.she, story.call.pk, False, 1, "没有人来过")
    assert (story.call.state, story.call.solved, story.call.grade, story.call.told_to_desk) == ("open", False, 1, False)
    assert story.matter.state == "working" and list(rebuild.differences()) == []
    with pytest.raises(Refused):
        actions.rate(story.she, story.call.pk, True, 5)


def test_solved_after_all_ends_what_was_reopened_for_her(story: Story) -> None:
    story.until("answered")
    called(story, "unsolved", 1)
    actions.rate(story.she, story.call.pk, True, 5, "后来亮了")
    assert (story.call.state, story.call.solved, story.matter.state) == ("closed", True, "closed")
    assert not Task.objects.filter(is_open=True).exists() and not Promise.objects.filter(ended_at=None).exists()
    assert list(rebuild.differences()) == []


def test_a_better_grade_of_her_own_takes_the_second_look_back_and_nothing_else(story: Story) -> None:
    story.until("answered")
    called(story, "solved", 2)
    assert Promise.objects.filter(what="check", ended_at=None).exists()
    actions.rate(story.she, story.call.pk, True, 4)
    assert (story.call.state, story.call.grade, story.matter.state) == ("closed", 4, "closed")
    assert not Promise.objects.filter(what="check", ended_at=None).exists()


def test_after_the_packs_days_it_stands(story: Story) -> None:
    story.until("answered")
    called(story, "solved")
    clock.set_offset(timedelta(days=8))
    assert not queries.call_page(story.she, story.call.pk).may_correct
    with pytest.raises(Refused):
        actions.rate(story.she, story.call.pk, False, 1)


def test_who_worked_it_never_asks_her(story: Story, actor: MakeActor) -> None:
    story.until("answered")
    both = actor("callback", story.city.department(DESK))
    assert both.officer
    Post.objects.create(officer=both.officer, department=story.city.department(BUREAU), role="supervisor")
    from_bureau = officer_actor(both.officer)
    with pytest.raises(Refused) as refused:
        actions.call_back(from_bureau, story.call.pk, "solved")
    assert refused.value.code == "not_apart"
    with pytest.raises(Refused):
        actions.call_back(story.dispatcher, story.call.pk, "solved")
    for who in (story.handler, story.centre):
        with pytest.raises(Refused):
            actions.call_back(who, story.call.pk, "solved")


def test_nobody_is_asked_before_the_answer_or_after_her_word(story: Story) -> None:
    with pytest.raises(Refused):
        called(story, "solved")
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    with pytest.raises(Refused):
        called(story, "unsolved")


def test_what_is_missing_is_named(story: Story) -> None:
    story.until("answered")
    with pytest.raises(BadInput) as fault:
        actions.call_back(story.callback, story.call.pk, "maybe", 7)
    assert set(fault.value.errors) == {"outcome", "grade"}
    with pytest.raises(BadInput) as fault:
        actions.call_back(story.callback, story.call.pk, "unsolved")
    assert set(fault.value.errors) == {"words"}
    with pytest.raises(NotThere):
        actions.call_back(story.callback, 999999, "solved")


def test_the_list_is_by_who_waits_longest_and_keeps_what_was_tried(story: Story) -> None:
    first = story.until("answered").opened
    clock.set_offset(timedelta(hours=5))
    story.opened = actions.open_calls(story.she, [new_call(caller=story.caller)])[0]
    story.done.clear()
    story.until("answered")
    rows = queries.to_call_back(story.callback)
    assert [row.call_id for row in rows] == [first.call_id, story.opened.call_id]
    actions.call_back(story.callback, first.call_id, "unreached")
    assert queries.to_call_back(story.callback)[0].tries == 1
    assert queries.to_call_back(story.dispatcher) == []
