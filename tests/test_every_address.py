"""What holds for every address there is: no form without a token, no answer without the headers that keep foreign code out."""

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from huying.kernel.tests.conftest import Story, story
from tests import addresses
from tests.people import signed_in

__all__ = ["story"]
pytestmark = pytest.mark.django_db
# Servers speak here, not browsers: what they sign stands in for a token.
SIGNED = {"/outside/texts/report/", "/outside/relay/heard/", "/log/cosign"}
ROUTES = addresses.every()


def test_the_addresses_are_all_found() -> None:
    assert len(ROUTES) > 50
    assert {"/", "/desk/m/<int:matter_id>/<slug:verb>/", "/call/<str:number>/", *SIGNED} <= set(ROUTES)


@pytest.mark.parametrize("route", ROUTES)
def test_no_post_without_a_token(route: str, story: Story) -> None:
    for account in (None, story.caller.account, story.handler.officer.account if story.handler.officer else None):
        client = Client(enforce_csrf_checks=True)
        if account is not None:
            signed_in(account, client)
        answer = client.post(addresses.filled(route), {"text": "路灯不亮", "do": "withdraw"})
        refused = answer.status_code == 403 and "页面放得太久了" in answer.content.decode()
        assert refused == (route not in SIGNED), f"{route}: {answer.status_code}"


@pytest.mark.parametrize("route", sorted(SIGNED))
def test_what_needs_no_token_takes_nothing_unsigned(route: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(route, b"anything", content_type="text/plain")
    assert answer.status_code in (400, 404)


def faults_of(answer: HttpResponse) -> list[str]:
    """Which of the headers are missing or weak."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = {
        "policy": "default-src 'none'" in policy and not any(weak in policy for weak in ("unsafe", "*", "http:")),
        "frames": "sandbox" in policy or "frame-ancestors 'none'" in policy,
        "type": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "permissions": "microphone=()" in answer.headers.get("Permissions-Policy", ""),
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "old frames": answer.headers.get("X-Frame-Options") == "DENY",
    }
    return [name for name, holds in wanted.items() if not holds]


@pytest.mark.parametrize("route", [*ROUTES, "/nowhere/", "/desk/nowhere"])
def test_every_answer_keeps_foreign_code_out(route: str, story: Story) -> None:
    assert story.head.officer
    for account in (None, story.caller.account, story.head.officer.account):
        client = Client() if account is None else signed_in(account)
        assert faults_of(client.get(addresses.filled(route))) == []


def test_a_weak_answer_would_be_found() -> None:
    weak = HttpResponse(headers={"Content-Security-Policy": "default-src 'self' 'unsafe-inline'"})
    assert set(faults_of(weak)) >= {"policy", "frames", "type", "referrer"}


def test_where_people_come_over_https_every_cookie_says_so(story: Story, settings: Settings, client: Client) -> None:
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client.force_login(story.caller.account)
    client.get("/appeal/")
    client.post("/looks/", {"theme": "dark"})
    client.post("/find/", {"number": story.opened.number, "secret": story.opened.secret})
    assert {"csrftoken", "looks", "held"} <= set(client.cookies)
    for name in ("csrftoken", "looks", "held"):
        cookie = client.cookies[name]
        assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax", name


def test_hsts_is_said_to_whoever_came_encrypted(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    assert Client().get("/privacy/", secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in Client().get("/privacy/")
