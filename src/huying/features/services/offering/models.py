"""What offering keeps: who she is in the registers, what she agreed to, when to look again, each look, and each offer."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huying.base import ids
from huying.city.models import ThingVersion
from huying.city.things.offers import BIRTH, CHILDREN, DOCUMENTS, RESIDENCE
from huying.events.row import Row
from huying.features.services.models import Case, Draft
from huying.people.models import Party


class Kind(models.TextChoices):
    """What she lets us look at, each by itself."""

    BIRTH = BIRTH, _("出生日期")
    CHILDREN = CHILDREN, _("您的孩子")
    RESIDENCE = RESIDENCE, _("姓名和户籍地址")
    DOCUMENTS = DOCUMENTS, _("在这里领的证照哪天到期")


class Proven(Row):
    """Her identity number, sealed: name, number and the phone she signed in with stand together in the register."""

    party = models.OneToOneField(Party, models.CASCADE, primary_key=True, related_name="proven")
    sealed = models.BinaryField()
    proven_at = models.DateTimeField()

    class Meta:
        app_label = "services"

    def __str__(self) -> str:
        return f"proven:{self.pk}"


class Consent(Row):
    """She agreed to be looked for in this, from one moment until another. Given again it is another row."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="offer_consents")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "services"
        constraints = [
            models.UniqueConstraint(
                fields=["party", "kind"], condition=Q(withdrawn_at__isnull=True), name="one_consent_of_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["kind", "party"], name="consents_of_kind", condition=Q(withdrawn_at__isnull=True))]

    def __str__(self) -> str:
        return f"consent:{self.pk}"


class Watch(Row):
    """When a rule looks for a party again; no day: not any more. `version` counts its looks."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="watches")
    rule = models.CharField(max_length=32)
    look_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "services"
        verbose_name_plural = "watches"
        constraints = [models.UniqueConstraint(fields=["party", "rule"], name="one_watch_a_rule")]
        indexes = [models.Index(fields=["look_on", "id"], name="watches_due", condition=Q(look_on__isnull=False))]

    def __str__(self) -> str:
        return f"watch:{self.pk}"


class RegisterLook(Row):
    """阅痕 of no officer: a rule asked a register about her. Written before it is asked, and a fact stands beside it."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="register_looks")
    rule = models.CharField(max_length=32, blank=True)  # '' where she proved who she is
    thing = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(default=list)  # kinds of what was asked for
    trial = models.BooleanField(default=False)  # counted only: nothing was offered by it
    at = models.DateTimeField()

    class Meta:
        app_label = "services"
        indexes = [
            models.Index(fields=["party", "-at"], name="register_looks_of"),
            models.Index(fields=["at"], name="register_looks_at"),
        ]

    def __str__(self) -> str:
        return f"register look:{self.pk}"


class Offer(Row):
    """One thing offered to one party for one occasion, once. What is filled in lies in its draft; why and from where, here.

    Once it ended nothing of it is left but that it was: for that occasion it is never offered again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("等您确认")
        ACCEPTED = "accepted", _("您确认了，在办")
        TAKEN = "taken", _("您拿去自己填了")
        DECLINED = "declined", _("您说不用")
        LAPSED = "lapsed", _("过了日子")
        WITHDRAWN = "withdrawn", _("您撤回了同意")

    token = models.CharField(max_length=16, unique=True, default=ids.new_token)  # in its address
    party = models.ForeignKey(Party, models.CASCADE, related_name="offers")
    rule = models.CharField(max_length=32)
    occasion = models.CharField(max_length=48)  # which of them; says nothing of anybody
    uses = models.JSONField(default=list)  # the kinds that were looked at for it: without one of them it goes
    thing = models.CharField(max_length=64)
    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="+")
    draft = models.OneToOneField(Draft, models.SET_NULL, null=True, related_name="offer")
    sealed = models.BinaryField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    until = models.DateField()  # the last day
    ended_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "services"
        constraints = [
            models.UniqueConstraint(fields=["party", "rule", "occasion"], name="offered_once"),
            models.CheckConstraint(condition=Q(state="open") ^ Q(ended_at__isnull=False), name="offer_open_or_ended"),
            models.CheckConstraint(condition=Q(state="accepted") ^ Q(case__isnull=True), name="accepted_with_a_case"),
        ]
        indexes = [
            models.Index(fields=["party", "-made_at"], name="my_offers"),
            models.Index(fields=["until"], name="offers_open", condition=Q(state="open")),
            models.Index(fields=["ended_at"], name="offers_ended", condition=Q(ended_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"offer:{self.pk}"
