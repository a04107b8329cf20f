"""A piece of advice as a sentence."""

from collections.abc import Callable

from django import template
from django.utils.translation import gettext as _

from huying.reading.answers import Advice

register = template.Library()
_HOW = "（）"  # a plainer word in brackets says what to do instead


@register.filter
def advised(one: Advice) -> str:
    """What to think of."""
    return _SAID[one.kind](one)


def _copied(one: Advice) -> str:
    said = {
        "refused": _("和这一件以前的答复几乎一样，那一次没有解决。请说说这次新办了什么。"),
        "own": _("和您以前的一份答复几乎一样。请看看地点、日期和事情，说的是不是这一件。"),
        "other": _("和另一件的答复几乎一样。请看看地点、日期和事情，说的是不是这一件。"),
        "template": _("还是模板原来的话。请写上这一件的情况。"),
    }
    return said[one.quote]


def _official(one: Advice) -> str:
    if one.offer.startswith("（"):
        return _("“%(word)s”：%(how)s") % {"word": one.quote, "how": one.offer.strip(_HOW)}
    return _("“%(word)s”可以写成“%(plain)s”") % {"word": one.quote, "plain": one.offer}


_SAID: dict[str, Callable[[Advice], str]] = {
    "only_passed_on": lambda _one: _("只说了转给谁，没有说办得怎样。请写上：谁在办，办到哪一步，哪天再告诉来电人。"),
    "empty": lambda _one: _("只有客气话，还没有说办了什么。"),
    "copied": _copied,
    "unanswered": lambda one: _("来电人说“%(quote)s”，答复里好像还没有说到。") % {"quote": one.quote},
    "no_who": lambda _one: _("没有说是谁办的。请写上单位，或者经办人怎么找。"),
    "no_day": lambda one: _("“%(quote)s”：是哪天？没有定，就写哪天前再告诉来电人。") % {"quote": one.quote},
    "vague_day": lambda one: _("“%(quote)s”是哪天？没有定，就写哪天前再告诉来电人。") % {"quote": one.quote},
    "long_sentence": lambda one: _("这一句太长，断成几句就好读了：“%(quote)s”") % {"quote": one.quote},
    "official_word": _official,
}
