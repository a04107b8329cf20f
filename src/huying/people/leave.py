"""请假与代理: who is away, and who stands in for which of his posts. No post is left without somebody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import msgspec
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.people.actors import Actor
from huying.people.errors import NotYours, Wrong
from huying.people.events import LeaveCovered, LeaveEnded, LeaveEntered
from huying.people.models import Leave, Officer, Post, Role, Roster, StandIn

LONGEST = 366  # days


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day through the last."""

    first: date
    last: date


def enter(actor: Actor, officer_id: int, span: Span, stand_ins: Mapping[int, int]) -> Leave:
    """Enter an officer's leave; `stand_ins` names, for the id of each of his posts, the officer who acts with it.

    By himself, or by a head of a department in which he holds a post. Raises NotYours, Wrong (each post that would be left
    without anybody is named, and what to do).
    """
    officer = _subject(actor, officer_id)
    posts = posts_within(officer, span)
    with transaction.atomic():
        _lock(posts)
        if errors := _faults(actor, officer, span, posts, stand_ins):
            raise Wrong(errors)
        assert actor.officer
        leave = Leave(officer=officer, first=span.first, last=span.last, entered_by=actor.officer, entered_at=clock.now())
        leave.save()
        named = [StandIn(leave=leave, post=post, officer_id=stand_ins[post.pk]) for post in posts if post.pk in stand_ins]
        StandIn.objects.bulk_create(named)
        facts = [LeaveCovered(leave.pk, f"officer:{s.officer_id}", s.post.department.key, s.post.role) for s in named]
        entered = LeaveEntered(leave.pk, f"officer:{officer.pk}", str(span.first), str(span.last))
        _tell(actor, leave, [entered, *facts])
    return leave


def end(actor: Actor, leave_id: int) -> Leave:
    """He is back: the leave ends with yesterday, or never was. Raises NotYours."""
    with transaction.atomic():
        leave = Leave.objects.select_for_update(of=("self",)).select_related("officer").filter(pk=leave_id).first()
        today = clock.today()
        if leave is None or leave.cancelled or leave.last < today or not may_enter(actor, leave.officer):
            raise NotYours
        leave.cancelled, leave.ended_at = leave.first >= today, clock.now()
        if not leave.cancelled:
            leave.last = today - timedelta(days=1)
        last = None if leave.cancelled else str(leave.last)
        _tell(actor, leave, [LeaveEnded(leave.pk, f"officer:{leave.officer_id}", last)])
    return leave


def may_enter(actor: Actor, officer: Officer) -> bool:
    """Whether the actor may enter this officer's leave: his own, or as a head of one of his departments."""
    if actor.officer is None:
        return False
    led = actor.departments("head")
    return (
        actor.officer.pk == officer.pk
        or Post.objects.filter(_lasting(clock.today()), officer=officer, department__in=led).exists()
    )


def posts_within(officer: Officer, span: Span) -> list[Post]:
    """The posts the officer holds on some day of the span."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=span.last)
    rows = Post.objects.filter(begun, _lasting(span.first), officer=officer)
    return list(rows.select_related("department").order_by("id"))


def away(officer_ids: Iterable[int], span: Span) -> QuerySet[Leave]:
    """The leaves of these officers that touch the span."""
    return Leave.objects.filter(officer__in=list(officer_ids), cancelled=False, first__lte=span.last, last__gte=span.first)


def of_departments(departments: Iterable[int], since: date) -> list[Leave]:
    """Leaves of officers of these departments that last until `since` or longer, the first in front."""
    officers = Post.objects.filter(_lasting(since), department__in=list(departments)).values("officer")
    rows = Leave.objects.filter(officer__in=officers, cancelled=False, last__gte=since).select_related("officer")
    return list(rows.prefetch_related("stand_ins__officer", "stand_ins__post__department").order_by("first", "pk"))


def of_officer(officer: Officer) -> list[Leave]:
    """The officer's own leaves, the newest first."""
    rows = Leave.objects.filter(officer=officer).prefetch_related("stand_ins__officer", "stand_ins__post__department")
    return list(rows.order_by("-first", "-pk")[:20])


def stands_in(officer: Officer, since: date) -> list[StandIn]:
    """For whom the officer stands in, on `since` or later."""
    rows = StandIn.objects.filter(officer=officer, leave__cancelled=False, leave__last__gte=since)
    return list(rows.select_related("leave__officer", "post__department").order_by("leave__first", "pk"))


