"""What a caller does to prove it: her receipt kept as a file, read by the independent verifier; the log checked as a whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.city import City
from tools.guards.tree import ROOT

ALONE = ROOT / "docs" / "verify" / "verify.py"


def to_her_receipt(page: Page) -> None:
    """From the page that says it was received, or from the call's own."""
    page.get_by_role("link", name="存证").first.tap()
    page.wait_for_url("**/receipt/")
    expect(page.get_by_role("img", name="二维码")).to_be_visible()


def she_downloads_it(page: Page, number: str, folder: Path) -> Path:
    """The file of her receipt, from its page."""
    with page.expect_download() as caught:
        page.get_by_role("link", name="下载回执文件").click()
    assert caught.value.suggested_filename == f"receipt-{number}.json"
    file = folder / caught.value.suggested_filename
    caught.value.save_as(file)
    return file


def the_log_s_key(page: Page) -> str:
    """The public key, as anybody reads it."""
    page.goto("/log/")
    page.get_by_role("link", name="只看公钥").click()
    return page.locator("body").inner_text().strip()


def verdict(file: Path, key: str, *photos: Path) -> tuple[int, str]:
    """What the verifier says that shares no code with the package: exit code and words."""
    command = [sys.executable, "-I", str(ALONE), str(file), key, *map(str, photos)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def one_byte_changed(file: Path, words: str, other: str) -> Path:
    """A copy of the file in which other words stand."""
    changed = file.with_name("changed.json")
    changed.write_bytes(file.read_bytes().replace(words.encode(), other.encode(), 1))
    assert changed.read_bytes() != file.read_bytes()
    return changed


def the_log_verifies(city: City) -> dict[str, object]:
    """Recheck the whole log by the command; what it found."""
    told = subprocess.run(
        [sys.executable, "-m", "huying.config.cli", "log", "verify", "--json"],
        env=os.environ | {"HUYING_DATA": str(city.data), "HUYING_DEMO": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(told.stdout)
    assert found["faults"] == 0
    return found


def she_has_herself_erased(page: Page) -> None:
    """Through the page about herself; what still runs is withdrawn."""
    page.goto("/me/data/")
    page.get_by_role("link", name="申请删除我的信息").tap()
    page.wait_for_url("**/erase/")
    page.get_by_label("一并撤回").check()
    page.get_by_label("我明白，删除以后不能恢复").check()
    page.get_by_role("button", name="删除我的信息").tap()
    expect(page.get_by_role("heading", name="已经删除")).to_be_visible()
