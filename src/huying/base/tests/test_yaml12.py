"""YAML as version 1.2 reads it, with the place of each value."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from huying.base import yaml12

pytestmark = pytest.mark.once


@pytest.mark.parametrize("text", ["no", "Yes", "on", "1:30", "2026-01-01", "1_000", "0b1", "=", "<<", "1.2.3", "0o9", "+0x1"])
def test_what_only_the_old_version_reads_as_more_stays_text(text: str) -> None:
    assert yaml12.load(f"- {text}") == [text]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("012", 12), ("-7", -7), ("0o17", 15), ("0x1F", 31), ("1e3", 1000.0), ("-.5", -0.5), ("3.", 3.0), ("true", True)),
        *(("FALSE", False), ("~", None), ("", None), ("Null", None), ("'12'", "12"), (".inf", float("inf"))),
    ],
)
def test_numbers_truth_and_nothing_are_what_they_say(text: str, value: object) -> None:
    (found,) = yaml12.load(f"- {text}")  # type: ignore[misc]
    assert (type(found), found) == (type(value), value)


def test_each_node_knows_its_line_and_its_column_in_characters() -> None:
    node = yaml12.compose("甲: 一\n乙: [丙, 丁]\n")
    assert isinstance(node, yaml.MappingNode)
    places = [(value.start_mark.line, value.start_mark.column) for _, value in node.value]
    inner = [(one.start_mark.line, one.start_mark.column) for one in node.value[1][1].value]
    assert (places, inner) == ([(0, 3), (1, 3)], [(1, 4), (1, 7)])


def test_a_fault_says_where() -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yaml12.load("a: 1\nb: [1, 2\nc: 3\n")
    assert caught.value.problem_mark is not None and caught.value.problem_mark.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2",
        "- {b: 1, b: 1}",
        "!!int abc",
        "!!bool maybe",
        "!!timestamp z",
        "x: " + "1" * 5000,
        "a: \ud800",
        "[" * 2000,
        "[" * 60000,
    ],
)
def test_whatever_is_wrong_is_a_fault_of_yaml(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        yaml12.load(text)


_WORDS = st.text("abz甲乙丙 :#-'\"\n0", max_size=12)
_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | _WORDS, lambda inner: st.lists(inner) | st.dictionaries(_WORDS, inner)
)


@given(_ANY)
def test_what_was_written_is_read_back(value: object) -> None:
    written = yaml.safe_dump(value, allow_unicode=True, default_flow_style=None)
    assert yaml12.load(written) == value
