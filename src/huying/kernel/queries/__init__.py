"""Every read a channel needs."""

from huying.kernel.queries.alone import Reading, reading
from huying.kernel.queries.answered import VoiceRow, to_call_back, to_check, to_show
from huying.kernel.queries.at_work import AtWork, Helped, PartView
from huying.kernel.queries.bearers import at_city_desk, bearers_for, helpers_for, own_departments
from huying.kernel.queries.boundaries import BoundaryRow, ledger
from huying.kernel.queries.examples import Example, example, examples
from huying.kernel.queries.extensions import extensions
from huying.kernel.queries.history import DEEDS, Asked, Deed, History, audits, history, within_reach
from huying.kernel.queries.hot import CauseLine, closed_causes, has_hot, hot
from huying.kernel.queries.inbox import PAGE, Filters, InboxRow, boxes, inbox, inbox_count
from huying.kernel.queries.incidents import IncidentLine, IncidentView, incident, incidents, incidents_at_desk, speaks_for
from huying.kernel.queries.looked_over import looked_over
from huying.kernel.queries.looks import (
    LookLine,
    OpenField,
    fields_open,
    judged,
    looked_at,
    looks_at,
    may_message,
    messages_of,
    objections,
    unusual,
)
from huying.kernel.queries.nearby import Likely, known_near, likely_same, offered
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
from huying.kernel.queries.panels import conclusions, panel_for
from huying.kernel.queries.queue import QueueRow, dispatch_queue, is_dispatcher, queue_count
from huying.kernel.queries.receipt import Receipt, is_kept, receipt, receipt_by_code
from huying.kernel.queries.repeats import OwnLine, said_before
from huying.kernel.queries.telling import Sayable, sayable
from huying.kernel.queries.timeline import Hop, hops
from huying.kernel.queries.titles import titles
from huying.kernel.shared import SharedLine

__all__ = [
    "DEEDS",
    "PAGE",
    "Ahead",
    "Asked",
    "AtWork",
    "BoundaryRow",
    "CallView",
    "CauseLine",
    "DayFigures",
    "Deed",
    "Example",
    "Filters",
    "Helped",
    "History",
    "Hop",
    "InboxRow",
    "IncidentLine",
    "IncidentView",
    "Likely",
    "Load",
    "LookLine",
    "MatterView",
    "OpenField",
    "OwnLine",
    "PartView",
    "QueueRow",
    "Reading",
    "Receipt",
    "Sayable",
    "SharedLine",
    "VoiceRow",
    "ahead",
    "at_city_desk",
    "audits",
    "bearers_for",
    "boxes",
    "call_id_of",
    "call_page",
    "closed_causes",
    "conclusions",
    "dispatch_queue",
    "example",
    "examples",
    "extensions",
    "fields_open",
    "find_call",
    "hands_of",
    "has_hot",
    "helpers_for",
    "history",
    "hops",
    "hot",
    "inbox",
    "inbox_count",
    "incident",
    "incidents",
    "incidents_at_desk",
    "is_dispatcher",
    "is_kept",
    "is_known",
    "is_waiting",
    "judged",
    "known_near",
    "late_tasks",
    "led",
    "ledger",
    "likely_same",
    "load",
    "looked_at",
    "looked_over",
    "looks_at",
    "matter_id_of",
    "matter_of_task",
    "matter_page",
    "may_message",
    "messages_of",
    "my_calls",
    "objections",
    "offered",
    "on_my_duty",
    "own_departments",
    "panel_for",
    "photo_for",
    "queue_count",
    "reading",
    "receipt",
    "receipt_by_code",
    "said_before",
    "sayable",
    "speaks_for",
    "titles",
    "to_call_back",
    "to_check",
    "to_show",
    "unusual",
    "within_reach",
    "yesterday",
]
