"""The first page is light: a phone on a weak net must not wait for it."""

import gzip

import pytest
from playwright.sync_api import Response

from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.once]
MOST, MOST_SCRIPT = 100_000, 30_000


def test_the_portal_weighs_less_than_100_kilobytes_and_its_script_less_than_30(people: People) -> None:
    page = people.phone()
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    page.goto("/", wait_until="networkidle")
    weights = {response.url: weight(response) for response in came}
    scripts = sum(n for url, n in weights.items() if url.endswith(".js"))
    assert len(came) >= 4
    assert sum(weights.values()) < MOST, weights
    assert scripts < MOST_SCRIPT, weights


def weight(response: Response) -> int:
    """Its body's bytes, compressed as a proxy in front does."""
    return len(gzip.compress(response.body(), mtime=0))
