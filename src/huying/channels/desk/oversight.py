"""For heads and supervisors: the three rates, and what is late and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.base import clock
from huying.channels.desk import pages
from huying.channels.parts import words
from huying.channels.parts.signin import officer_required
from huying.city import queries as city
from huying.hub import late as hub_late
from huying.hub import places
from huying.hub import rates as hub
from huying.kernel import moves, queries
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people import leave, roster
from huying.people.actors import Actor


def reach(actor: Actor) -> tuple[set[str], set[str]] | None:
    """The districts and departments (their keys) whose figures an actor sees; None for the whole city."""
    posts = [post for post in actor.posts if post.role in pages.OVERSEERS]
    if any(post.department_type == DESK_TYPE for post in posts):
        return None
    whole = [post for post in posts if post.role == "supervisor" or post.department_type == CENTRE_TYPE]
    areas = [city.area_by_id(post.area_id) for post in whole if post.department_level == "district"]
    departments = [city.department_by_id(post.department_id) for post in posts]
    return {area.key for area in areas if area}, {d.key for d in departments if d}


def _within(actor: Actor) -> Q:
    """The rates within reach: a whole district where one is, else the actor's own departments; with all they came after."""
    if not pages.may_oversee(actor):
        raise Http404
    found = reach(actor)
    if found is None:
        return Q()
    districts, departments = found
    return places.within(districts) if districts else places.of_departments(departments)


