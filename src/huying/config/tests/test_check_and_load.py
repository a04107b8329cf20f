"""`huying check` and `huying load` as they are typed: what they print, and how they end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.utils import translation

from huying.city.models import Area, PackState
from huying.city.tests.small_pack import SmallPack
from huying.config.commands.pack import check, load


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A sound pack in a folder of its own."""
    return SmallPack(tmp_path / "small")


def run(command: object, *arguments: object, lang: str = "C.UTF-8") -> Result:
    with translation.override(None):
        words = [str(argument) for argument in arguments]
        return CliRunner(env={"LC_ALL": lang}).invoke(command, words)  # type: ignore[arg-type]


@pytest.mark.once
def test_checking_a_sound_pack_ends_well_and_needs_no_database(small: SmallPack) -> None:
    done = run(check, small.root)
    assert done.exit_code == 0
    assert "没有问题" in done.output
    assert "镇街 6" in done.output


@pytest.mark.once
def test_checking_names_the_file_so_that_an_editor_can_open_it(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street,500101", "小周镇,street,500199")
    small.edit("duties/city.yaml", "urgency: ordinary", "urgency: urgent")
    done = run(check, small.root)
    assert done.exit_code == 1
    assert f"{small.root}/areas.csv:7:32: " in done.output
    assert f"{small.root}/duties/city.yaml:9:12: " in done.output
    assert "共 2 处问题" in done.output


@pytest.mark.once
def test_checking_tells_machines_the_same(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street,500101", "小周镇,street,500199")
    done = run(check, small.root, "--json")
    told = json.loads(done.output)
    assert done.exit_code == 1
    assert not told["ok"]
    assert told["counts"]["areas"]["street"] == 6
    assert told["counts"]["faults"] == 1
    assert [(fault["file"], fault["line"], fault["column"]) for fault in told["faults"]] == [("areas.csv", 7, 32)]


@pytest.mark.once
def test_checking_what_is_no_pack_says_so(tmp_path: Path) -> None:
    done = run(check, tmp_path / "nowhere")
    assert done.exit_code == 1
    assert done.output.startswith(f"{tmp_path}/nowhere:1:1: ")


@pytest.mark.django_db
def test_loading_tells_what_it_did_and_a_second_time_that_nothing_changed(small: SmallPack) -> None:
    first, second = run(load, small.root), run(load, small.root)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "区域：新增 10，变更 0，关闭 0" in first.output
    assert "区域：新增 0，变更 0，关闭 0" in second.output
    assert Area.objects.count() == 10


@pytest.mark.django_db
def test_a_dry_run_shows_each_change_and_writes_nothing(small: SmallPack) -> None:
    run(load, small.root)
    small.edit("areas.csv", "小周镇,street,500101,,", "小周乡,street,500101,,")
    small.drop("areas.csv", "500101001,")
    small.write("areas.csv", small.text("areas.csv") + "500101002,500101002,太白街道,street,500101,,,,\n")
    done = run(load, small.root, "--dry-run")
    assert "+ 区域 500101002 太白街道" in done.output
    assert "~ 区域 500101101 name: 小周镇 → 小周乡" in done.output
    assert "- 区域 500101001 " in done.output
    assert "没有写入" in done.output
    assert Area.objects.get(key="500101101").name == "小周镇"


@pytest.mark.django_db
def test_loading_tells_machines_each_change(small: SmallPack) -> None:
    run(load, small.root)
    small.edit("terms.yaml", "budget: 4,", "budget: 2,")
    told = json.loads(run(load, small.root, "--dry-run", "--json").output)
    assert told["counts"]["terms"] == {"added": 0, "changed": 1, "closed": 0}
    fields = {"budget": {"old": 4, "new": 2}}
    assert told["changes"] == [{"table": "terms", "key": "any.sign", "change": "changed", "fields": fields}]


@pytest.mark.django_db
@pytest.mark.parametrize("how", [(), ("--json",), ("--dry-run",)])
def test_a_pack_with_faults_is_not_loaded(small: SmallPack, how: tuple[str, ...]) -> None:
    small.edit("terms.yaml", "budget: 4,", "budget: 0,")
    done = run(load, small.root, *how)
    assert done.exit_code == 1
    assert "budget" in done.output
    assert not PackState.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(("machine", "language"), [("en_GB.UTF-8", "en"), ("zh_CN.UTF-8", "zh-hans"), ("C.UTF-8", "zh-hans")])
def test_the_answer_is_chinese_unless_the_machine_speaks_english(
    small: SmallPack, monkeypatch: pytest.MonkeyPatch, machine: str, language: str
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(translation, "activate", spoken.append)
    run(check, small.root, lang=machine)
    assert spoken[0] == language
