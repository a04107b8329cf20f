"""What happened to the items of a case, in sentences: decided, fetched, rated."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from huying.base import clock
from huying.channels.parts.words import moment
from huying.city import catalogue
from huying.city.things import Both
from huying.features.services.models import Grade, Mandate
from huying.kernel.queries import Hop


def who(hop: Hop) -> dict[str, str]:
    """The names that sentences take: the bearer, who did it, who gave it."""
    return {"unit": hop.bearer, "by": hop.by, "giver": hop.giver}


def _item(hop: Hop, field: str = "item") -> str:
    found = catalogue.item(str(hop.detail.get(field) or ""))
    return guided(found.name) if found else str(hop.detail.get(field) or "")


def guided(text: Both) -> str:
    """A text of the catalogue in the reader's language."""
    return text.en if (get_language() or "").startswith("en") else text.zh


def _branch_decided(hop: Hop, you: str) -> str:
    said = {**who(hop), "item": _item(hop)}
    return (_("“%(item)s”办成了") if hop.detail.get("outcome") == "granted" else _("“%(item)s”没有办成")) % said


def _branch_fallen(hop: Hop, you: str) -> str:
    return _("“%(item)s”不再办，因为“%(because)s”没有办成") % {"item": _item(hop), "because": _item(hop, "because")}


def _fetched(hop: Hop, you: str) -> str:
    materials = {one.key: one.name for item in catalogue.items() for one in item.materials}
    name = materials.get(str(hop.detail.get("material")))
    said = {**who(hop), "material": guided(name) if name else ""}
    return (
        _("%(unit)s%(by)s查到“%(material)s”") if hop.detail.get("found") else _("%(unit)s%(by)s没有查到“%(material)s”")
    ) % said


def _opened_for(hop: Hop, you: str) -> str:
    how = Mandate.Proof(str(hop.detail.get("proof") or "own")).label
    return _("凭授权代%(you)s申请（%(how)s）") % {"you": you, "how": how}


def _case_rated(hop: Hop, you: str) -> str:
    grade = Grade(int(hop.detail.get("grade") or 1)).label
    return _("%(you)s评价“%(item)s”：%(grade)s") % {"you": you, "item": _item(hop) or _("整件事"), "grade": grade}


def _rating_contacted(hop: Hop, you: str) -> str:
    return _("%(unit)s%(by)s就差评联系了%(you)s") % {**who(hop), "you": you}


def _rating_answered(hop: Hop, you: str) -> str:
    return _("%(unit)s%(by)s答复了差评") % who(hop)


def _fee(words: str) -> Callable[[Hop, str], str]:
    return lambda hop, you: (
        _(words)
        % {**who(hop), "you": you, "item": _item(hop), "yuan": hop.detail.get("yuan", 0), "n": hop.detail.get("yuan", 0)}
    )


def _visit(hop: Hop, you: str) -> str:
    at = datetime.fromtimestamp(int(str(hop.detail.get("at") or 0)), clock.CITY_TIME)
    words = {
        "visit.booked": _("%(you)s约了 %(at)s 到%(unit)s窗口"),
        "visit.near": _("提醒%(you)s：约了 %(at)s 到%(unit)s窗口"),
        "visit.cancelled": _("%(you)s取消了 %(at)s 的预约"),
    }
    return words[hop.name] % {**who(hop), "you": you, "at": moment(at)}


def _visit_ended(hop: Hop, you: str) -> str:
    said = {**who(hop), "you": you}
    return (_("%(you)s到%(unit)s窗口来过") if hop.detail.get("came") else _("%(you)s约了没有到%(unit)s窗口")) % said


def _unbooked(hop: Hop, you: str) -> str:
    return _("提醒%(you)s：还没有约到%(unit)s窗口的时间") % {**who(hop), "you": you}


SAY: dict[str, Callable[[Hop, str], str]] = {
    "branch.decided": _branch_decided,
    "branch.fallen": _branch_fallen,
    "case.fetched": _fetched,
    "case.opened_for": _opened_for,
    "case.rated": _case_rated,
    "fee.due": _fee(gettext_noop("“%(item)s”要缴 %(yuan)s 元")),
    "fee.set": _fee(gettext_noop("%(unit)s%(by)s把“%(item)s”的费用定为 %(yuan)s 元")),
    "fee.paid": _fee(gettext_noop("%(you)s缴了“%(item)s”的 %(yuan)s 元")),
    "fee.returned": _fee(gettext_noop("“%(item)s”的 %(yuan)s 元退给了%(you)s")),
    "visit.booked": _visit,
    "visit.near": _visit,
    "visit.cancelled": _visit,
    "visit.ended": _visit_ended,
    "visit.unbooked": _unbooked,
    "rating.contacted": _rating_contacted,
    "rating.answered": _rating_answered,
}
