"""不计入三率: a call that says nothing of the work, by one of the pack's reasons, stands beside the rates with that reason."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import voices
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallExcluded
from huying.kernel.models import Call, Matter
from huying.kernel.record import Work
from huying.kernel.voices import DUPLICATE
from huying.kernel.work import on_call
from huying.people.actors import Actor

SETTING = "rates.excluded"


def reasons() -> dict[str, str]:
    """The pack's reasons by name, with their labels; only what it names may be excluded."""
    return {str(row["name"]): str(row["label"]) for row in city.setting(SETTING, [])}


def exclude(actor: Actor, call_id: int, why: str, note: str) -> Call:
    """Take a call out of the rates' denominators; it is worked and answered as before, and its caller is told.

    Raises NotThere, Refused (it is excluded already), BadInput.
    """
    errors = {}
    if why not in reasons():
        errors["why"] = _("请选一个城市规定的理由。")
    if not note.strip():
        errors["note"] = _("请写明凭什么这样认定，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "exclude", call_id) as (work, call):
        if call.excluded:
            raise Refused("excluded", _("这件已经不计入三率。"))
        exclude_in(work, call, why, note.strip())
        call.save()
        voices.count(work)
    return call


def exclude_in(work: Work, call: Call, why: str, note: str = "") -> None:
    """Within another verb's work; who calls saves the call."""
    call.excluded = why
    work.tell_call(call, CallExcluded(call.pk, work.matter.pk, why), note)


def exclude_same_callers(work: Work, calls: Iterable[Call]) -> None:
    """Of several voices of one person in this matter the first counts, where the pack names that reason."""
    if DUPLICATE not in reasons():
        return
    seen: set[int] = set()
    for call in sorted(calls, key=lambda row: row.pk):
        if call.caller_id in seen and not call.excluded:
            exclude_in(work, call, DUPLICATE)
            call.save(update_fields=["excluded", "version"])
        seen.add(call.caller_id)
    voices.count(work)


def new_in(matter: Matter, calls: Iterable[Call]) -> int:
    """How many of these voices are of people who have none in the matter yet."""
    told_once = DUPLICATE in reasons()
    seen = {call.caller_id for call in voices.live(matter)} if told_once else set[int]()
    new = 0
    for call in calls:
        new += call.excluded != DUPLICATE and (bool(call.excluded) or call.caller_id not in seen)
        seen |= {call.caller_id} if told_once else set()
    return new
