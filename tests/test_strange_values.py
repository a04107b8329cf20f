"""Whatever anybody sends to any address, it is an answer: never a failure of ours, and never half of something written."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.events.models import Fact
from huying.kernel.models import Call
from huying.kernel.tests.conftest import Story, story
from tests import addresses
from tests.people import signed_in
from tests.test_every_address import SIGNED

__all__ = ["story"]
pytestmark = pytest.mark.django_db
ROUTES = sorted(addresses.every())
NAMES = (
    *(
        "task",
        "matter",
        "look",
        "officer",
        "unit",
        "panel",
        "into",
        "department",
        "duty",
        "day",
        "first",
        "last",
        "begins",
        "ends",
    ),
    *(
        "start",
        "end",
        "shift",
        "weekday",
        "grade",
        "solved",
        "do",
        "verb",
        "text",
        "note",
        "key",
        "lon",
        "lat",
        "area",
        "sort",
        "box",
    ),
    *(
        "seen",
        "join",
        "photo",
        "drop",
        "next",
        "number",
        "secret",
        "phone",
        "code",
        "way",
        "until",
        "days",
        "after",
        "edit",
        "q",
    ),
)
ODD = st.sampled_from(
    [
        "²",
        "٣",
        "１",
        "-1",
        "0",
        "1",
        "9" * 19,
        "9" * 30,
        "9" * 5000,
        "1e999",
        "nan",
        "inf",
        "\x00",
        "\ud800",
        "a\x00b",
        "%00",
        "🙂" * 50,
    ]
) | st.text(max_size=20)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_makes_a_page_fail(story: Story, data: st.DataObject) -> None:
    story.until("signed")
    assert story.handler.officer and story.head.officer
    accounts = (None, story.caller.account, story.handler.officer.account, story.head.officer.account)
    account = data.draw(st.sampled_from(accounts))
    client = Client(raise_request_exception=True)
    if account is not None:
        signed_in(account, client)
    for route in data.draw(st.lists(st.sampled_from(ROUTES), min_size=8, max_size=8)):
        path = (
            addresses.filled(route)
            .replace("/m/1/", f"/m/{story.matter.pk}/")
            .replace("/call/1/", f"/call/{story.call.number}/")
        )
        sent = {name: sendable(data.draw(ODD)) for name in data.draw(st.lists(st.sampled_from(NAMES), max_size=8))}
        for method in (client.get, client.post):
            answer = method(path, sent)
            assert answer.status_code < 500, f"{path} {sent}"


def sendable(text: str) -> str:
    """Half a character cannot leave a browser."""
    return text.encode("utf-8", "replace").decode()


ODD_PLACES = (
    "0",
    "9" * 18,
    "9" * 19,
    "9" * 40,
    "٣",
    "²",
    "a",
    "%00",
    "..%2f..%2fetc%2fpasswd",
    "%F0%9F%99%82",
    "'%20OR%201=1--",
)


@pytest.mark.parametrize("place", ODD_PLACES)
def test_no_address_makes_a_page_fail(story: Story, place: str) -> None:
    assert story.head.officer
    before = Fact.objects.count(), Call.objects.count()
    for account in (None, story.caller.account, story.head.officer.account):
        client = Client() if account is None else signed_in(account)
        for route in filter(addresses.has_places, ROUTES):
            path = addresses.filled_with(route, place)
            assert client.get(path).status_code < 500, path
            if route not in SIGNED:
                assert client.post(path, {"text": "今晚去看"}).status_code < 500, path
    assert (Fact.objects.count(), Call.objects.count()) == before
