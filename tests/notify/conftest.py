"""A call that is told, by the real adapters to real server processes."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from huying.base.gateway import MailServer, TextsGateway
from huying.events.sequence import Sequencer
from huying.kernel.tests.conftest import Story, story
from huying.notify import reader, ways
from huying.notify.models import Way, Wish
from huying.people import parties, private
from huying.people.models import Party
from tests.notify import servers
from tests.notify.servers import SECRET, MailBox, Provider

__all__ = ["story"]
PHONE, MAIL = "13800138000", "li@mail.example"


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Provider]:
    """The gateway by which texts leave; it keeps to keys."""
    settings.SITE = "https://city.example"
    with servers.provider() as running:
        settings.TEXTS, settings.CA = "huying.adapters.http_texts.HttpTexts", ""
        settings.TEXTS_GATEWAY = TextsGateway(running.url, "city", SECRET)
        ways.forget()
        yield running
    ways.forget()


@pytest.fixture
def forgetful(settings: Settings) -> Iterator[Provider]:
    """A gateway that keeps to no keys and answers no questions."""
    with servers.provider("--forgets") as running:
        settings.TEXTS, settings.CA = "huying.adapters.http_texts.HttpTexts", ""
        settings.TEXTS_GATEWAY = TextsGateway(running.url, "city", SECRET, asks=False)
        ways.forget()
        yield running
    ways.forget()


@pytest.fixture
def box(settings: Settings) -> Iterator[MailBox]:
    """The mail server by which letters leave."""
    with servers.mail_box() as running:
        settings.MAIL, settings.CA = "huying.adapters.smtp_mail.SmtpMail", str(running.folder / "ca.pem")
        sender = "city@city.example"
        settings.MAIL_SERVER = MailServer("smtp+starttls", "127.0.0.1", running.port, "huying", "a mail password: %40", sender)
        ways.forget()
        yield running
    ways.forget()


@pytest.fixture
def told(story: Story) -> Story:
    """The story with a caller who left her phone; nothing of it is told yet."""
    story.caller.phone_mac = private.phone_mac(PHONE)
    story.caller.phone_sealed = private.seal(story.caller, PHONE)
    story.caller.save()
    return story


def with_phone(phone: str) -> Party:
    """The party of a phone."""
    party = parties.party_of_phone(phone)
    assert party is not None
    return party


def by_mail(party: Party, address: str = MAIL) -> Wish:
    """She wishes letters, and her address is confirmed."""
    return Wish.objects.create(party=party, way=Way.MAIL, mail_sealed=private.seal(party, address))


def read() -> None:
    """The sequencer numbers, notify reads and plans."""
    Sequencer().run_dry()
    reader.run()
