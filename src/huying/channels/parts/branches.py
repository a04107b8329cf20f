"""What is said of one branch of a case: for what it stands still by law, and by whom it is borne now."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from huying.base import clock
from huying.channels.parts import words

# as kernel.standing.BY_LAW has them
WAITS_FOR = {
    "inspection": gettext_noop("检验、检测、检疫"),
    "appraisal": gettext_noop("鉴定"),
    "auction": gettext_noop("招标、拍卖"),
    "review": gettext_noop("专家评审"),
    "hearing": gettext_noop("听证"),
}


def waits_for(why: str) -> str:
    """What it waits for; '' where the pause is of another kind."""
    return _(WAITS_FOR[why]) if why in WAITS_FOR else ""


def resumes(day: date | None) -> str:
    """When what stands still by law goes on, or by how many days it is over that; '' where nothing stands so."""
    if day is None:
        return ""
    over = (clock.today() - day).days
    if over <= 0:
        return _("停表，预计 %(day)s恢复") % {"day": words.day(day)}
    said = ngettext("原定 %(day)s恢复，已过 %(n)s 天", "原定 %(day)s恢复，已过 %(n)s 天", over)
    return said % {"day": words.day(day), "n": over}


def reassigned(how: str) -> str:
    """The sentence of a branch that goes on with another body, with its blanks."""
    if how == "passed":
        return _("%(unit)s交给%(to)s办，时间照算")
    return _("%(judge)s裁定：从%(unit)s转给%(to)s办，时间照算")
