"""办事: found in words, on shelves, an item by itself; nothing found says what to do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from huying.city import loaded, pack
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import with_things

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(tmp_path: Path) -> Iterator[None]:
    small = with_things(SmallPack(tmp_path / "small"))
    small.write("things/words/open.yaml", "- {thing: open, words: [盘个铺子]}\n- {item: tables, words: [坝子头摆桌子]}\n")
    pack.load(small.root)
    yield
    loaded.forget()


def page(address: str, language: str = "zh-hans", **asked: str) -> str:
    client = Client()
    client.cookies["looks"] = f"...{language}"
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_leads_to_events_things_and_departments() -> None:
    shown = page("/things/")
    assert "今天想办什么事？" in shown and "?event=opening" in shown and "?department=street-office" in shown
    assert 'href="/things/open/"' in shown and "还没有人在这里开始办" in shown


def test_a_result_names_the_words_that_told() -> None:
    shown = page("/things/", q="我想盘个铺子")
    assert 'href="/things/open/"' in shown and "<mark>盘个铺子</mark>" in shown


def test_an_item_that_was_meant_leads_to_its_own_page() -> None:
    assert 'href="/items/tables/"' in page("/things/", q="坝子头摆桌子")
    shown = page("/items/tables/")
    assert "外摆许可" in shown and "平面图" in shown and "每张桌子" in shown and 'href="/things/open/"' in shown


def test_nothing_found_says_what_to_do_and_keeps_the_words() -> None:
    shown = page("/things/", q="量子<b>力学")
    assert "没有找到" in shown and "tel:12345" in shown and "/appeal/?text=" in shown
    assert "<b>力学" not in shown and "量子&lt;b&gt;力学" in shown


def test_shelves_show_what_lies_there_or_that_nothing_does() -> None:
    assert 'href="/things/open/"' in page("/things/", event="opening")
    assert 'href="/things/open/"' in page("/things/", department="street-office", who="firm")
    assert 'href="/things/open/"' in page("/things/", all="")
    assert "这里还没有事项" in page("/things/", event="nowhere")
    assert "这里还没有事项" in page("/things/", who="person", all="")


def test_in_english_everything_is_english() -> None:
    shown = page("/things/", "en", q="opening a shop")
    assert "Opening a shop" in shown and "Because you said" in shown
    assert "Permit for tables outside" in page("/items/tables/", "en")


def test_what_is_not_there_is_not_found() -> None:
    assert Client().get("/items/nothing/").status_code == 404
    assert Client().get("/things/nothing/").status_code == 404


def test_search_and_home_lead_to_things_too() -> None:
    assert 'href="/things/open/"' in page("/search/", q="盘个铺子")
    assert 'href="/things/open/"' in page("/")
