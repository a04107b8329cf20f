"""The things of the pack that is shipped: enough of them, worth having, and nothing in it that nobody uses."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from huying.city import pack
from huying.city.pack.things import content
from huying.city.pack.things.layout import Catalogue
from huying.city.things import Whole, compare, decide, longest_path
from huying.city.things.cases import every

pytestmark = pytest.mark.once

# 国务院 2024 年“高效办成一件事”重点事项清单, the first thirteen
NATIONAL = {
    *("newborn", "school", "social-security-card", "disability", "retirement"),
    *("company-change", "transport-firm", "restaurant", "utilities", "credit-repair"),
    *("listing-check", "bankruptcy-check", "deregistration"),
}


ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def things() -> Catalogue:
    found = pack.check(ROOT / "packs" / "chongqing")
    assert found.faults == [] and found.pack is not None
    return found.pack.things


@pytest.fixture(scope="module")
def wholes(things: Catalogue) -> list[Whole]:
    items = {row["code"]: content.item_of(content.item(row, things)) for row in things.items.rows}
    told = [content.thing_of(content.thing(file, things)) for file in things.things]
    return [Whole(thing, {entry.item: items[entry.item] for entry in thing.entries}) for thing in told]


def test_the_thirteen_of_2024_are_there_and_many_more(things: Catalogue) -> None:
    codes = {file.row["code"] for file in things.things}
    assert codes >= NATIONAL and len(codes - NATIONAL) >= 20
    assert len(things.items.rows) >= 200


def test_a_partner_of_another_province_bears_an_item_of_a_thing(wholes: list[Whole]) -> None:
    bearers = {item.body.key for whole in wholes for item in whole.items.values() if item.level == ""}
    assert {"sichuan.police", "sichuan.housing-fund"} <= bearers


def test_one_thing_is_always_worth_it(wholes: list[Whole]) -> None:
    for whole in wholes:
        for answers in every(whole.thing, 20_000):
            found = compare(whole, answers)
            assert found.here.materials <= found.alone.materials and found.here.visits <= found.alone.visits
        most = max((compare(whole, answers) for answers in every(whole.thing, 20_000)), key=lambda one: one.alone.applications)
        assert most.here.materials < most.alone.materials, whole.thing.code


def test_a_promise_is_the_longest_row_under_some_answers_and_no_more(wholes: list[Whole]) -> None:
    for whole in wholes:
        sets = {decide(whole, answers).codes for answers in every(whole.thing, 20_000)}
        assert max(longest_path(whole, codes).days for codes in sets) == whole.thing.promise, whole.thing.code


def test_every_form_is_a_schema_whatever_is_answered(wholes: list[Whole]) -> None:
    for whole in wholes:
        for answers in every(whole.thing, 20_000)[:40]:
            schema = decide(whole, answers).schema()
            Draft202012Validator.check_schema(schema)
            assert schema["required"], (whole.thing.code, answers)


def test_everything_common_is_used_by_something(things: Catalogue) -> None:
    unused = {name: sorted(known - used) for name, known, used in _uses(things) if known - used}
    assert unused == {}


def test_every_item_belongs_to_a_thing_or_is_found_by_words_of_its_own(things: Catalogue) -> None:
    named = {entry["item"] for file in things.things for entry in file.entries.rows}
    found = {row["item"] for row in things.words.rows if row["item"]}
    assert {row["code"] for row in things.items.rows} - named - found == set()


def test_the_thing_of_the_guide_is_sound(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "things.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "packs" / "chongqing", tmp_path / "pack")
    (tmp_path / "pack" / "things" / "dog.yaml").write_text(guide.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert pack.check(tmp_path / "pack").faults == []


def _uses(things: Catalogue) -> Iterator[tuple[str, set[str], set[str]]]:
    """Each sort of common words: those there are, and those in use."""
    rows, common = things.items.rows, things.common
    papers = {part.text for row in rows if row["materials"] for part in row["materials"].value}
    yield "materials", set(common["materials"].by_key()), papers
    fields = {part.text.removesuffix("?") for row in rows if row["fields"] for part in row["fields"].value}
    yield "fields", set(things.fields), fields
    grounds = {one.split(".")[0] for row in [*rows, *(file.row for file in things.things)] for one in row["ground"] or ()}
    yield "laws", set(common["laws"].by_key()), grounds
    bodies = {row["issuer"] for row in common["materials"].rows} | {row["department"] for row in rows}
    yield "bodies", set(common["bodies"].by_key()), bodies
    yield "remedies", set(common["remedies"].by_key()), {row["remedy"] for row in rows}
    yield "events", set(common["events"].by_key()), {file.row["event"] for file in things.things}
