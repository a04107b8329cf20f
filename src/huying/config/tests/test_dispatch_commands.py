"""`huying dispatch …`, as it is typed."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huying.config import setup
from huying.config.commands.dispatch import dispatch
from huying.kernel import learned
from huying.kernel.models import Learned
from huying.reading.tests.letters import letters
from tests.small_city import SmallCity

MEANT = {"灯": "urban-management", "工资": "human-resources", "公交": "water", "油烟": "ecology"}


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(dispatch, [str(argument) for argument in arguments])


def written(path: Path, rows: list[tuple[str, str]], names: tuple[str, str] = ("text", "department")) -> Path:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([names, *rows])
    return path


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return written(tmp_path / "history.csv", letters())


@pytest.fixture
def mapped(tmp_path: Path) -> Path:
    return written(tmp_path / "map.csv", list(MEANT.items()), ("label", "department"))


@pytest.fixture(autouse=True)
def _database_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huying.config.commands.teaching.KINDLY", 0)  # these tests are no process of their own
    monkeypatch.setattr(setup, "ready", lambda **_: None)


@pytest.mark.once
def test_eval_in_folds_prints_every_figure(history: Path) -> None:
    told = json.loads(
        call("eval", "--train", history, "--test", history, "--label", "department", "--folds", "3", "--json").stdout
    )
    assert told["messages"] == len(letters())
    assert set(told["per_class"]) == set(MEANT)
    assert {"macro_f1", "accuracy", "coverage_at_97", "messages_per_cpu_second", "dropped_near_copies"} <= told.keys()


@pytest.mark.once
def test_eval_without_labels_goes_by_the_tree_and_says_so(history: Path, tmp_path: Path) -> None:
    tree = written(
        tmp_path / "tree.csv", [("灯", "路灯 照明 灯杆"), ("工资", "工钱 加班费"), ("公交", "公交车"), ("油烟", "油烟 污水")]
    )
    told = json.loads(call("eval", "--test", history, "--label", "department", "--tree", tree, "--json").stdout)
    assert told["labels_seen"] == 0
    assert told["by_texts_alone"]["accuracy"] > 0.7


@pytest.mark.once
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--label", "department"), "nothing to learn from"),
        (("--label", "sort"), "no column sort"),
        (("--train", "none.csv", "--label", "department"), "cannot be read"),
    ],
)
def test_eval_says_what_is_wrong_in_a_line(history: Path, arguments: tuple[str, ...], words: str) -> None:
    done = call("eval", "--test", history, *arguments)
    assert done.exit_code == 1
    assert words in done.output and "Traceback" not in done.output


@pytest.mark.django_db(transaction=True)
def test_a_history_is_trained_listed_promoted_and_rolled_back(small_city: SmallCity, history: Path, mapped: Path) -> None:
    assert "none" in call("models").output
    told = json.loads(call("train", history, "--map", mapped, "--json").stdout)
    assert told["messages"] == len(letters())
    assert told["runs"] == told["better"]
    Learned.objects.update(runs=False)
    learned.forget()
    row = Learned.objects.get()
    row.card |= {"better": True}
    row.save()
    assert "runs" in call("promote", "1" if row.pk == 1 else str(row.pk)).output
    assert learned.running() is not None
    assert "model" in call("models").output
    assert json.loads(call("models", "--json").stdout)[0]["runs"] is True
    assert "duties decide alone" in call("rollback").output
    assert learned.running() is None
    assert call("rollback").exit_code == 1
    assert call("promote", "999").exit_code == 1


@pytest.mark.django_db(transaction=True)
def test_labels_that_name_nobody_and_lessons_that_are_none_are_said_in_a_line(small_city: SmallCity, history: Path) -> None:
    done = call("train", history)
    assert done.exit_code == 1 and "--map" in done.output
    assert "by hand" in call("learn").output
    assert call("learn", "--if-due").output == ""
