"""`huying demo` as it is typed, its faults in one line, and the times and pictures its week is made of."""

import csv
import os
import socket
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from huying.base import clock
from huying.city.calendar import Calendar
from huying.config.commands.demo import demo
from huying.config.demo import hours, officers, pictures, plan, scenes, story, told
from huying.config.environment import BadSetting
from huying.config.setup import demo_clock

pytestmark = pytest.mark.once

PACK = settings.ROOT / "packs" / "chongqing"
STORIES = story.stories(PACK / "demo")
# A working morning, four at night, a Sunday, within two long holidays, the first minutes of a Monday.
STARTS = [
    "2026-11-24 10:05",
    "2026-11-24 04:00",
    "2026-11-22 15:00",
    "2026-02-19 11:00",
    "2025-10-08 20:00",
    "2026-06-08 00:03",
]
FRIDAY = datetime(2026, 11, 20, 17, 40, tzinfo=clock.CITY_TIME)


# --- The command ------------------------------------------------------------------------------------------------------


def test_it_makes_its_data_once_and_says_how_to_try_it(tmp_path: Path) -> None:
    first, second = (_run("--data", str(tmp_path), "--no-serve") for _ in range(2))
    assert (first.returncode, second.returncode, first.stderr) == (0, 0, "")
    assert "a week of calls is ready" in first.stdout
    assert "a week of calls is ready" not in second.stdout
    for words in (
        "chen.dispatcher",
        officers.PASSWORD,
        "138 0000 0001",
        "/demo/codes/",
        "second factor",
        "http://127.0.0.1:8000/",
    ):
        assert words in second.stdout


def test_a_port_in_use_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = _invoke("--port", str(port))
    assert isinstance(result.exception, BadSetting)
    assert str(result.exception).startswith(f"port {port} of 127.0.0.1 is in use")


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = _run("--data", str(tmp_path / "file" / "data"), "--no-serve")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert str(tmp_path / "file") in done.stderr


def test_a_damaged_clock_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text("yesterday")
    with pytest.raises(BadSetting, match="Delete the file"):
        demo_clock(tmp_path)
    clock.forget()


def test_a_damaged_story_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "1.yaml").write_text("- {key: a, sort: help, when: 1h, text: 灯, until: gone}", encoding="utf-8")
    with pytest.raises(BadSetting, match=r"1\.yaml.*until"):
        story.stories(tmp_path)


@pytest.mark.parametrize(
    ("host", "at"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("0.0.0.0", "http://127.0.0.1:80"), ("::1", "http://[::1]:80")],
)
def test_the_address_can_be_opened_on_this_machine(host: str, at: str) -> None:
    assert told.address(host, 80) == at


def _invoke(*arguments: str) -> Result:
    before = dict(os.environ)
    try:
        return CliRunner().invoke(demo, list(arguments))
    finally:
        os.environ.clear()
        os.environ.update(before)


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, on a database of its own."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("HUYING_")}
    command = [sys.executable, "-m", "huying.config.cli", "demo", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=180)


# --- Times and pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", STARTS)
def test_whenever_it_is_started_every_step_lies_between_the_call_and_now(start: str) -> None:
    now = datetime.fromisoformat(start).replace(tzinfo=clock.CITY_TIME)
    days = hours.Days(_calendar(), now.date())
    for one in STORIES:
        opened = hours.opened_at(one.when, now, days)
        assert opened < now, one.key
        for hurried in (False, True):
            found = [at for at, _ in plan.plan(one, opened, now, days, straight=False, hurried=hurried)]
            assert [opened, *found, now] == sorted([opened, *found, now]), one.key


def _calendar() -> Calendar:
    with (PACK / "calendar.csv").open(encoding="utf-8") as lines:
        rows = {date.fromisoformat(row["date"]): row["working"] == "true" for row in csv.DictReader(lines)}
    return Calendar.of(rows)


def test_offices_work_in_office_hours_of_working_days() -> None:
    days = hours.Days(Calendar.of({}), FRIDAY.date())
    assert hours.later(FRIDAY, hours.Wait(30, hours.OFFICE), days) == datetime(2026, 11, 23, 9, 0, tzinfo=clock.CITY_TIME)
    assert hours.later(FRIDAY, hours.Wait(30, hours.ANY), days) == FRIDAY + timedelta(minutes=30)


def test_days_in_a_text_are_written_out() -> None:
    days = hours.Days(Calendar.of({}), FRIDAY.date())
    assert hours.dated("{-1} 来过，{+1w} 再来", FRIDAY, days) == "11 月 19 日 来过，11 月 23 日 再来"


def test_a_scene_is_the_same_for_the_same_call_and_another_for_another() -> None:
    assert pictures.drawn("lamp-dark", "a") == pictures.drawn("lamp-dark", "a")
    assert pictures.drawn("lamp-dark", "a") != pictures.drawn("lamp-dark", "b")


def test_every_scene_that_is_asked_for_can_be_drawn() -> None:
    assert {scene for one in STORIES for scene in (*one.photos, *one.answer_photos)} <= set(scenes.SCENES)
