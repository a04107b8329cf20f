"""办事: a person or firm asks for one thing, and every department concerned works its item side by side. Read this first.

The matter of a case is parted: each item that may begin is a branch with a task of its own department (`compiling.py` says
which, for these answers; `planning.py` until when). When a branch is decided, `moving.py` opens what waited for it, lets
fall what cannot be any more, reckons the day of the whole anew, and ends the case with its last branch.
"""

from django.utils.translation import gettext_noop as _

from huying.features.services import moving
from huying.kernel.kinds import Kind, Sort, register

SORTS = (Sort("thing", _("一件事"), _("出生、开店这样的一件事，要几个部门一起办")),)

VERBS = frozenset(
    {
        *("sign", "assign", "answer", "submit", "approve", "return", "supplement", "reply", "withdraw"),
        *("look", "review_look", "object", "answer_objection", "leave_message", "answer_message"),
        *("pause_branch", "resume_branch", "ask_branch_extension", "decide_branch_extension"),
        *("send_back_branch", "adjudicate_branch", "pass_down_branch"),
        *("succeed", "vacate", "revoke_document", "rate_case", "answer_rating", "pay", "book"),
    }
)

SERVICE = Kind(
    name="service",
    label=_("办事"),
    mark=_("办"),
    sorts=SORTS,
    verbs=VERBS,
    parted=True,
    moved=moving.moved,
    decided=moving.decided,
)


def register_kind() -> None:
    """Called once when the app is ready."""
    register(SERVICE)
