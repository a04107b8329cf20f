"""Which watches are due, taken by one worker; each look is written down, as row and as fact, before a register is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from huying.base import clock
from huying.city import offers as rules
from huying.city.things.offers import OfferRule
from huying.events import log, rows
from huying.features.services.offering.events import RegisterLooked
from huying.features.services.offering.models import Consent, RegisterLook, Watch
from huying.people.actors import SYSTEM

BATCH = 500


@dataclass(frozen=True, slots=True)
class Claimed:
    """A watch that is ours for this round: its rule, and the kinds that may be looked at."""

    watch: Watch
    rule: OfferRule
    kinds: tuple[str, ...]


def claim(limit: int = BATCH) -> list[Claimed]:
    """Take watches that are due. They are due again tomorrow, whatever becomes of this round; `drawing` says a later day."""
    today = clock.today()
    with transaction.atomic():
        due = Watch.objects.select_for_update(skip_locked=True, of=("self",)).filter(look_on__lte=today)
        watches = list(due.select_related("party").order_by("look_on", "id")[:limit])
        found = allowed(watches)
        ours = {one.watch.pk for one in found}
        for watch in watches:
            watch.look_on = today + timedelta(days=1) if watch.pk in ours else None
        _write_down(found, trial=False)
        rows.update(watches, ("look_on", "version"))
    return found


def after(pk: int, limit: int = BATCH) -> list[Claimed]:
    """For a trial: watches that are due, after that one in the order of their ids. The looks are written down all the same."""
    with transaction.atomic():
        due = Watch.objects.select_for_update(of=("self",)).filter(look_on__lte=clock.today(), pk__gt=pk)
        watches = list(due.select_related("party").order_by("pk")[:limit])
        found = allowed(watches)
        _write_down(found, trial=True)
        rows.update([one.watch for one in found], ("version",))
    return found


def allowed(watches: Sequence[Watch]) -> list[Claimed]:
    """Those whose rule is in force, and whose party is there and agreed."""
    by_key = {rule.key: rule for rule in rules.rules()}
    agreed = consents(watch.party_id for watch in watches)
    found = []
    for watch in watches:
        rule, kinds = by_key.get(watch.rule), agreed.get(watch.party_id, frozenset[str]())
        if rule is not None and rule.needs in kinds and watch.party.data_key is not None:
            found.append(Claimed(watch, rule, tuple(sorted(rule.uses & kinds))))
    return found


def consents(parties: Iterable[int]) -> dict[int, frozenset[str]]:
    """What each of these parties agrees to now."""
    found: dict[int, set[str]] = {}
    given = Consent.objects.filter(party__in=set(parties), withdrawn_at__isnull=True)
    for party, kind in given.values_list("party", "kind"):
        found.setdefault(party, set()).add(kind)
    return {party: frozenset(kinds) for party, kinds in found.items()}


def sync(limit: int = BATCH) -> int:
    """Give a watch to whoever agreed before a rule came into force; how many were missing."""
    done = 0
    for rule in rules.rules():
        there = Watch.objects.filter(party=OuterRef("party"), rule=rule.key)
        missing = Consent.objects.filter(~Exists(there), kind=rule.needs, withdrawn_at__isnull=True)
        with transaction.atomic():
            made = [
                Watch(party_id=pk, rule=rule.key, look_on=clock.today())
                for pk in missing.values_list("party", flat=True)[:limit]
            ]
            Watch.objects.bulk_create(made, ignore_conflicts=True)  # another worker, or she herself, at this moment
            done += len(made)
    return done


def _write_down(found: Sequence[Claimed], *, trial: bool) -> None:
    at = clock.now()
    looks, facts = [], []
    for one in found:
        watch = one.watch
        watch.version += 1
        looks.append(
            RegisterLook(
                party_id=watch.party_id, rule=watch.rule, thing=one.rule.thing, fields=list(one.kinds), trial=trial, at=at
            )
        )
        fact = RegisterLooked(f"party:{watch.party.token}", watch.rule, one.kinds, trial)
        facts.append(log.Entry(fact, f"watch:{watch.pk}", watch.version, SYSTEM.name))
    rows.insert(looks)
    log.record(facts)
