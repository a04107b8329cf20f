"""A dispatcher corrects ten, and sees the next of their kind suggested as she chose, with the words that decided."""

import csv
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
    "文化路新装的广告屏亮得晃眼睛，坐在客厅里都刺眼。",
    "桃花巷口子上的招牌晃眼睛，亮得刺眼，一夜不关。",
    "东门口那块广告屏半夜还亮得晃眼睛，睡不着。",
    "滨河小区对面幕墙反光，中午晃眼睛，亮得刺眼。",
    "老车站楼顶的广告屏亮得晃眼睛，老人头晕。",
    "青石坡酒吧的招牌整夜亮得刺眼，晃眼睛，心烦。",
    "大桥头的大广告屏正对窗户，晃眼睛，亮得像白天。",
    "南山坡商铺的灯箱亮得晃眼睛，娃儿做不成作业。",
    "马家湾洗车场的广告灯箱亮得刺眼，晃眼睛得很。",
    "石板坡停车场顶上的广告屏亮得晃眼睛，求你们管管。",
)
NEXT = "高塔路的广告屏亮得晃眼睛"
BUREAU, KIND = "重庆市生态环境局", "生态环境局"


@pytest.fixture
def city(another_demo: City, tmp_path: Path) -> City:
    """A city to which ten calls about glaring lights have come from another system, and the next one."""
    table = tmp_path / "glare.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("编号", "标题", "内容", "区县"))
        out.writerows((f"G{n}", text[:16], text, "沙坪坝区") for n, text in enumerate((*SAID, f"{NEXT}。")))
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


def learn(city: City) -> None:
    """Learn now, as the worker of a city does by itself within a minute."""
    huying(city, "dispatch", "learn")
    assert ": runs" in (said := huying(city, "dispatch", "models")), said


def test_ten_corrections_are_learned(city: City, browser: Browser) -> None:
    people = People(browser, city)
    page = people.officer("chen.dispatcher")
    opened(page, NEXT)
    expect(page.locator(".sug li").first).not_to_contain_text(KIND)
    for text in SAID:
        opened(page, text)
        give_by_hand(page, BUREAU)
    learn(city)
    page.wait_for_timeout(learned.LOOK_AGAIN * 1000 + 200)  # after which pages see what another process promoted
    opened(page, NEXT)
    first = page.locator(".sug li").first
    expect(first).to_contain_text(KIND)
    expect(first).to_contain_text("以往说到")
    clean(faults_of(page))
    people.leave()
    assert people.complaints == []
