"""我也遇到: a new call joins a matter that is at work already, instead of being one more to read."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.kernel import clocks, content, kinds, known, moves, overdue, shared, voices
from huying.kernel.actions.exclude import exclude_in, reasons
from huying.kernel.actions.open_calls import Draft, draft_of, known_call, known_of, met, open_calls, photo, secret_of
from huying.kernel.errors import NotThere, Refused
from huying.kernel.events import CallFollowed, MatterJoined
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, CallState, Matter, MatterState, Photo
from huying.kernel.record import Work, lock
from huying.kernel.voices import DUPLICATE
from huying.people.actors import Actor


def follow(actor: Actor, new: NewCall, matter_id: int, *, while_known: bool = False) -> Opened:
    """Record the call as one more voice of the matter, with an answer promised to it from now.

    The same key is the same call. Who signed in and has a voice in the matter may join hers, whatever it is about: the same
    words are that call, other words one more voice, which is not counted as one more person. A matter merged meanwhile is
    followed to where it went; one that has ended meanwhile leaves the call with a matter of its own: nothing is lost.
    `while_known`: she joins an incident of which she wrote nothing, so once it has ended nothing is recorded and Refused is
    raised. Raises NotThere (no such matter, or one that others may not join).
    """
    resent = known_of([new])
    if resent:
        return resent[new.key]
    try:
        with transaction.atomic():
            found = _join(actor, new, matter_id, while_known)
    except _Moved:
        return follow(actor, new, matter_id, while_known=while_known)
    except IntegrityError:  # the same key, or the same new phone, at the same moment: theirs stands
        if not known_of([new]) and not met([new]):
            raise
        return follow(actor, new, matter_id, while_known=while_known)
    return found or open_calls(actor, [new])[0]


def _join(actor: Actor, new: NewCall, matter_id: int, while_known: bool) -> Opened | None:
    matter = lock(_where(matter_id))
    if matter.state == MatterState.MERGED:
        raise _Moved
    if while_known and known.running(matter) is None:
        raise Refused("ended", _("这件事刚刚结束了。"))
    hers = _voices_of(actor, new, matter)
    if not hers and not shared.may_join(matter):
        raise NotThere
    if matter.state not in moves.OPEN_MATTER:
        return None
    draft = draft_of(new)
    if not new.photos and (said := next((call for call in hers if call.text == draft.call.text), None)):
        return known_call(said)
    work = Work(actor, matter, clock.now())
    overdue.catch_up(work)
    call = _record(work, draft, again=bool(hers))
    return Opened(call.pk, matter.pk, call.number, secret_of(call.number, new.key), True, None)


class _Moved(Exception):
    """The matter was merged between finding and locking it."""


def _where(matter_id: int) -> int:
    """The matter, or the one it was merged into. Found before any lock: a lock held while waiting for another could wait
    for a merge that waits for it."""
    into: int | None = matter_id
    while into is not None:
        matter_id = into
        into = Matter.objects.filter(pk=matter_id).values_list("merged_into", flat=True).first()
    return matter_id


def _voices_of(actor: Actor, new: NewCall, matter: Matter) -> list[Call]:
    """The calls that this caller has in the matter already. A number that was only typed is nobody's proof: whoever types
    hers is not led to her call, and is told nothing of it."""
    if actor.party is None or new.caller is None or actor.party.pk != new.caller.pk:
        return []
    return list(Call.objects.filter(matter=matter, caller=new.caller, state=CallState.OPEN).order_by("id"))


def _record(work: Work, draft: Draft, again: bool) -> Call:
    new, call, matter = draft.new, draft.call, work.matter
    if draft.caller._state.adding:
        draft.caller.save(force_insert=True)
    call.caller, call.matter, call.opened_at = draft.caller, matter, work.at
    call.save(force_insert=True)
    Photo.objects.bulk_create([photo(call, taken) for taken in new.photos])
    kinds.get(new.kind).opened([(call, new)])
    salt = log.new_salt()
    work.tell_call(call, content.opened(call, new.photos, salt), salt=salt)
    matter.urgency = voices.more_urgent(matter.urgency, draft.matter.urgency)
    more = 0 if again and DUPLICATE in reasons() else 1
    work.tell(MatterJoined(matter.pk, None, more, matter.voices + more))
    clocks.start(work, "answer", call=call)
    work.tell_call(call, CallFollowed(call.pk, matter.pk, matter.version, voices.bearer_key(matter), again))
    if not more:
        exclude_in(work, call, DUPLICATE)
    call.save(update_fields=["version", "excluded"])
    voices.recount(work)
    work.finish()
    return call
