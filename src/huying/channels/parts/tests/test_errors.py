"""When something goes wrong the page says so in the same hand, and every page refuses foreign code."""

import re

import pytest
from django.test import Client, RequestFactory, override_settings

from huying.channels.parts import errors
from huying.channels.parts.looks import STANDARD

PAGES = ("/", "/appeal/", "/mine/", "/find/", "/board/", "/me/", "/accessibility/", "/privacy/", "/looks/", "/signin/")


@pytest.mark.django_db
def test_a_missing_page_says_what_to_do(client: Client) -> None:
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode() and "parts/tokens.css" in answer.content.decode()


def test_an_old_form_is_told_from_a_broken_site() -> None:
    answer = Client(enforce_csrf_checks=True).post("/ask/", {"q": "路灯不亮"})
    assert answer.status_code == 403 and "页面放得太久了" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_only_takes_forms_says_so_when_it_is_opened() -> None:
    browser = Client(enforce_csrf_checks=True, headers={"accept": "text/html,*/*"})
    answer = browser.get("/ask/")
    page = answer.content.decode()
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST" and answer.headers["X-Frame-Options"] == "DENY"
    assert "这个网址不能直接打开" in page
    (token, *_) = re.findall('name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert browser.post("/looks/", {"csrfmiddlewaretoken": token, "next": "/"}).status_code == 302  # its own buttons work
    assert Client().get("/ask/").content == b""  # what asks for no page is answered in as few words as ever


@pytest.mark.django_db
def test_a_body_no_form_of_ours_can_have_is_refused_unread(client: Client) -> None:
    answer = client.post("/appeal/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 413 and "少选几张" in answer.content.decode()


def test_the_page_of_a_failure_needs_no_database() -> None:
    # without the mark django_db any query fails here
    request = RequestFactory().get("/")
    request.looks = STANDARD
    answer = errors.failed(request)
    assert answer.status_code == 500 and "12345" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("small_city")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_needs_a_style_or_script_that_stands_in_it(client: Client, page: str) -> None:
    answer = client.get(page)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "unsafe" not in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]
    assert not re.search(r"<[^>]+\s(?:style|on\w+)=", html)
    assert not re.search(r"<style|<script(?![^>]*(?:src=|type=\"application/json\"))", html)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", html)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_city")
@pytest.mark.parametrize("page", PAGES)
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_no_page_has_a_dead_link(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    for href in set(re.findall(r'href="(/[^"#]*)"', html)) | set(re.findall(r'action="(/[^"]*)"', html)):
        answer = client.get(href.replace("&amp;", "&"))
        assert answer.status_code in (200, 302, 405), f"{page} leads to {href}: {answer.status_code}"
