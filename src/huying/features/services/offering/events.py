"""Facts of offering. Parties by their random id, rules and kinds by their key: never what a register says."""

import msgspec
from django.utils.translation import gettext_noop as _

from huying.events.names import declare


@declare("register.looked", 1, _("主动服务看了登记"))
class RegisterLooked(msgspec.Struct, frozen=True):
    party: str  # party:9f…
    rule: str
    fields: tuple[str, ...]  # birth, children, residence, documents
    trial: bool


@declare("offer.made", 1, _("替您备好了一件事"))
class OfferMade(msgspec.Struct, frozen=True):
    offer: int
    party: str
    rule: str
    thing: str
    until: str  # 2027-03-05


@declare("offer.accepted", 1, _("确认办理备好的事"))
class OfferAccepted(msgspec.Struct, frozen=True):
    offer: int
    matter: int


@declare("offer.declined", 1, _("不用备好的事"))
class OfferDeclined(msgspec.Struct, frozen=True):
    offer: int


@declare("offer.ended", 1, _("备好的事收回"))
class OfferEnded(msgspec.Struct, frozen=True):
    offer: int
    how: str  # taken, lapsed, withdrawn
