"""Coming back with the browser and pressing send again is no second call; meaning something else is one."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.web.tests.conftest import filled
from huying.kernel.models import Call, CallState
from tests.small_city import SmallCity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_city")]


def send(client: Client, **changes: object) -> str:
    """Fill a form that was loaded anew, so that it has a key of its own, and send it; where one comes to."""
    answer = client.post("/appeal/", filled(client, **changes))
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_the_same_words_from_a_page_that_came_back_are_the_same_call(client: Client) -> None:
    assert send(client) == send(client) == "/appeal/done/"
    assert Call.objects.count() == 1


def test_she_is_shown_the_number_she_was_given_the_first_time(client: Client) -> None:
    send(client)
    first = client.get("/appeal/done/").content
    send(client)
    number = Call.objects.get().number
    spoken = f"{number[:4]} {number[4:8]} {number[8:]}".encode()
    assert spoken in first and spoken in client.get("/appeal/done/").content


@pytest.mark.parametrize(
    "changes", [{"text": "楼道的灯也不亮了，请一起看看。"}, {"area": "500106101"}, {"openness": "confidential"}]
)
def test_whatever_is_changed_is_another_call(client: Client, changes: dict[str, object]) -> None:
    send(client)
    send(client, **changes)
    assert Call.objects.count() == 2


def test_another_browser_with_the_same_words_is_another_call(client: Client, small_city: SmallCity) -> None:
    send(client)
    send(Client())
    assert Call.objects.count() == 2


def test_half_an_hour_later_it_is_said_anew(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    send(client)
    monkeypatch.setattr("huying.channels.web.views.resend.SECONDS", -1)
    send(client)
    assert Call.objects.count() == 2


@pytest.mark.parametrize("state", [CallState.ANSWERED, CallState.ENDED])
def test_what_was_answered_or_taken_back_is_said_anew(client: Client, state: str) -> None:
    send(client)
    Call.objects.update(state=state)
    send(client)
    assert Call.objects.count() == 2


def test_a_cookie_that_was_tampered_with_says_nothing(client: Client) -> None:
    send(client)
    client.cookies["sent"] = "x" + client.cookies["sent"].value
    send(client)
    assert Call.objects.count() == 2


def test_the_clock_of_the_demo_does_not_matter(client: Client) -> None:
    send(client)
    clock.set_offset(timedelta(minutes=10))
    send(client)
    assert Call.objects.count() == 1
