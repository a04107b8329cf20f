"""What the demo shows instead of sending. Nothing in a city that is no demo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from huying.notify import templates, ways
from huying.notify.ports import SentLetter, ShownMail
from huying.people.ports import ShownTexts

SHOWN = 12


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text message with its words."""

    phone: str
    words: str
    at: datetime


def texts() -> list[ShownText]:
    """The last text messages beside the sign-in codes, newest first."""
    adapter = ways.text_messages() if settings.DEMO and settings.TEXTS else None
    if not isinstance(adapter, ShownTexts):
        return []
    known = [(sent, templates.spoken(sent.template, sent.values)) for sent in adapter.recent()]
    return [ShownText(sent.phone, words, sent.at) for sent, words in known if words][:SHOWN]


def letters() -> Sequence[SentLetter]:
    """The last letters, newest first."""
    adapter = ways.mail() if settings.DEMO and settings.MAIL else None
    return adapter.recent()[:SHOWN] if isinstance(adapter, ShownMail) else []
