"""A message made ready to leave: its words, and the address it goes to, opened for this moment only."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huying.base import ids
from huying.notify import acting, relays, templates, ways
from huying.notify.models import Channel, Message, Wish
from huying.notify.ports import Letter
from huying.notify.templates import Rendered
from huying.people import parties, private
from huying.people.models import Party


class Unreachable(Exception):
    """There is nobody to tell any more, or she does not wish it: why."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message with its words and its address."""

    channel: Channel
    to: str
    key: str
    words: Rendered
    subject: str
    party: Party | None = None  # and the call it is about, where it goes out by the relay
    call: int = 0

    def send(self) -> str:
        """Hand it over. Raises NotDelivered, Refused, Unsure."""
        if self.channel == Channel.SMS:
            return ways.text_messages().send(self.to, self.words.template, self.words.values, self.key)
        if self.channel == Channel.RELAY:
            assert self.party
            return relays.send(self.party, self.call, self.to, (self.words.template, self.words.values), self.key)
        return ways.mail().send(Letter(self.to, self.subject, self.words.text, self.key))

    def ask(self) -> str | None:
        """What the other side calls it; None when it has not got it. Raises CannotAsk, NotDelivered."""
        if self.channel == Channel.SMS:
            return ways.text_messages().ask(self.key)
        if self.channel == Channel.RELAY:
            return relays.adapter().ask(self.key)
        return ways.mail().ask(self.key)


def outgoing(message: Message) -> Outgoing:
    """The message as it leaves now. Once begun it keeps its channel, whatever she wishes. Raises Unreachable, KeyTrouble."""
    wish = getattr(message.party, "wish", None) or Wish(party=message.party)
    channel = Channel(message.channel) if message.began_at else _channel(message, wish)
    if channel is None:
        raise Unreachable("erased, not reachable, or not wished for any more")
    notices = sorted(message.notices.all(), key=lambda notice: notice.pk)
    if any(notice.acts for notice in notices) and acting.over(message.party, {message.call}):
        raise Unreachable("acts for her no more")
    words = templates.render(notices, wish.language, relayed=channel == Channel.RELAY)
    subject = _subject(words, wish.language)
    if channel == Channel.MAIL:
        words = Rendered(words.template, words.values, _body(words.text, wish.language))
    return Outgoing(channel, _to(message, wish, channel), message.key, words, subject, message.party, message.call)


def _channel(message: Message, wish: Wish) -> Channel | None:
    return ways.channel_of(message.party, wish, relayed=message.channel == Channel.RELAY)


def _to(message: Message, wish: Wish, channel: Channel) -> str:
    party = message.party
    try:
        if channel == Channel.MAIL:
            found = private.unseal(party, wish.mail_sealed) if wish.mail_sealed is not None else None
        else:
            found = parties.phone_of(party)
    except private.CannotOpen as fault:
        raise Unreachable("its address cannot be opened any more") from fault
    if found is None:
        raise Unreachable("it has no address any more")
    return found


def _subject(words: Rendered, language: str) -> str:
    with translation.override(language):
        return templates.subject(words)


def _body(text: str, language: str) -> str:
    with translation.override(language):
        return f"{text}\n\n{_(templates.FOOT)}\n{settings.SITE}/\n"


def test(channel: Channel, to: str) -> str:
    """Send one message that says nothing but that it is a test. Raises NotDelivered, NoTexts, NoMail."""
    words = Rendered(templates.TEST.name, {}, _(templates.TEST.text))
    return Outgoing(channel, to, ids.new_token() * 2, words, _(templates.TEST.text)).send()
