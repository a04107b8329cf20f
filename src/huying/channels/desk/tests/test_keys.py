"""A key presses one thing: no two verbs that may be offered together share one, and none takes a key of the list."""

from itertools import combinations

import pytest

from huying.channels.desk.branch_verbs import BRANCH_FORMS
from huying.channels.desk.verbs import FORMS
from huying.features.services.kind import SERVICE
from huying.kernel import moves
from huying.kernel.models import MatterState, TaskState
from huying.kernel.queries.voices import STATES

LISTS = frozenset("jkxrw/?g")  # what the script presses itself: answer is where R leads
TABLE = {(move.on, move.verb) for move in moves.MOVES}
# never at once: one undoes the other, or one is the bearer's and the other for who stands apart from him
EITHER_OR = {("pause", "resume"), ("ask_extension", "decide_extension"), ("contact", "call_back")}
EITHER_OR |= {("pause_branch", "resume_branch"), ("ask_branch_extension", "decide_branch_extension")}
OF_BRANCHES = {form.name for form in BRANCH_FORMS}


def meet(one: str, other: str) -> bool:
    """Whether both may stand on one page: what is done on a branch meets the verbs of a case alone."""
    of_case = SERVICE.verbs | OF_BRANCHES
    return not (OF_BRANCHES & {one, other}) or {one, other} <= of_case


def offered(matter: str, task: str) -> list[str]:
    """What the table allows in these states, whoever acts."""

    def allowed(verb: str) -> bool:
        if verb in STATES:
            return verb != "split" or moves.allowed("matter", verb, matter)
        on, state = ("task", task) if ("task", verb) in TABLE else ("matter", matter)
        return (on, verb) in TABLE and moves.allowed(on, verb, state)

    return [form.name for form in FORMS.values() if form.key and allowed(form.name)]


@pytest.mark.parametrize("matter", MatterState.values)
def test_no_two_verbs_that_may_be_offered_together_share_a_key(matter: str) -> None:
    for task in TaskState.values if matter == MatterState.WORKING else ("done",):
        for one, other in combinations(offered(matter, task), 2):
            if (one, other) not in EITHER_OR and meet(one, other):
                assert FORMS[one].key != FORMS[other].key, f"{one} and {other} in {matter}, {task}"


def test_no_verb_takes_a_key_of_the_list() -> None:
    assert {form.name for form in FORMS.values() if form.key and form.key in LISTS} == {"answer"}
