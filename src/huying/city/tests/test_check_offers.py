"""Every fault of a rule by which a thing is offered is named with its place. No test here may touch the database."""

import msgspec
import pytest

from huying.city import pack
from huying.city.pack.things.offers import content as content_of
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import with_things
from huying.city.things.offers import OfferRule, Turns

pytestmark = pytest.mark.once
FILE = "things/offers/ages.yaml"
# a thing for persons with one question that is a number, and what makes one item end
OLD = """\
code: old
name: {zh: 老年, en: Old age}
event: opening
who: [person]
promise: 5
text: {zh: 老人要办的。, en: What old people need.}
synonyms: [老人津贴, 满八十, 高龄补贴]
questions:
  - key: age
    ask: {zh: 多大年纪？, en: How old?}
    kind: number
    least: 60
    most: 120
  - key: help
    ask: {zh: 要人帮吗？, en: Is help needed?}
    options:
      - {key: 'yes', zh: 要, en: "Yes"}
      - {key: 'no', zh: 不要, en: "No"}
  - key: which
    ask: {zh: 哪一种？, en: Which?}
    when: {help: 'yes'}
    options:
      - {key: day, zh: 白天, en: By day}
      - {key: night, zh: 晚上, en: At night}
items:
  - item: tables
    may_skip: true
    fields:
      seats: {any: [{which: day}, {age: {at_least: 90}}]}
"""
RULE = """\
- key: eighty
  thing: old
  when: {turns: 80, within: 30, stands: 60}
  why: {zh: "因为您 {day}满 80 周岁", en: "You turn 80 on {day}"}
  ground: [signs.11]
  answers: {age: 80}
  assumed: {help: 'no'}
  fill: {shop_name: person.name}
"""
CHILD = "{child_turns: 6, by: 08-31, opens: 05-01, closes: 07-15}"
TURNS = "{turns: 80, within: 30, stands: 60}"
# what is there, what is written instead, line:column of the fault, words of the message
BROKEN = {
    "an unknown thing": ("thing: old", "thing: odl", "2:10", "old"),
    "a thing for firms": ("thing: old", "thing: open", "2:10", "不是给个人办的"),
    "no ground": ("[signs.11]", "[sings.11]", "5:11", "signs"),
    "no English": (', en: "You turn 80 on {day}"', "", "4:8", "en"),
    "a blank in one language alone": ("You turn 80 on {day}", "You turn 80", "4:8", "用得一样"),
    "a blank that nobody fills": ("满 80 周岁", "满 {age} 周岁", "4:8", "{day} 和 {name}"),
    "nothing says when": (TURNS, "{at: 80}", "3:9", "turns"),
    "a when without its days": (TURNS, "{turns: 80, within: 30}", "3:9", "stands"),
    "an age that nobody reaches": (TURNS, "{turns: 140, within: 30, stands: 60}", "3:17", "130"),
    "a day that no year has": (TURNS, CHILD.replace("08-31", "02-30"), "3:30", "每年"),
    "29 February": (TURNS, CHILD.replace("08-31", "02-29"), "3:30", "每年"),
    "days that never begin": (TURNS, CHILD.replace("07-15", "04-15"), "3:59", "永远没有一天"),
    "an unknown question": ("{age: 80}", "{aeg: 80}", "6:13", "age"),
    "an unknown option": ("{help: 'no'}", "{help: none}", "7:19", "no"),
    "a number beyond the most": ("{age: 80}", "{age: 130}", "6:18", "60 到 120"),
    "a number that is none": ("{age: 80}", "{age: old}", "6:18", "60 到 120"),
    "a question left open": ("  assumed: {help: 'no'}\n", "", "6:12", "“help”没有答"),
    "a question that is not asked": ("{help: 'no'}", "{help: 'no', which: day}", "6:12", "不会问到"),
    "a question answered twice": ("{help: 'no'}", "{help: 'no', age: 80}", "7:25", "一问只写一处"),
    "nothing to be done": ("  fill:", "  skip: [tables]\n  fill:", "1:3", "什么事项都不用办"),
    "answers that are no map": ("{age: 80}", "[age]", "6:12", "问题"),
    "a field that is not asked for": ("{shop_name:", "{seats:", "8:10", "不要填“seats”"),
    "an unknown source": ("person.name", "person.nmae", "8:21", "person.name"),
    "a source of another kind of rule": ("person.name", "child.name", "8:21", "child.name"),
    "nothing filled in": ("{shop_name: person.name}", "{}", "8:9", "至少一项"),
    "an item that may not be left out": ("  fill:", "  skip: [sign]\n  fill:", "8:9", "may_skip"),
    "what never ends": (TURNS, "{expires: [tables], within: 30}", "3:19", "valid_years"),
    "an item that is not there": (TURNS, "{expires: [tabels], within: 30}", "3:19", "tables"),
    "a word that is none": ("  ground", "  grounds: x\n  ground", "5:3", "ground"),
}


@pytest.fixture
def sound(small: SmallPack) -> SmallPack:
    with_things(small)
    small.write("things/old.yaml", OLD)
    small.write(FILE, RULE)
    return small


def test_a_sound_rule_has_no_faults_and_is_counted(sound: SmallPack) -> None:
    found = pack.check(sound.root)
    assert found.faults == []
    assert found.counts["offers"] == 1


def test_a_pack_without_rules_is_whole(small: SmallPack) -> None:
    assert pack.check(with_things(small).root).counts["offers"] == 0


@pytest.mark.parametrize("case", list(BROKEN))
def test_a_fault_is_named_with_its_place(sound: SmallPack, case: str) -> None:
    old, new, place, words = BROKEN[case]
    sound.edit(FILE, old, new)
    told = [(fault.file, f"{fault.line}:{fault.column}", fault.message) for fault in sound.faults()]
    assert any(file == FILE and at == place and words in message for file, at, message in told), sound.faults()


def test_two_rules_of_one_key_are_named(sound: SmallPack) -> None:
    sound.write("things/offers/more.yaml", RULE)
    assert [str(fault) for fault in sound.faults() if "more.yaml:1:8" in str(fault)]


def test_what_is_read_is_what_is_loaded(sound: SmallPack) -> None:
    found = pack.check(sound.root).pack
    assert found
    (row,) = found.things.offers.rows
    rule = msgspec.convert(content_of(row, found.things)["rule"], OfferRule)
    assert rule.when == Turns(80, 30, 60)
    assert (rule.settled, rule.fill) == ({"age": 80, "help": "no"}, {"shop_name": "person.name"})
    assert rule.ground[0].zh == "《招牌办法》第十一条"
    assert (rule.needs, rule.uses, rule.every) == ("birth", {"birth", "residence"}, 90)
