"""What stands beside the code goes with it when it is installed elsewhere."""

import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huying"


def test_every_file_beside_the_code_is_packed() -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["huying"]
    packed = {file for pattern in named for file in PACKAGE.glob(pattern)}
    files = {file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")}
    left = {str(file.relative_to(PACKAGE)) for file in files - packed if "tests" not in file.relative_to(PACKAGE).parts}
    assert left == set()


def test_every_pattern_names_something() -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["huying"]
    assert [pattern for pattern in named if not any(PACKAGE.glob(pattern))] == []
