"""The pack's words of danger, as what finds them in a text reads them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from huying.city import queries as city
from huying.reading.alarm import alarm
from huying.reading.danger import Rule, Words, spelled

Read = Callable[[str, Any], Any]  # a setting of the pack by its name, or what stands in for it


def rules_of(setting: Read = city.setting) -> list[Rule]:
    """The pack's words of danger, groups put out."""
    return spelled(_rules(setting("danger", [])), setting("danger.groups", {}))


def words_of(setting: Read) -> Words:
    """What finds danger in texts, by the pack's settings."""
    return Words(rules_of(setting), alarm())


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterable[Rule]:
    for rule in rules:
        yield Rule(str(rule["number"]), str(rule["label"]), tuple(map(str, rule["words"])))
