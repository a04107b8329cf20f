"""Every read a channel needs."""

from huying.kernel.queries.answered import AnsweredRow, answered
from huying.kernel.queries.at_work import AtWork, Helped, PartView
from huying.kernel.queries.bearers import bearers_for, helpers_for
from huying.kernel.queries.boundaries import BoundaryRow, ledger
from huying.kernel.queries.extensions import extensions
from huying.kernel.queries.inbox import PAGE, Filters, InboxRow, boxes, inbox, inbox_count
from huying.kernel.queries.nearby import Likely, likely_same, offered
from huying.kernel.queries.pages import (
    CallView,
    DayFigures,
    MatterView,
    call_id_of,
    call_page,
    find_call,
    is_known,
    matter_id_of,
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
    "PAGE",
    "AnsweredRow",
    "AtWork",
    "BoundaryRow",
    "CallView",
    "DayFigures",
    "Filters",
    "Helped",
    "Hop",
    "InboxRow",
    "Likely",
    "MatterView",
    "PartView",
    "QueueRow",
    "SharedLine",
    "answered",
    "bearers_for",
    "boxes",
    "call_id_of",
    "call_page",
    "dispatch_queue",
    "extensions",
    "find_call",
    "helpers_for",
    "hops",
    "inbox",
    "inbox_count",
    "is_dispatcher",
    "is_known",
    "ledger",
    "likely_same",
    "matter_id_of",
    "matter_page",
    "my_calls",
    "offered",
    "photo_for",
    "queue_count",
    "titles",
    "yesterday",
]
