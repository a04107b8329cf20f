"""What was made here, and the next load of a pack: never closed, never overwritten in silence."""

import pytest

from huying.city import catalogue, pack
from huying.city.models import MadeThing, PackState
from huying.city.pack import publishing, standing
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import OPEN, with_things

pytestmark = pytest.mark.django_db(transaction=True)
STALL = """\
code: stall
name: {zh: 摆摊, en: A stall}
event: opening
who: [firm]
promise: 5
text: {zh: 摆摊要办的事。, en: What a stall needs.}
synonyms: [想摆摊, 摆地摊, 路边摆摊]
items:
  - item: tables
"""


@pytest.fixture
def loaded(small: SmallPack) -> SmallPack:
    pack.load(with_things(small).root)
    return small


def settled(small: SmallPack, **more: object) -> list[tuple[str, str]]:
    return [(one.code, one.how) for one in pack.load(small.root, **more).made]  # type: ignore[arg-type]


def promise(code: str) -> int | None:
    found = catalogue.thing(code)
    return found.whole.thing.promise if found else None


def test_what_the_pack_has_not_stays(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    assert settled(loaded) == [("stall", "kept")]
    assert promise("stall") == 5
    assert standing.text_of("stall") == STALL


def test_loading_again_changes_nothing(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    pack.load(loaded.root)
    before = PackState.objects.get()
    changes = pack.load(loaded.root)
    assert len(changes) == 0
    assert PackState.objects.get().loaded_at == before.loaded_at


def test_a_changed_thing_stays_while_the_pack_says_what_it_said(loaded: SmallPack) -> None:
    publishing.publish(loaded.text(OPEN).replace("promise: 8", "promise: 9"), "open")
    loaded.write(OPEN, loaded.text(OPEN) + "# a comment says nothing\n")
    assert settled(loaded) == [("open", "kept")]
    assert promise("open") == 9


def test_the_same_file_in_the_pack_takes_it_over(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    loaded.write("things/anything.yaml", "# with its origin\n" + STALL)
    assert settled(loaded) == [("stall", "taken")]
    assert settled(loaded) == []
    assert not MadeThing.objects.exists() and promise("stall") == 5


def test_where_both_changed_somebody_must_choose(loaded: SmallPack) -> None:
    publishing.publish(loaded.text(OPEN).replace("promise: 8", "promise: 9"), "open")
    loaded.edit(OPEN, "promise: 8", "promise: 10")
    with pytest.raises(pack.PackHasFaults) as refused:
        pack.load(loaded.root)
    assert "--over open" in str(refused.value) and promise("open") == 9
    assert settled(loaded, over=["open"]) == [("open", "over")]
    assert promise("open") == 10 and not MadeThing.objects.exists()


def test_a_new_file_of_that_code_that_says_something_else_is_a_choice_too(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    loaded.write("things/stall.yaml", STALL.replace("promise: 5", "promise: 6"))
    with pytest.raises(pack.PackHasFaults) as refused:
        pack.load(loaded.root)
    assert refused.value.faults[0].file == "things/stall.yaml"


def test_given_up_without_a_file_in_the_pack_it_is_closed(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    assert settled(loaded, over=["stall"]) == [("stall", "over")]
    assert promise("stall") is None


def test_a_pack_in_which_it_no_longer_holds_is_refused(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    loaded.edit("things/items/city.yaml", "who: [firm, person]", "who: [person]")
    loaded.write(
        OPEN, loaded.text(OPEN).replace("who: [firm]", "who: [person]").split("items:")[0] + "items:\n  - item: tables\n"
    )
    loaded.write(OPEN, loaded.text(OPEN).split("questions:")[0] + "items:\n  - item: tables\n")
    with pytest.raises(pack.PackHasFaults) as refused:
        pack.load(loaded.root)
    assert [fault.file for fault in refused.value.faults] == ["made/stall.yaml"]
    assert "--over stall" in str(refused.value) and promise("stall") == 5


def test_nothing_was_made_of_that_code(loaded: SmallPack) -> None:
    with pytest.raises(pack.PackHasFaults, match="stall"):
        pack.load(loaded.root, over=["stall"])


def test_an_item_that_changes_makes_a_new_version_of_what_was_made_here(loaded: SmallPack) -> None:
    publishing.publish(STALL, "")
    loaded.edit("things/items/city.yaml", "promised: 5", "promised: 4")
    assert settled(loaded) == [("stall", "kept")]
    found = catalogue.thing("stall")
    assert found and found.number == 2 and found.whole.items["tables"].promised == 4
