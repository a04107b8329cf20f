"""Compare what the log alone tells with the tables, column by column."""

from collections.abc import Iterator, Mapping
from typing import Any

from huying.kernel import standing
from huying.kernel.models import OPEN_TASK, Call, CallState, Incident, Matter, MatterState, Promise, Task
from huying.kernel.moves import OPEN_MATTER
from huying.kernel.told import Told, key_of
from huying.kernel.voices import people

Rows = Mapping[Any, Mapping[str, Any]]
COUNTED = (*OPEN_MATTER, MatterState.ANSWERED, MatterState.CLOSED)  # a matter that ended otherwise keeps its last count
LATE_OR_NOT = ("late", "in time")


def differences(told: Told) -> Iterator[str]:
    """Where the tables say something else than what is told."""
    yield from _compare("matter", _matters_told(told), _matters())
    yield from _compare("task", _tasks_told(told), _tasks())
    yield from _compare("call", _calls_told(told), _calls())
    yield from _compare("promise", _promises_told(told), _promises())
    running = {pk: {"runs": ended is None} for pk, ended in Incident.objects.values_list("pk", "ended_at")}
    yield from _compare("incident", {pk: {"runs": runs} for pk, runs in told.incidents.items()}, running)


def _compare(name: str, told: Rows, there: Rows) -> Iterator[str]:
    for pk in sorted(there.keys() | told.keys(), key=str):
        by_log, in_table = told.get(pk, {}), there.get(pk, {})
        for column in sorted(by_log.keys() | in_table.keys()):
            if by_log.get(column) != in_table.get(column):
                yield f"{name}:{pk} is {in_table.get(column)} in its table and {by_log.get(column)} by the log ({column})"


# --- Matters ----------------------------------------------------------------------------------------------------------


def _matters_told(told: Told) -> Rows:
    voices: dict[int, list[str]] = {}
    for call in told.calls.values():
        if call.state != CallState.ENDED:
            voices.setdefault(call.matter, []).append(call.excluded)
    due = _answers_due(told)
    found: dict[int, dict[str, Any]] = {}
    for pk, state in told.matters.items():
        found[pk] = {"state": state, "reopened": told.reopened.get(pk, 0)}
        if state in COUNTED:
            found[pk]["voices"] = people(voices.get(pk, []))
        if state in OPEN_MATTER:
            found[pk]["due"] = due.get(pk)
    return found


def _answers_due(told: Told) -> dict[int, int]:
    """By matter, when the first of its voices is promised an answer."""
    found: dict[int, int] = {}
    for (_matter, _task, _call, what), lines in told.promises.items():
        for line in lines if what == "answer" else ():
            found[line.matter] = min(line.due, found.get(line.matter, line.due))
    return found


def _matters() -> Rows:
    found: dict[int, dict[str, Any]] = {}
    for row in Matter.objects.only("state", "reopened", "voices", "due_at"):
        found[row.pk] = {"state": row.state, "reopened": row.reopened}
        if row.state in COUNTED:
            found[row.pk]["voices"] = row.voices
        if row.state in OPEN_MATTER:
            found[row.pk]["due"] = _seconds(row.due_at)
    return found


# --- Tasks ------------------------------------------------------------------------------------------------------------


def _tasks_told(told: Told) -> Rows:
    answers = _answers_due(told)
    own: dict[int, int] = {}
    news: dict[int, int] = {}  # by matter: a known incident owes them
    visits: set[int] = set()  # tasks that wait for her at the counter
    for (_matter, of, _call, what), lines in told.promises.items():
        for line in lines:
            if of and line.stands and line.why == standing.VISIT:
                visits.add(of)
            elif of:
                own[of] = min(line.due, own.get(of, line.due))
            elif what == "news":
                news[line.matter] = min(line.due, news.get(line.matter, line.due))
    found: dict[int, dict[str, Any]] = {}
    for pk, task in told.tasks.items():
        row = {"state": task.state, "matter": task.matter, "parent": task.parent, "role": task.role, "bearer": task.bearer}
        if task.state in OPEN_TASK:
            last = _seconds(standing.NO_DAY) if pk in visits else answers.get(task.matter)
            dues = [due for due in (own.get(pk), news.get(task.matter), last) if due is not None]
            row |= {"giver": task.giver, "due": task.until or min(dues, default=None)}
        found[pk] = row | {"turn": task.turn}
    return found


def _tasks() -> Rows:
    found: dict[int, dict[str, Any]] = {}
    for row in Task.objects.select_related("bearer", "giver", "turn"):
        found[row.pk] = {"state": row.state, "matter": row.matter_id, "parent": row.parent_id, "role": row.role}
        found[row.pk] |= {"bearer": row.bearer.key, "turn": row.turn.key if row.turn else None}
        if row.is_open:
            found[row.pk] |= {"giver": row.giver.key if row.giver else None, "due": _seconds(row.due_at)}
    return found


# --- Calls and promises -----------------------------------------------------------------------------------------------


def _calls_told(told: Told) -> Rows:
    return {
        pk: {"state": line.state, "matter": line.matter, "solved": line.solved, "grade": line.grade}
        for pk, line in told.calls.items()
    }


def _calls() -> Rows:
    columns = ("state", "matter", "solved", "grade")
    return {row["pk"]: {name: row[name] for name in columns} for row in Call.objects.values("pk", *columns)}


def _promises_told(told: Told) -> Rows:
    """Those that run: in which matter, until when, whether they stand still and whether they are late."""
    return {
        key: {"count": len(lines), "matter": lines[0].matter, "due": lines[0].due, "stands": lines[0].stands}
        | {"broken": LATE_OR_NOT[not lines[0].broken]}
        for key, lines in told.promises.items()
        if lines
    }


def _promises() -> Rows:
    found: dict[Any, dict[str, Any]] = {}
    standing = set(
        Promise.objects.filter(pauses__from_at__isnull=False, pauses__to_at__isnull=True).values_list("pk", flat=True)
    )
    for row in Promise.objects.filter(ended_at__isnull=True).order_by("-id"):
        key = key_of(row.matter_id, row.task_id, row.call_id, row.what)
        count = found.get(key, {}).get("count", 0)
        found[key] = {"count": count + 1, "matter": row.matter_id, "due": _seconds(row.due_at), "stands": row.pk in standing}
        found[key]["broken"] = LATE_OR_NOT[row.broken_at is None]
    return found


def _seconds(moment: Any) -> int | None:
    return int(moment.timestamp()) if moment is not None else None
