"""When a call's time to be kept is over its words go by themselves; states, figures and the log stay."""

from datetime import timedelta

import pytest
from django.conf import LazySettings

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Setting
from huying.events.tests.logs import seal
from huying.events.verify import verify
from huying.kernel import actions, queries, rebuild, retention
from huying.kernel.models import Call, CallNote, Look, Message, Note, Objection, Response
from huying.kernel.tests.conftest import DARK, Story, new_call
from huying.people import parties
from huying.people.actors import party_actor
from huying.people.tests.given import pass_time

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept_90_days(small_city: object) -> None:
    Setting.objects.create(key="retention.appeal.closed_days", value=90)
    city.reset()


@pytest.fixture
def ended(story: Story, kept_90_days: None) -> Story:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5, "好")
    return story


def test_before_its_time_nothing_goes(ended: Story) -> None:
    pass_time(timedelta(days=89))
    assert retention.trim() == 0 and ended.call.text == DARK


def test_after_it_the_words_go_and_the_rest_stays(ended: Story) -> None:
    seal()
    pass_time(timedelta(days=91))
    assert retention.trim() == 1 and retention.trim() == 0
    call = ended.call
    assert (call.text, call.title, call.rating_text, call.grade, call.solved) == (retention.GONE, retention.GONE, "", 5, True)
    assert set(Response.objects.values_list("text", flat=True)) == {retention.GONE} and not Note.objects.exists()
    seal()
    assert verify().faults == 0 and list(rebuild.differences()) == []
    assert queries.call_page(ended.she, call.pk).hops and queries.matter_page(ended.handler, ended.matter.pk).calls


def test_what_was_said_beside_it_goes_too(story: Story, kept_90_days: None) -> None:
    party = parties.party_of_phone("13800001111")
    assert party
    story.caller, story.opened = party, actions.open_calls(party_actor(party), [new_call(caller=party)])[0]
    story.until("answered")
    look = actions.look(story.handler, story.call.pk, "phone", "contact", "约上门的时间").look
    actions.object_(story.she, story.call.pk, look.pk, "没有人打过电话给我")
    actions.leave_message(story.handler, story.call.pk, "请问大概几点方便？")
    actions.answer_message(story.she, story.call.pk, "下午五六点")
    actions.rate(story.she, story.call.pk, True, 5)
    pass_time(timedelta(days=91))
    assert retention.trim() == 1
    message, objection = Message.objects.get(), Objection.objects.get()
    assert (message.text, message.answer, objection.text) == (retention.GONE, "", retention.GONE)
    assert Look.objects.get().reason == "contact" and not CallNote.objects.filter(call=story.call).exists()


def test_a_call_that_is_open_stays_however_old(story: Story, kept_90_days: None) -> None:
    Call.objects.update(opened_at=clock.now() - timedelta(days=900))
    pass_time(timedelta(days=900))
    assert retention.trim() == 0 and story.call.text == DARK


def test_without_a_term_in_the_pack_nothing_goes(story: Story, settings: LazySettings) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    pass_time(timedelta(days=40_000))
    assert retention.trim() == 0


def test_many_go_in_batches(ended: Story) -> None:
    pass_time(timedelta(days=91))
    assert retention.trim(batch=1) == 1
