"""The caller's word, given by herself or told to the desk: what follows from it is the same."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import clocks
from huying.kernel.actions.reopen import reopen_voice
from huying.kernel.ending import close_voice
from huying.kernel.models import Call, CallState, Promise
from huying.kernel.pauses import midnight, ordinal
from huying.kernel.record import Work
from huying.kernel.stopping import nobody_waits
from huying.kernel.voices import recount

GRADES = (None, 1, 2, 3, 4, 5)
POOR = 2  # this grade or a lower one has another look, where the pack does not say
CORRECT_DAYS = 7  # natural days in which she may correct what the desk wrote down


@dataclass(frozen=True, slots=True)
class Word:
    """Whether it is solved, a grade of 1 to 5 or none, and her words without identifiers. `told`: to the desk."""

    solved: bool
    grade: int | None
    text: str
    told: bool


def faults_of(grade: int | None) -> dict[str, str]:
    """What is wrong with a grade, by the form's field."""
    return {} if grade in GRADES else {"grade": _("请在五个等级里选一个。")}


def correctable(call: Call, at: datetime) -> bool:
    """Whether her word stands only as the desk wrote it down, and she may still say it herself."""
    if not call.told_to_desk or call.rated_at is None or call.state not in (CallState.OPEN, CallState.CLOSED):
        return False
    days = int(city.setting("rate.correct_days", CORRECT_DAYS))
    return at < midnight(ordinal(call.rated_at) + days + 1)


def take(work: Work, call: Call, word: Word) -> None:
    """Her word counts from here: solved ends her call, not solved opens it again. Whoever calls tells the fact before."""
    call.solved, call.grade, call.rating_text = word.solved, word.grade, word.text
    call.rated_at, call.told_to_desk = work.at, word.told
    _look_again(work, call)
    if not word.solved and call.state != CallState.OPEN:
        reopen_voice(work, call)
    elif word.solved and call.state == CallState.ANSWERED:
        close_voice(work, call, "told" if word.told else "rated")
    elif word.solved and call.state == CallState.OPEN:
        _solved_after_all(work, call)


def _look_again(work: Work, call: Call) -> None:
    """A poor rating is a promise of its own: somebody finds out why, and tells her. A better word takes it back."""
    running = Promise.objects.filter(call=call, what="check", ended_at__isnull=True)
    poor = call.grade is not None and call.grade <= int(city.setting("rate.poor", POOR))
    if not poor:
        clocks.drop_rows(work, running)
    elif not running.exists():
        clocks.start(work, "check", call=call)


def _solved_after_all(work: Work, call: Call) -> None:
    """The desk had written down that it is not solved; she says it is. Nobody has to work it for her any longer."""
    clocks.drop_rows(work, Promise.objects.filter(call=call, what="answer", ended_at__isnull=True))
    close_voice(work, call, "rated")
    call.save()
    if not work.matter.calls.filter(state=CallState.OPEN).exists():
        nobody_waits(work, "settle")
    recount(work)
