"""A log with keys of its own, filled and sealed, for the tests of tiles, checkpoints and what checks them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.events import checkpoints, log, signing, tiles
from huying.events.sequence import Sequencer
from huying.events.tests.facts import entry


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder for the keys of one test."""
    settings.KEYS, settings.LOG_NAME = tmp_path / "keys", "example.org/log"
    signing.forget()
    yield settings.KEYS
    signing.forget()


def write(first: int, last: int, subject: str = "test:1") -> None:
    """Facts of one subject, committed."""
    with transaction.atomic():
        log.record([entry(n, subject) for n in range(first, last + 1)])


def seal() -> None:
    """Number, put into the tree, sign, as the worker does; a minute passes, so that it is signed at once."""
    Sequencer("tests").run_dry()
    while tiles.append():
        pass
    clock.set_offset(clock._offset + timedelta(minutes=1))
    checkpoints.sign_due()


def grow(*sizes: int) -> None:
    """A log with a checkpoint at each of the sizes."""
    at = 0
    for size in sizes:
        write(at + 1, size)
        seal()
        at = size
