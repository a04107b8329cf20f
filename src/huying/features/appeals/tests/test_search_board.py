"""What stands on the board is found by everybody, and no longer than it stands there."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from huying.city import queries as city
from huying.city.models import Setting
from huying.events.sequence import Sequencer
from huying.features.appeals.actions import publish
from huying.features.appeals.models import Appeal
from huying.features.appeals.mydata import withdraw_board
from huying.kernel import actions, retention, search
from huying.kernel.models import Document
from huying.kernel.search import reader
from huying.kernel.tests.conftest import Story
from huying.people import holdings
from huying.people.tests.given import pass_time

pytestmark = pytest.mark.django_db(transaction=True)


def read() -> None:
    """As the worker does: number what is new, and let the reader take it."""
    Sequencer("tests").run_dry()
    reader.run()


def published(story: Story) -> int:
    story.until("answered")
    Appeal.objects.filter(call=story.call).update(may_publish=True)
    publish(story.callback, story.call.pk, "街上黑了三天", "当晚换好了")
    return story.call.pk


def test_what_was_published_is_found_by_everybody_until_she_takes_it_back(story: Story) -> None:
    pk = published(story)
    assert search.posts("黑了三天") == []
    read()
    assert search.posts("黑了三天") == [pk] == search.posts("当晚换好") and search.posts("两盏灯") == []
    withdraw_board(story.she, story.caller)
    assert search.posts("黑了三天") == []
    read()
    assert search.posts("黑了三天") == [] and list(search.differences()) == []


def test_what_is_erased_or_kept_no_longer_is_found_by_nobody(story: Story, tmp_path: Path, settings: LazySettings) -> None:
    settings.ERASURES = tmp_path / "erasures"
    Setting.objects.create(key="retention.appeal.closed_days", value=90)
    city.reset()
    published(story)
    actions.rate(story.she, story.call.pk, True, 5, "好")
    read()
    pass_time(timedelta(days=91))
    retention.trim()
    holdings.erase(story.she, story.caller)
    assert search.posts("黑了三天") == [] and not Document.objects.exclude(urn__startswith="duty:").exists()
    read()
    assert list(search.differences()) == []
