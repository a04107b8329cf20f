"""What must hold beside state and permission before a verb is offered; each verb checks it again when it acts."""

from collections.abc import Callable

from huying.kernel import branches, kinds, known, standing
from huying.kernel.models import Call, CallState, Extension, Matter, Pause, Task, TaskRole

Check = Callable[[Matter, Task], bool]


def _never_sent_back(matter: Matter, task: Task) -> bool:
    return not task.adjudicated


def _stands(matter: Matter, task: Task) -> bool:
    return Pause.objects.filter(promise__matter=matter, promise__ended_at__isnull=True, to_at__isnull=True).exists()


def _runs(matter: Matter, task: Task) -> bool:
    return not _stands(matter, task)


def _unasked(matter: Matter, task: Task) -> bool:
    if task.role == TaskRole.BRANCH:
        return not task.asks.exists()
    return Call.objects.filter(matter=matter, state=CallState.OPEN, asks__isnull=True).exists()


def _open_extension(matter: Matter, task: Task) -> bool:
    return Extension.objects.filter(task=task, granted__isnull=True).exists()


def _extendable(matter: Matter, task: Task) -> bool:
    return not Extension.objects.filter(promise__matter=matter, promise__ended_at__isnull=True).exclude(granted=False).exists()


def _for_the_desk(matter: Matter) -> bool:
    return kinds.get(matter.kind).sort(matter.sort).at_once and not matter.reopened


def _others_answered(matter: Matter) -> bool:
    """One voice asked again, and others have their answer and have not spoken."""
    states = set(Call.objects.filter(matter=matter, reopened__gt=0).values_list("state", flat=True))
    return CallState.OPEN in states and Call.objects.filter(matter=matter, state=CallState.ANSWERED).exists()


def _quarrelled(matter: Matter) -> bool:
    """Somebody sent it back: there is, or was, something to settle."""
    return Task.objects.filter(matter=matter).exclude(ground="").exists()


def _branch_runs(matter: Matter, task: Task) -> bool:
    return task.role == TaskRole.BRANCH and branches.pause_of(task) is None


def _branch_passes(matter: Matter, task: Task) -> bool:
    return task.role == TaskRole.BRANCH and (branches.pause_of(task) is None or branches.waits_for_visit(task))


def _branch_stands(matter: Matter, task: Task) -> bool:
    pause = branches.pause_of(task)
    return pause is not None and pause.reason in standing.BY_LAW


def _branch_extendable(matter: Matter, task: Task) -> bool:
    waits = branches.waits_for_visit(task)
    return task.role == TaskRole.BRANCH and not waits and not task.extensions.exclude(granted=False).exists()


def _is_branch(matter: Matter, task: Task) -> bool:
    return task.role == TaskRole.BRANCH


LEADS_ONLY = ("pause", "resume", "supplement", "ask_extension", "ask_assist", "interim")
_CHECKS: dict[str, Check] = {
    "send_back": _never_sent_back,
    "pause": _runs,
    "resume": _stands,
    "supplement": _unasked,
    "ask_extension": _extendable,
    "decide_extension": _open_extension,
    "pause_branch": _branch_runs,
    "resume_branch": _branch_stands,
    "ask_branch_extension": _branch_extendable,
    "decide_branch_extension": _open_extension,
    "send_back_branch": _never_sent_back,
    "adjudicate_branch": _is_branch,
    "pass_down_branch": _branch_passes,
}


def _known(matter: Matter) -> bool:
    return known.running(matter) is not None


def _unknown(matter: Matter) -> bool:
    return not _known(matter)


_ON_MATTER: dict[str, Callable[[Matter], bool]] = {
    "answer_at_once": _for_the_desk,
    "widen": _others_answered,
    "declare_incident": known.may_become,
    "tell_news": _known,
    "end_incident": _known,
    "merge": _unknown,
    "refer": _unknown,
    "settle_boundary": _quarrelled,
}


def offered(verb: str, matter: Matter, task: Task | None) -> bool:
    """Whether the verb makes sense now on the matter and the task at hand."""
    if verb in _ON_MATTER:
        return _ON_MATTER[verb](matter)
    if verb in LEADS_ONLY and (task is None or task.role == TaskRole.ASSIST):
        return False
    check = _CHECKS.get(verb)
    return check is None or (task is not None and check(matter, task))
