"""The pack's words of danger, as what finds them in a text reads them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from huying.city import queries as city
from huying.reading.danger import Net, Rule, Words, spelled

PEOPLE = "people"  # the group of words that mean somebody
Read = Callable[[str, Any], Any]  # a setting of the pack by its name, or what stands in for it


def rules_of(setting: Read = city.setting) -> list[Rule]:
    """The pack's words of danger, groups put out."""
    return spelled(_rules(setting("danger", [])), setting("danger.groups", {}))


def words_of(setting: Read) -> Words:
    """What finds danger in texts, by the pack's settings."""
    groups, rules = setting("danger.groups", {}), rules_of(setting)
    labels = {rule.number: rule.label for rule in rules}
    signs = [
        Rule(str(sign["number"]), labels.get(str(sign["number"]), ""), tuple(map(str, sign["words"])))
        for sign in setting("danger.signs", [])
    ]
    return Words(rules, Net(tuple(signs), tuple(setting("danger.calm", ())), tuple(groups.get(PEOPLE, ()))))


def _rules(rules: Iterable[Mapping[str, Any]]) -> Iterable[Rule]:
    for rule in rules:
        yield Rule(str(rule["number"]), str(rule["label"]), tuple(map(str, rule["words"])))
