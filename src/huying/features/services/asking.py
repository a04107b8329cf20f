"""补正 of one branch: which papers or what else is missing is asked once, and she sends it with her words."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from huying.features.services import papers
from huying.features.services.models import Case, Upload
from huying.kernel import actions as kernel
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Ask
from huying.people.actors import Actor

Files = Sequence[tuple[str, bytes]]


def supply(actor: Actor, case: Case, ask_id: int, text: str, files: Files) -> Ask:
    """Her words and files to what a department asked for; its clock runs on. A file that is refused refuses nothing else.

    Raises NotThere, Refused (nothing is asked any more), BadInput, papers.PaperRefused, KeyTrouble.
    """
    ask = Ask.objects.filter(pk=ask_id, call=case.call_id).first()
    if ask is None:
        raise NotThere
    if ask.replied_at is not None:
        raise Refused("not_asked", _("已经补过了。"))
    taken = [papers.take_up(case.party, name, data) for name, data in files[: papers.MOST_A_MATERIAL]]
    words = text.strip() or (_("材料已补上。") if taken else "")
    with transaction.atomic():
        ask = kernel.reply(actor, case.call_id, words, ask_id)
        for row in taken:
            row.case, row.ask, row.material = case, ask, ""
        Upload.objects.bulk_create(taken)
    return ask
