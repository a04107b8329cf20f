"""A small pack for each test, and nothing held in memory from the test before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from huying.city import loaded
from huying.city.tests.small_pack import SmallPack


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """A sound pack in a folder of its own."""
    return SmallPack(tmp_path / "small")


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    loaded.forget()
    yield
    loaded.forget()
