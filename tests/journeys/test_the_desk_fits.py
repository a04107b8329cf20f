"""The desk is as high as the screen: its panes scroll, the page does not, however long the list is."""

import pytest

from tests.journeys.people import People

pytestmark = [pytest.mark.browser, pytest.mark.once]
BELOW = "document.documentElement.scrollHeight - document.documentElement.clientHeight"


def test_a_long_list_scrolls_in_its_pane_alone(people: People) -> None:
    page = people.officer("chen.dispatcher")
    page.goto("/desk/?box=city")
    assert page.locator("[data-row]").count() > 20
    assert page.evaluate(BELOW) == 0
