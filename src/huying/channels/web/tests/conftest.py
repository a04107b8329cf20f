"""A browser's client on the portal, and the appeal form as somebody fills it in."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from huying.kernel.tests.conftest import Story, story

__all__ = ["story"]
DARK = "我们街上的路灯三天不亮了，晚上接孩子看不清台阶。"
PHONE = "13800138000"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.PHOTOS = tmp_path / "photos"


def html(answer: HttpResponse) -> str:
    return answer.content.decode()


def key_of(answer: HttpResponse) -> str:
    """The key that a shown form carries."""
    found = re.search(r'name="key" value="(\w+)"', html(answer))
    assert found
    return found.group(1)


def filled(client: Client, **changes: object) -> dict[str, object]:
    """The form filled in as a whole, with a key of its own."""
    values: dict[str, object] = {
        "key": key_of(client.get("/appeal/")),
        "sort": "help",
        "text": DARK,
        "area": "500106001",
        "place": "公交站对面",
        "openness": "named",
        "phone": PHONE,
    }
    return {**values, **changes}


def photo(name: str = "lamp.jpg", colour: str = "#0b6a63") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def sign_in(client: Client, story: Story) -> None:
    client.force_login(story.caller.account)
