"""How likely a name stands at a place: what is before it, its own characters, and what follows, summed up."""

import re
from typing import NamedTuple

from huying.people.cutting import lexicon
from huying.people.cutting.before import begins, called, cue, pauses
from huying.people.cutting.behind import MOST, PERSON, after, meant, related, spelled
from huying.people.cutting.cues import ANNOUNCED, CUES, KIN, ROLE, SELF
from huying.people.cutting.tables import (
    ENDS,
    GIVEN,
    LIKELY,
    NAMES_TOO,
    NEVER,
    NEVER_LAST,
    RARE,
    RUNS_ON,
    SAID_NAMES,
    SURE,
    SURNAMES,
    WORDS,
    WORDY,
)

ENOUGH = 6
_UNREAD = 3.0  # for what the dictionary cannot read
_JOINS = frozenset("和等有能时未话不也就都又被把将与及或后前年其正西")
_LAND = frozenset("山岭溪江海洲岩权")
OF = -2  # behind 的
_PERSON_FOLLOWS = re.compile(f"[\u4e00-\u9fff]{{1,2}}(?:{PERSON})")
_HAN = re.compile("[\u4e00-\u9fff]+")
_OPEN, _CLOSE = "“\"'「《‘", "”\"'」》’"
# 我是农转非, 我是双女户: what somebody is, not who
_SORTS = frozenset("户商民员工生师者主客族非人群众")
_PLACE_ENDS = frozenset("区县市镇乡村街路巷组社坝沟寺庙苑府城楼店厂局湖河桥都")
_CALLS = frozenset(["我叫", "名叫", "字叫", "字是", "名字", "姓名", "报称", "名是", "户主", "户名", "机主"])


class Read(NamedTuple):
    """A folded text, and where its words begin."""

    text: str
    starts: frozenset[int]


def read(text: str) -> Read:
    """Cut a folded text into words."""
    return Read(text, lexicon.word_starts(text))


def best(words: Read, start: int, strength: float) -> tuple[int, float]:
    """The end of the likeliest name that begins at `start`, and its score; a score below ENOUGH is no name."""
    text = words.text
    surname = text[start : start + 2] if text[start : start + 2] in SURNAMES else text[start : start + 1]
    weight = SURNAMES.get(surname, RARE)
    at = start + len(surname)
    if strength == OF and _PERSON_FOLLOWS.match(text, at):
        strength = 1  # 李家沱的厉苹老师
    found = _word(text, start, strength)
    if strength < 1 and len(surname) == 1 and _unnamed(text, at) and (strength < 0 or not spelled(text, start, at + 1)):
        return found
    for length in (2, 1):
        given = text[at : at + length]
        if len(given) < length or not _HAN.fullmatch(given):
            continue
        end = at + length
        whole = len(surname) == 2 and strength >= SELF and lexicon.commonness(given) > 0 and end in words.starts
        if (given[-1] in NEVER_LAST or given[0] in NEVER) and not whole:
            continue
        score = strength + weight + GIVEN.get(given[0], 0) + (GIVEN.get(given[1], 0) if length == 2 else 0)
        if score < ENOUGH - MOST - 5 and not spelled(text, start, end):
            continue  # whatever follows
        score += _shape(words, start, end, given, strength) + _standing(words, start, end, strength)
        score += _rare(words, start, end, strength) if weight == RARE else 0
        if score < ENOUGH - MOST - 1 and not spelled(text, start, end):
            continue
        follows = after(text, start, end, strength)
        if strength >= KIN and length == 2 and {start + 1, start + 2, end} <= words.starts:
            follows = max(follows, -2)  # 嫂子谈素芬都是: 都是 is no thing here
        expected = strength >= ROLE and weight >= (WORDY if length == 2 else SURE) and follows > 0
        score += follows + expected
        if strength < ROLE and follows >= 0:
            score += _unread(words, start, end, follows)
        if score > found[1]:
            found = end, score
    return found


def _unnamed(text: str, at: int) -> bool:
    """Whether no character there often makes a given name: then only what announces a name makes it one."""
    return GIVEN.get(text[at : at + 1]) != LIKELY and GIVEN.get(text[at + 1 : at + 2]) != LIKELY


def _word(text: str, start: int, strength: float) -> tuple[int, float]:
    """A name of two characters that is a word as well, where what is around it says that it is a name here."""
    end = start + 2
    two = text[start:end]
    said = two in SAID_NAMES
    if not (said or two in NAMES_TOO):
        first = begins(text, start)
        if two in WORDS or two in CUES or not (first or lexicon.somebody(two)) or len(two) < 2 or not _HAN.fullmatch(two):
            return start, -9
        known = called(text, start) or (first and after(text, start, end, strength) >= MOST)
        if not related(text, start, end) and not (known and lexicon.somebody(two)):
            return start, -9
    follows = MOST if meant(text, start, end) else after(text, start, end, strength)
    least = 1 if strength >= ROLE else 2 if strength == SELF else MOST
    if said and not called(text, start):
        least = MOST
    return (end, strength + 2 + follows) if follows >= least else (start, -9)