def colleagues(departments: Iterable[int], on: date) -> list[Officer]:
    """Who holds a post in one of the departments on that day, by name."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    held = Post.objects.filter(begun, _lasting(on), department__in=list(departments)).values("officer")
    return list(Officer.objects.filter(pk__in=held).select_related("account").order_by("name", "pk"))


def there_today(departments: Iterable[int]) -> list[Officer]:
    """Who holds a post in one of the departments and is not away today, by name."""
    today = clock.today()
    found = colleagues(departments, today)
    absent = set(away([row.pk for row in found], Span(today, today)).values_list("officer", flat=True))
    return [row for row in found if row.pk not in absent]


def _subject(actor: Actor, officer_id: int) -> Officer:
    officer = Officer.objects.filter(pk=officer_id).first()
    if officer is None or not may_enter(actor, officer):
        raise NotYours
    return officer


def _lock(posts: Iterable[Post]) -> None:
    """Two colleagues who count on each other enter their leave one after the other."""
    ids = sorted({post.department_id for post in posts})
    Roster.objects.bulk_create([Roster(department_id=pk) for pk in ids], ignore_conflicts=True)
    list(Roster.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _faults(actor: Actor, officer: Officer, span: Span, posts: list[Post], stand_ins: Mapping[int, int]) -> dict[str, str]:
    errors = _day_faults(officer, span)
    if errors:
        return errors
    led = actor.departments("head")
    for post in posts:
        if post.pk in stand_ins:
            # what a unit may see is its own: only its head lends a post to somebody of another
            within = None if post.department_id in led else post.department_id
            fault = _stand_in_fault(officer, stand_ins[post.pk], span, within)
        else:
            fault = _uncovered(post, span)
        if fault:
            errors[f"post-{post.pk}"] = fault
    return errors


def _day_faults(officer: Officer, span: Span) -> dict[str, str]:
    if span.first < clock.today():
        return {"first": _("请假从今天或以后的一天开始，请改日期。")}
    if span.last < span.first:
        return {"last": _("最后一天在第一天之前，请改日期。")}
    if (span.last - span.first).days >= LONGEST:
        return {"last": _("一次最多请一年，请改日期；更久的，请停用岗位。")}
    if away([officer.pk], span).exists():
        return {"first": _("这几天已经登记过请假。先销假，再重新登记。")}
    lent = StandIn.objects.filter(
        officer=officer, leave__cancelled=False, leave__first__lte=span.last, leave__last__gte=span.first
    ).select_related("leave__officer")
    if standing := lent.first():
        whom = standing.leave.officer.name
        return {"first": _("这几天要替%(name)s代理，请先请对方换一位代理人。") % {"name": whom}}
    return {}


def _stand_in_fault(officer: Officer, stand_in: int, span: Span, within: int | None) -> str:
    if stand_in == officer.pk:
        return _("不能由本人代理，请选另一位。")
    held = Post.objects.filter(_throughout(span), officer=stand_in)
    if within is not None:
        held = held.filter(department=within)
    if not held.exists():
        return _("本单位那几天没有这位同事，请选另一位；要请外单位的人代理，由负责人登记。")
    if away([stand_in], span).exists():
        return _("这位同事那几天也请假，请选另一位。")
    return ""


def _uncovered(post: Post, span: Span) -> str:
    """Why nobody would hold the post: '' where a colleague holds the same and is there all the time."""
    same = Post.objects.filter(_throughout(span), department=post.department_id, role=post.role).exclude(
        officer=post.officer_id
    )
    there = set(same.values_list("officer", flat=True))
    there -= set(away(there, span).values_list("officer", flat=True))
    if there:
        return ""
    said = {"unit": post.department.short, "post": _(str(Role(post.role).label))}
    return _("%(unit)s的%(post)s那几天没有别人，请选一位代理人。") % said


def _lasting(day: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day)


def _throughout(span: Span) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=span.first)) & _lasting(span.last)


def _tell(actor: Actor, leave: Leave, facts: Iterable[msgspec.Struct]) -> None:
    entries = []
    for fact in facts:
        leave.version += 1
        entries.append(log.Entry(fact, f"leave:{leave.pk}", leave.version, actor.name))
    leave.save()
    log.record(entries)
