"""A language model that looks over an answer, where the city has attached one: only when an officer presses for it.

What leaves is the call and the draft without identifiers, and the duty's name. Of a confidential or anonymous voice, of a
report of wrongdoing and of a complaint about a body nothing leaves at all. What comes back is shown and kept nowhere.
"""

import logging
import re
from dataclasses import dataclass
from functools import lru_cache
from threading import BoundedSemaphore
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import kinds
from huying.kernel.models import Openness
from huying.kernel.ports import Adviser, Asked, NotDelivered
from huying.kernel.queries.pages import MatterView
from huying.people import cutting, parties

MOST_SENT, MOST_LINES, MOST_LINE = 4000, 5, 160  # characters of each text that leaves; lines that are shown, and their length
AT_ONCE = 2  # questions under way in one process: a slow model must not hold every thread that serves pages
_under_way = BoundedSemaphore(AT_ONCE)
_DIGITS = re.compile(r"(?:[0-9０-９][ \-—－.]?){6,}")  # whatever the rules let stand, a number this long does not leave
_MASK = "〔号码〕"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What the model suggests, or why it says nothing."""

    lines: tuple[str, ...] = ()
    why: str = ""


def there() -> bool:
    """Whether the city has attached one."""
    return bool(settings.MODEL)


def forget() -> None:
    """Make the adapter anew: after its settings changed, in tests."""
    _made.cache_clear()


def ask(view: MatterView, text: str) -> Said:
    """What it suggests for this answer."""
    if not there() or not text.strip():
        return Said(why=_("没有接语言模型，或者还没有写答复。"))
    if not may_leave(view):
        return Said(why=_("这一件不能交给外面的模型看：来电人要求保密，或者反映的是单位、个人的问题。"))
    if not _under_way.acquire(blocking=False):
        return Said(why=_("别的同事正在问，请过一会儿再按。"))
    try:
        lines = _made(settings.MODEL).advise(asked(view, text))
    except NotDelivered as fault:
        _log.warning("the language model: %s", fault)
        return Said(why=_("模型现在没有回答，不影响答复，请照常办。"))
    finally:
        _under_way.release()
    shown = tuple(line.strip()[:MOST_LINE] for line in lines if line.strip())[:MOST_LINES]
    return Said(shown, "" if shown else _("模型没有什么建议。"))


def may_leave(view: MatterView) -> bool:
    """Whether anything of this matter may be shown to somebody outside."""
    sort = kinds.get(view.matter.kind).sort(view.matter.sort)
    named = all(call.openness == Openness.NAMED for call in view.calls)
    return bool(view.calls) and named and not sort.confidential and view.matter.about_id is None


def asked(view: MatterView, text: str) -> Asked:
    """What leaves: the first voice's words and the draft, masked. Raises private.KeyTrouble."""
    known = _known(view)
    call, duty = view.calls[0], city.duty(view.matter.duty_key) if view.matter.duty_key else None
    told = masked(f"{call.title}\n{call.text}", known)
    return Asked(told, masked(text, known), duty.name if duty else "")


def masked(text: str, known: list[str]) -> str:
    """A text in which nobody is named: known names and numbers, whatever the rules find, and every long number."""
    for value in sorted(filter(None, known), key=len, reverse=True):
        text = text.replace(value, _MASK if value[-1].isdigit() else "〔姓名〕")
    return _DIGITS.sub(_MASK, cutting.cut(text).text)[:MOST_SENT]


def _known(view: MatterView) -> list[str]:
    """The names and phones of all who called; what an erased one left is known to nobody."""
    people = {call.caller for call in view.calls}
    return [value for one in people for value in (parties.known_name(one), parties.known_phone(one)) if value]


@lru_cache(maxsize=4)
def _made(path: str) -> Adviser:
    return cast(Adviser, import_string(path)())
