"""Two at once: words that are forgotten while the reader has them in hand are in no index afterwards; one closes a cause."""

import threading
from collections.abc import Callable, Collection
from datetime import timedelta

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Setting
from huying.events import log
from huying.events.sequence import Sequencer
from huying.kernel import actions, retention, search
from huying.kernel.models import Cause, CauseMember, Document
from huying.kernel.search import documents, reader
from huying.kernel.search.index import Entry
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.test_races import TRIES, race
from huying.people.tests.given import pass_time

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]
CHANGED = "换了整条街的灯，每月去看一遍。"


def test_what_was_forgotten_while_the_reader_read_it_stays_forgotten(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    Setting.objects.create(key="retention.appeal.closed_days", value=90)
    city.reset()
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5, "好")
    Sequencer("tests").run_dry()
    pass_time(timedelta(days=91))
    in_hand, gone = threading.Event(), threading.Event()
    of_calls: Callable[[Collection[int]], list[Entry]] = documents.of_calls

    def slowly(calls: Collection[int]) -> list[Entry]:
        entries = of_calls(calls)
        if not in_hand.is_set():
            in_hand.set()
            gone.wait(2)  # as long as the other could take, were it not made to wait
        return entries

    def forget() -> None:
        in_hand.wait(10)
        assert retention.trim() == 1
        gone.set()

    monkeypatch.setattr(documents, "of_calls", slowly)
    assert race(reader.run, forget) == ["done", "done"]
    assert not Document.objects.filter(urn=f"call:{story.call.pk}").exists()
    assert list(search.differences()) == []


@pytest.mark.parametrize("attempt", range(TRIES))
def test_a_cause_is_closed_once(story: Story, attempt: int) -> None:
    story.until("dispatched")
    row = Cause(district=story.city.area("500106"), heart=story.matter, people=3, busiest=3, found_at=clock.now())
    row.owner, row.stands_at = story.task("top").bearer, clock.now()
    row.save()
    CauseMember.objects.create(cause=row, matter=story.matter)
    closing = [lambda: actions.close_cause(story.dispatcher, row.pk, CHANGED)] * 2
    assert race(*closing) == ["closed", "done"]
    assert [fact.name for fact in log.history([f"cause:{row.pk}"])] == ["cause.closed"]
