"""For heads and supervisors: the three rates, and what is late and why."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.channels.desk import pages
from huying.channels.parts import words
from huying.channels.parts.signin import officer_required
from huying.city import queries as city
from huying.hub import late as hub_late
from huying.hub import places
from huying.hub import rates as hub
from huying.kernel import queries
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
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
    }
    return render(request, "desk/rates.html", pages.bar_context(request, actor) | context)


@require_GET
@officer_required
def late(request: HttpRequest) -> HttpResponse:
    """What is late, since when, in whose hands, how far it was raised, and who used the time."""
    actor = pages.who(request)
    found = hub_late.rows(**_late_within(actor))
    titles = queries.titles(actor, {row.late.matter for row in found})
    rows = [_row(row, titles[row.late.matter]) for row in found if row.late.matter in titles]
    context = {"page": "late", "rows": rows}
    return render(request, "desk/late.html", pages.bar_context(request, actor) | context)


def _row(row: hub_late.LateRow, title: str) -> dict[str, Any]:
    steps = [_("已超期"), _("已催办"), _("已督办"), _("已提级")]
    what = {
        "sign": _("签收"),
        "contact": _("先行联系"),
        "answer": _("答复来电人"),
        "approve": _("审核"),
        "adjudicate": _("裁定退单"),
        "check": _("回查"),
    }
    return {
        "matter": row.late.matter,
        "title": title,
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
        "dispute": _("退单不成立"),
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
