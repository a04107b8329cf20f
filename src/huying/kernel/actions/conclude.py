"""终结: after the pack's number of reopenings a panel may end a call, with reasons and the ways that stay open to her.

One officer of the desk proposes; the heads of other departments, none of which bore the matter, agree or object. The last
agreement that is needed ends it. She is told before, and nobody decides until she has spoken or had time to.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Department
from huying.kernel import apart, clocks, said, voices
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallPleaded, ConclusionDecided, ConclusionProposed, ConclusionRefused
from huying.kernel.models import Call, CallState, Conclusion, Promise, Seat
from huying.kernel.record import Work
from huying.kernel.rules import DESK_TYPE
from huying.kernel.stopping import end_call, nobody_waits
from huying.kernel.work import on_call
from huying.people.actors import Actor

AFTER, MEMBERS, HEAR_DAYS = 2, 3, 3  # reopenings, members that must agree, days to hear her: where the pack does not say
SHORTEST, LIMIT = 10, 2000


def members_needed() -> int:
    """How many members of a panel must agree, who proposes among them."""
    return max(2, int(city.setting("conclude.members", MEMBERS)))


def remedies() -> list[dict[str, Any]]:
    """The ways that stay open after a conclusion, as the pack lists them."""
    own = [_("行政复议"), _("行政诉讼"), _("信访复查")]
    return list(city.setting("conclude.remedies", [{"name": name, "text": ""} for name in own]))


def may_be_proposed(call: Call) -> bool:
    """Whether she asked again often enough, and no panel has judged since her last word."""
    often = call.reopened >= int(city.setting("conclude.after", AFTER))
    if not often or call.state not in (CallState.OPEN, CallState.ANSWERED):
        return False
    return not call.conclusions.filter(reopened__gte=call.reopened).exists()


def propose_conclusion(actor: Actor, call_id: int, reasons: str, chosen: Sequence[str], panel: Sequence[int]) -> Conclusion:
    """Ask the heads of the departments in `panel` to end the call, with `reasons` and the `chosen` remedies by name.

    Raises NotThere, Refused (not reopened often enough, judged already since, or his own work), BadInput.
    """
    reasons, ways = reasons.strip()[:LIMIT], [row for row in remedies() if row["name"] in chosen]
    errors = {}
    if len(reasons) < SHORTEST:
        errors["reasons"] = _("请写明为什么不能再办：办过什么、查到什么、依据是什么，至少十个字。")
    if not ways:
        errors["chosen"] = _("请至少选一条还可以走的路，来电人照着就能去办。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "propose_conclusion", call_id) as (work, call):
        if not may_be_proposed(call):
            raise Refused("not_now", _("还没有重办够次数，或者刚评议过，不能提议终结。"))
        apart.require(actor, work.matter)
        asked, reasons = _panel(work, panel), said.of_officer(work.matter, reasons, LIMIT)
        made = Conclusion(call=call, reasons=reasons, remedies=ways, proposed_by=actor.officer, proposed_at=work.at)
        made.reopened, made.needed = call.reopened, members_needed()
        made.save()
        own = _desk()
        Seat.objects.create(conclusion=made, department=own, officer=actor.officer, agrees=True, decided_at=work.at)
        Seat.objects.bulk_create([Seat(conclusion=made, department=row) for row in asked])
        keys = tuple(row.key for row in asked)
        work.tell_call(call, ConclusionProposed(call.pk, work.matter.pk, own.key, keys, made.needed))
        call.save()
    return made


def plead(actor: Actor, call_id: int, text: str) -> Conclusion:
    """她的意见: the caller's word on the proposal, before it is decided. Raises NotThere, Refused, BadInput."""
    if not text.strip():
        raise BadInput({"plead": _("请写一写您的意见，评议的人都会看到。")})
    with on_call(actor, "plead", call_id) as (work, call):
        row = open_conclusion(call)
        if row is None or row.heard_at:
            raise Refused("not_asked", _("现在没有等您意见的提议，或者您已经说过了。"))
        row.her_word, row.heard_at = said.of_caller(call, text.strip(), LIMIT), work.at
        row.save(update_fields=["her_word", "heard_at"])
        work.tell_call(call, CallPleaded(call.pk, work.matter.pk))
        call.save()
    return row


