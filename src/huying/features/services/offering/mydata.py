"""What offering holds about a party: what she agreed to, who she is in the registers, what was offered, and each look."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from huying.city import catalogue
from huying.features.services.offering import consenting, ending
from huying.features.services.offering.models import Consent, Kind, Offer, Proven, RegisterLook, Watch
from huying.people.holdings import Files, Section
from huying.people.models import Party


def held(party: Party) -> list[Section]:
    """Her consents with their moments, her number, her offers, the looks. Raises KeyTrouble."""
    consents = Consent.objects.filter(party=party).order_by("-given_at")
    offers = Offer.objects.filter(party=party).order_by("-made_at")
    looks = RegisterLook.objects.filter(party=party).order_by("-at")
    number = consenting.identity_of(party)
    return [
        Section("offer-consents", _("主动服务：您同意看的"), [_consent(row) for row in consents]),
        Section("offer-identity", _("主动服务：您核对过的身份证号"), [{_("身份证号"): number}] if number else []),
        Section("offers", _("替您备好的事"), [_offer(row) for row in offers]),
        Section("register-looks", _("主动服务看过的登记"), [_look(row) for row in looks]),
    ]


def erase(party: Party) -> list[Files]:
    """All of it, drafts and their files with it."""
    for offer in Offer.objects.filter(party=party, draft__isnull=False).select_related("draft__party"):
        if offer.draft is not None:
            ending.drop(offer.draft)
    for model in (Offer, RegisterLook, Watch, Consent, Proven):
        model._default_manager.filter(party=party).delete()
    return []


def _consent(row: Consent) -> dict[str, str]:
    found = {
        _("看什么"): str(Kind(row.kind).label),
        _("同意"): _moment(row.given_at),
        _("撤回"): _moment(row.withdrawn_at) if row.withdrawn_at else "",
    }
    return {label: value for label, value in found.items() if value}


def _offer(row: Offer) -> dict[str, str]:
    thing = catalogue.thing(row.thing)
    name = thing.whole.thing.name.zh if thing else row.thing
    state = str(Offer.State(row.state).label)
    return {_("办什么"): name, _("什么时候备好的"): _moment(row.made_at), _("最晚"): f"{row.until:%Y-%m-%d}", _("状态"): state}


def _look(row: RegisterLook) -> dict[str, str]:
    return {_("时间"): _moment(row.at), _("看什么"): "、".join(field_name(name) for name in row.fields), _("规则"): row.rule}


def field_name(name: str) -> str:
    """What was looked at, in words."""
    return str(Kind(name).label) if name in Kind.values else _("是不是本人")


def _moment(moment: object) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M}"  # type: ignore[arg-type]
