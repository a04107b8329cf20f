"""Looks: one cookie, set by a form that needs no script, told to the page as attributes of <html>."""

import re

import pytest
from django.test import Client

from huying.channels.parts import looks

pytestmark = pytest.mark.django_db


def test_without_a_choice_the_page_is_chinese_and_plain(client: Client) -> None:
    html = client.get("/looks/").content.decode()
    assert '<html lang="zh-CN">' in html and "显示设置" in html


def test_what_is_chosen_stands_on_the_next_page(client: Client) -> None:
    chosen = {"theme": "dark", "contrast": "more", "size": "large", "next": "/looks/"}
    answer = client.post("/looks/", chosen, follow=True)
    assert '<html lang="zh-CN" data-theme="dark" data-contrast="more" data-size="large">' in answer.content.decode()


def test_one_choice_leaves_the_others(client: Client) -> None:
    client.post("/looks/", {"theme": "dark"})
    client.post("/looks/", {"size": "large"})
    assert looks.of_cookie(client.cookies[looks.COOKIE].value) == looks.Looks(theme="dark", size="large")


def test_a_choice_can_be_taken_back(client: Client) -> None:
    client.post("/looks/", {"size": "large"})
    client.post("/looks/", {"size": ""})
    assert "data-size" not in client.get("/looks/").content.decode()


def test_english_is_one_button_away(client: Client) -> None:
    client.post("/looks/", {"language": "en"})
    answer = client.get("/looks/")
    assert '<html lang="en">' in answer.content.decode()
    assert answer.headers["Content-Language"] == "en"
    assert "中文" in answer.content.decode()


def test_one_reader_s_english_is_not_the_next_reader_s(client: Client) -> None:
    client.post("/looks/", {"language": "en"})
    client.get("/looks/")
    assert '<html lang="zh-CN">' in Client().get("/looks/").content.decode()


@pytest.mark.parametrize("value", ["", "x", "dark", "a.b.c.d", "dark.more.large.en.more", '"><script>', "...fr"])
def test_a_cookie_that_says_nonsense_is_passed_over(client: Client, value: str) -> None:
    client.cookies[looks.COOKIE] = value
    assert client.get("/looks/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)", "\\\\example.org"])
def test_a_choice_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post("/looks/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_a_script_is_answered_without_a_page(client: Client) -> None:
    answer = client.post("/looks/", {"theme": "dark"}, headers={"X-Quiet": "1"})
    assert answer.status_code == 204 and client.cookies[looks.COOKIE].value == "dark...zh-hans"


@pytest.mark.django_db
def test_a_foreign_page_cannot_change_looks_and_our_own_can() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/looks/", {"theme": "dark"}).status_code == 403 and looks.COOKIE not in strict.cookies
    for page in ("/", "/nowhere/", "/appeal/"):  # each carries the token in a form for looks
        html = strict.get(page).content.decode()
        token = re.search(r'action="/looks/"[^>]*><input type="hidden" name="csrfmiddlewaretoken" value="(\w+)"', html)
        assert token
        sent = {"theme": "dark", "csrfmiddlewaretoken": token.group(1)}
        assert strict.post("/looks/", sent).status_code == 302
