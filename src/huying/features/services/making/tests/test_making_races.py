"""Two at once on what is made: published once, saved once, and never beside a load. SQLite lets one writer in at a time."""

import pytest

from huying.city import catalogue, pack
from huying.city.models import MadeThing, ThingVersion
from huying.features.services.making import approving, drafting, publishing
from huying.features.services.making.models import DraftState, ThingDraft
from huying.features.services.making.tests.conftest import MARKET, Maker
from huying.kernel.tests.test_races import TRIES, race

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only]


@pytest.mark.parametrize("n", range(TRIES))
def test_two_publish_at_once_and_it_is_published_once(maker: Maker, n: int) -> None:
    row = maker.agreed()
    again = lambda: publishing.publish(maker.head, row.pk, row.revision)  # noqa: E731
    assert sorted(race(again, again)) == ["done", "over"]
    assert ThingVersion.objects.filter(thing__key="market").count() == 1


@pytest.mark.parametrize("n", range(TRIES))
def test_of_two_changes_of_one_thing_the_second_sees_the_first(maker: Maker, n: int) -> None:
    text = maker.small.text("things/open.yaml")
    rows = [maker.agreed(text.replace("promise: 8", f"promise: {days}"), "open") for days in (9, 10)]
    acts = [lambda row=row: publishing.publish(maker.head, row.pk, row.revision) for row in rows]  # type: ignore[misc]
    assert sorted(race(*acts)) == ["done", "outrun"]
    assert MadeThing.objects.count() == 1


@pytest.mark.parametrize("n", range(TRIES))
def test_two_new_things_of_one_code_are_one(maker: Maker, n: int) -> None:
    rows = [maker.agreed(), maker.agreed(MARKET.replace("promise: 7", "promise: 8"))]
    acts = [lambda row=row: publishing.publish(maker.head, row.pk, row.revision) for row in rows]  # type: ignore[misc]
    assert sorted(race(*acts)) == ["done", "faulty"]


@pytest.mark.parametrize("n", range(TRIES))
def test_a_load_beside_a_publish_loses_nothing(maker: Maker, n: int) -> None:
    row = maker.agreed()
    maker.small.edit("things/items/city.yaml", "promised: 2", "promised: 1")
    assert race(lambda: publishing.publish(maker.head, row.pk, row.revision), lambda: pack.load(maker.small.root)) == [
        "done",
        "done",
    ]
    found = catalogue.thing("market")
    assert found and found.whole.items["sign"].promised == 1


@pytest.mark.parametrize("n", range(TRIES))
def test_of_two_who_save_at_once_one_is_told(maker: Maker, n: int) -> None:
    row = maker.draft()
    texts = [MARKET.replace("promise: 7", f"promise: {days}") for days in (8, 9)]
    acts = [lambda text=text: drafting.keep(maker.owner, row.pk, 1, text) for text in texts]  # type: ignore[misc]
    assert sorted(race(*acts)) == ["done", "stale"]
    assert ThingDraft.objects.get(pk=row.pk).revision == 2


@pytest.mark.parametrize("n", range(TRIES))
def test_what_is_changed_while_it_is_agreed_to_is_not_published_by_that(maker: Maker, n: int) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office").pk
    outcome = race(
        lambda: approving.agree(maker.desk, consent, "渝街函〔2026〕8 号"),
        lambda: drafting.keep(maker.owner, row.pk, row.revision, MARKET.replace("promise: 7", "promise: 8")),
    )
    assert "done" in outcome and set(outcome) <= {"done", "recalled"}
    assert ThingDraft.objects.get(pk=row.pk).state == DraftState.DRAFTING
