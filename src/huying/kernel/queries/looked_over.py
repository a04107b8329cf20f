"""An answer looked over for its officer before it is sent: the rules of reading/answers, with what the city knows."""

from collections.abc import Iterator

from huying.city import queries as city
from huying.kernel import search, templates
from huying.kernel.models import Response, ResponseState, TaskRole
from huying.kernel.queries.pages import MatterView
from huying.people.actors import Actor
from huying.reading.answers import Advice, Earlier, Looked, look_over

PLAINER = "answers.plain"  # the pack's official words, each with one that everybody reads
GIVEN = (ResponseState.SUBMITTED, ResponseState.APPROVED)
OWN, OTHERS = 30, 5  # how many earlier answers are compared
VOICES = 3  # of one matter: what the first of them asked
REFUSED, BY_OWN, BY_OTHER, TEMPLATE = "refused", "own", "other", "template"


def looked_over(actor: Actor, view: MatterView, text: str) -> list[Advice]:
    """What to think of before this answer is sent; nothing for one that is not begun."""
    if not text.strip():
        return []
    units = {name for task in view.tasks for name in (task.bearer.name, task.bearer.short)}
    message, title = _asked(view)
    earlier = list(_earlier(actor, view, text))
    plainer = {row["word"]: row["plain"] for row in city.setting(PLAINER, [])}
    return look_over(text, Looked(message, title, units, earlier, plainer))


def _asked(view: MatterView) -> tuple[str, str]:
    """What is to be answered: of a part what the lead asked for, else what the callers said."""
    if view.task is not None and view.task.role == TaskRole.ASSIST and view.task.asked:
        return view.task.asked, ""
    calls = view.calls[:VOICES]
    return "\n".join(call.text for call in calls), calls[0].title if calls else ""


def _earlier(actor: Actor, view: MatterView, text: str) -> Iterator[Earlier]:
    """Texts that stood before: what did not help here first, then one's own, others', and templates."""
    yield from (Earlier(REFUSED, row.text) for row in view.responses if row.state == ResponseState.APPROVED)
    if actor.officer is not None:
        own = Response.objects.filter(written_by=actor.officer, state__in=GIVEN).exclude(matter=view.matter)
        yield from (Earlier(BY_OWN, said) for said in own.order_by("-id").values_list("text", flat=True)[:OWN])
    others = search.alike(actor, text, OTHERS)
    yield from (Earlier(BY_OTHER, c.response.text) for c in others if c.response and c.matter_id != view.matter.pk)
    yield from (Earlier(TEMPLATE, row.text) for row in templates.offered(actor, ["answer"], view.matter.duty_key))
