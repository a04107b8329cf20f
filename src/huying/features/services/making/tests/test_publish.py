"""A thing is published when all have agreed and nothing is wrong with it; it is then as if it had been loaded."""

import pytest

from huying.city import catalogue, pack
from huying.city.models import MadeThing, Thing, ThingVersion
from huying.events import log
from huying.features.services.making import approving, drafting, publishing
from huying.features.services.making.events import ThingPublished
from huying.features.services.making.models import Agreement, DraftState, ThingDraft, Word
from huying.features.services.making.tests.conftest import MARKET, Maker
from huying.kernel.errors import NotThere, Refused

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_all_agreed_to_comes_into_force(maker: Maker) -> None:
    row = maker.published()
    found = catalogue.thing("market")
    assert row.state == DraftState.PUBLISHED and found
    assert found.whole.thing.name.zh == "摆夜市" and set(found.whole.items) == {"sign", "tables"}
    assert row.version_id == found.version and found.number == 1


def test_it_is_the_very_version_that_a_load_of_the_same_file_makes(maker: Maker) -> None:
    row = maker.published()
    made = ThingVersion.objects.get(pk=row.version_id)
    maker.small.write("things/market.yaml", row.text)
    changes = pack.load(maker.small.root)
    assert [(one.code, one.how) for one in changes.made] == [("market", "taken")]
    assert len(changes) == 0 and not MadeThing.objects.exists()
    assert ThingVersion.objects.get(thing__key="market") == made


def test_a_changed_thing_is_another_version_and_the_old_one_stays(maker: Maker) -> None:
    before = catalogue.thing("open")
    assert before
    maker.published(maker.small.text("things/open.yaml").replace("promise: 8", "promise: 9"), "open")
    after = catalogue.thing("open")
    assert after and (before.number, after.number) == (1, 2)
    assert after.whole.thing.promise == 9
    old = catalogue.whole(before.version)
    assert old and old.thing.promise == 8


def test_it_is_told_in_the_log(maker: Maker) -> None:
    row = maker.published()
    told = [one for one in log.history([f"thing-draft:{row.pk}"]) if isinstance(one.fact, ThingPublished)]
    assert [(one.fact.thing, one.fact.version) for one in told] == [("market", 1)]  # type: ignore[attr-defined]
    assert told[0].fact.digest == Thing.objects.get(key="market").digest  # type: ignore[attr-defined]


def test_nothing_is_published_before_all_have_agreed(maker: Maker) -> None:
    row = maker.sent()
    with pytest.raises(Refused) as refused:
        publishing.publish(maker.head, row.pk, row.revision)
    assert refused.value.code == "not_agreed"
    assert catalogue.thing("market") is None


def test_nor_what_was_never_sent(maker: Maker) -> None:
    row = maker.draft()
    with pytest.raises(Refused) as refused:
        publishing.publish(maker.head, row.pk, row.revision)
    assert refused.value.code == "not_sent"


def test_only_the_head_of_its_owner_publishes(maker: Maker) -> None:
    row = maker.agreed()
    for other in (maker.owner, maker.desk):
        with pytest.raises(NotThere):
            publishing.publish(other, row.pk, row.revision)


def test_a_fault_that_came_between_stops_it(maker: Maker) -> None:
    """Sound when it was agreed to; then another thing took one of its words."""
    row = maker.agreed()
    maker.small.edit("things/open.yaml", "[想开店, ", "[想开店, 想摆夜市, ")
    pack.load(maker.small.root)
    with pytest.raises(Refused) as refused:
        publishing.publish(maker.head, row.pk, row.revision)
    assert refused.value.code == "faulty" and "想摆夜市" in refused.value.message
    assert not MadeThing.objects.exists() and catalogue.thing("market") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("promise: 7", "promise: 1"),
        ("item: tables", "item: table"),
        (", en: A stall at night", ""),
        ("when: {sign: 'yes'}", "when: {sign: maybe}"),
        ("after: [sign]", "after: [tables]"),
        ("code: market", "code: open"),
        ("questions:", "questions: ["),
    ],
)
def test_a_thing_with_a_fault_is_never_sent_and_never_published(maker: Maker, old: str, new: str) -> None:
    row = maker.draft()
    row = drafting.keep(maker.owner, row.pk, row.revision, MARKET.replace(old, new))
    with pytest.raises(Refused) as refused:
        approving.send(maker.head, row.pk, row.revision)
    assert refused.value.code == "faulty"
    # nor where somebody wrote past every verb
    ThingDraft.objects.filter(pk=row.pk).update(state=DraftState.SENT)
    Agreement.objects.create(
        draft=row, revision=row.revision, body="x", department=row.owner, word=Word.AGREED, at=row.created_at
    )
    with pytest.raises(Refused) as refused:
        publishing.publish(maker.head, row.pk, row.revision)
    assert refused.value.code == "faulty"
    assert Thing.objects.count() == 1 and not MadeThing.objects.exists()


def test_a_change_of_what_was_published_anew_meanwhile_is_refused(maker: Maker) -> None:
    text = maker.small.text("things/open.yaml")
    first = maker.agreed(text.replace("promise: 8", "promise: 9"), "open")
    second = maker.agreed(text.replace("promise: 8", "promise: 10"), "open")
    publishing.publish(maker.head, first.pk, first.revision)
    with pytest.raises(Refused) as refused:
        publishing.publish(maker.head, second.pk, second.revision)
    assert refused.value.code == "outrun"
    drafting.catch_up(maker.owner, second.pk, second.revision)
    publishing.publish(maker.head, second.pk, second.revision)
    found = catalogue.thing("open")
    assert found and found.whole.thing.promise == 10
