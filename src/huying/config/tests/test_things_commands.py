"""`huying things` and `huying load --over`: what was published at the desk goes out as a file, and is never lost to a load."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from huying.city import catalogue, pack
from huying.city.pack import publishing
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import OPEN, with_things
from huying.config.commands.pack import load
from huying.config.commands.things import things

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A loaded pack, one of whose things was changed at the desk."""
    found = with_things(SmallPack(tmp_path / "small"))
    pack.load(found.root)
    publishing.publish(found.text(OPEN).replace("promise: 8", "promise: 9"), "open")
    return found


def run(command: object, *words: str) -> Result:
    return CliRunner().invoke(command, list(words))  # type: ignore[arg-type]


def promise() -> int:
    found = catalogue.thing("open")
    assert found
    return found.whole.thing.promise


def test_what_was_published_is_named_and_its_file_given(small: SmallPack, tmp_path: Path) -> None:
    assert run(things, "list").output.startswith("open\t")
    assert run(things, "export", "open").output == small.text(OPEN).replace("promise: 8", "promise: 9")
    assert run(things, "export", "open", "--to", str(tmp_path / "out.yaml")).exit_code == 0
    small.write(OPEN, (tmp_path / "out.yaml").read_text(encoding="utf-8"))
    assert "以后以城市包为准" in run(load, str(small.root)).output
    assert run(things, "list").output == ""


def test_what_is_not_in_force_has_no_file(small: SmallPack) -> None:
    asked = run(things, "export", "nothing")
    assert asked.exit_code == 1 and "nothing" in asked.output


def test_a_load_says_that_it_leaves_it(small: SmallPack) -> None:
    assert "保留不动" in run(load, str(small.root)).output
    told = json.loads(run(load, str(small.root), "--json").output)
    assert told["made_here"] == [{"thing": "open", "how": "kept"}] and promise() == 9


def test_where_both_changed_it_refuses_until_told(small: SmallPack) -> None:
    small.edit(OPEN, "promise: 8", "promise: 10")
    refused = run(load, str(small.root))
    assert refused.exit_code == 1 and "--over open" in refused.output and promise() == 9
    foretold = run(load, str(small.root), "--dry-run", "--over", "open")
    assert foretold.exit_code == 0 and promise() == 9
    assert run(load, str(small.root), "--over", "open").exit_code == 0 and promise() == 10
