"""She asks to be looked out for, kind by kind, and takes it back when she likes; then what was offered by it goes too."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import offers as rules
from huying.city.things.offers import DOCUMENTS
from huying.features.services import sealing
from huying.features.services.offering import ending, registers
from huying.features.services.offering.events import RegisterLooked
from huying.features.services.offering.models import Consent, Kind, Offer, Proven, RegisterLook, Watch
from huying.features.services.offering.ports import NotDelivered
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import holdings, limits, parties
from huying.people.actors import Actor
from huying.people.events import PartyConsent
from huying.people.limits import Limit, TooMany
from huying.people.models import Party

TRIES = Limit("offer.prove", most=5, within=timedelta(days=1))
TO = "offer."  # before the kind: to what a consent is given, as its fact says


def kinds_of(party: Party) -> set[str]:
    """What she has agreed to."""
    return set(Consent.objects.filter(party=party, withdrawn_at__isnull=True).values_list("kind", flat=True))


def identity_of(party: Party) -> str:
    """Her proven identity number; '' for none. Raises KeyTrouble."""
    row = Proven.objects.filter(party=party).first()
    return str(sealing.opened(party, row.sealed if row else None).get("identity", ""))


def prove(actor: Actor, name: str, identity: str) -> None:
    """Keep her identity number once the register says that number, name and her phone are one person's.

    Without that anybody could be told of anybody. The look is written down first.
    Raises NotThere, BadInput, Refused, KeyTrouble.
    """
    party, number = _hers(actor), registers.plain_identity(identity)
    phone = parties.known_phone(party)
    errors = {}
    if not name.strip():
        errors["name"] = _("请写姓名，和身份证上一样。")
    if not registers.is_identity(number):
        errors["identity"] = _("身份证号不对：一共 18 位，最后一位可能是 X。请对着证件再看一遍。")
    if phone is None:
        errors["identity"] = _("您的账号没有手机号，没法核对是不是本人。请用手机号登录。")
    if errors or phone is None:
        raise BadInput(errors)
    _looked(party)
    try:
        sound = registers.belongs(number, " ".join(name.split()), phone)
    except NotDelivered as fault:
        raise Refused("register_silent", _("人口库这会儿没有应答，请过几分钟再试。")) from fault
    if not sound:
        raise BadInput(
            {"identity": _("姓名、身份证号和您登录的手机号，人口库里对不到一起。请再看一遍，或者带身份证到窗口办。")}
        )
    limits.forget(TRIES, party.token)
    row = {"sealed": sealing.seal(party, {"identity": number}), "proven_at": clock.now()}
    Proven.objects.update_or_create(party=party, defaults=row)


def _looked(party: Party) -> None:
    try:
        limits.take(TRIES, party.token)
    except TooMany as fault:
        words = _("今天试得太多了，请过 %(n)s 分钟再来。")
        raise BadInput({"identity": words % {"n": fault.minutes}}) from fault
    with transaction.atomic():
        held = ending.locked(party)
        RegisterLook.objects.create(party=held, fields=["identity"], at=clock.now())
        fact = RegisterLooked(f"party:{held.token}", "", ("identity",), False)
        holdings.tell(Actor(name=f"party:{held.token}"), held, fact)


def agree(actor: Actor, kinds: Collection[str]) -> None:
    """From now on she agrees to just these kinds. What is taken back is looked at no more, and its offers go.

    Raises NotThere, Refused (who she is was not proven yet), KeyTrouble.
    """
    party, wanted = _hers(actor), {kind for kind in kinds if kind in Kind.values}
    with transaction.atomic():
        list(Watch.objects.select_for_update().filter(party=party).order_by("pk"))  # the day's run waits, or we do
        held = ending.locked(party)
        if wanted - {DOCUMENTS} and not Proven.objects.filter(party=held).exists():
            raise Refused("not_proven", _("要先核对您是谁，才能替您看人口库。"))
        before = kinds_of(held)
        for kind in sorted(wanted - before):
            Consent.objects.create(party=held, kind=kind, given_at=clock.now())
            _tell(actor, held, kind, given=True)
        for kind in sorted(before - wanted):
            Consent.objects.filter(party=held, kind=kind, withdrawn_at__isnull=True).update(withdrawn_at=clock.now())
            _tell(actor, held, kind, given=False)
        _watch(held, wanted, fresh=wanted - before)
        if not wanted - {DOCUMENTS}:
            Proven.objects.filter(party=held).delete()  # nothing needs it any more
        gone = before - wanted
        for offer in Offer.objects.select_for_update().filter(party=held, state=Offer.State.OPEN):
            if gone & set(offer.uses):
                ending.end(actor, offer, Offer.State.WITHDRAWN)


def _watch(party: Party, wanted: set[str], fresh: set[str]) -> None:
    """A watch for each rule that may look, due today where it may since now; none for the others."""
    there = {watch.rule: watch for watch in Watch.objects.filter(party=party)}
    for rule in rules.rules():
        watch = there.pop(rule.key, None) or Watch(party=party, rule=rule.key)
        if rule.needs in wanted and (watch.pk is None or fresh & rule.uses):
            watch.look_on = clock.today()
            watch.save()
        elif rule.needs not in wanted and watch.pk is not None:
            Watch.objects.filter(pk=watch.pk).update(look_on=None)


def _tell(actor: Actor, party: Party, kind: str, *, given: bool) -> None:
    holdings.tell(actor, party, PartyConsent(f"party:{party.token}", f"{TO}{kind}", given))


def _hers(actor: Actor) -> Party:
    if actor.party is None or actor.party.data_key is None:
        raise NotThere
    return actor.party
