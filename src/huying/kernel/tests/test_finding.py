"""What the city does for people is found in everyday words, and on shelves; a closed thing is found no more."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from huying.city import loaded, pack
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import OPEN, with_things
from huying.kernel import finding
from huying.kernel.finding import begun

pytestmark = pytest.mark.django_db
ALONE = """\
- code: fountain
  name: {zh: 喷泉开放, en: Running a fountain}
  department: urban-management
  level: district
  kind: service
  who: [person]
  ground: [signs]
  statutory: 5
  promised: 1
  materials: [plan]
  fields: [shop_name]
  visits: 1
  result: {zh: 喷泉证, en: Paper}
  remedy: review
"""


@pytest.fixture
def city(tmp_path: Path) -> Iterator[SmallPack]:
    """A small city with one thing of three items, and one item that no thing holds."""
    small = with_things(SmallPack(tmp_path / "small"))
    small.write("things/items/alone.yaml", ALONE)
    small.write(
        "things/words/open.yaml",
        "- {thing: open, words: [盘个铺子卖东西, start a business]}\n- {item: tables, words: [坝子头摆桌子]}\n",
    )
    small.write("things/words/alike.yaml", "- {say: 铺子, also: [门面]}\n")
    pack.load(small.root)
    yield small
    loaded.forget()


def codes(question: str) -> list[str]:
    return [hit.code for hit in finding.find(question).best]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("想盘个门面", "open"),
        ("坝子摆几张桌子", "tables"),
        ("喷泉", "fountain"),
        ("开店", "open"),
        ("starting my business", "open"),
    ],
)
def test_what_is_meant_comes_first(city: SmallPack, question: str, first: str) -> None:
    assert codes(question)[0] == first


def test_a_hit_says_which_words_told(city: SmallPack) -> None:
    assert finding.find("我想盘个门面").best[0].words == ("盘个门面",)


@pytest.mark.parametrize("question", ["", "  ", "量子力学", "？", "\x00", "a" * 5000])
def test_what_nobody_says_finds_nothing(city: SmallPack, question: str) -> None:
    assert finding.find(question) == finding.Hits((), ())


def test_an_item_is_found_by_its_name_though_a_thing_holds_it(city: SmallPack) -> None:
    assert [hit.code for hit in finding.find("招牌备案").named] == ["sign"]
    assert [hit.code for hit in finding.find("Filing a signboard").named] == ["sign"]


def test_new_words_of_the_pack_are_known_after_it_was_loaded(city: SmallPack) -> None:
    assert codes("整个摊摊") == []
    city.write("things/words/more.yaml", "- {thing: open, words: [整个摊摊]}\n")
    pack.load(city.root)
    assert codes("整个摊摊") == ["open"]


def test_what_is_closed_is_found_no_more(city: SmallPack) -> None:
    city.write(OPEN, (city.root / OPEN).read_text("utf-8") + "valid_to: 2020-01-01\n")
    pack.load(city.root)
    assert "open" not in codes("盘个铺子") + codes("开店")
    assert codes("喷泉") == ["fountain"]


def test_without_any_pack_nothing_is_found(db: None) -> None:
    loaded.forget()
    assert finding.find("开店") == finding.Hits((), ())


def test_shelves_by_event_by_department_and_for_whom(city: SmallPack) -> None:
    def lying(**asked: str) -> tuple[list[str], list[str]]:
        found = finding.shelf(**asked)
        return [thing.row.key for thing in found.things], [item.code for item in found.items]

    assert lying() == (["open"], ["fountain"])
    assert lying(event="opening") == (["open"], [])
    assert lying(who="person") == ([], ["fountain"])
    assert lying(department="street-office") == (["open"], [])
    assert lying(department="nobody") == ([], [])
    assert [(body.key, count) for body, count in finding.events()] == [("opening", 1)]
    counts = {body.key: count for body, count in finding.departments("firm")}
    assert counts == {"next.police": 1, "urban-management": 1, "street-office": 1}


def test_popular_is_what_was_begun_and_says_when_nothing_was(city: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(begun, "_tellers", [])
    assert finding.popular(5).begun == 0 and [thing.row.key for thing in finding.popular(5).things] == ["open"]
    asked: list[date] = []

    def tell(since: date) -> dict[str, int]:
        asked.append(since)
        return {"open": 3, "gone": 9}

    finding.teller(tell)
    assert finding.popular(5).begun == 3 and asked
    assert finding.popular(5, "person") == finding.Popular((), 0)
