"""Fill matters and tasks in bulk, as the verbs would leave them: millions in minutes, for measuring the inbox.

One statement per table on either database. `like_verbs` compares a filled sample with the same rows made by open_calls.
"""

from typing import Any

from django.db import connection

SORTS = ("inquiry", "help", "complaint", "report", "suggestion", "praise")
OPEN_EVERY = 5  # one of five tasks is open


def fill(tasks: int) -> None:
    """Add `tasks` matters with one task each; a fifth of them open and waiting to be signed."""
    from huying.base import clock
    from huying.city import queries
    from huying.city.models import Department

    streets = queries.area_choices("street")
    bearers = []
    for n, department in enumerate(Department.objects.filter(valid_to=None).exclude(type="hotline").order_by("id")):
        area = queries.area_by_id(department.area_id)
        where = streets[n % len(streets)] if department.level == "city" else area  # the city's bodies work on somebody's street
        if district := queries.district_of(where):  # bodies of another province have none here
            bearers.append((department.pk, where.pk, district.pk))
    now = clock.now()
    start = (_last("kernel_matter") or 0) + 1
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE bearer_no (no integer PRIMARY KEY, department bigint, area bigint, district bigint)"
        )
        cursor.executemany("INSERT INTO bearer_no VALUES (%s, %s, %s, %s)", [(n, *row) for n, row in enumerate(bearers)])
        values = {"start": start, "end": start + tasks - 1, "bearers": len(bearers), "every": OPEN_EVERY, "now": _moment(now)}
        for model, head, chosen, source in (_matters(), _tasks()):
            names, defaults = _rest(model, head)
            table = model._meta.db_table
            cursor.execute(f"INSERT INTO {table} ({head}{names}) SELECT {chosen}{defaults} FROM {source}", values)
        cursor.execute("DROP TABLE bearer_no")
        if connection.vendor == "postgresql":
            for table in ("kernel_matter", "kernel_task"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")


def _last(table: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")
        return cursor.fetchone()[0]


def _moment(moment: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _series() -> str:
    if connection.vendor == "postgresql":
        return "(SELECT generate_series(%(start)s::bigint, %(end)s::bigint) AS n) s"
    return "(WITH RECURSIVE c(n) AS (SELECT %(start)s UNION ALL SELECT n + 1 FROM c WHERE n < %(end)s) SELECT n FROM c) s"


def _minutes(expression: str) -> str:
    """The moment `expression` minutes from now, in the database's own way."""
    if connection.vendor == "postgresql":
        return f"%(now)s::timestamptz + ({expression}) * interval '1 minute'"
    return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f000', %(now)s, (({expression}) || ' minutes'))"


def _sort() -> str:
    return "CASE s.n %% 6 " + " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(SORTS)) + " END"


def _yes(condition: str) -> str:
    return condition if connection.vendor == "postgresql" else f"CASE WHEN {condition} THEN 1 ELSE 0 END"


# the bearer of a number: spread, with a few that have a hundred times as much as the rest
_BEARER = "(CASE WHEN s.n %% 50 = 0 THEN s.n %% 7 ELSE (s.n * 7919) %% %(bearers)s END)"


def _rest(model: Any, head: str) -> tuple[str, str]:
    """The columns that `head` leaves out, and their defaults as the database writes them: a new column needs no hand here."""
    named = {column.strip() for column in head.split(",")}
    names, values = "", ""
    for field in model._meta.concrete_fields:
        if field.column in named or field.null:
            continue
        default = field.get_default()
        names += f", {field.column}"
        values += f", {_yes('1 = 1' if default else '1 = 0') if isinstance(default, bool) else repr(default)}"
    return names, values


_SOURCE = f"{{series}} JOIN bearer_no b ON b.no = {_BEARER}"


def _matters() -> tuple[Any, str, str, str]:
    from huying.kernel.models import Matter

    opened, due = _minutes("-(s.n * 31 %% 14400)"), _minutes("(s.n * 17 %% 14400) - 1440")
    head = "id, kind, sort, title, area_id, district_id, state, duty_key, opened_at, due_at, ended_at, voices, version"
    chosen = f"""s.n, 'appeal', {_sort()}, '路灯不亮，第 ' || s.n || ' 件', b.area, b.district,
  CASE WHEN s.n %% %(every)s = 0 THEN 'working' ELSE 'closed' END, '', {opened}, {due},
  CASE WHEN s.n %% %(every)s = 0 THEN NULL ELSE {opened} END, 1, 6"""
    return Matter, head, chosen, _SOURCE.format(series=_series())


def _tasks() -> tuple[Any, str, str, str]:
    from huying.kernel.models import Task

    opened, due = _minutes("-(s.n * 31 %% 14400)"), _minutes("(s.n * 17 %% 14400) - 1440")
    is_open = "s.n %% %(every)s = 0"
    ended = f"CASE WHEN {is_open} THEN NULL ELSE {opened} END"
    head = """id, matter_id, bearer_id, role, state, turn_id, kind, sort, area_id, district_id, is_open, due_at, given_at,
  signed_at, contacted_at, submitted_at, ended_at"""
    chosen = f"""s.n, s.n, b.department, 'lead', CASE WHEN {is_open} THEN 'given' ELSE 'done' END,
  CASE WHEN {is_open} THEN b.department ELSE NULL END, 'appeal', {_sort()}, b.area, b.district, {_yes(is_open)}, {due},
  {opened}, {ended}, {ended}, {ended}, {ended}"""
    return Task, head, chosen, _SOURCE.format(series=_series())


def like_verbs(count: int) -> dict[str, Any]:
    """Make `count` open tasks by verbs, compare with `count` filled ones: empty columns, types, states."""
    from huying.city import queries
    from huying.city.models import Setting
    from huying.kernel.actions import open_calls
    from huying.kernel.intake import NewCall
    from huying.kernel.models import Matter, Task
    from huying.people.actors import SYSTEM

    Setting.objects.update_or_create(key="dispatch.confidence", defaults={"value": 0.0})
    queries.reset()
    streets = queries.area_choices("street")
    for begin in range(0, count, 250):
        batch = [
            NewCall(
                f"fill-{n}",
                "appeal",
                SORTS[n % 6],
                "路灯不亮",
                "门口的路灯三天不亮了",
                "web",
                area_key=streets[n % len(streets)].key,
            )
            for n in range(begin, begin + 250)
        ]
        open_calls(SYSTEM, batch)
    verbs = {model.__name__: _shape(model, model.objects.all()[:count]) for model in (Matter, Task)}
    last = _last("kernel_task") or 0
    fill(count * OPEN_EVERY)
    filled = {
        "Matter": _shape(Matter, Matter.objects.filter(pk__gt=last, state="working")[:count]),
        "Task": _shape(Task, Task.objects.filter(pk__gt=last, is_open=True)[:count]),
    }
    assert verbs == filled, {name: (verbs[name], filled[name]) for name in verbs if verbs[name] != filled[name]}
    return {"rows": count, "columns": {name: len(shape) for name, shape in verbs.items()}}


def _shape(model: Any, rows: Any) -> dict[str, str]:
    """For each column the types that occur; for columns of few words, the words. Texts and keys are left to vary."""
    shape = {}
    listed = list(rows)
    words = {"kind", "state", "role", "is_open"}
    for field in model._meta.concrete_fields:
        values = {getattr(row, field.attname) for row in listed}
        told = {repr(v) for v in values} if field.name in words else {type(v).__name__ for v in values}
        shape[field.name] = ", ".join(sorted(told))
    return shape


__all__ = ["fill", "like_verbs"]
