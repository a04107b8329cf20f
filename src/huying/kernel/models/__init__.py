"""Call -> matter -> task -> response, and the promises that clock them. Fields and constraints, nothing else."""

from huying.kernel.models.answers import Ask, Extension, Pause, Photo, Promise, Response
from huying.kernel.models.beside import Boundary, CallNote, Conclusion, Incident, Note, Sealed, Seat, Template
from huying.kernel.models.causes import Cause, CauseMember
from huying.kernel.models.learned import Learned, Lesson
from huying.kernel.models.looks import Look, Message, Objection
from huying.kernel.models.search import Document
from huying.kernel.models.spine import Call, Matter, Task, inbox_indexes
from huying.kernel.models.states import OPEN_TASK, CallState, MatterState, Openness, ResponseState, TaskRole, TaskState

__all__ = [
    "OPEN_TASK",
    "Ask",
    "Boundary",
    "Call",
    "CallNote",
    "CallState",
    "Cause",
    "CauseMember",
    "Conclusion",
    "Document",
    "Extension",
    "Incident",
    "Learned",
    "Lesson",
    "Look",
    "Matter",
    "MatterState",
    "Message",
    "Note",
    "Objection",
    "Openness",
    "Pause",
    "Photo",
    "Promise",
    "Response",
    "ResponseState",
    "Sealed",
    "Seat",
    "Task",
    "TaskRole",
    "TaskState",
    "Template",
    "inbox_indexes",
]
