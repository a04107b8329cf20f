"""Incidents and two people at once: ended once, opened once, nobody joins what is over and hears nothing, none merged away."""

import pytest

from huying.kernel import actions
from huying.kernel.models import Call, Incident, Promise
from huying.kernel.rebuild import differences
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.kernel.tests.known import DONE, NEWS, after, declared, joined, notice, owed
from huying.kernel.tests.test_races import TRIES, race
from huying.kernel.tests.test_voice_races import whole
from huying.kernel.tests.voices import another
from huying.people.actors import SYSTEM
from tests.people import MakeActor, MakeCaller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


def sound() -> None:
    """What must hold after any race, of incidents too."""
    whole()
    assert list(differences()) == []
    for row in Incident.objects.all():
        assert len(owed(row)) == (1 if row.ended_at is None else 0)
    assert not Promise.objects.filter(ended_at=None, matter__state__in=["merged", "answered", "closed"]).exists()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_declare_and_one_is_told_that_it_is_known(story: Story, actor: MakeActor, attempt: int) -> None:
    other = actor("dispatcher", story.city.department("city.hotline"))
    outcome = race(lambda: declared(story), lambda: actions.declare_incident(other, story.opened.matter_id, notice()))
    assert outcome == ["done", "known_incident"]
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_two_end_it_and_it_ends_once(story: Story, attempt: int) -> None:
    story.until("signed")
    row = declared(story)
    outcome = race(
        lambda: actions.end_incident(story.dispatcher, row.pk, DONE), lambda: actions.end_incident(story.head, row.pk, DONE)
    )
    assert outcome[0] == "done" and outcome[1] in ("not_now", "no_incident", "not_yours")
    assert story.call.state == "answered"
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_ten_join_while_it_ends_and_each_is_told_or_told_that_it_is_over(story: Story, attempt: int) -> None:
    story.until("signed")
    row = declared(story)
    join = [lambda n=n: actions.follow(SYSTEM, new_call(key=f"end-{attempt}-{n}"), row.pk, while_known=True) for n in range(10)]
    outcome = race(*join, lambda: actions.end_incident(story.head, row.pk, DONE))
    assert len(outcome) == 11 and set(outcome) <= {"done", "ended"}
    assert Call.objects.filter(matter=row.pk, state="answered").count() == outcome.count("done")  # with the first, less the end
    assert not Call.objects.filter(state="open").exists()
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_merged_into_while_it_ends_nobody_waits_for_ever(story: Story, caller: MakeCaller, attempt: int) -> None:
    story.until("signed")
    row, second = declared(story), another(caller)
    outcome = race(
        lambda: actions.merge(story.dispatcher, second.matter_id, row.pk),
        lambda: actions.end_incident(story.head, row.pk, DONE),
    )
    hers = Call.objects.get(pk=second.call_id)
    assert "done" in outcome and hers.state == ("answered" if hers.matter_id == row.pk else "open")
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_declared_while_it_is_merged_away_it_is_one_or_the_other(story: Story, caller: MakeCaller, attempt: int) -> None:
    second = another(caller)
    outcome = race(lambda: actions.merge(story.dispatcher, story.opened.matter_id, second.matter_id), lambda: declared(story))
    assert outcome in (["done", "known_incident"], ["done", "not_now"])
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_the_last_voice_withdraws_while_news_are_told(story: Story, attempt: int) -> None:
    story.until("signed")
    row = declared(story)
    outcome = race(
        lambda: actions.withdraw(story.she, story.call.pk),
        lambda: actions.tell_news(story.dispatcher, row.pk, NEWS, after(2)),
    )
    assert outcome == ["done", "done"] and story.matter.voices == 0 and story.matter.state == "working"
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_one_form_sent_four_times_opens_one(story: Story, attempt: int) -> None:
    bureau = story.city.department(BUREAU).pk
    one = lambda: actions.open_incident(story.head, bureau, notice(), key="k", kind="appeal", sort="help")  # noqa: E731
    assert race(one, one, one, one) == ["done"] * 4 and Incident.objects.count() == 1
    sound()


@pytest.mark.parametrize("attempt", range(TRIES))
def test_she_splits_off_while_it_ends(story: Story, caller: MakeCaller, attempt: int) -> None:
    story.until("signed")
    row = declared(story)
    other = joined(row, caller)
    outcome = race(
        lambda: actions.split(story.dispatcher, other.call_id), lambda: actions.end_incident(story.head, row.pk, DONE)
    )
    hers = Call.objects.get(pk=other.call_id)
    assert "done" in outcome and hers.state == ("answered" if hers.matter_id == row.pk else "open")
    sound()
