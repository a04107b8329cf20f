"""授权: somebody lets another do things for her, or a counter for today: signed in herself, by a code that she tells, on paper.

Who acts by a mandate sees of hers only the forms he fills and the cases he opened, and no longer than it lasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import clock
from huying.city import catalogue
from huying.city.models import Department
from huying.features.services import papers
from huying.features.services.events import MandateAccepted, MandateEnded, MandateGiven
from huying.features.services.models import Case, Draft, Mandate, Upload
from huying.kernel import agents, rules
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people import codes, holdings, parties
from huying.people.actors import Actor
from huying.people.models import Party

LONGEST = timedelta(days=366)
LONGEST_NAME = 32
SIGNED = "mandate"  # the material under which a signed paper lies with the case
ANYTHING = gettext_noop("办事（任何一件）")
Proof, Relation = Mandate.Proof, Mandate.Relation


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may do for her: one thing or, where it is empty, any; through this day; as who."""

    thing: str = ""
    last: date | None = None
    relation: str = Relation.FAMILY

    @property
    def until(self) -> datetime:
        """The end of the last day; of a counter's the end of today."""
        day = (self.last or clock.today()) + timedelta(days=1)
        return datetime.combine(day, time(0), clock.CITY_TIME)


# --- Given ------------------------------------------------------------------------------------------------------------


def give(actor: Actor, phone: str, scope: Scope) -> Mandate:
    """She lets whoever has that phone act for her, once he accepts. Raises BadInput, NotThere (nobody is signed in)."""
    giver, faults = _her(actor), _faults(scope)
    normal = parties.normal_phone(phone)
    if normal is None:
        faults["phone"] = _("请填对方的手机号，11 位数字。")
    elif normal == parties.known_phone(giver):
        faults["phone"] = _("这是您自己的号码。自己的事不用授权。")
    if faults or normal is None:
        raise BadInput(faults)
    with transaction.atomic():
        holder = parties.party_of_phone(normal)
        return _written(actor, Mandate(giver=giver, holder=holder, proof=Proof.OWN), scope)


def ask_code(actor: Actor, phone: str, scope: Scope, address: str = "") -> None:
    """Send her a code that says who wants to do what for her; told to him, it is her consent.

    Raises BadInput, NotThere (nobody who could act), limits.TooMany, codes.NotSent.
    """
    normal, purpose = _asked(actor, phone, scope)
    codes.send(normal, address, purpose)


def by_code(actor: Actor, phone: str, code: str, scope: Scope, name: str = "") -> Mandate:
    """She told the code: he may begin. Raises BadInput (a wrong code too), NotThere."""
    normal, purpose = _asked(actor, phone, scope)
    if not codes.take(normal, code.strip(), purpose):
        raise BadInput({"code": _("同意码不对，或者已经失效。请再发一次。")})
    with transaction.atomic():
        giver = parties.party_of_phone(normal)
        assert giver is not None
        _named(giver, name)
        return _written(actor, _taken(actor, Mandate(giver=giver, proof=Proof.CODE)), scope)


def by_paper(actor: Actor, name: str, files: Sequence[tuple[str, bytes]], scope: Scope) -> Mandate:
    """At a counter, of somebody who has no phone: she signed a paper, and it is kept with her case.

    Raises BadInput, NotThere (he sits at no counter), papers.PaperRefused.
    """
    if window_of(actor) is None:
        raise NotThere
    faults = _faults(scope)
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        faults["name"] = _("请填本人姓名，最多 %(n)s 个字。") % {"n": LONGEST_NAME}
    if not files:
        faults["paper"] = _("请拍下本人签了名的授权书。")
    if faults:
        raise BadInput(faults)
    giver = parties.anonymous()
    with transaction.atomic():
        giver.save(force_insert=True)
        parties.set_name(giver, name.strip())
        mandate = _written(actor, _taken(actor, Mandate(giver=giver, proof=Proof.PAPER)), scope)
        for called, data in files[: papers.MOST_A_MATERIAL]:
            row = papers.take_up(giver, called, data)
            row.material, row.mandate = SIGNED, mandate
            row.save()
    return mandate


