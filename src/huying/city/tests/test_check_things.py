"""Every fault of items and things is named at once, each with its place. No test here may touch the database."""

import pytest

from huying.city import pack
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import ITEMS, OPEN, with_things

pytestmark = pytest.mark.once

# file, what is there, what is written instead, line:column of the fault, words of the message
BROKEN = {
    "more choices than options": (OPEN, "    kind: many\n", "    kind: many\n    least: 3\n", "23:12", "2 个选项"),
    "an item that ends before the thing": (ITEMS, "A table}\n", "A table}\n  valid_to: 2026-01-01\n", "33:11", "2026-01-01"),
    "a circle": (OPEN, "    when: {from: next}\n", "    when: {from: next}\n    after: [tables]\n", "29:12", "record → tables"),
    "an item that waits for itself": (OPEN, "after: [record]", "after: [sign]", "30:12", "sign → sign"),
    "a wait for an item that is not there": (OPEN, "after: [record]", "after: [recrod]", "30:12", "record"),
    "a condition that never holds": (
        OPEN,
        "{from: next}",
        "{all: [{outside: none}, {places: {at_least: 2}}]}",
        "28:11",
        "不会成立",
    ),
    "a part of a condition that never holds": (
        OPEN,
        "{places: {at_least: 10}}",
        "{any: [{outside: some}, {outside: none, places: {at_least: 10}}]}",
        "34:11",
        "不会成立",
    ),
    "a bound beyond the most": (OPEN, "{places: {at_least: 50}}", "{places: {at_least: 501}}", "37:14", "不会成立"),
    "a question that is never reached": (
        OPEN,
        "    when: {outside: some}\n",
        "    when: {outside: some, not: {outside: some}}\n",
        "14:10",
        "问不到",
    ),
    "a question about a later one": (OPEN, "when: {outside: some}", "when: {from: next}", "16:12", "后面才问"),
    "an unknown question": (OPEN, "{from: next}", "{form: next}", "28:12", "from"),
    "an unknown option": (OPEN, "{from: next}", "{from: nxet}", "28:12", "next"),
    "an option for a number": (OPEN, "{places: {at_least: 10}}", "{places: some}", "34:12", "at_least"),
    "a bound that is no number": (OPEN, "{places: {at_least: 10}}", "{places: {at_least: many}}", "34:31", "整数"),
    "an unknown bound": (OPEN, "{places: {at_least: 10}}", "{places: {over: 10}}", "34:27", "over"),
    "a promise that is too short": (OPEN, "promise: 8", "promise: 7", "5:10", "record → sign → tables"),
    "answers without an item": (
        OPEN,
        "  - item: sign\n",
        "  - item: sign\n    when: {outside: some}\n",
        "27:3",
        "什么事项都不用办",
    ),
    "a code that no address can hold": (OPEN, "code: open", "code: open.shop", "1:7", "网址"),
    "an unknown item": (OPEN, "- item: record", "- item: recrod", "27:11", "record"),
    "an item for others": (OPEN, "who: [firm]", "who: [firm, person]", "27:11", "person"),
    "a paper that the item does not ask for": (OPEN, "      drawing: {any", "      drawer: {any", "32:7", "drawing"),
    "an unknown event": (OPEN, "event: opening", "event: openning", "3:8", "opening"),
    "one everyday word": (OPEN, "[想开店, 开门市, 做生意]", "[想开店]", "7:11", "三种"),
    "a text without English": (OPEN, ", en: What a shop needs.", "", "6:7", "en"),
    "English that is Chinese": (OPEN, "en: What a shop needs.", "en: 开店", "6:25", "英文"),
    "a single option": (OPEN, '\n      - {key: none, zh: 不摆, en: "No"}', "", "12:7", "两个选项"),
    "an unknown department": (ITEMS, "department: street-office", "department: street-ofice", "17:15", "street-office"),
    "a department at another level": (ITEMS, "level: street\n", "level: city\n", "17:15", "city"),
    "nobody to bear it": (ITEMS, "  department: street-office\n  level: street\n", "", "15:3", "承办单位"),
    "a partner with the key of a department": (
        "partners.csv",
        "next.police,邻省公安厅",
        "city.hotline,邻省公安厅",
        "2:1",
        "外地伙伴",
    ),
    "passed down to no level below": (ITEMS, "level: district\n", "level: district\n  down_to: district\n", "5:12", "down_to"),
    "passed down by a partner": (ITEMS, "partner: next.police", "partner: next.police\n  down_to: street", "36:12", "down_to"),
    "an unknown partner": (ITEMS, "partner: next.police", "partner: next.polise", "35:12", "next.police"),
    "a promise above the law": (ITEMS, "promised: 5", "promised: 21", "23:13", "20"),
    "an unknown law": (ITEMS, "[signs.11]", "[sings.11]", "7:11", "signs"),
    "a ground that is none": (ITEMS, "[signs.11]", "[signs.x]", "7:11", "signs.x"),
    "an unknown paper": (ITEMS, "[licence, drawing]", "[licence, drawnig]", "10:24", "drawing"),
    "an unknown field": (ITEMS, "seats?, colour", "seat?, colour", "25:23", "seats"),
    "whose the result is, and need not be said": (
        ITEMS,
        "  result: {zh: 许可, en: Permit}",
        "  result: {zh: 许可, en: Permit}\n  holder: seats",
        "32:11",
        "seats",
    ),
    "an unknown remedy": (
        ITEMS,
        "A table}\n  result: {zh: 许可, en: Permit}\n  remedy: review",
        "A table}\n  result: {zh: 许可, en: Permit}\n  remedy: revue",
        "32:11",
        "review",
    ),
    "more visits together": (ITEMS, "visits_here: 1", "visits_here: 3", "29:16", "2"),
    "a schema that is none": (ITEMS, "colour: {type: string", "colour: {type: text", "27:20", "2020-12"),
    "an option without English": (ITEMS, "红, x-title-en: Red", "红", "27:67", "x-title-en"),
    "a pattern that is none": ("things/common/fields.yaml", "minLength: 2", 'pattern: "("', "1:77", "pattern"),
    "a field that differs": (
        "things/common/fields.yaml",
        "seats:",
        "colour: {type: string, title: 色, x-title-en: Hue}\nseats:",
        "27:5",
        "fields.yaml:2",
    ),
    "an unknown issuer": (
        "things/common/materials.yaml",
        "Plan, issuer: designer",
        "Plan, issuer: desinger",
        "3:42",
        "designer",
    ),
    "a paper without an issuer": ("things/common/materials.yaml", "Plan, issuer: designer", "Plan", "3:3", "issuer"),
    "a body that is no department": (
        "things/common/bodies.yaml",
        "{key: designer, zh: 设计单位, en: The designer",
        "{key: designer, zh: 设计单位, en: The designer, department: true",
        "3:9",
        "designer",
    ),
}


