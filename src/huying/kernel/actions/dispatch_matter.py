"""派单: name the bearer of a matter."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.city.models import Department
from huying.kernel.actions.accept import accept_in
from huying.kernel.actions.give import Part, give, give_part
from huying.kernel.errors import BadInput
from huying.kernel.models import MatterState, Task
from huying.kernel.work import on_matter
from huying.people.actors import Actor

ASKED_LIMIT = 300


def dispatch(
    actor: Actor,
    matter_id: int,
    bearer_id: int,
    duty_key: str = "",
    note: str = "",
    assists: Sequence[int] = (),
    asked: str = "",
) -> Task:
    """Give the matter to its lead bearer (and assisting ones, of whom `asked` is asked); a new one is accepted on the way.

    Raises NotThere, Refused, BadInput (a bearer that does not exist or is closed, a duty that does not exist).
    """
    bearer = bearer_of(bearer_id)
    others = helpers(assists, bearer_id)
    if duty_key and city.duty(duty_key) is None:
        raise BadInput({"duty_key": _("没有这项职责，请重新选择。")})
    with on_matter(actor, "dispatch", matter_id) as work:
        if work.matter.state == MatterState.RECEIVED:
            accept_in(work)
        work.move("dispatch")
        work.matter.duty_key = duty_key or work.matter.duty_key
        task = give(work, bearer, note=note)
        for other in others:
            give_part(work, other, Part(asked=asked.strip()[:ASKED_LIMIT]), note=asked.strip()[:ASKED_LIMIT])
    return task


def helpers(assists: Sequence[int], bearer_id: int) -> list[Department]:
    """The assisting units that were named, each once, without the lead. Raises BadInput."""
    return [bearer_of(pk, "assists") for pk in dict.fromkeys(assists) if pk != bearer_id]


def bearer_of(department_id: int, field: str = "bearer_id") -> Department:
    """A department that can bear tasks today. Raises BadInput under the form's field."""
    found = city.department_by_id(department_id)
    if found is None or not city.is_open(found):
        raise BadInput({field: _("没有这个单位，或者它已经撤并，请重新选择。")})
    return found