def accept(actor: Actor, mandate_id: int) -> Mandate:
    """He agrees to act for her. Raises NotThere, Refused (it is over)."""
    with transaction.atomic():
        row = _locked(actor, mandate_id)
        if row.holder_id != _her(actor).pk:
            raise NotThere
        _refuse_ended(row)
        if row.accepted_at is None:
            row.accepted_at = clock.now()
            row.save(update_fields=["accepted_at"])
            _tell(actor, row, MandateAccepted(row.pk, _urn(row.giver)))
    return row


def end(actor: Actor, mandate_id: int) -> Mandate:
    """She takes it back, or he gives it up or declines: from now on he sees and does nothing by it. What was begun goes on.

    Raises NotThere, Refused (it is over).
    """
    her = _her(actor)
    with transaction.atomic():
        row = _locked(actor, mandate_id)
        _refuse_ended(row)
        how = "withdrawn" if row.giver_id == her.pk else ("given up" if row.accepted_at else "declined")
        row.ended_at, row.ended_how = clock.now(), how
        row.save(update_fields=["ended_at", "ended_how"])
        Draft.objects.filter(mandate=row).delete()
        agents.leave(Case.objects.filter(mandate=row).values_list("call_id", flat=True))
        _tell(actor, row, MandateEnded(row.pk, _urn(row.giver), how))
    return row


# --- Used -------------------------------------------------------------------------------------------------------------


def usable(actor: Actor, mandate_id: int, thing: str | None = None) -> Mandate | None:
    """The mandate by which this actor may act for somebody now, for this thing or any; None where there is none."""
    window = window_of(actor)
    mine = Q(pk__in=[])
    if actor.party is not None:
        mine = Q(holder=actor.party, accepted_at__isnull=False)
    elif window is not None and actor.officer is not None:
        mine = Q(window=window, officer=actor.officer)
    row = _standing().filter(mine, pk=mandate_id).first()
    return row if row is not None and (thing is None or row.thing in ("", thing)) else None


def window_of(actor: Actor) -> Department | None:
    """The department at whose counter this officer sits; None where at none."""
    scope = rules.scope(actor, "stand_for", "department") if actor.officer is not None else None
    return Department.objects.filter(scope, valid_to__isnull=True).order_by("pk").first() if scope is not None else None


def given(party: Party) -> list[Mandate]:
    """Whom she let act for her, the newest first; what is over stays in sight for a year."""
    return list(_recent().filter(giver=party).order_by("-asked_at", "-pk"))


def held(party: Party) -> list[Mandate]:
    """For whom he may act, and who asks him to."""
    return list(_standing().filter(holder=party).order_by("-asked_at", "-pk"))


def taken_today(actor: Actor) -> list[Mandate]:
    """For whom this officer acts at his counter today, the newest first."""
    rows = _standing().filter(officer=actor.officer) if actor.officer is not None else Mandate.objects.none()
    return list(rows.order_by("-asked_at", "-pk"))


def cases_of(mandate: Mandate) -> list[Case]:
    """What was begun by it."""
    return list(Case.objects.filter(mandate=mandate).select_related("call", "matter").order_by("began_at", "pk"))


def of_case(case: Case) -> Mandate | None:
    """By which somebody applied for her; None where she did it herself."""
    return Mandate.objects.select_related("holder", "window", "officer").filter(cases=case).first()


def signed_papers(mandate: Mandate) -> list[Upload]:
    """What she signed at the counter."""
    return list(Upload.objects.filter(mandate=mandate).order_by("pk"))


def what(thing: str) -> str:
    """The thing's name as consent says it."""
    found = catalogue.thing(thing) if thing else None
    return found.whole.thing.name.zh if found else _(ANYTHING)


def who(mandate: Mandate) -> str:
    """Who acts: the counter, or a person by as much of name or phone as the other one knows him by. Raises KeyTrouble."""
    if mandate.window is not None:
        return _("%(unit)s窗口") % {"unit": mandate.window.short}
    assert mandate.holder is not None
    return called(mandate.holder)


def called(party: Party) -> str:
    """A person as the other one of a mandate may see him. Raises KeyTrouble."""
    phone = parties.known_phone(party)
    return " ".join(filter(None, (parties.known_name(party), parties.masked(phone) if phone else "")))


