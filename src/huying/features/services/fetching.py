"""A paper that the city holds is fetched where it lies, by the department that needs it; she is told that it was."""

from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from huying.city import catalogue
from huying.city.things import Decided, Whole, decide
from huying.features.services import sealing
from huying.features.services.events import CaseFetched
from huying.features.services.models import Branch, Case, Fetched
from huying.features.services.ports import Found, HoldsMaterials, NotDelivered, Wanted
from huying.kernel import moves
from huying.kernel.errors import NotThere, Refused
from huying.kernel.work import on_task
from huying.people.actors import Actor


def can_fetch() -> bool:
    """Whether a register is attached at all; where none is, departments look in their own systems."""
    return bool(settings.REGISTERS)


def decided_of(case: Case, whole: Whole) -> Decided:
    """What followed from the answers with which the case began, by the version it began with."""
    return decide(whole, case.answers, frozenset(case.skipped))


def fetch(actor: Actor, task_id: int) -> list[Fetched]:
    """Ask the registers for every paper of this branch that the city holds and that was not fetched yet.

    Raises NotThere, Refused (no register is attached, or it does not answer).
    """
    branch = Branch.objects.filter(task=task_id).select_related("case__party", "case__call").first()
    whole = catalogue.whole(branch.case.version_id) if branch else None
    if branch is None or whole is None:
        raise NotThere
    if not can_fetch():
        raise Refused("no_register", _("还没有接通别处的登记，请在本单位的系统里核对。"))
    with on_task(actor, "answer", task_id) as (work, task):  # who may not, asks no register either
        moves.target("task", "answer", task.state)
    there = set(Fetched.objects.filter(branch=branch).values_list("material", flat=True))
    found = {key: _asked(branch, whole, key) for key in held_by_city(branch, whole) if key not in there}
    with on_task(actor, "answer", task_id) as (work, task):
        rows = [_row(actor, branch, key, one, work.at) for key, one in found.items()]
        Fetched.objects.bulk_create(rows)
        for row in rows:
            work.tell(CaseFetched(branch.case_id, task.pk, branch.item, task.bearer.key, row.material, row.found))
    return rows


def held_by_city(branch: Branch, whole: Whole) -> list[str]:
    """The papers of this branch that are not asked for, because the city holds them."""
    own = {material.key for material in whole.items[branch.item].materials}
    return [
        one.material.key for one in decided_of(branch.case, whole).materials if one.material.held and one.material.key in own
    ]


def _row(actor: Actor, branch: Branch, material: str, found: Found | None, at: datetime) -> Fetched:
    row = Fetched(case=branch.case, branch=branch, material=material, found=found is not None, by=actor.officer, at=at)
    row.sealed = sealing.seal(branch.case.party, _plain(found)) if found else None
    return row


def _plain(found: Found) -> dict[str, str]:
    return {"number": found.number, "issued": found.issued, "text": found.text}


def _asked(branch: Branch, whole: Whole, material: str) -> Found | None:
    register: HoldsMaterials = import_string(settings.REGISTERS)()
    identities = identities_of(branch.case, whole)
    try:
        return register.fetch(Wanted(material, branch.item, branch.case.call.number, identities))
    except NotDelivered as fault:
        raise Refused("register_silent", _("登记系统这会儿没有应答，请过几分钟再查。")) from fault


def identities_of(case: Case, whole: Whole) -> dict[str, str]:
    """The identity numbers of the form, by where they come from."""
    values = sealing.opened(case.party, case.sealed)
    fields = {field.name: field for item in whole.items.values() for field in item.fields}
    personal = {name: field.schema for name, field in fields.items() if field.schema.get("x-personal") == "identity"}
    return {str(schema.get("x-from", name)): str(values[name]) for name, schema in personal.items() if name in values}
