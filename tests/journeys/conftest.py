"""One demo for all journeys, a fresh one where the clock is moved, and browsers that listen for complaints."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys import city
from tests.journeys.city import City
from tests.journeys.people import People

# On cores that are busy with other tests a page may take its time: only what fails waits so long.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data, made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    return city.make_once(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def demo(demo_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The demo of these journeys. Its clock is not moved."""
    running = city.start(demo_made, tmp_path_factory.mktemp("city") / "data")
    yield running
    running.stop()
    assert running.complaints() == ""


@pytest.fixture
def another_demo(demo_made: Path, tmp_path: Path) -> Iterator[City]:
    """A demo of one journey alone: it may move the clock."""
    running = city.start(demo_made, tmp_path / "data")
    yield running
    running.stop()
    assert running.complaints() == ""


@pytest.fixture
def people(demo: City, browser: Browser) -> Iterator[People]:
    """Whoever opens a page in this journey; in the end nothing may have complained."""
    all_of_them = People(browser, demo)
    yield all_of_them
    all_of_them.leave()
    assert all_of_them.complaints == []
