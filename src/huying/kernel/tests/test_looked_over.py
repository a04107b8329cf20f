"""An answer looked over with what the city knows: its units, the pack's words, and what was written before."""

import pytest

from huying.city import queries as city
from huying.city.models import Setting
from huying.events.sequence import Sequencer
from huying.kernel import actions, queries
from huying.kernel.search import reader
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people.actors import Actor

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "11 月 20 日下午周科长带人换了两盏路灯，台阶上已经亮了，晚上去看过。"


def kinds(story: Story, text: str, actor: Actor | None = None) -> list[tuple[str, str]]:
    who = actor or story.handler
    view = queries.matter_page(who, story.matter.pk, story.task().pk)
    return [(one.kind, one.quote) for one in queries.looked_over(who, view, text)]


def another(story: Story) -> Story:
    """A second matter of the bureau, signed."""
    (opened,) = actions.open_calls(story.she, [new_call(caller=story.caller, text="街口的路灯又不亮了。", title="路灯又不亮")])
    story.opened, story.done = opened, []
    return story.until("signed")


def test_a_good_answer_is_left_alone(story: Story) -> None:
    assert kinds(story.until("signed"), TEXT) == []
    assert kinds(story, "  ") == []


def test_one_s_own_answer_of_another_matter_is_a_copy(story: Story) -> None:
    story.until("signed")
    actions.answer(story.handler, story.task().pk, TEXT)
    actions.submit(story.handler, story.task().pk)
    assert ("copied", "own") in kinds(another(story), TEXT)


def test_a_draft_is_not_compared_with_itself(story: Story) -> None:
    story.until("signed")
    actions.answer(story.handler, story.task().pk, TEXT)
    assert kinds(story, TEXT) == []


def test_what_did_not_help_and_is_sent_again_is_a_copy(story: Story) -> None:
    story.until("signed")
    actions.answer(story.handler, story.task().pk, TEXT)
    actions.submit(story.handler, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    actions.rate(story.she, story.call.pk, False, 1)
    view = queries.matter_page(story.handler, story.matter.pk, None)
    assert [(one.kind, one.quote) for one in queries.looked_over(story.handler, view, TEXT)] == [("copied", "refused")]


def test_a_colleague_s_answer_he_may_see_is_a_copy(story: Story) -> None:
    story.until("signed")
    actions.answer(story.head, story.task().pk, TEXT)
    actions.submit(story.head, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    Sequencer("tests").run_dry()
    reader.run()
    assert ("copied", "other") in kinds(another(story), TEXT)


def test_the_bearer_s_name_is_somebody(story: Story) -> None:
    unit = story.city.department(BUREAU).short
    story.until("signed")
    assert not [kind for kind, _ in kinds(story, f"{unit}已经换了两盏路灯，11 月 20 日亮了。") if kind == "no_who"]


def test_the_pack_says_which_words_have_plainer_ones(story: Story) -> None:
    Setting.objects.update_or_create(key="answers.plain", defaults={"value": [{"word": "台阶", "plain": "梯坎"}]})
    city.reset()
    assert ("official_word", "台阶") in kinds(story.until("signed"), TEXT)
