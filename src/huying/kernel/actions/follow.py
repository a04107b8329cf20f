"""我也遇到: a new call joins a matter that is at work already, instead of being one more to read."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.events import log
from huying.kernel import clocks, content, kinds, known, moves, overdue, shared, voices
from huying.kernel.actions.open_calls import draft_of, known_call, known_of, met, open_calls, photo, secret_of
from huying.kernel.errors import NotThere, Refused
from huying.kernel.events import CallFollowed, MatterJoined
from huying.kernel.intake import NewCall, Opened
from huying.kernel.models import Call, CallState, Matter, MatterState, Photo
from huying.kernel.record import Work, lock
from huying.people.actors import Actor


def follow(actor: Actor, new: NewCall, matter_id: int, *, while_known: bool = False) -> Opened:
    """Record the call as one more voice of the matter, with an answer promised to it from now.

    The same key is the same call; who signed in and has a voice in the matter already is given that one. A matter merged
    meanwhile is followed to where it went; one that has ended meanwhile leaves the call with a matter of its own: nothing
    is lost.
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
    if not shared.may_join(matter):
        raise NotThere
    if matter.state not in moves.OPEN_MATTER:
        return None
    already = _voice_of(actor, new, matter)
    if already is not None:
        return known_call(already)
    work = Work(actor, matter, clock.now())
    overdue.catch_up(work)
    call = _record(work, new)
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


def _voice_of(actor: Actor, new: NewCall, matter: Matter) -> Call | None:
    """The call that this caller has in the matter already. A phone that was only typed proves nothing: whoever types hers
    is not led to her call, nor told that there is one."""
    if actor.party is None or new.caller is None or actor.party.pk != new.caller.pk:
        return None
    return Call.objects.filter(matter=matter, caller=new.caller, state=CallState.OPEN).order_by("id").first()


def _record(work: Work, new: NewCall) -> Call:
    draft = draft_of(new)
    call, matter = draft.call, work.matter
    if draft.caller._state.adding:
        draft.caller.save(force_insert=True)
    call.caller, call.matter, call.opened_at = draft.caller, matter, work.at
    call.save(force_insert=True)
    Photo.objects.bulk_create([photo(call, taken) for taken in new.photos])
    kinds.get(new.kind).opened([(call, new)])
    salt = log.new_salt()
    work.tell_call(call, content.opened(call, new.photos, salt), salt=salt)
    work.tell(MatterJoined(matter.pk, None, 1, matter.voices + 1))
    clocks.start(work, "answer", call=call)
    work.tell_call(call, CallFollowed(call.pk, matter.pk, matter.version, voices.bearer_key(matter)))
    call.save(update_fields=["version"])
    voices.recount(work)
    work.finish()
    return call