def _late_within(actor: Actor) -> dict[str, Any]:
    """What is late within reach: it is in somebody's hands today."""
    if not pages.may_oversee(actor):
        raise Http404
    found = reach(actor)
    if found is None:
        return {}
    districts, departments = found
    return {"district__in": districts} if districts else {"bearer__in": departments}


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the table under its name."""

    name: str
    line: hub.Line
    others: str = ""  # the names of other days that count to it


@require_GET
@officer_required
def rates(request: HttpRequest) -> HttpResponse:
    """The rates by department, district, level or month, each with what it is a share of."""
    actor = pages.who(request)
    within, months = _within(actor), hub.months()
    month = request.GET.get("month", "")
    where = {"month": month} if month in months else {}
    by = str(request.GET.get("by")) if request.GET.get("by") in hub.BY else "department"
    as_of = str(request.GET.get("as_of")) if request.GET.get("as_of") in places.AS_OF else places.TODAY
    rows = [_named(by, line) for line in hub.table(by, as_of=as_of, within=within, **where)]
    context = {
        "page": "rates",
        "by": by,
        "month": month,
        "months": months,
        "ways": [("department", _("按单位")), ("district", _("按区县")), ("level", _("按层级")), ("month", _("按月份"))],
        "as_of": as_of if by in ("department", "district") else "",
        "days": [(places.TODAY, _("按今天的区划和单位")), (places.DAY, _("按当天的区划和单位"))],
        "rows": rows,
        "whole": hub.total(within=within, **where),
        "reading": queries.reading() if reach(actor) is None else None,  # it reads for the whole city
    }
    return render(request, "desk/rates.html", pages.bar_context(request, actor) | context)


@require_GET
@officer_required
def late(request: HttpRequest) -> HttpResponse:
    """What is late, since when, in whose hands, how far it was raised, and who used the time."""
    actor = pages.who(request)
    found = hub_late.rows(**_late_within(actor))
    matters = {row.late.matter for row in found}
    titles, hands = queries.titles(actor, matters), queries.hands_of(actor, matters)
    rows = [_row(row, titles[row.late.matter], hands) for row in found if row.late.matter in titles]
    context = {"page": "late", "rows": rows, "assignable": moves.move_of("task", "assign").sources} | _unit(actor, len(rows))
    return render(request, "desk/late.html", pages.bar_context(request, actor) | context)


def _unit(actor: Actor, late: int) -> dict[str, Any]:
    """For a head: his unit now, tomorrow and this week; who holds how much; whether somebody is always on duty."""
    led = queries.led(actor)
    if not led:
        return {"unit": False, "led": led}
    load, colleagues = queries.load(actor, led), leave.there_today(led)
    stretches = [("today", _("今天到期"), 0, 1), ("tomorrow", _("明天到期"), 1, 2), ("week", _("七天内到期"), 2, 7)]
    ahead = [{"id": i, "label": label, "rows": queries.ahead(actor, led, first, last)} for i, label, first, last in stretches]
    figures = [{"id": "late", "label": _("超期"), "n": late, "css": "urgent-t"}]
    figures += [
        {"id": a["id"], "label": a["label"], "n": len(a["rows"]), "css": "wait-t" if a["id"] == "today" else ""} for a in ahead
    ]
    figures.append({"id": "load", "label": _("在办"), "n": sum(row.open for row in load), "css": ""})
    there = {row.pk for row in colleagues}
    return {
        "unit": True,
        "led": led,
        "load": load,
        "away": {row.officer_id for row in load if row.officer_id not in there},
        "colleagues": sorted(colleagues, key=lambda row: _burden(row.pk, load)),
        "ahead": ahead,
        "figures": figures,
        "gap": _first_gap(led),
    }


def _burden(officer_id: int, load: list[queries.Load]) -> tuple[int, int, int]:
    """Who holds the least comes first."""
    mine = next((row for row in load if row.officer_id == officer_id), None)
    return (mine.late, mine.today, mine.open) if mine else (0, 0, 0)


def _first_gap(led: set[int]) -> roster.Gap | None:
    """The first hours of the coming fortnight in which nobody is on duty in a unit that keeps a roster."""
    now = clock.now()
    units = [row for pk in sorted(led) if (row := city.department_by_id(pk)) and roster.keeps_one(row)]
    found = [gap for unit in units for gap in roster.gaps(unit, now, roster.horizon(now))]
    return min(found, key=lambda gap: gap.start, default=None)


def _row(row: hub_late.LateRow, title: str, hands: dict[int, list[queries.Ahead]]) -> dict[str, Any]:
    steps = [_("已超期"), _("已催办"), _("已督办"), _("已提级")]
    what = {
        "sign": _("签收"),
        "contact": _("先行联系"),
        "answer": _("答复来电人"),
        "approve": _("审核"),
        "adjudicate": _("裁定退单"),
        "decide": _("作出决定"),
        "assist": _("交协办意见"),
        "settle": _("裁定归谁管"),
        "check": _("回查"),
        "rate_contact": _("就差评联系"),
        "rating": _("答复差评"),
        "objection": _("答复异议"),
        "news": _("说下一次消息"),
        "resume": _("恢复计时"),
    }
    return {
        "matter": row.late.matter,
        "title": title,
        "hands": hands.get(row.late.matter, []),
        "bearer": _department(row.late.bearer),
        "what": what.get(row.late.what, row.late.what),
        "due_at": row.late.due_at,
        "left": words.left(row.late.due_at),
        "step": steps[row.late.step],
        "told": _department(row.late.told) if row.late.step > 1 else "",
        "shares": [
            {"who": _department(s.bearer), "stage": _stage(s.stage), "seconds": s.seconds, "most": s.most} for s in row.shares
        ],
    }


def _stage(name: str) -> str:
    return {
        "dispatch": _("派单"),
        "sign": _("待签收"),
        "work": _("办理"),
        "paused": _("停表"),
        "review": _("审核"),
        "rework": _("重办"),
        "adjudicate": _("裁定退单"),
        "dispute": _("退单争议"),
        "overdue": _("逾期未签收"),
        "assist": _("协办逾期"),
    }.get(name, name)


def _department(key: str) -> str:
    found = city.department_by_key(key) if key else None
    return found.name if found else "12345"


def _named(by: str, line: hub.Line) -> Named:
    others = [_name(by, key) for key in line.others if key]
    return Named(_name(by, line.key), line, "、".join(others))


def _name(by: str, key: str) -> str:
    if by == "department":
        return _department(key) if key else _("还没有派单")
    if by == "district":
        area = city.area_by_key(key) if key else None
        return area.name if area else _("没有写明地点")
    if by == "level":
        return {"city": _("市级"), "district": _("区县"), "street": _("镇街")}.get(key, _("还没有派单"))
    return _("%(year)s 年 %(month)s 月") % {"year": key[:4], "month": int(key[5:])}
