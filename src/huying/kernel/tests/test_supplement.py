from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Ask, Pause, Promise
from huying.kernel.tests.conftest import Story
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "请告诉我们是哪一根灯杆，杆上有编号。"


def asked(story: Story) -> Ask:
    story.until("signed")
    return actions.supplement(story.handler, story.task().pk, ASKED)


def test_her_clock_stands_still_until_she_replies(story: Story) -> None:
    asked(story)
    row = Promise.objects.get(call=story.call, what="answer")
    before = row.due_at
    assert Pause.objects.get().promise == row and queries.call_page(story.she, story.call.pk).standing == "supplement"
    with clock.showing(clock.now() + timedelta(days=4)):
        actions.reply(story.she, story.call.pk, "第七根，编号 A12。")
    row.refresh_from_db()
    assert row.due_at > before and story.matter.due_at == row.due_at and not Pause.objects.filter(to_at=None).exists()


def test_question_and_reply_stand_on_both_pages(story: Story) -> None:
    asked(story)
    actions.reply(story.she, story.call.pk, "第七根，编号 A12。")
    for asks in (queries.call_page(story.she, story.call.pk).asks, queries.matter_page(story.handler, story.matter.pk).asks):
        assert [(a.text, a.reply) for a in asks] == [(ASKED, "第七根，编号 A12。")]


def test_she_is_asked_once(story: Story) -> None:
    asked(story)
    actions.reply(story.she, story.call.pk, "第七根。")
    assert "supplement" not in queries.matter_page(story.handler, story.matter.pk).verbs
    with pytest.raises(Refused) as refusal:
        actions.supplement(story.handler, story.task().pk, ASKED)
    assert refusal.value.code == "asked"


def test_she_replies_once(story: Story) -> None:
    asked(story)
    actions.reply(story.she, story.call.pk, "第七根。")
    with pytest.raises(Refused):
        actions.reply(story.she, story.call.pk, "第八根。")
    assert Ask.objects.get().reply == "第七根。"


def test_identifiers_are_cut_out_of_her_reply(story: Story) -> None:
    asked(story)
    actions.reply(story.she, story.call.pk, "打我电话 13800001234 带路。")
    assert "13800001234" not in Ask.objects.get().reply and "〔电话1〕" in Ask.objects.get().reply
    assert story.call.sealed


def test_nothing_is_asked_or_replied_in_no_words(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput):
        actions.supplement(story.handler, story.task().pk, " ")
    asked(story)
    with pytest.raises(BadInput):
        actions.reply(story.she, story.call.pk, " ")


def test_a_stranger_cannot_reply_for_her(story: Story, caller: MakeCaller) -> None:
    asked(story)
    with pytest.raises(NotThere):
        actions.reply(party_actor(caller()), story.call.pk, "第七根。")