@pytest.fixture
def sound(small: SmallPack) -> SmallPack:
    return with_things(small)


def test_sound_things_have_no_faults_and_are_counted(sound: SmallPack) -> None:
    found = pack.check(sound.root)
    assert found.faults == []
    assert {name: found.counts[name] for name in ("partners", "items", "things")} == {"partners": 1, "items": 3, "things": 1}


@pytest.mark.parametrize("case", list(BROKEN))
def test_a_fault_is_named_with_its_place(sound: SmallPack, case: str) -> None:
    file, old, new, place, words = BROKEN[case]
    sound.edit(file, old, new)
    told = [(f"{fault.line}:{fault.column}", fault.message) for fault in sound.faults()]
    assert any(at == place and words in message for at, message in told), sound.faults()


def test_a_question_nothing_hangs_on_is_named(sound: SmallPack) -> None:
    sound.edit(OPEN, "{from: next}", "{outside: some}")
    sound.edit(OPEN, "{any: [{from: far}, {outside: none}]}", "{outside: none}")
    assert [f"{fault.line}:{fault.column}" for fault in sound.faults() if "from" in fault.message] == ["20:10"]


def test_a_word_for_two_things_is_named(sound: SmallPack) -> None:
    sound.write("things/second.yaml", sound.text(OPEN).replace("code: open", "code: second"))
    assert {fault.file for fault in sound.faults()} == {"things/second.yaml"}
    assert sum("想开店" in fault.message for fault in sound.faults()) == 1


def test_faults_of_every_sort_are_named_at_once(sound: SmallPack) -> None:
    together = (
        *("a text without English", "a promise that is too short", "an unknown issuer", "a promise above the law"),
        *("a schema that is none", "a single option", "an unknown law", "a paper that the item does not ask for"),
    )
    for case in together:
        file, old, new, _place, _words = BROKEN[case]
        sound.edit(file, old, new)
    told = [fault.message for fault in sound.faults()]
    for case in together:
        assert any(BROKEN[case][4] in message for message in told), (case, told)


def test_more_answers_than_anybody_reads_are_refused(sound: SmallPack) -> None:
    options = "".join(f"      - {{key: o{n}, zh: 选项{n}, en: Option {n}}}\n" for n in range(6))
    more = "".join(
        f"  - key: q{n}\n    ask: {{zh: 问题{n}, en: Question {n}}}\n    kind: many\n    options:\n{options}" for n in range(4)
    )
    sound.edit(OPEN, "items:\n", more + "items:\n")
    sound.edit(OPEN, "{from: next}", "{from: next, any: [{q0: o1}, {q1: o1}, {q2: o1}, {q3: o1}]}")
    assert any("20000" in fault.message for fault in sound.faults()), sound.faults()
