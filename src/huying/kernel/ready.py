"""What must hold beside state and permission before a verb is offered; each verb checks it again when it acts."""

from collections.abc import Callable

from huying.kernel.models import Matter, Task

Check = Callable[[Matter, Task], bool]


def _never_sent_back(matter: Matter, task: Task) -> bool:
    return not task.adjudicated


_CHECKS: dict[str, Check] = {"send_back": _never_sent_back}


def offered(verb: str, matter: Matter, task: Task | None) -> bool:
    """Whether the verb makes sense now on the task at hand."""
    check = _CHECKS.get(verb)
    return check is None or (task is not None and check(matter, task))
