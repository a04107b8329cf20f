"""Every read a channel needs."""

from huying.kernel.queries.answered import VoiceRow, to_call_back, to_check, to_show
from huying.kernel.queries.bearers import at_city_desk, bearers_for, own_departments
from huying.kernel.queries.extensions import extensions
from huying.kernel.queries.inbox import PAGE, Filters, InboxRow, boxes, inbox, inbox_count
from huying.kernel.queries.incidents import IncidentLine, IncidentView, incident, incidents, incidents_at_desk, speaks_for
from huying.kernel.queries.nearby import Likely, known_near, likely_same, offered
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
from huying.kernel.queries.panels import conclusions, panel_for
from huying.kernel.queries.queue import QueueRow, dispatch_queue, is_dispatcher, queue_count
from huying.kernel.queries.receipt import Receipt, is_kept, receipt, receipt_by_code
from huying.kernel.queries.telling import Sayable, sayable
from huying.kernel.queries.timeline import Hop, hops
from huying.kernel.queries.titles import titles
from huying.kernel.shared import SharedLine

__all__ = [
    "PAGE",
    "CallView",
    "DayFigures",
    "Filters",
    "Hop",
    "InboxRow",
    "IncidentLine",
    "IncidentView",
    "Likely",
    "MatterView",
    "QueueRow",
    "Receipt",
    "Sayable",
    "SharedLine",
    "VoiceRow",
    "at_city_desk",
    "bearers_for",
    "boxes",
    "call_id_of",
    "call_page",
    "conclusions",
    "dispatch_queue",
    "extensions",
    "find_call",
    "hops",
    "inbox",
    "inbox_count",
    "incident",
    "incidents",
    "incidents_at_desk",
    "is_dispatcher",
    "is_kept",
    "is_known",
    "known_near",
    "likely_same",
    "matter_id_of",
    "matter_page",
    "my_calls",
    "offered",
    "own_departments",
    "panel_for",
    "photo_for",
    "queue_count",
    "receipt",
    "receipt_by_code",
    "sayable",
    "speaks_for",
    "titles",
    "to_call_back",
    "to_check",
    "to_show",
    "yesterday",
]
