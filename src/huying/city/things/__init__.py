"""Items and things: what they are, and what follows from answers. Pure: no table, no clock, no file."""

from huying.city.things.answering import asked, counted, unanswered
from huying.city.things.comparing import Compared, Effort, compare, compared
from huying.city.things.conditions import Answer, Answers, holds
from huying.city.things.deciding import Asked, Decided, Paper, Step, decide
from huying.city.things.ordering import Lane, Path, longest_path, schedule, waits
from huying.city.things.parsing import BadCondition, condition
from huying.city.things.reasons import Reason, because
from huying.city.things.shape import Body, Both, Entry, Field, Item, Material, Question, Thing, Whole

__all__ = [
    "Answer",
    "Answers",
    "Asked",
    "BadCondition",
    "Body",
    "Both",
    "Compared",
    "Decided",
    "Effort",
    "Entry",
    "Field",
    "Item",
    "Lane",
    "Material",
    "Paper",
    "Path",
    "Question",
    "Reason",
    "Step",
    "Thing",
    "Whole",
    "asked",
    "because",
    "compare",
    "compared",
    "condition",
    "counted",
    "decide",
    "holds",
    "longest_path",
    "schedule",
    "unanswered",
    "waits",
]
