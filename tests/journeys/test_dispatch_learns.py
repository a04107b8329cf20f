"""A dispatcher corrects ten, and sees the next of their kind suggested as she chose, with the words that decided."""

import csv
import itertools
import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from huying.kernel import learned
from tests.journeys.city import HUYING, City, environment
from tests.journeys.people import People
from tests.journeys.test_axe import clean, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
SAID = (
    "广告屏晃眼睛，亮得刺眼",
    "霓虹招牌一夜闪到亮，晃得很",
    "射灯对到卧室窗户，亮得很",
    "幕墙反光刺眼睛",
    "招牌的强光照进屋头",
)
PLACES = (
    "文化路",
    "桃花巷",
    "东门口",
    "滨河小区",
    "老车站",
    "青石坡",
    "大桥头",
    "后街",
    "南山坡",
    "马家湾",
    "水井湾",
    "石板坡",
)
NEXT = "高塔路的广告屏亮得晃眼睛"
CORRECTED = 12
BUREAU, KIND = "重庆市生态环境局", "生态环境局"


def texts() -> list[str]:
    """So many calls about glaring lights, no two alike, and the next one."""
    return [f"{place}{said}。" for place, said in zip(PLACES, itertools.cycle(SAID), strict=False)] + [f"{NEXT}。"]


@pytest.fixture
def city(another_demo: City, tmp_path: Path) -> City:
    """A city to which these calls have come from another system."""
    table = tmp_path / "glare.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("编号", "标题", "内容", "区县"))
        out.writerows((f"G{n}", text[:16], text, "沙坪坝区") for n, text in enumerate(texts()))
    huying(another_demo, "import", "appeals", str(table), "--sort", "complaint")
    return another_demo


def huying(city: City, *words: str) -> str:
    """What a command says, on the data of the running city."""
    done = subprocess.run([*HUYING, *words], env=environment(city.data, city.more), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def opened(page: Page, text: str) -> None:
    """The dispatcher's page of the call with these words."""
    page.goto("/desk/dispatch/")
    page.get_by_role("link").filter(has_text=text[:12]).first.click()
    expect(page.get_by_role("main")).to_contain_text(text)


def give_by_hand(page: Page, bureau: str) -> None:
    page.locator("summary").filter(has_text="自己选单位").click()
    page.get_by_label("交给谁").select_option(bureau)
    page.get_by_role("button", name="派单").click()
    expect(page.get_by_role("status")).to_contain_text("已派出")


def test_ten_corrections_are_learned(city: City, browser: Browser) -> None:
    people = People(browser, city)
    page = people.officer("chen.dispatcher")
    opened(page, NEXT)
    expect(page.locator(".sug li").first).not_to_contain_text(KIND)
    for text in texts()[:CORRECTED]:
        opened(page, text)
        give_by_hand(page, BUREAU)
    huying(city, "dispatch", "learn")  # the worker does it by itself too, some time within a minute
    assert ": runs" in huying(city, "dispatch", "models")
    page.wait_for_timeout(learned.LOOK_AGAIN * 1000 + 200)  # after which pages see what another process promoted
    opened(page, NEXT)
    first = page.locator(".sug li").first
    expect(first).to_contain_text(KIND)
    expect(first).to_contain_text("以往说到")
    clean(faults_of(page))
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=shots + "/learned.png")
    people.leave()
    assert people.complaints == []
