"""She complains, and keeps the proof: the independent verifier takes her file, refuses it with one byte changed, and whoever
scans her code sees that it is genuine and nothing else."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.proving import one_byte_changed, she_downloads_it, the_log_s_key, to_her_receipt, verdict
from tests.journeys.states import until_kept
from tests.journeys.telling import Slip, choose, find, pick_photos, picture, place, send, slip_of

pytestmark = [pytest.mark.browser, pytest.mark.once]
COMPLAINT = "街道办事大厅说没收到我交的材料，让我重新跑一趟，我三个星期前就交过了，请查清楚。"


def test_she_keeps_a_proof_that_anybody_can_verify(people: People, tmp_path: Path) -> None:
    her = people.phone(accept_downloads=True)
    slip = she_complains(her)
    to_her_receipt(her)
    until_kept(her)
    file = she_downloads_it(her, slip.number, tmp_path)
    assert json.loads(file.read_bytes())["content"]["text"] == COMPLAINT
    key = the_log_s_key(people.desktop())
    it_verifies_alone(file, key, [she_keeps_the_photo(her, slip, tmp_path)])
    assert verdict(one_byte_changed(file, "没收到", "已收到"), key) == (1, "BROKEN: content")
    assert verdict(one_byte_changed(file, '"answer_by":"2', '"answer_by":"3'), key)[1].startswith("BROKEN: signature")
    her.goto(f"/call/{slip.number}/receipt/")
    address = her.get_by_role("link", name="打开核对页").get_attribute("href")
    assert address
    a_stranger_scans_it(people.phone(), address)
    another_day_she_finds_it_again(people.desktop(accept_downloads=True), slip, file, tmp_path)


def she_complains(page: Page) -> Slip:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill(COMPLAINT)
    choose(page, "投诉")
    place(page, "沙坪坝区", "小龙坎街道")
    expect(pick_photos(page, picture("凭条.jpg"))).to_have_count(1)
    choose(page, "匿名")
    send(page)
    return slip_of(page)


def she_keeps_the_photo(page: Page, slip: Slip, folder: Path) -> Path:
    page.goto(f"/call/{slip.number}/")
    address = page.locator(".talk .pics a").first.get_attribute("href")
    assert address
    photo = folder / "photo.jpg"
    photo.write_bytes(page.request.get(address).body())
    return photo


def it_verifies_alone(file: Path, key: str, photos: list[Path]) -> None:
    code, said = verdict(file, key, *photos)
    assert code == 0 and said.startswith("GOOD: "), said


def a_stranger_scans_it(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("这张回执是真的")
    text = page.locator("main").inner_text()
    for told in ("材料", "投诉", "小龙坎", "沙坪坝"):
        assert told not in text


def another_day_she_finds_it_again(page: Page, slip: Slip, file: Path, folder: Path) -> None:
    find(page, slip)
    page.get_by_role("link", name="已存证，看回执").click()
    page.wait_for_url("**/receipt/")
    (folder / "again").mkdir()
    again = she_downloads_it(page, slip.number, folder / "again")
    first, second = (json.loads(path.read_bytes()) for path in (file, again))
    assert (first["promise"], first["signature"]) == (second["promise"], second["signature"])
