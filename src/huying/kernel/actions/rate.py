"""评价: the caller's word. Solved or not is hers to say; a grade stands beside it."""

from django.utils.translation import gettext as _

from huying.kernel import said
from huying.kernel.actions.word import Word, correctable, faults_of, take
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import CallRated
from huying.kernel.models import Call, CallState
from huying.kernel.work import on_call
from huying.people.actors import Actor


def rate(actor: Actor, call_id: int, solved: bool | None, grade: int | None, text: str = "") -> Call:
    """Say whether it is solved, and a grade of 1 to 5. Solved ends the call; not solved opens it again.

    What the desk wrote down on the telephone she may correct for some days: her own word prevails.
    Raises NotThere, Refused (not answered yet, or rated already), BadInput.
    """
    errors = faults_of(grade)
    if solved is None:
        errors["solved"] = _("请先说一声：解决了，还是没解决。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "rate", call_id) as (work, call):
        if call.state != CallState.ANSWERED and not correctable(call, work.at):
            raise Refused("not_now", _("这件还没有答复，或者您已经评价过了。"))
        word = Word(bool(solved), grade, said.of_caller(call, text.strip()), told=False)
        work.tell_call(call, CallRated(call.pk, work.matter.pk, solved, grade), word.text)
        take(work, call, word)
        call.save()
    return call
