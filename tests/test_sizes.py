"""Functions and files stay short, and a late import says why."""

from pathlib import Path

import pytest

from tools.guards import sizes
from tools.guards.tree import ROOT

pytestmark = pytest.mark.once


def told(found: list) -> str:  # type: ignore[type-arg]
    return "\n".join(map(str, found))


def test_no_function_is_above_the_limit() -> None:
    found = sizes.too_long(sizes.functions(tests=True), sizes.FUNCTION_LONGEST)
    found += sizes.too_long(sizes.functions(ROOT / "tests", tests=True), sizes.FUNCTION_LONGEST)
    assert not found, told(found)


def test_no_file_is_above_the_limit() -> None:
    found = sizes.too_long(sizes.files(tests=True), sizes.FILE_LONGEST)
    found += sizes.too_long(sizes.files(ROOT / "tests", tests=True), sizes.FILE_LONGEST)
    assert not found, told(found)


def test_functions_are_short_in_the_middle_and_at_the_95th_percentile() -> None:
    measured = sizes.functions()
    assert len(measured) > 100
    assert not sizes.spread(measured, sizes.FUNCTION_MEDIAN, sizes.FUNCTION_MOST)


def test_files_are_short_in_the_middle_and_at_the_95th_percentile() -> None:
    measured = sizes.files()
    assert len(measured) > 30
    assert not sizes.spread(measured, sizes.FILE_MEDIAN, sizes.FILE_MOST)


@pytest.mark.parametrize("folder", ["src/huying", "tests", "tools", "bench"])
def test_no_line_is_above_the_limit(folder: str) -> None:
    found = sizes.long_lines(ROOT / folder)
    assert not found, told(found)


def test_every_late_import_says_why() -> None:
    assert not sizes.late_imports(), told(sizes.late_imports())


# --- Planted ----------------------------------------------------------------------------------------------------------


def function(lines: int) -> str:
    return "def f() -> None:\n" + "    pass\n" * (lines - 1)


@pytest.mark.parametrize(("lines", "caught"), [(60, False), (61, True)])
def test_a_long_function_is_caught(tmp_path: Path, lines: int, caught: bool) -> None:
    (tmp_path / "a.py").write_text(function(lines))
    assert bool(sizes.too_long(sizes.functions(tmp_path), sizes.FUNCTION_LONGEST)) is caught


@pytest.mark.parametrize(("characters", "caught"), [(128, False), (129, True)])
def test_a_long_line_is_caught_and_a_chinese_character_counts_once(tmp_path: Path, characters: int, caught: bool) -> None:
    (tmp_path / "a.py").write_text("#" + "呼" * (characters - 1) + "\n", encoding="utf-8")
    assert bool(sizes.long_lines(tmp_path)) is caught


@pytest.mark.parametrize(("lines", "caught"), [(500, False), (501, True)])
def test_a_long_file_is_caught(tmp_path: Path, lines: int, caught: bool) -> None:
    (tmp_path / "a.py").write_text("x = 1\n" * lines)
    assert bool(sizes.too_long(sizes.files(tmp_path), sizes.FILE_LONGEST)) is caught


def test_a_tree_of_middling_functions_is_caught(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(function(9) * 5)
    assert sizes.spread(sizes.functions(tmp_path), sizes.FUNCTION_MEDIAN, sizes.FUNCTION_MOST) == ["median 9 lines, allowed 8"]


def test_too_many_longish_functions_are_caught(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(function(5) * 9 + function(41))
    assert sizes.spread(sizes.functions(tmp_path), sizes.FUNCTION_MEDIAN, sizes.FUNCTION_MOST) == [
        "95% within 41 lines, allowed 40"
    ]


@pytest.mark.parametrize(
    ("body", "caught"),
    [
        ("    import json\n", True),
        ("    if True:\n        import json\n", True),
        ("    import json  # slow to load, rarely needed\n", False),
        ("    import json  # noqa: PLC0415\n", True),
        ("    import json  # noqa: PLC0415 slow to load\n", False),
        ("    # slow to load, rarely needed\n    import json\n    import csv\n", False),
    ],
)
def test_a_late_import_without_a_reason_is_caught(tmp_path: Path, body: str, caught: bool) -> None:
    (tmp_path / "a.py").write_text("def f() -> None:\n" + body)
    assert bool(sizes.late_imports(tmp_path)) is caught
