"""Named gaps of a template, 〔日期〕: what still has one is not sent. Tokens of what was cut out, 〔电话1〕, are none."""

import re

from django.utils.translation import gettext as _

from huying.kernel.errors import BadInput

GAP = re.compile(r"〔([^〔〕\n]{0,20}[^〔〕\n0-9])〕")
SHOWN = 3


def left(text: str) -> list[str]:
    """The names of the gaps that were not filled, in their order, each once."""
    return list(dict.fromkeys(GAP.findall(text)))


def fault(text: str) -> str:
    """What to say of a text with gaps; '' where there is none."""
    names = left(text)
    shown = "、".join(f"〔{name}〕" for name in names[:SHOWN])
    return _("模板里还有没填的：%(names)s，填好再发。") % {"names": shown} if names else ""


def refuse(**texts: str) -> None:
    """Raises BadInput naming each field whose text still has a gap."""
    errors = {name: said for name, text in texts.items() if (said := fault(text))}
    if errors:
        raise BadInput(errors)