def decide_conclusion(actor: Actor, call_id: int, agrees: bool | None, words: str) -> Conclusion:
    """A member of the panel agrees or objects, in his own words, for his department.

    Raises NotThere, Refused (she has not been heard, his own work, or his department has spoken), BadInput.
    """
    words, errors = words.strip()[:LIMIT], {}
    if agrees is None:
        errors["agrees"] = _("请选择同意还是不同意。")
    if len(words) < 2:
        errors["words"] = _("请写明您的理由，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "decide_conclusion", call_id) as (work, call):
        row = open_conclusion(call)
        if row is None:
            raise Refused("not_now", _("这件没有正在评议的终结。"))
        apart.require(actor, work.matter)
        if not heard(row):
            raise Refused("too_early", _("来电人还没有说话，也还在给她的时间里，请等一等。"))
        seat = _take_seat(work, row, bool(agrees), said.of_officer(work.matter, words, LIMIT))
        fact = ConclusionDecided(call.pk, work.matter.pk, seat.department.key, bool(agrees))
        work.tell_call(call, fact)
        _weigh(work, call, row)
        call.save()
    return row


def open_conclusion(call: Call) -> Conclusion | None:
    """The proposal that waits for the panel."""
    return call.conclusions.filter(ended_at__isnull=True).first()


def heard(row: Conclusion) -> bool:
    """Whether she has spoken, or the days that the pack gives her are over."""
    days = int(city.setting("conclude.hear_days", HEAR_DAYS))
    return row.heard_at is not None or clock.now() >= row.proposed_at + timedelta(days=days)


def _desk() -> Department:
    found = city.department_of(DESK_TYPE, "city", None)
    assert found, "who proposes holds a post there"
    return found


def _panel(work: Work, ids: Sequence[int]) -> list[Department]:
    """The other departments of the panel: enough of them, each once, none that had a part. Raises BadInput."""
    barred = apart.bodies(work.matter) | {_desk().pk}
    found = [city.department_by_id(pk) for pk in dict.fromkeys(ids)]
    rows = [row for row in found if row is not None and row.valid_to is None and row.pk not in barred]
    least = members_needed() - 1
    if len(rows) != len(found):
        raise BadInput({"panel": _("有的单位办过这件、被反映，或者已经撤并，请另选。")})
    if len(rows) < least:
        raise BadInput({"panel": _("请再选：除热线中心外，至少要 %(n)s 个没有办过这件的单位。") % {"n": least}})
    return rows


def _take_seat(work: Work, row: Conclusion, agrees: bool, words: str) -> Seat:
    seats = row.seats.filter(department__in=work.actor.departments("head"), agrees__isnull=True)
    seat = seats.select_related("department").order_by("id").first()
    if seat is None:
        raise Refused("spoken", _("您的单位已经表态过了。"))
    seat.officer, seat.agrees, seat.words, seat.decided_at = work.actor.officer, agrees, words, work.at
    seat.save()
    return seat


def _weigh(work: Work, call: Call, row: Conclusion) -> None:
    """Enough agree: it ends. Too many object for that: it goes on, and nobody asks again before she does."""
    said = list(row.seats.values_list("agrees", flat=True))
    if said.count(True) >= row.needed:
        _finish(work, row, Conclusion.Outcome.AGREED)
        _end(work, call)
    elif len(said) - said.count(False) < row.needed:
        _finish(work, row, Conclusion.Outcome.REFUSED)
        work.tell_call(call, ConclusionRefused(call.pk, work.matter.pk))


def _finish(work: Work, row: Conclusion, outcome: str) -> None:
    row.outcome, row.ended_at = outcome, work.at
    row.save(update_fields=["outcome", "ended_at"])


def _end(work: Work, call: Call) -> None:
    """Her call ends; who else waits in the matter waits on, and answers given to others stand."""
    clocks.drop_rows(work, Promise.objects.filter(call=call, what="answer", ended_at__isnull=True))
    end_call(work, call, "conclude")
    call.save()
    if not work.matter.calls.filter(state=CallState.OPEN).exists():
        nobody_waits(work, "conclude")
    voices.recount(work)
