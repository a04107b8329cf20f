"""What tests of people start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from huying.people import keys


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A folder for keys, still to be made, in the place of the city's."""
    settings.KEYS = tmp_path / "keys"
    keys.forget()
    yield settings.KEYS
    keys.forget()
