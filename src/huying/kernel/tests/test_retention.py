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
from huying.kernel.models import Call, Note, Response
from huying.kernel.tests.conftest import DARK, Story
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
