"""The kernel's story, seen from the desk: the same people, signed in with a browser's client."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from huying.kernel.tests.conftest import Story, story
from huying.people.actors import Actor
from huying.people.models import Account
from tests.people import signed_in

__all__ = ["Desk", "at_desk", "story"]
Desk = Callable[[Actor], Client]
PASSWORD = "a-long-enough-pass"


@pytest.fixture
def account(story: Story, settings: Settings) -> Account:
    """The handler's, with a password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # scrypt is slow on purpose
    assert story.handler.officer
    account = story.handler.officer.account
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def at_desk() -> Desk:
    """A client in which this officer is signed in."""

    def sign_in(actor: Actor) -> Client:
        assert actor.officer
        return signed_in(actor.officer.account)

    return sign_in


def url(story: Story, verb: str = "") -> str:
    """The page of the story's matter, or the address of a verb on it."""
    return f"/desk/m/{story.opened.matter_id}/" + (f"{verb}/" if verb else "")


@pytest.fixture
def picture() -> bytes:
    """A small real PNG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6a63").save(out, "PNG")
    return out.getvalue()
