"""What tests of people start from."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.people import keys
from huying.people.ports import NotDelivered


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A folder for keys, still to be made, in the place of the city's."""
    settings.KEYS = tmp_path / "keys"
    keys.forget()
    yield settings.KEYS
    keys.forget()


class KeptTexts:
    """An adapter that keeps what it is given, and refuses when told to."""

    sent: ClassVar[list[tuple[str, str]]] = []
    broken: ClassVar[bool] = False

    def send(self, phone: str, template: str, values: Mapping[str, str], key: str) -> str:
        if self.broken:
            raise NotDelivered("the provider does not answer")
        self.sent.append((phone, values["code"]))
        return key

    def ask(self, key: str) -> str | None:
        return None


@pytest.fixture
def texts(settings: Settings) -> Iterator[list[tuple[str, str]]]:
    """The (phone, code) of every text message that was sent, the newest last."""
    settings.TEXTS = f"{__name__}.KeptTexts"
    KeptTexts.sent.clear()
    KeptTexts.broken = False
    yield KeptTexts.sent
    KeptTexts.broken = False


def pass_time(time: timedelta) -> None:
    """Let time pass; the next test begins on time again."""
    clock.set_offset(clock.now() - datetime.now(UTC) + time)
