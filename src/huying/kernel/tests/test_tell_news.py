from datetime import timedelta

import pytest

from huying.base import clock
from huying.kernel import actions, queries, timers
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise
from huying.kernel.tests.conftest import BUREAU, DESK, Story
from huying.kernel.tests.known import CAUSE, NEWS, after, declared, joined, owed
from huying.people.actors import holder_actor, party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_news_are_read_by_all_with_the_new_moment_and_the_next_news(story: Story) -> None:
    row = declared(story)
    told = actions.tell_news(story.dispatcher, row.pk, NEWS, after(3), after(9))
    view = queries.incident(row.pk)
    assert [news.text for news in view.told] == [NEWS, CAUSE]
    assert (view.line.news, view.line.news_at, view.line.until_at) == (NEWS, told.news_at, told.until_at)


def test_when_nobody_can_say_until_when_it_is_said_so(story: Story) -> None:
    row = declared(story)
    actions.tell_news(story.dispatcher, row.pk, NEWS, after(3))
    assert queries.incident(row.pk).line.until_at is None


def test_what_was_promised_is_met_and_the_next_is_promised_by_who_spoke(story: Story) -> None:
    story.until("signed")
    row = declared(story)
    [first] = owed(row)
    actions.tell_news(story.head, row.pk, NEWS, after(5))
    [second] = owed(row)
    first.refresh_from_db()
    assert first.met_at is not None and first.broken_at is None and second.pk != first.pk
    row.refresh_from_db()
    assert row.teller.key == BUREAU


def test_news_that_do_not_come_are_late_and_escalate_like_any_promise(story: Story, caller: MakeCaller) -> None:
    row = declared(story, news_at=after(2))
    with clock.showing(clock.now() + timedelta(hours=2, minutes=30)):
        timers.sweep_dry()
        [late] = owed(row)
        assert late.broken_at == row.news_at and queries.incidents()[0].silent
        told = queries.call_page(party_actor(story.caller), story.call.pk).hops
        broken = next(hop for hop in told if hop.name == "promise.broken")
        assert broken.detail["what"] == "news" and broken.bearer == story.city.department(DESK).name
        actions.tell_news(story.dispatcher, row.pk, NEWS, after(2))
    late.refresh_from_db()
    assert late.met_at is not None and late.met_at > late.due_at


def test_only_what_runs_has_news(story: Story) -> None:
    with pytest.raises(Refused) as refused:
        actions.tell_news(story.dispatcher, story.matter.pk, NEWS, after(2))
    assert refused.value.code == "no_incident"


def test_news_need_words_and_a_moment(story: Story) -> None:
    row = declared(story)
    with pytest.raises(BadInput) as bad:
        actions.tell_news(story.dispatcher, row.pk, " ", None, after(-2))
    assert set(bad.value.errors) == {"news", "news_at", "until_at"}
    assert len(owed(row)) == 1 and Promise.objects.filter(what="news").count() == 1


def test_who_joins_later_reads_the_news_from_then_on(story: Story, caller: MakeCaller) -> None:
    row = declared(story)
    actions.tell_news(story.dispatcher, row.pk, NEWS, after(3))
    later = joined(row, caller)
    actions.tell_news(story.dispatcher, row.pk, "接好一半了，还差两处。", after(3))
    notes = [hop.note for hop in queries.call_page(holder_actor(later.call_id), later.call_id).hops]
    assert "接好一半了，还差两处。" in notes and NEWS not in notes


def test_a_handler_of_another_bureau_tells_nothing(story: Story, actor: MakeActor) -> None:
    row = declared(story)
    with pytest.raises(NotThere):
        actions.tell_news(actor("handler", story.city.department("500106.housing")), row.pk, NEWS, after(2))
    assert queries.incidents()[0].news == ""
