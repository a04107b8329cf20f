"""`huying import appeals`: what is printed, where, and how it ends."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from huying.city.models import PackState
from huying.config.commands.imports import import_group
from huying.features.appeals.importing import run as module
from huying.features.appeals.tests.tables import HEADER, LAMP, STALL, csv_file, packed, written
from huying.kernel.models import Call

in_city = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_city")]


def huying(*arguments: object) -> Result:
    return CliRunner().invoke(import_group, ["appeals", *map(str, arguments)])


class TestInACity:
    pytestmark = in_city

    def test_json_on_stdout_tells_what_became_of_the_rows(self, tmp_path: Path) -> None:
        path = packed(csv_file(tmp_path, [HEADER, LAMP, STALL, ("3", "", "", "", "")]))
        result = huying(path, "--json")
        told = json.loads(result.stdout)
        assert result.exit_code == 0
        assert {name: told[name] for name in ("read", "opened", "joined", "refused")} == {
            "read": 3,
            "opened": 2,
            "joined": 0,
            "refused": 1,
        }
        assert told["refused_file"] == f"{path}.refused.csv" and Path(told["refused_file"]).exists()
        assert told["sheets"][0]["columns"]["text"] == "内容"

    def test_the_bar_goes_to_stderr_and_quiet_silences_it(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, [HEADER, LAMP])
        assert "1/1" in huying(path).stderr
        assert huying(path, "--quiet").stderr == ""

    def test_people_read_which_columns_were_taken_and_which_rows_were_refused(self, tmp_path: Path) -> None:
        told = huying(csv_file(tmp_path, [(*HEADER, "办理结果"), LAMP, ("3", "", "", "", "")])).stdout
        assert "正文" not in told and "内容←内容" in told and "没有用到 办理结果" in told
        assert "读了 2 行：新记 1 件（自动派单 0 件），并入 0 行，退回 1 行。" in told and "第 3 行 内容：没有内容" in told

    def test_an_option_names_the_column_of_the_text(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, [("序号", "市民说"), ("1", LAMP[2])])
        assert huying(path).exit_code == 2
        assert huying(path, "--column", "text=市民说").exit_code == 0 and Call.objects.get().text == LAMP[2]

    def test_a_dry_run_writes_nothing(self, tmp_path: Path) -> None:
        path = csv_file(tmp_path, [HEADER, LAMP, ("3", "", "", "", "")])
        assert "试运行" in huying(path, "--dry-run").stdout
        assert not Call.objects.exists() and sorted(p.name for p in tmp_path.iterdir()) == [path.name]

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "文件是空的"),
            ("编号,办理结果\n1,好\n".encode(), "找到的列：编号、办理结果"),
            (b"\x89PNG\r\n\x1a\n" + bytes(999), "不是 CSV，也不是 XLSX"),
        ],
    )
    def test_an_unusable_file_gets_one_clear_line(self, tmp_path: Path, content: bytes, words: str) -> None:
        path = written(tmp_path / "a.csv", content)
        result = huying(path, "--quiet")
        assert result.exit_code == 2 and result.stdout == ""
        assert words in result.stderr and str(path) in result.stderr and result.stderr.count("\n") == 1

    def test_a_missing_file_and_an_unknown_field_get_one_clear_line(self, tmp_path: Path) -> None:
        missing = huying(tmp_path / "no.csv", "--quiet")
        assert missing.exit_code == 2 and "没有这个文件" in missing.stderr
        unknown = huying(csv_file(tmp_path, [HEADER, LAMP]), "--column", "colour=标题")
        assert unknown.exit_code == 2 and "colour=标题" in unknown.stderr and "text" in unknown.stderr

    def test_refused_rows_go_where_an_option_says(self, tmp_path: Path) -> None:
        place = tmp_path / "bad.csv"
        huying(csv_file(tmp_path, [HEADER, LAMP, ("3", "", "", "", "")]), "--refused", place)
        assert place.exists() and not (tmp_path / "appeals.csv.refused.csv").exists()

    def test_a_closed_folder_sends_refused_rows_to_the_data_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "DATA", tmp_path / "data")
        monkeypatch.setattr(os, "access", lambda *_: False)
        path = csv_file(tmp_path, [HEADER, LAMP, ("3", "", "", "", "")])
        told = json.loads(huying(path, "--json").stdout)
        assert told["refused_file"] == str(tmp_path / "data" / "refused" / "appeals.csv.refused.csv")

    def test_an_interruption_says_how_to_go_on(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(module, "open_calls", interrupted)
        result = huying(csv_file(tmp_path, [HEADER, LAMP]), "--quiet")
        assert result.exit_code == 130 and "再运行同样的命令" in result.stderr and "新记 0 件" in result.stdout

    def test_a_sound_pack_is_not_loaded_again(self, tmp_path: Path) -> None:
        huying(csv_file(tmp_path, [HEADER, LAMP]))
        assert PackState.objects.get().name == "small"


# --- A process of its own, killed -------------------------------------------------------------------------------------

ROWS = 600


def start(folder: Path, path: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "HUYING_DATA": str(folder), "HUYING_DATABASE_URL": ""}
    command = [sys.executable, "-m", "huying.config.cli", "import", "appeals", str(path), "--batch", "20", "--json"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def calls_in(folder: Path) -> int:
    try:
        with sqlite3.connect(f"file:{folder / 'huying.sqlite3'}?mode=ro", uri=True, timeout=5) as database:
            return int(database.execute("SELECT count(*) FROM kernel_call").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


@pytest.mark.once
def test_killed_without_warning_it_goes_on_and_doubles_nothing(tmp_path: Path) -> None:
    rows = [(n, f"第 {n} 盏路灯不亮", f"{LAMP[2]}这是第 {n} 盏。", "2025-5-6", "渝中区") for n in range(ROWS)]
    path, folder = csv_file(tmp_path, [HEADER, *rows]), tmp_path / "data"
    process = start(folder, path)
    give_up = time.monotonic() + 120
    while calls_in(folder) < 40 and process.poll() is None and time.monotonic() < give_up:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    held = calls_in(folder)
    assert 40 <= held < ROWS and held % 20 == 0  # whole batches, and not all of them
    again = start(folder, path)
    told = json.loads(again.communicate(timeout=120)[0])
    assert (told["read"], told["opened"], told["joined"], told["refused"]) == (ROWS, ROWS - held, held, 0)
    assert calls_in(folder) == ROWS
