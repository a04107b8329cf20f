"""并案: one cause, many voices. Calls go on in another matter; each keeps its caller, promise, answer and rating."""

from django.utils.translation import gettext as _

from huying.kernel import boundaries, clocks, known, moves, voices
from huying.kernel.actions.exclude import exclude_same_callers, new_in
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import MatterJoined, MatterMerged
from huying.kernel.models import Matter, Promise
from huying.kernel.work import Work, on_two
from huying.people.actors import Actor


def merge(actor: Actor, matter_id: int, into_id: int, note: str = "") -> Matter:
    """All voices of the first matter go on in the second, which is given back; the first ends and its tasks with it.

    The note is told to those who move. Raises NotThere, Refused (one of the two has ended, the first is a known
    incident, or they complain about different bodies), BadInput (a matter into itself, or into one of another kind).
    """
    if matter_id == into_id:
        raise BadInput({"into": _("不能并到它自己，请另选一件。")})
    with on_two(actor, "merge", matter_id, into_id) as (source, target):
        _check(source.matter, target.matter)
        source.move("merge")
        calls = voices.live(source.matter)
        source.tell(MatterMerged(source.matter.pk, target.matter.pk, len(calls)), note.strip())
        said = source.matter.version
        new = new_in(target.matter, calls)
        voices.cancel_tasks(source, "merge")
        target.tell(MatterJoined(target.matter.pk, source.matter.pk, new, target.matter.voices + new))
        target.matter.urgency = voices.more_urgent(source.matter.urgency, target.matter.urgency)
        voices.carry(source, target, calls, "merge", said)
        exclude_same_callers(target, voices.live(target.matter))
        if boundaries.follow(source, target):
            clocks.start(target, "settle")
        _empty(source, target.matter)
    return target.matter


def _check(source: Matter, target: Matter) -> None:
    moves.target("matter", "merge", target.state)  # both must still be at work
    known.none_runs(source)  # what everybody has read of stays where it is: the other goes into it
    if source.kind != target.kind:
        raise BadInput({"into": _("这两件不是同一类，不能并案。")})
    if source.about_id != target.about_id:
        # else the body complained about would come to see what is said of it
        raise Refused("about_differs", _("两件投诉的单位不同，不能并案。"))


def _empty(source: Work, target: Matter) -> None:
    running = Promise.objects.filter(matter=source.matter, ended_at__isnull=True).exclude(what__in=clocks.LASTING)
    clocks.drop_rows(source, running.order_by("id"))
    source.matter.merged_into, source.matter.ended_at, source.matter.due_at = target, source.at, None
