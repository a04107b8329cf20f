"""What a verb is given when nobody thought about it: each argument drawn by its name, or else by its type."""

import inspect
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from huying.base import clock
from huying.city.models import Department
from huying.kernel import actions
from huying.kernel.actions import Notice
from huying.kernel.models import Call, Cause, Look, Matter, Task
from huying.people.actors import Actor
from huying.people.models import Officer, Post

WORDS = "今晚换了两盏灯，已经亮了；依据《城市道路照明设施管理规定》第四条。"
# What any verb may be told; none of it may stand readable anywhere afterwards.
PRIVATE = ("13912345678", "500103199003071234", "李晓明", "3栋2单元501")
PRIVATE_WORDS = "业主李晓明（13912345678，身份证500103199003071234，住3栋2单元501）说今晚已经亮了。"
WAYS = ("phone", "visit", "message")
# they begin something new: the walk has rules of its own for them, what is worked in parts has its walk in its feature
NOT_WALKED = {"open_calls", "follow", "open_incident", "open_parted"}

Subject = Matter | Task | Call | Cause
Draw = Callable[[st.SearchStrategy[Any]], Any]


def verbs() -> dict[str, Callable[..., Any]]:
    """Every verb of the kernel there is today, by the name that the rules know it by."""
    names = [name for name in actions.__all__ if inspect.isfunction(getattr(actions, name)) and name not in NOT_WALKED]
    return {name.rstrip("_"): getattr(actions, name) for name in names}


def kind_of(verb: Callable[..., Any]) -> str:
    """matter, task, call or cause: what the verb acts on, told by its second argument."""
    return list(inspect.signature(verb).parameters)[1].split("_")[0]


def arguments(verb: Callable[..., Any], subject: Subject, draw: Draw, departments: list[int]) -> dict[str, Any]:
    """Everything the verb asks for beside the actor."""
    hints = get_type_hints(verb)
    found: dict[str, Any] = {}
    for number, name in enumerate(inspect.signature(verb).parameters):
        if number == 0:
            assert hints[name] is Actor, f"{verb.__name__} takes no actor first"
        elif number == 1:
            found[name] = [subject.pk] if name.endswith("ids") else subject.pk
        else:
            found[name] = draw(_argument(name, hints[name], departments))
    return found


def _argument(name: str, hint: Any, departments: list[int]) -> st.SearchStrategy[Any]:
    by_name: dict[str, st.SearchStrategy[Any]] = {
        "how": st.sampled_from(WAYS),
        "outcome": st.sampled_from(["solved", "unsolved", "unsolved", "unreached"]),
        "agrees": st.sampled_from([True, True, False, None]),
        "why": st.sampled_from(["caller", "outside", "duplicate"]),
        "chosen": st.sampled_from([["行政复议"], ["行政复议", "信访复查"], []]),
        "panel": st.deferred(lambda: st.lists(st.sampled_from(_heads()), min_size=2, max_size=3, unique=True)),
        "grade": st.sampled_from([None, 1, 3, 5]),
        "solved": st.sampled_from([True, False, False, None]),
        "duty_key": st.sampled_from(["", "lamp", "stall"]),
        "bearer_id": st.sampled_from(departments),
        "officer_id": st.deferred(lambda: st.sampled_from(list(Officer.objects.order_by("pk").values_list("pk", flat=True)))),
        "by": st.sampled_from([None, clock.today(), clock.today() + timedelta(days=3), clock.today() + timedelta(days=40)]),
        "assists": st.lists(st.sampled_from(departments), max_size=2, unique=True),
        "notice": st.builds(notice, st.sampled_from(["500106", "500106001", "500103"]), _by_type("", datetime)),
        "below": st.deferred(lambda: st.sampled_from(list(Department.objects.filter(pk__in=departments).order_by("pk")))),
        "expected": st.sampled_from([None, clock.today(), clock.today() + timedelta(days=3)]),
        "field": st.sampled_from(["〔电话1〕", "〔姓名1〕", "〔门牌1〕", "phone"]),
        "reason": st.sampled_from(["contact", "visit", "contact", "curious"]),
        "look_id": st.deferred(lambda: st.sampled_from(list(Look.objects.order_by("pk").values_list("pk", flat=True)) or [0])),
        "way": st.sampled_from(["page", "relay"]),
        "into_id": st.deferred(lambda: st.sampled_from(list(Matter.objects.order_by("pk").values_list("pk", flat=True)))),
    }
    return by_name[name] if name in by_name else _by_type(name, hint)


def notice(area_key: str, news_at: datetime) -> Notice:
    """What everybody is told of an incident."""
    return Notice("小龙坎一带路灯不亮", "线缆被施工挖断，正在接。", area_key, news_at)


def _heads() -> list[int]:
    """Departments whose heads may be asked to a panel."""
    return sorted(set(Post.objects.filter(role="head").values_list("department", flat=True)))


def _by_type(name: str, hint: Any) -> st.SearchStrategy[Any]:
    kinds = {str(kind) for kind in (hint, *get_args(hint))}
    if any("datetime" in kind for kind in kinds):
        return st.integers(1, 48).map(lambda hours: clock.now() + timedelta(hours=hours))
    if bool in (hint, *get_args(hint)):
        return st.booleans()
    if str in (hint, *get_args(hint)):
        return st.sampled_from(["", WORDS, WORDS, PRIVATE_WORDS])
    if int in (hint, *get_args(hint)):
        return st.integers(1, 3)
    if any("TakenPhoto" in kind for kind in kinds):
        return st.just(())
    raise AssertionError(f"say in tests/stateful/drawing.py what `{name}` of a verb can be: {hint}")
