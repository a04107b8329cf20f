"""Nine people write of one plant: read in from an older system, found to be one cause with its place, made to stand, closed."""

import csv
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from huying.base import clock
from tests.journeys.city import HUYING, City, environment
from tests.journeys.people import People
from tests.journeys.telling import choose, find, place, slip_of
from tests.journeys.test_axe import clean, faults_of
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
HEADER = ("编号", "用户", "标题", "内容", "时间", "区县")
PLACE = "桂语江湾小区"
OF_ONE = (
    ("桂语江湾小区旁边的搅拌站半夜开工", "桂语江湾小区隔壁建了一个混凝土搅拌站，机器半夜轰隆响，灰尘飘进屋里。"),
    ("桂语江湾小区边上搅拌站噪音大灰尘多", "我住桂语江湾小区，搅拌站就在楼下，噪音大得睡不着，窗台上全是灰尘。"),
    ("搅拌站吵得桂语江湾小区住户睡不着", "桂语江湾小区附近的搅拌站夜里不停工，噪音和灰尘都受不了，请查处。"),
    ("桂语江湾小区搅拌站什么时候搬走", "桂语江湾小区旁的搅拌站灰尘满天，夜里噪音不断，小孩咳嗽，什么时候搬走？"),
    ("投诉桂语江湾小区外的搅拌站噪音污染", "桂语江湾小区外面的搅拌站夜里两点还在生产，噪音污染严重，灰尘也大。"),
    ("桂语江湾小区旁搅拌站灰尘噪音扰民", "桂语江湾小区旁的搅拌站天天灰尘，夜里噪音扰民，老人没法休息。"),
    ("桂语江湾小区隔壁搅拌站夜间施工", "桂语江湾小区隔壁的搅拌站夜间生产，噪音很大，灰尘落满阳台。"),
    ("请管管桂语江湾小区旁的搅拌站", "桂语江湾小区旁的搅拌站噪音大、灰尘多，夜里也不停，请有关部门管管。"),
    ("桂语江湾小区搅拌站夜里噪音太大", "桂语江湾小区搅拌站夜里噪音太大，灰尘太多，孩子睡不着觉。"),
)
OTHERS = (
    ("桂语江湾小区电梯经常停", "桂语江湾小区三栋的电梯一个月停了四次，老人上下楼不方便。"),
    ("春晖苑小区旁边的搅拌站半夜开工", "春晖苑小区隔壁建了一个混凝土搅拌站，机器半夜轰隆响。"),
    ("公园里的长椅坏了", "公园里有三张长椅断了，坐下去会夹手。"),
)
REPEATED = "桂语江湾小区旁边的搅拌站夜里噪音太大，机器轰隆响，灰尘多，睡不着。"
CHANGED = "搅拌站搬到工业园，旧厂址改成停车场，夜里十点后停工写进了许可。"


@pytest.fixture
def city(another_demo: City, tmp_path: Path) -> City:
    """The demo after the older system's messages were read in and compared with each other."""
    file = tmp_path / "older.csv"
    now = clock.local_now()
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        for n, (title, text) in enumerate((*OF_ONE, *OTHERS)):
            at = now - timedelta(days=n % 6, hours=n)
            rows.writerow((f"old-{n}", f"U{n:04}", title, text, f"{at:%Y-%m-%d %H:%M}", "两江新区"))
    by_command(another_demo, "import", "appeals", str(file), "--quiet")
    assert "1" in by_command(another_demo, "dispatch", "causes")
    return another_demo


def by_command(city: City, *words: str) -> str:
    """As an operator does, beside the running city; what it prints."""
    done = subprocess.run(
        [*HUYING, *words], env=environment(city.data, {"HUYING_DEMO": "1"}), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_nine_tell_is_named_with_its_place_stands_and_is_closed(city: City, browser: Browser) -> None:
    people = People(browser, city)
    is_offered_to_follow(people.phone())
    desk = people.officer("chen.dispatcher")
    desk.goto("/desk/")
    desk.get_by_role("link", name="热点").click()
    line = desk.locator(".hots > li").filter(has_text=PLACE).first
    expect(line).to_contain_text("10 个人")
    expect(line).to_contain_text("专项")
    expect(line.locator(".lines li")).to_have_count(len(OF_ONE))
    expect(line).not_to_contain_text("电梯")
    expect(line).not_to_contain_text("春晖苑")
    clean(faults_of(desk))
    clean(faults_of(on_a_phone(people)))
    closes(desk)
    expect(desk.locator(".hots > li").filter(has_text=PLACE)).to_have_count(0)
    expect(desk.get_by_role("region", name="办结的专项")).to_contain_text(CHANGED)
    one = desk.get_by_role("link", name="查找")
    one.click()
    desk.get_by_role("searchbox").fill("搅拌站")
    desk.get_by_role("button", name="找").click()
    expect(desk.locator(".finds > li").filter(has_text=PLACE).first).to_be_visible()
    people.leave()
    assert people.complaints == []


def is_offered_to_follow(page: Page) -> None:
    """A tenth who is about to tell it is shown that it was told, and joins."""
    page.goto("/appeal/")
    place(page, "两江新区", "天宫殿街道")
    page.get_by_label("发生了什么").fill(REPEATED)
    choose(page, "投诉")
    choose(page, "匿名")
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("是不是这件事？")
    page.get_by_role("button", name="我也遇到").first.tap()
    slip = slip_of(page)
    find(page, slip)
    expect(page.get_by_role("heading", name="2 个人遇到这件事")).to_be_visible()


def on_a_phone(people: People) -> Page:
    page = people.officer("chen.dispatcher", viewport={"width": 390, "height": 844})
    page.goto("/desk/hot/")
    return page


def closes(page: Page) -> None:
    """First with too little: what was typed is kept; then with what was changed."""
    line = page.locator(".hots > li").filter(has_text=PLACE).first
    line.get_by_text("办结专项").click()
    words = line.get_by_label("改了什么")
    words.evaluate("field => field.removeAttribute('minlength')")
    words.fill("修好了")
    line.get_by_role("button", name="办结").click()
    line = page.locator(".hots > li").filter(has_text=PLACE).first
    expect(line.get_by_label("改了什么")).to_have_value("修好了")
    expect(line).to_contain_text("10 到 500 字")
    line.get_by_label("改了什么").fill(CHANGED)
    line.get_by_role("button", name="办结").click()
    told(page, "专项办结了")