def _standing(words: Read, start: int, end: int, strength: float) -> float:
    """What the likeliest reading in words says, and the marks around: whether it begins and ends where a word does."""
    text, score = words.text, 0.0
    if start not in words.starts:
        score -= 4 if strength < KIN else 1
    if end not in words.starts:
        score -= 1
    if pauses(text, end):
        score += _alone(words, start, end, strength)
    quoted = text[start - 1 : start]
    if quoted and quoted in _OPEN and text[end : end + 1] not in _CLOSE:
        score -= 8
    name = text[start:end]
    if len(name) == 3:
        apart = {start + 1, start + 2} <= words.starts
        score += strength >= ROLE - 1 and apart
        score += strength == 0 and name[1] in "小大" and end in words.starts and lexicon.commonness(name[1:]) > 0
    if strength <= 0 and (lexicon.famous(name) or lexicon.famous(name[:2])):
        score -= 4
    return score


def _unread(words: Read, start: int, end: int, follows: int) -> float:
    """What it says that the dictionary reads a sure family name by itself, and no word in what stands behind it."""
    text, name = words.text, words.text[start:end]
    apart = all(at in words.starts for at in range(start, end + 1))
    if SURNAMES.get(text[start]) != SURE or name[-1] in _LAND or lexicon.commonness(name) or start not in words.starts:
        return 0
    likely = [GIVEN.get(char) == LIKELY for char in name[1:]]
    if not likely[-1] and not (apart and len(name) == 3 and (any(likely) or follows == MOST) and name[-1] not in _JOINS):
        return 0
    if not {start + 1, end} <= words.starts:
        return 0
    if len(name) == 2:
        return _UNREAD if follows else 0
    return _UNREAD if follows or begins(text, start) else _UNREAD - 1


def _alone(words: Read, start: int, end: int, strength: float) -> float:
    """What it says that a clause ends with it: nothing else in it makes the words mean something."""
    text, name, score = words.text, words.text[start:end], 0.0
    if strength == ANNOUNCED:
        score += 2
    if start and begins(text, start) and end == len(text.rstrip()):
        score += 2  # she signs with it
    if strength >= ROLE and len(name) == 3 and not lexicon.commonness(name):
        score += 0.5
    common = max(lexicon.commonness(name), lexicon.commonness(name[:2]))
    return score + (strength >= SELF and end in words.starts and common < lexicon.COMMON)


def _rare(words: Read, start: int, end: int, strength: float) -> float:
    """What speaks for and against a family name that nearly always is another word."""
    text, name, score = words.text, words.text[start:end], 0.0
    pause = pauses(text, end)
    if len(name) == 3 and strength >= ROLE - 1 and {start + 1, start + 2} <= words.starts:
        score += 1
    if len(name) > 2 and lexicon.commonness(name[1:]) >= lexicon.COMMON:
        score -= 3
    if strength < ROLE and not pause:
        score -= 2
    common = max(lexicon.commonness(name), lexicon.commonness(name[:2]))
    if pause and strength >= SELF and end in words.starts and common < lexicon.COMMON:
        score += 3 if strength == SELF else 1
    if len(name) == 2 and not called(text, start):
        score -= 2
    return score


def _shape(words: Read, start: int, end: int, given: str, strength: float) -> int:
    """What the characters together say: a word of the dictionary, a doubled one, a word that begins with the last one."""
    text = words.text
    score = 1 if start == 0 else 0
    if len(given) == 2:
        typical = SURNAMES.get(text[start]) == SURE and all(GIVEN.get(char) == LIKELY for char in given)
        score += 1 + (given[0] in "小大") + typical
    if strength == SELF and given[-1] in _SORTS:
        score -= 4
    if len(given) == 2 and given[1] in _PLACE_ENDS:
        score -= 3
    if text[start - 1 : start + 1] in ENDS:
        score -= 3 if strength == ANNOUNCED else 8  # 来电人马超群: 人马 is no word there
    if text[end - 1 : end + 1] in RUNS_ON:
        score -= 2
    return score + _begun(words, start, end, given, strength)


def _begun(words: Read, start: int, end: int, given: str, strength: float) -> int:
    """What it says that the name begins with a word of two characters."""
    text, score = words.text, 0
    two = text[start : start + 2]
    if CUES.get(two, 0) >= ROLE:
        score -= 9  # 母亲, 管家: said of a person and no name
    elif two in WORDS or (lexicon.commonness(two) >= lexicon.COMMON and start + 2 in words.starts and two not in SURNAMES):
        too = two in NAMES_TOO or lexicon.somebody(two)
        mild = too and strength >= ROLE and len(given) == 2 and (GIVEN.get(given[1], 0) >= 0 or pauses(text, end))
        called = strength == ANNOUNCED and pauses(text, end) and text[max(0, start - 2) : start] in _CALLS
        score -= 1 if mild or called else 4
    if lexicon.place(two) and two not in NAMES_TOO and two not in SURNAMES:
        score -= 4
    if text[start] == text[start + 1] and two in WORDS:
        score -= 9  # 谢谢
    if text[start] == text[start + 1] or text[start - 1 : start] == text[start]:
        score -= 4
    return score


__all__ = ["ANNOUNCED", "CUES", "ENOUGH", "ROLE", "SELF", "Read", "after", "begins", "best", "cue", "pauses", "read"]
