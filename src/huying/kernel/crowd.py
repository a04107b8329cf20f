"""Branches of many matters under one verb: what a department's own system hands over by the hundred. All of it or nothing.

Who may, and what the table of moves allows, is asked as for one; what is owed is told first, as for one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

from huying.base import clock
from huying.city import queries as city
from huying.events import rows
from huying.kernel import branches, kinds, moves, overdue, rules, standing
from huying.kernel.errors import NotThere, Refused
from huying.kernel.events import TaskAnswerWritten, TaskSigned, TaskSubmitted
from huying.kernel.models import Matter, Pause, Promise, Response, ResponseState, Task, TaskRole
from huying.kernel.record import Work
from huying.people.actors import Actor

Pairs = list[tuple[Work, Task]]


@contextmanager
def on_tasks(actor: Actor, verb: str, task_ids: Sequence[int]) -> Iterator[Pairs]:
    """A verb on many branches: their matters are locked in the order of their ids, then the tasks are read.

    Raises NotThere where one of them is not the actor's own to do this on, Refused where its clock stands still.
    """
    ids = list(dict.fromkeys(task_ids))
    with transaction.atomic():
        matters = set(Task.objects.filter(pk__in=ids).values_list("matter_id", flat=True))
        locked = Matter.objects.select_for_update().filter(pk__in=matters).order_by("pk")
        at = clock.now()
        works = {matter.pk: Work(actor, matter, at) for matter in locked}
        _catch_up(works, at)
        # a few bodies bear them all: read once, not with every row
        found = Task.objects.filter(pk__in=ids, role=TaskRole.BRANCH).prefetch_related("bearer")
        tasks = list(found.order_by("matter_id", "pk"))
        _permit(actor, verb, ids, tasks)
        yield [(works[task.matter_id], task) for task in tasks]
        Work.finish_all(list(works.values()))


def _permit(actor: Actor, verb: str, ids: list[int], tasks: list[Task]) -> None:
    scope = rules.scope(actor.holding(), verb, "task")  # by his own posts: whoever stands in says for whom, one by one
    allowed = set() if scope is None else set(Task.objects.filter(scope, pk__in=ids).values_list("pk", flat=True))
    if len(tasks) != len(ids) or allowed != set(ids) or not all(kinds.takes(task.kind, verb) for task in tasks):
        raise NotThere


def _catch_up(works: dict[int, Work], at: object) -> None:
    """Tell what clocks and changes of bodies owed until now, where there is any: nearly nowhere."""
    today = clock.today()
    closed, moved = {row.pk for row in city.closed(today)}, city.moved_areas(today)
    late = Promise.objects.filter(matter__in=list(works), ended_at__isnull=True, due_at__lte=at)
    owed = set(late.values_list("matter_id", flat=True))
    owed |= set(
        Task.objects.filter(matter__in=list(works), is_open=True, bearer__in=closed).values_list("matter_id", flat=True)
    )
    owed |= {pk for pk, work in works.items() if work.matter.area_id in moved}
    for pk in sorted(owed):
        overdue.catch_up(works[pk])


def sign(actor: Actor, task_ids: Sequence[int]) -> None:
    """签收 of many branches. Raises NotThere, Refused."""
    with on_tasks(actor, "sign", task_ids) as pairs:
        for work, task in pairs:
            task.state = moves.target("task", "sign", task.state)
            task.signed_at, task.handler = work.at, actor.officer
            work.tell(TaskSigned(task.pk, task.bearer.key))
        rows.update([task for _work, task in pairs], ("state", "signed_at", "handler_id"))


def submit(pairs: Pairs, texts: dict[int, str]) -> None:
    """Within `on_tasks`: write the response of each, out of which identifiers are cut, and hand it to the reviewer.

    Raises Refused.
    """
    waiting = Response.objects.filter(task__in=list(texts), state__in=[ResponseState.DRAFT, ResponseState.SUBMITTED])
    if waiting.exists():
        raise Refused("written", "one of them holds a draft: submit that by itself")
    made = []
    for work, task in pairs:
        moves.target("task", "answer", task.state)
        task.state = moves.target("task", "submit", task.state)
        task.submitted_at, task.turn_id = work.at, task.bearer_id
        row = rows.fresh(Response, task=task, matter=work.matter, text=texts[task.pk], state=ResponseState.SUBMITTED)
        row.written_by, row.written_at = work.actor.officer, work.at
        made.append(row)
    rows.insert(made)
    for (work, task), row in zip(pairs, made, strict=True):
        work.tell(TaskAnswerWritten(task.pk, task.bearer.key, row.pk, 0))
        work.tell(TaskSubmitted(task.pk, task.bearer.key, row.pk))
    rows.update([task for _work, task in pairs], ("state", "submitted_at", "turn_id"))


def approve(actor: Actor, task_ids: Sequence[int]) -> None:
    """审核 of many branches; what follows from each decision happens with it. Raises NotThere, Refused."""
    with on_tasks(actor, "approve", task_ids) as pairs:
        matters = [work.matter.pk for work, _task in pairs]
        stands = dict(Pause.objects.filter(promise__matter__in=matters, to_at__isnull=True).values_list("promise", "reason"))
        if set(stands.values()) - {standing.VISIT}:
            raise Refused("stands", "one of them waits for its applicant: decide that by itself")
        waiting = set(Promise.objects.filter(pk__in=list(stands)).values_list("matter", flat=True)) if stands else set()
        found = Response.objects.filter(task__in=[task.pk for _work, task in pairs], state=ResponseState.SUBMITTED)
        responses = {row.task_id: row for row in found}
        for work, task in pairs:
            task.state = moves.target("task", "approve", task.state)
            if work.is_his(responses[task.pk].written_by_id):
                raise Refused("own_answer", "who wrote a decision does not look it over himself")
        for work, task in pairs:
            if work.matter.pk in waiting:  # for her at the counter: decided all the same, its clocks end one by one
                branches.decided(work, task, responses[task.pk], "")
        branches.decided_all([pair for pair in pairs if pair[0].matter.pk not in waiting], responses)
