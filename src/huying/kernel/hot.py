"""共因: found among the matters of a district, kept up to date, and made to stand when many people tell of one (未诉先办).

Found anew now and then, in a process of its own, because comparing thousands of messages takes seconds. What complains
about a body and what is confidential is never compared: nobody shall be found by how he writes.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import Count

from huying.base import clock
from huying.city import loaded
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.events import log
from huying.kernel import kinds, overdue
from huying.kernel.events import CauseStands
from huying.kernel.models import Call, Cause, CauseMember, Matter, MatterState, Task, TaskRole
from huying.people.actors import SYSTEM
from huying.reading import causes
from huying.reading.causes import Message
from huying.reading.similar import grams

WINDOW = timedelta(days=30)
MOST = 4_000  # of a district, the newest
LEAST_PEOPLE = 3  # fewer are no cause to be shown
STANDS = "hot.people"  # the pack's threshold: so many people within thirty days
LEFT_OUT = (MatterState.MERGED, MatterState.WITHDRAWN, MatterState.DECLINED)


@lru_cache(maxsize=1)
def troubles() -> frozenset[str]:
    """The grams of the duties' words: what stands in them is a trouble, what does not is a name."""
    return frozenset(gram for duty in city.duties() for gram in grams(f"{duty.name}。{duty.text}"))


loaded.on_forget(troubles.cache_clear)


def refresh() -> int:
    """Find the causes of every district anew; how many stand from now on."""
    since = clock.now() - WINDOW
    districts = Matter.objects.filter(opened_at__gte=since, district__isnull=False).order_by().values_list("district")
    busy = districts.annotate(n=Count("id")).filter(n__gte=2).values_list("district", flat=True)
    kept = set(busy) | set(Cause.objects.filter(closed_at__isnull=True).values_list("district", flat=True))
    return sum(_refresh(area) for area in Area.objects.filter(pk__in=kept).order_by("key"))


def _refresh(district: Area) -> int:
    compared = _matters(district)
    calls = _calls(compared)
    told = [_message(matter, calls[pk]) for pk, matter in compared.items() if pk in calls]
    found = causes.Messages(told, troubles())
    groups = found.causes()
    stood = 0
    with transaction.atomic():
        there = {row.pk: row for row in Cause.objects.select_for_update().filter(district=district, closed_at__isnull=True)}
        of_matter = dict(CauseMember.objects.filter(cause__in=there).values_list("matter", "cause"))
        seen: set[int] = set()
        for numbers in groups:
            row = _known([int(told[n].id) for n in numbers], of_matter, there, seen) or Cause(district=district)
            free = _free(row, told, numbers)
            if free and _keep(row, found, free, calls):
                seen.add(row.pk)
                stood += _stand(row)
        for pk in there.keys() - seen:
            if there[pk].stands_at is None:
                there[pk].delete()
    return stood


def _matters(district: Area) -> dict[int, Matter]:
    """What may be compared: not what complains about a body, is confidential, or belonged to a cause that was closed."""
    rows = Matter.objects.filter(district=district, opened_at__gte=clock.now() - WINDOW, about__isnull=True, voices__gt=0)
    rows = rows.exclude(state__in=LEFT_OUT).exclude(cause__cause__closed_at__isnull=False)
    return {m.pk: m for m in rows.order_by("-opened_at")[:MOST] if not kinds.get(m.kind).sort(m.sort).confidential}


def _calls(matters: Mapping[int, Matter]) -> dict[int, list[Call]]:
    """The voices of each matter, the first in front."""
    found: dict[int, list[Call]] = {}
    fields = ("matter_id", "caller_id", "text", "opened_at")
    for call in Call.objects.filter(matter__in=matters, trimmed_at__isnull=True).order_by("id").only(*fields):
        found.setdefault(call.matter_id, []).append(call)
    return found


def _message(matter: Matter, calls: Sequence[Call]) -> Message:
    return Message(str(matter.pk), matter.title, calls[0].text, matter.opened_at, str(calls[0].caller_id))


def _known(members: Sequence[int], of_matter: Mapping[int, int], there: Mapping[int, Cause], seen: set[int]) -> Cause | None:
    """The cause to which most of these matters belonged before."""
    before = [cause for pk in members if (cause := of_matter.get(pk)) is not None and cause not in seen]
    return there[max(set(before), key=lambda pk: (before.count(pk), -pk))] if before else None


def _free(row: Cause, told: Sequence[Message], numbers: Sequence[int]) -> list[int]:
    """Those that another cause does not keep, because it stands, or was closed while all were compared."""
    matters = {int(told[n].id): n for n in numbers}
    kept = CauseMember.objects.filter(matter__in=matters, cause__stands_at__isnull=False).exclude(cause=row.pk)
    elsewhere = set(kept.values_list("matter", flat=True))
    return [n for pk, n in matters.items() if pk not in elsewhere]


def _keep(row: Cause, found: causes.Messages, numbers: Sequence[int], calls: Mapping[int, Sequence[Call]]) -> bool:
    """Write what a cause is now, and its matters; False where too few people tell of it. What stands keeps its matters."""
    members = [int(found.messages[n].id) for n in numbers]
    voices = sorted((call for pk in members for call in calls[pk]), key=lambda call: call.opened_at)
    told = [Message(str(call.pk), "", "", call.opened_at, str(call.caller_id)) for call in voices]
    people = len({m.who for m in told})
    if people < LEAST_PEOPLE and row.stands_at is None:
        return False
    row.heart_id = int(found.messages[found.heart(numbers)].id)
    row.place, row.people, row.busiest = found.place(numbers)[:80], people, causes.busiest(told)
    row.found_at = clock.now()
    row.save()
    CauseMember.objects.filter(matter__in=members).exclude(cause=row).delete()
    if row.stands_at is None:
        row.members.exclude(matter__in=members).delete()
    known = set(row.members.values_list("matter", flat=True))
    CauseMember.objects.bulk_create([CauseMember(cause=row, matter_id=pk) for pk in members if pk not in known])
    return True


def _stand(row: Cause) -> bool:
    """Let it stand when the pack's threshold is passed."""
    threshold = city.setting(STANDS, None)
    if row.stands_at is not None or threshold is None or row.busiest < int(threshold):
        return False
    owner = _owner(row)
    if owner is None:
        return False
    row.owner, row.stands_at, row.version = owner, clock.now(), row.version + 1
    row.save(update_fields=["owner", "stands_at", "version"])
    fact = CauseStands(row.pk, row.district.key, owner.key, row.busiest, row.members.count())
    log.record([log.Entry(fact, f"cause:{row.pk}", row.version, SYSTEM.name)])
    return True


def _owner(row: Cause) -> Department | None:
    """Who bears the most of its matters; the city's desk where nobody bears any."""
    leads = Task.objects.filter(matter__cause__cause=row, role=TaskRole.LEAD).exclude(state="cancelled").order_by()
    most = leads.values_list("bearer").annotate(n=Count("matter", distinct=True)).order_by("-n", "bearer").first()
    return city.department_by_id(most[0]) if most else overdue.desk()
