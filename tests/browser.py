"""How the journeys start a browser: Debian's Chromium without windows, quiet towards the network; no sandbox only when root."""

import os
import shutil
from typing import Any

import pytest

QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """What pytest-playwright launches. The browser is the system's: nothing is downloaded."""
    path = shutil.which("chromium-headless-shell")
    if path is None:
        pytest.fail("chromium-headless-shell is missing: `make test` installs it")
    # Chromium refuses its sandbox under root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": path, "headless": True, "args": [*QUIET, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """People here read Chinese and live in the city's time."""
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
