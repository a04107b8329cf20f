"""谁看过: she reads on her call and in one place who looked, and objects there."""

import pytest
from django.test import Client

from huying.channels.web.tests.conftest import html, sign_in
from huying.kernel import actions
from huying.kernel.models import Look
from huying.kernel.tests.conftest import Story
from huying.people import parties

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(client: Client, story: Story) -> Look:
    """Her number was opened, and she is signed in."""
    sign_in(client, story)
    parties.set_name(story.caller, "王小燕")
    story.until("signed")
    return actions.look(story.handler, story.call.pk, "name", "verify", "核对是不是本人")


def test_she_reads_who_looked_and_why(client: Client, story: Story, row: Look) -> None:
    for where in (f"/call/{story.opened.number}/", "/me/looks/"):
        page = html(client.get(where))
        assert "周handler" in page and "核对情况" in page
    assert "核对是不是本人" in html(client.get(f"/call/{story.opened.number}/"))


def test_she_objects_on_her_page(client: Client, story: Story, row: Look) -> None:
    where = f"/call/{story.opened.number}/"
    short = client.post(where, {"do": "object_look", "look": row.pk, "text": "嗯"})
    assert short.status_code == 422 and "至少四个字" in html(short)
    told = html(client.post(where, {"do": "object_look", "look": row.pk, "text": "没有人找过我"}, follow=True))
    assert "没有人找过我" in told and "审计员正在查" in told
    assert client.post(where, {"do": "object_look", "look": row.pk, "text": "没有人找过我"}).status_code == 409
    assert client.post(where, {"do": "object_look", "look": 0, "text": "没有人找过我"}).status_code == 404


def test_who_is_not_signed_in_is_led_to_sign_in(client: Client, row: Look) -> None:
    client.logout()
    assert client.get("/me/looks/").headers["Location"].startswith("/signin/")
