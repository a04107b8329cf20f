"""Pictures on pages: whoever may see the call sees them, everybody else sees nothing there."""

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from huying.channels.parts import photos
from huying.kernel import actions
from huying.kernel.photos import TakenPhoto, take_up
from huying.kernel.tests.conftest import Story, new_call, story
from tests.people import signed_in

__all__ = ["story"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def taken(settings: Settings, tmp_path: Path) -> TakenPhoto:
    """A picture that lies in a store of its own."""
    settings.PHOTOS = tmp_path
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#0b6a63").save(out, "JPEG")
    return take_up("lamp.jpg", out.getvalue())


@pytest.fixture
def hers(story: Story, taken: TakenPhoto) -> Story:
    """Her call with the picture."""
    actions.open_calls(story.she, [new_call(caller=story.caller, photos=[taken])])
    return story


def seen_by(client: Client, taken: TakenPhoto, *more: str) -> int:
    return client.get(f"/photo/{taken.sha256}/{''.join(more)}").status_code


def test_the_caller_sees_her_picture_and_its_small_version(client: Client, hers: Story, taken: TakenPhoto) -> None:
    client.force_login(hers.caller.account)
    answer = client.get(f"/photo/{taken.sha256}/")
    assert answer["Content-Type"] == "image/jpeg" and len(answer.getvalue()) == taken.size
    small = client.get(f"/photo/{taken.sha256}/small/")
    assert Image.open(io.BytesIO(small.getvalue())).width == 480


def test_a_picture_is_kept_by_the_reader_alone_and_runs_nothing(client: Client, hers: Story, taken: TakenPhoto) -> None:
    client.force_login(hers.caller.account)
    answer = client.get(f"/photo/{taken.sha256}/")
    assert answer["Cache-Control"].startswith("private")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == f'inline; filename="{taken.sha256[:12]}.jpeg"'


def test_nobody_else_sees_it(client: Client, hers: Story, taken: TakenPhoto) -> None:
    assert seen_by(client, taken) == 404
    signed_in(hers.handler.officer.account, client)
    assert seen_by(client, taken) == 404


def test_the_city_s_desk_sees_it(client: Client, hers: Story, taken: TakenPhoto) -> None:
    signed_in(hers.dispatcher.officer.account, client)
    assert seen_by(client, taken) == 200


@pytest.mark.parametrize("name", ["x", "0" * 64, "..%2f..%2fetc%2fpasswd"])
def test_what_is_no_picture_is_not_there(client: Client, name: str) -> None:
    assert client.get(f"/photo/{name}/").status_code == 404


def test_a_draft_is_seen_by_its_token_alone(client: Client, taken: TakenPhoto) -> None:
    token = photos.token_of(taken)
    assert client.get(f"/photo/draft/{token}/").status_code == 200
    assert client.get(f"/photo/draft/{token[:-1]}x/").status_code == 404
    assert client.get(f"/photo/draft/{taken.sha256}/").status_code == 404


def test_a_token_without_its_file_is_worth_nothing(taken: TakenPhoto) -> None:
    token = photos.token_of(taken)
    photos.stored(taken.sha256).unlink()
    assert photos.of_token(token) is None
