"""Conditions of a thing in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.city.things import BadCondition, condition
from huying.city.things.conditions import All, Chosen, Condition, Counted, Either, Not
from huying.features.services.making.form import rows_of, text_of
from huying.features.services.making.yaml_text import Data, Raw

Asked = Mapping[str, tuple[str, Mapping[str, str]]]  # by question: its words, and those of its options


def both(value: Any) -> str:
    """A text of the data in the reader's language; in the other one where this one is not written yet."""
    if not isinstance(value, dict):
        return text_of(value)
    zh, en = text_of(value.get("zh")), text_of(value.get("en"))
    return (en or zh) if (get_language() or "").startswith("en") else (zh or en)


def asked_of(data: Data) -> dict[str, tuple[str, dict[str, str]]]:
    """The words of all questions."""
    return {
        text_of(row.get("key")): (
            both(row.get("ask")) or text_of(row.get("key")),
            {text_of(one.get("key")): both(one) or text_of(one.get("key")) for one in rows_of(row, "options")},
        )
        for row in rows_of(data, "questions")
    }


def words_of(value: Any, asked: Asked) -> str:
    """What a condition says; '' where it always holds, and as it is written where it cannot be read."""
    if value is None:
        return ""
    try:
        return _words(condition(_numbered(value)), asked)
    except BadCondition:
        return text_of(value)


def _numbered(value: Any) -> Any:
    """The data with its numbers as numbers."""
    if isinstance(value, dict):
        return {name: _numbered(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_numbered(one) for one in value]
    return int(value) if isinstance(value, Raw) and value.isascii() and value.isdigit() else value


def _words(found: Condition, asked: Asked) -> str:
    match found:
        case Chosen(question, options):
            ask, named = asked.get(question, (question, {}))
            return _("“{ask}”答{options}").format(ask=ask, options=_("或").join(f"“{named.get(one, one)}”" for one in options))
        case Counted(question, least, most):
            return _bounds(asked.get(question, (question, {}))[0], least, most)
        case All(parts):
            return _("，并且").join(_part(part, asked) for part in parts)
        case Either(parts):
            return _("，或者").join(_part(part, asked) for part in parts)
        case Not(part):
            return _("不是（{what}）").format(what=_words(part, asked))


def _part(found: Condition, asked: Asked) -> str:
    words = _words(found, asked)
    return f"（{words}）" if isinstance(found, All | Either) else words


def _bounds(ask: str, least: int | None, most: int | None) -> str:
    if most is None:
        return _("“{ask}”填 {least} 或更多").format(ask=ask, least=least)
    if least is None:
        return _("“{ask}”填 {most} 或更少").format(ask=ask, most=most)
    return _("“{ask}”填 {least} 到 {most}").format(ask=ask, least=least, most=most)
