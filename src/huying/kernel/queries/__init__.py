"""Every read a channel needs."""

from huying.kernel.queries.answered import AnsweredRow, answered
from huying.kernel.queries.bearers import bearers_for
from huying.kernel.queries.extensions import extensions
from huying.kernel.queries.history import DEEDS, Asked, Deed, History, audits, history, within_reach
from huying.kernel.queries.inbox import PAGE, Filters, InboxRow, boxes, inbox, inbox_count
from huying.kernel.queries.nearby import Likely, likely_same, offered
from huying.kernel.queries.oversight import Ahead, Load, ahead, hands_of, late_tasks, led, load, on_my_duty
from huying.kernel.queries.pages import (
    CallView,
    DayFigures,
    MatterView,
    call_id_of,
    call_page,
    find_call,
    is_known,
    is_waiting,
    matter_id_of,
    matter_of_task,
    matter_page,
    my_calls,
    photo_for,
    yesterday,
)
from huying.kernel.queries.queue import QueueRow, dispatch_queue, is_dispatcher, queue_count
from huying.kernel.queries.timeline import Hop, hops
from huying.kernel.queries.titles import titles
from huying.kernel.shared import SharedLine

__all__ = [
    "DEEDS",
    "PAGE",
    "Ahead",
    "AnsweredRow",
    "Asked",
    "CallView",
    "DayFigures",
    "Deed",
    "Filters",
    "History",
    "Hop",
    "InboxRow",
    "Likely",
    "Load",
    "MatterView",
    "QueueRow",
    "SharedLine",
    "ahead",
    "answered",
    "audits",
    "bearers_for",
    "boxes",
    "call_id_of",
    "call_page",
    "dispatch_queue",
    "extensions",
    "find_call",
    "hands_of",
    "history",
    "hops",
    "inbox",
    "inbox_count",
    "is_dispatcher",
    "is_known",
    "is_waiting",
    "late_tasks",
    "led",
    "likely_same",
    "load",
    "matter_id_of",
    "matter_of_task",
    "matter_page",
    "my_calls",
    "offered",
    "on_my_duty",
    "photo_for",
    "queue_count",
    "titles",
    "within_reach",
    "yesterday",
]
