"""Loading items and things: with versions that stay, and closed, never deleted."""

import pytest

from huying.base import clock
from huying.city import catalogue, pack
from huying.city.models import Item, ItemVersion, Thing, ThingVersion
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import ITEMS, OPEN, with_things
from huying.city.things import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(small: SmallPack) -> SmallPack:
    with_things(small)
    pack.load(small.root)
    return small


def versions() -> tuple[int, int]:
    return ItemVersion.objects.count(), ThingVersion.objects.count()


def test_a_first_load_brings_items_things_and_partners(small: SmallPack) -> None:
    counts = pack.load(with_things(small).root).counts()
    assert {name: counts[name]["added"] for name in ("partners", "items", "things")} == {"partners": 1, "items": 3, "things": 1}
    assert versions() == (3, 1)
    assert Item.objects.get(key="record").partner.key == "next.police"
    assert Item.objects.get(key="tables").department == "street-office"


def test_a_second_load_changes_nothing(sound: SmallPack) -> None:
    assert len(pack.load(sound.root)) == 0
    assert versions() == (3, 1)


def test_a_trial_writes_nothing(small: SmallPack) -> None:
    assert len(pack.load(with_things(small).root, dry_run=True)["items"]) == 3
    assert (Item.objects.count(), *versions()) == (0, 0, 0)


def test_what_is_in_force_can_be_decided_on(sound: SmallPack) -> None:
    found = catalogue.thing("open")
    assert found is not None and found.number == 1
    decided = decide(found.whole, {"outside": "some", "places": 60, "from": ["next"]})
    assert decided.codes == ("record", "sign", "tables")
    assert decided.steps[0].item.body.name.zh == "邻省公安厅"
    assert decided.steps[1].item.ground[0].zh == "《招牌办法》第十一条"
    assert [one.code for one in catalogue.items()] == ["record", "sign", "tables"]


def test_a_changed_item_makes_a_new_version_of_every_thing_that_names_it(sound: SmallPack) -> None:
    before = catalogue.thing("open")
    sound.edit(ITEMS, "promised: 2", "promised: 1")
    pack.load(sound.root)
    after = catalogue.thing("open")
    assert before is not None and after is not None
    assert (after.number, versions()) == (2, (4, 2))
    assert after.whole.items["sign"].promised == 1
    kept = catalogue.whole(before.version)
    assert kept is not None and kept.items["sign"].promised == 2, "a running case reads what it began with"


def test_content_that_comes_back_is_the_version_it_was(sound: SmallPack) -> None:
    sound.edit(OPEN, "开店要办的事。", "开店要办的几件事。")
    pack.load(sound.root)
    sound.edit(OPEN, "开店要办的几件事。", "开店要办的事。")
    pack.load(sound.root)
    found = catalogue.thing("open")
    assert found is not None and found.number == 1 and versions() == (3, 2)


def test_what_is_gone_from_the_pack_is_closed_and_its_versions_stay(sound: SmallPack) -> None:
    found = catalogue.thing("open")
    (sound.root / OPEN).unlink()
    sound.write("things/other.yaml", _OTHER)
    assert found is not None
    assert pack.load(sound.root).counts()["things"] == {"added": 1, "changed": 0, "closed": 1}
    assert Thing.objects.get(key="open").valid_to == clock.today()
    assert catalogue.thing("open") is None and [one.row.key for one in catalogue.things()] == ["other"]
    assert catalogue.whole(found.version) == found.whole


def test_a_pack_without_things_closes_them_all(sound: SmallPack) -> None:
    for path in sorted((sound.root / "things").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (sound.root / "things").rmdir()
    counts = pack.load(sound.root).counts()
    assert (counts["items"]["closed"], counts["things"]["closed"]) == (3, 1)
    assert catalogue.items() == [] and catalogue.item("sign") is None


def test_a_closed_thing_that_comes_back_holds_again(sound: SmallPack) -> None:
    text = sound.text(OPEN)
    sound.write("things/other.yaml", _OTHER)
    (sound.root / OPEN).unlink()
    pack.load(sound.root)
    sound.write(OPEN, text)
    pack.load(sound.root)
    found = catalogue.thing("open")
    assert found is not None and found.number == 1


def test_no_such_version_is_none(sound: SmallPack) -> None:
    assert catalogue.whole(10**9) is None and catalogue.thing("nothing") is None


_OTHER = """\
code: other
name: {zh: 挂招牌, en: A signboard}
event: opening
who: [firm]
promise: 2
text: {zh: 挂一块招牌。, en: One signboard.}
synonyms: [门头, 招牌, 店招]
items:
  - item: sign
"""
