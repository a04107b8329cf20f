"""What parties are told: the notices they read on the portal, the messages that carry them out, and their wishes.

No phone, address or word of the matter stands in a notice or a message: number, who, by when, and where to read on.
"""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huying.events.row import Row
from huying.people.models import Party


class Channel(models.TextChoices):
    SMS = "sms", _("短信")
    MAIL = "mail", _("邮件")
    RELAY = "relay", _("中转号")


class Way(models.TextChoices):
    SMS = "sms", _("短信")
    MAIL = "mail", _("邮件")
    PORTAL = "portal", _("只在网页")


class State(models.TextChoices):
    PLANNED = "planned", _("待发")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    FAILED = "failed", _("没有送到")  # the provider took it, and said so afterwards
    GIVEN_UP = "given_up", _("不再发")


WAITING = (State.PLANNED, State.SENDING)


def new_key() -> str:
    """The key under which a message is handed over: the same however often that is tried."""
    return secrets.token_hex(16)


class Voice(Row):
    """A call as the log tells it: in which matter it is, and whether it still waits for its answer."""

    call = models.BigIntegerField(primary_key=True)
    matter = models.BigIntegerField(db_index=True)
    waits = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"voice {self.call}"


class Message(Row):
    """One message to one party about one call. It may carry several notices; a notice is carried by one message at most.

    `sending` is written before it is handed over and `sent` after: between the two nobody knows, and the provider is asked.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    call = models.BigIntegerField()
    channel = models.CharField(max_length=5, choices=Channel.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    key = models.CharField(max_length=32, unique=True, default=new_key)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True)  # when it was first handed over: from then on it carries nothing new
    claim = models.CharField(max_length=16, blank=True)  # of the sender that has it
    claim_until = models.DateTimeField(null=True)
    outside_id = models.CharField(max_length=80, blank=True)  # what the provider calls it
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=120, blank=True)  # why it failed or was given up: no personal text

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at", "id"], name="messages_waiting", condition=Q(state__in=WAITING)),
            models.Index(fields=["call"], name="messages_open", condition=Q(state="planned", began_at__isnull=True)),
            models.Index(fields=["made_at"], name="messages_by_day"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} {self.state}"


class RelayLine(Row):
    """The number that stands in for a caller's own, for one call. `line` is what the relay knows it by."""

    call = models.BigIntegerField(primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    line = models.CharField(max_length=32, unique=True, default=new_key)
    number = models.CharField(max_length=24, blank=True)  # '' until the relay has given one
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"relay line of call {self.call}"


class RelayHeard(Row):
    """An answer that the relay told us: by its key, so that told twice it is one."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"heard {self.key}"


class Notice(Row):
    """One fact of one voice, told to one party. `who` and `by` are as they stood when it was planned."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    call = models.BigIntegerField()
    subject = models.CharField(max_length=40)  # of the fact
    version = models.PositiveIntegerField()
    template = models.CharField(max_length=16)
    number = models.CharField(max_length=12)
    who = models.CharField(max_length=64, blank=True)
    by = models.DateTimeField(null=True)
    address = models.CharField(max_length=80)  # on the portal: /call/482190375516/
    at = models.DateTimeField()
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="notices")
    acts = models.BooleanField(default=False)  # told to who acted for her then
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "version", "call", "party"], name="a_fact_is_told_once")]
        indexes = [
            models.Index(fields=["party", "-at"], name="notices_of_party"),
            models.Index(fields=["party"], name="notices_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["call"], name="notices_of_call"),
            models.Index(fields=["at"], name="notices_by_day"),
        ]

    def __str__(self) -> str:
        return f"notice {self.template} {self.subject}.{self.version}"


QUIET_FROM, QUIET_TO = 21, 8  # o'clock in the city: nobody is woken, unless it is urgent


class Wish(Row):
    """How a party wants to be told. Without a row: by text message where there is a phone, at civil hours, in Chinese."""

    party = models.OneToOneField(Party, models.PROTECT, primary_key=True, related_name="wish")
    way = models.CharField(max_length=6, choices=Way.choices, default=Way.SMS)
    language = models.CharField(max_length=7, default="zh-hans")
    quiet_from = models.PositiveSmallIntegerField(default=QUIET_FROM)
    quiet_to = models.PositiveSmallIntegerField(default=QUIET_TO)
    mail_sealed = models.BinaryField(null=True)  # confirmed: a code that was sent there came back
    asked_sealed = models.BinaryField(null=True)  # not confirmed yet
    code_hash = models.CharField(max_length=64, blank=True)
    code_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "wishes"
        constraints = [models.CheckConstraint(condition=Q(quiet_from__lte=23, quiet_to__lte=23), name="quiet_hours")]

    def __str__(self) -> str:
        return f"wish of {self.party_id}"
