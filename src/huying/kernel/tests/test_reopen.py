"""Not solved: the unit that answered works it again, and its head must take it himself."""

import pytest

from huying.kernel import actions, queries, rebuild, rules
from huying.kernel.errors import Refused
from huying.kernel.models import Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story
from huying.kernel.tests.words import answered_again, not_solved
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def again(story: Story) -> Task:
    return Task.objects.get(matter=story.matter, turn__isnull=False)


def test_only_a_head_of_the_unit_that_answered_signs_it(story: Story, actor: MakeActor) -> None:
    not_solved(story, 1)
    for who in (story.handler, actor("dispatcher", story.city.department(BUREAU))):
        assert "sign" not in rules.verbs_now(who, story.matter, again(story))
        for verb in (actions.sign,):
            with pytest.raises(Refused) as refused:
                verb(who, [again(story).pk])
            assert refused.value.code == "not_yours"
        with pytest.raises(Refused):
            actions.send_back(who, again(story).pk, "《照明规定》第五条，由产权人管。")
    actions.sign(story.head, [again(story).pk])
    assert again(story).state == "signed" and again(story).handler == story.head.officer


def test_once_he_took_it_his_people_work_it_and_the_centre_reviews(story: Story) -> None:
    not_solved(story, 1)
    answered_again(story)
    assert story.call.state == "answered" and story.matter.state == "answered"
    assert Task.objects.filter(matter=story.matter, bearer__key=CENTRE, state="done").count() == 2
    assert list(rebuild.differences()) == []


def test_one_voice_reopens_herself_alone_and_the_others_read_nothing_of_it(story: Story, caller: object) -> None:
    before = len(queries.call_page(story.she, story.call.pk).hops)
    not_solved(story, 2)
    assert story.call.reopened == 2 and story.matter.reopened == 2
    assert len(queries.call_page(story.she, story.call.pk).hops) > before