def over(mandate: Mandate) -> bool:
    """Whether nobody acts by it any more."""
    return mandate.ended_at is not None or mandate.until <= clock.now()


# --- Inside -----------------------------------------------------------------------------------------------------------


def _her(actor: Actor) -> Party:
    if actor.party is None:
        raise NotThere
    return actor.party


def _standing() -> QuerySet[Mandate]:
    now = clock.now()
    rows = Mandate.objects.select_related("giver", "holder", "window", "officer")
    return rows.filter(ended_at__isnull=True, until__gt=now)


def _recent() -> QuerySet[Mandate]:
    rows = Mandate.objects.select_related("giver", "holder", "window", "officer")
    return rows.filter(asked_at__gt=clock.now() - LONGEST)


def _locked(actor: Actor, mandate_id: int) -> Mandate:
    her = _her(actor)
    row = Mandate.objects.select_for_update().filter(Q(giver=her) | Q(holder=her), pk=mandate_id).first()
    if row is None:
        raise NotThere
    return row


def _refuse_ended(row: Mandate) -> None:
    if over(row):
        raise Refused("ended", _("这份授权已经结束了。"))


def _faults(scope: Scope) -> dict[str, str]:
    found, today = {}, clock.today()
    if scope.thing and catalogue.thing(scope.thing) is None:
        found["thing"] = _("没有这件事，请重新选择。")
    if scope.last is None:
        found["last"] = _("请写到哪一天为止。")
    elif not today <= scope.last <= today + LONGEST - timedelta(days=1):
        found["last"] = _("从今天起，最长一年。")
    if scope.relation not in Relation.values:
        found["relation"] = _("请选择是家人还是代理人。")
    return found


def _asked(actor: Actor, phone: str, scope: Scope) -> tuple[str, codes.Purpose]:
    """Her phone, and what its code is for. Raises BadInput, NotThere."""
    window = window_of(actor)
    if actor.party is None and window is None:
        raise NotThere
    faults, normal = _faults(scope), parties.normal_phone(phone)
    if normal is None:
        faults["phone"] = _("请填本人的手机号，11 位数字。")
    elif actor.party is not None and normal == parties.known_phone(actor.party):
        faults["phone"] = _("这是您自己的号码。自己的事不用授权。")
    if faults or normal is None:
        raise BadInput(faults)
    by = _("%(unit)s窗口") % {"unit": window.short} if window is not None else called(actor.party or Party())
    last = localtime(scope.until - timedelta(seconds=1))
    says = {"who": by, "what": what(scope.thing), "until": _("%(m)s 月 %(d)s 日") % {"m": last.month, "d": last.day}}
    key = f"mandate|{actor.name}|{scope.thing}|{scope.until.isoformat()}|{scope.relation}"
    return normal, codes.Purpose(codes.MANDATE, codes.CONSENT_PER_PHONE, key, says)


def _named(giver: Party, name: str) -> None:
    if name.strip() and giver.name_sealed is None and giver.data_key is not None:
        parties.set_name(giver, name.strip()[:LONGEST_NAME])


def _taken(actor: Actor, row: Mandate) -> Mandate:
    """Who acts by it: he who took her word."""
    row.accepted_at = clock.now()
    if actor.party is not None:
        row.holder = actor.party
    else:
        row.window, row.officer = window_of(actor), actor.officer
    return row


def _written(actor: Actor, row: Mandate, scope: Scope) -> Mandate:
    row.thing, row.until, row.relation, row.asked_at = scope.thing, scope.until, scope.relation, clock.now()
    if row.window_id is not None:
        row.relation = Relation.WINDOW
    row.save()
    to = _urn(row.holder) if row.holder is not None else f"department:{row.window.key if row.window else ''}"
    _tell(actor, row, MandateGiven(row.pk, _urn(row.giver), to, row.thing, str(row.proof), row.until.isoformat()))
    return row


def _urn(party: Party) -> str:
    return f"party:{party.token}"


def _tell(actor: Actor, row: Mandate, fact: msgspec.Struct) -> None:
    holdings.tell(actor, Party.objects.select_for_update().get(pk=row.giver_id), fact)
