"""She looks at what is held about her, takes it with her, and has it erased; the log still verifies."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.city import City
from tests.journeys.people import People, sign_in
from tests.journeys.proving import the_log_verifies
from tests.journeys.telling import choose, place, send

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHONE, NAME = "13800137654", "陈桂芳"


def test_she_exports_and_is_erased_and_the_log_verifies(another_demo: City, browser: Browser, tmp_path: Path) -> None:
    people = People(browser, another_demo)
    her = people.phone(accept_downloads=True)
    sign_in(her, PHONE)
    she_asks(her)
    her.goto("/me/")
    her.get_by_role("link", name="我的信息 查看").tap()
    her.get_by_label("姓名").fill(NAME)
    with her.expect_navigation():
        her.get_by_role("button", name="保存").tap()
    expect(her.get_by_text(NAME).first).to_be_visible()
    nothing_is_wrong(her)
    assert NAME in json.dumps(she_downloads(her, tmp_path), ensure_ascii=False)
    her.get_by_role("link", name="申请删除我的信息").tap()
    her.wait_for_url("**/erase/")
    nothing_is_wrong(her)
    her.get_by_label("一并撤回").check()
    her.get_by_label("我明白，删除以后不能恢复").check()
    her.get_by_role("button", name="删除我的信息").tap()
    expect(her.get_by_role("heading", name="已经删除")).to_be_visible()
    her.goto("/me/data/")
    assert "/signin/" in her.url
    people.leave()
    assert people.complaints == []
    assert the_log_verifies(another_demo)["erased"]


def she_asks(page: Page) -> None:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(f"我叫{NAME}，楼下的路灯三天不亮了，请来修一修，晚上看不清路。")
    choose(page, "求助")
    place(page, "沙坪坝区", "小龙坎街道")
    choose(page, "实名")
    send(page)
    expect(page.get_by_text("查询号").first).to_be_visible()


def she_downloads(page: Page, folder: Path) -> dict[str, object]:
    for form in ("PDF", "JSON"):
        with page.expect_download() as caught:
            page.get_by_role("link", name=f"下载 {form}").tap()
        caught.value.save_as(folder / f"my-data.{form.lower()}")
    assert (folder / "my-data.pdf").read_bytes().startswith(b"%PDF-")
    found: dict[str, object] = json.loads((folder / "my-data.json").read_bytes())
    return found


def nothing_is_wrong(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert found == []
