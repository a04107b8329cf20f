"""Which drafts somebody sees: those of departments for which he drafts, and those to which his department must agree."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from huying.city import queries as city
from huying.city.models import Department
from huying.features.services.making.models import OPEN, Agreement, DraftState, ThingDraft, Word
from huying.kernel import rules
from huying.kernel.errors import NotThere
from huying.people.actors import Actor

ENDED = 20  # of those that are over, so many of the newest


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft, and what this actor may do with it whatever its state."""

    row: ThingDraft
    drafts: bool
    heads: bool
    consents: tuple[Agreement, ...]  # of the text as it stands
    his: frozenset[int]  # those he may give


def concerns(actor: Actor) -> bool:
    """Whether things are made by him or must be agreed to by him, as far as his posts tell: asked on every page."""
    return any(
        (post.role in ("handler", "head") and post.department_level == "city")
        or (post.role == "head" and post.department_level == "elsewhere")
        for post in actor.posts
    )


def owners(actor: Actor) -> list[Department]:
    """The departments for which he may draft."""
    scope = rules.scope(actor, "draft_thing", "department")
    return list(Department.objects.filter(scope).order_by("name")) if scope is not None else []


def drafts(actor: Actor) -> list[ThingDraft]:
    """Those of his departments: what is on its way first, then the newest that are over."""
    scope = rules.scope(actor, "draft_thing", "department")
    if scope is None:
        return []
    rows = _read(ThingDraft.objects.filter(owner__in=Department.objects.filter(scope)))
    return [
        *rows.filter(state__in=OPEN).order_by("-changed_at"),
        *rows.exclude(state__in=OPEN).order_by("-ended_at")[:ENDED],
    ]


def waiting(actor: Actor) -> list[Agreement]:
    """What his departments are asked for now, the longest asked first."""
    scope = rules.scope(actor, "agree_thing", "department")
    if scope is None:
        return []
    asked = Q(word=Word.WAITING, draft__state=DraftState.SENT, draft__revision=F("revision"))
    rows = Agreement.objects.filter(asked, department__in=Department.objects.filter(scope))
    return list(rows.select_related("draft__owner", "department").order_by("draft__sent_at", "pk"))


def seen(actor: Actor, draft_id: int) -> Seen:
    """One of them. Raises NotThere: it is not there, or not his."""
    row = _read(ThingDraft.objects.filter(pk=draft_id)).first()
    if row is None:
        raise NotThere
    agree = rules.scope(actor, "agree_thing", "department")
    mine = Department.objects.filter(agree) if agree is not None else Department.objects.none()
    drafting = rules.may(actor, "draft_thing", row.owner)
    if not drafting and not Agreement.objects.filter(draft=row, department__in=mine).exists():
        raise NotThere
    consents = consents_of(row)
    his = set(mine.filter(pk__in=[one.department_id for one in consents]).values_list("pk", flat=True))
    may = frozenset(one.pk for one in consents if one.department_id in his)
    return Seen(row, drafting, rules.may(actor, "send_thing", row.owner), tuple(consents), may)


def consents_of(row: ThingDraft) -> list[Agreement]:
    """What was said of the text as it stands."""
    rows = Agreement.objects.filter(draft=row, revision=row.revision).select_related("department", "by")
    return list(rows.order_by("body"))


def objections(row: ThingDraft) -> list[Agreement]:
    """What was objected to the texts before: it stays to be read while the next one is written."""
    rows = Agreement.objects.filter(draft=row, word=Word.OBJECTED).select_related("department", "by")
    return list(rows.order_by("-at"))


def names_of(bodies: Iterable[str]) -> dict[str, str]:
    """What bodies are called: types of departments as the city's own is, partners by their name."""
    found = {}
    for body in bodies:
        row = city.department_of(body, "city", None) or city.department_by_key(body)
        found[body] = row.name if row else body
    return found


def _read(rows: QuerySet[ThingDraft]) -> QuerySet[ThingDraft]:
    return rows.select_related("owner", "changed_by", "version")
