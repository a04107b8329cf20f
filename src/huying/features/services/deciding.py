"""A department decides its item: grants it with what it gives, or refuses it with the ground and what she may do then."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from huying.city import catalogue
from huying.features.services import paying
from huying.features.services.models import Branch, Outcome
from huying.kernel import actions as kernel
from huying.kernel import gaps, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Matter, Response, ResponseState
from huying.people import private
from huying.people.actors import Actor

SHORTEST_GROUND, LONGEST, LONGEST_RESULT = 10, 2000, 200


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided: `result` of what is granted; `ground` and `remedy` of what is refused."""

    outcome: str
    result: str = ""
    ground: str = ""
    remedy: str = ""

    def faults(self) -> dict[str, str]:
        """What is missing, by field."""
        found = {}
        if self.outcome not in (Outcome.GRANTED, Outcome.REFUSED):
            found["outcome"] = _("请选：办成了，还是没有办成。")
        if self.outcome == Outcome.GRANTED and len(self.result.strip()) < 2:
            found["result"] = _("请写给了申请人什么：证件的编号，或者在哪里看、哪天生效。")
        if self.outcome == Outcome.REFUSED and len(self.ground.strip()) < SHORTEST_GROUND:
            found["ground"] = _("请写明为什么没有办成、依据哪一条，申请人看得到，至少十个字。")
        if len(self.result) > LONGEST_RESULT:
            found["result"] = _("最多 %(n)s 个字，请删短一些。") % {"n": LONGEST_RESULT}
        for name, text in (("ground", self.ground), ("remedy", self.remedy)):
            if len(text) > LONGEST:
                found[name] = _("最多 %(n)s 个字，请删短一些。") % {"n": LONGEST}
        return found

    def wrong(self) -> str:
        """The first thing to be mended, a gap of a template that was left among them; '' where there is none."""
        found = iter((*self.faults().values(), gaps.fault(self.result), gaps.fault(self.ground)))
        return next(filter(None, found), "")


def decide(actor: Actor, task_id: int, decision: Decision) -> Branch:
    """Write the decision and hand it to the reviewer; written again it replaces what was written before.

    Raises NotThere, Refused, BadInput.
    """
    if faults := decision.faults():
        raise BadInput(faults)
    gaps.refuse(result=decision.result, ground=decision.ground)
    found = Branch.objects.filter(task=task_id).select_related("case__party").first()
    if found is None:
        raise NotThere
    if decision.outcome == Outcome.GRANTED and (due := paying.unpaid({task_id: found})):
        raise Refused("unpaid", _("申请人还没有缴费（%(yuan)s 元），缴了才能办成。") % {"yuan": due[task_id]})
    with transaction.atomic():
        matter = kernel.answer(actor, task_id, _said(decision)).matter  # locks it, and refuses who may not
        kept(found, decision, matter)
        Response.objects.filter(task=task_id, state=ResponseState.DRAFT).update(text=words_of(found))
        found.save(update_fields=["outcome", "result", "whole", "ground", "remedy"])
        kernel.submit(actor, task_id)
    return found


def kept(branch: Branch, decision: Decision, matter: Matter) -> None:
    """The decision on the branch's own row. Unsaved."""
    granted = decision.outcome == Outcome.GRANTED
    branch.outcome = decision.outcome
    text = decision.result.strip()
    branch.result = said.of_officer(matter, text, LONGEST_RESULT) if granted else ""
    # the number of her own paper is hers to read in full, and a department's that does not need it is not
    branch.whole = private.seal(branch.case.party, text) if granted and branch.result != text else None
    branch.ground = "" if granted else said.of_officer(matter, decision.ground.strip())
    branch.remedy = "" if granted else decision.remedy.strip() or remedy_of(branch)


def remedy_of(branch: Branch) -> str:
    """What the item says she may do against a refusal."""
    whole = catalogue.whole(branch.case.version_id)
    return whole.items[branch.item].remedy.zh if whole else ""


def _said(decision: Decision) -> str:
    return decision.result.strip() or decision.ground.strip()


def words_of(branch: Branch) -> str:
    """The decision, as it stands on the branch, as the matter's own response."""
    whole = catalogue.whole(branch.case.version_id)
    name = whole.items[branch.item].name.zh if whole else branch.item
    if branch.outcome == Outcome.GRANTED:
        return _("“%(item)s”办成了：%(result)s") % {"item": name, "result": branch.result}
    said_with = {"item": name, "ground": branch.ground, "remedy": branch.remedy}
    return _("“%(item)s”没有办成：%(ground)s %(remedy)s") % said_with
