"""What stands before a name: how surely the words announce a person, and whether a clause begins."""

import re

from huying.people.cutting.cues import ANNOUNCED, CUES, ENDINGS, LONGEST, ROLE, SELF

_PAUSES = frozenset(" ,。;、:!?()[]{}<>【】《》“”‘’「」\"'/|.-…·•\n\r+=*#~_—→｜")
_SKIPPED = frozenset(" :(“\"'「《-|｜")
# 我是小区的李华: what he is stands between.
_OF_MINE = re.compile(r"(?:我是|本人是|本人系|我系)[^,。;!?\n]{1,18}的$|[0-9][号室房]?的$")
_NUMBER = re.compile("[0-9]{4}[ ,、;(/|]{1,2}$")
_LONG_NUMBER = re.compile("[0-9]{8}$")
BESIDE_NUMBER = 1.5
UNTOLD = -3
# Any word for a person by what he does, in a form (遗失人：) or before the name (遗失人翦宜春).
_DOER = re.compile("[\u4e00-\u9fff]{1,3}(?:人|者|员|户主|车主|机主|业主|乘客|旅客|顾客)$")
_NO_DOER = re.compile("(?:[个老年工军商某有没无别某些的让本外路]人|或者|党员|人员)$")
# Behind any other character nobody is announced, but for the words of the table.
TELLING = _PAUSES | {word for word in CUES if len(word) == 1} | frozenset("的是为系叫人者员主客0123456789")
# Whatever stands behind is a name, a word as well.
_CALLED = re.compile(
    "(?:我叫|名叫|大名|名字叫?是?|名为|姓名是?|户名是?|[登写]的是?|称|我是|本人|[件货电信访诉报系托款请求失]人[:是]?)[:“ ]?$"
)


def cue(text: str, start: int) -> float:
    """How strongly the words before `start` announce a person; 0 where a sentence begins, below where nothing does."""
    if not told_before(text, start):
        return UNTOLD  # most places
    at = start
    while at and text[at - 1] in _SKIPPED and start - at < 3:
        at -= 1
    if text[max(0, at - 2) : at] in ENDINGS:
        for length in range(min(LONGEST, at), 1, -1):
            strength = CUES.get(text[at - length : at])
            if strength is not None:
                return ANNOUNCED if strength >= ROLE and at < start and text[at] in ":|｜" else strength
    if at and text[at - 1] in "是为系叫" and _role(text, at - 1):
        return ANNOUNCED if text[at - 1] == "叫" else ROLE
    if (doer := _DOER.search(text, max(0, at - 5), at)) and not _NO_DOER.search(doer.group()):
        return ANNOUNCED if at < start and text[at] == ":" else SELF
    if start and text[start - 1].isdigit() and _LONG_NUMBER.search(text, max(0, start - 8), start):
        return BESIDE_NUMBER
    if begins(text, start):
        return BESIDE_NUMBER if _NUMBER.search(text, max(0, start - 7), start) else 0
    last = text[start - 1]
    if last == "的":
        return ROLE - 1 if _OF_MINE.search(text, max(0, start - 22), start) else -2
    strength = CUES.get(last, -3)
    return strength if strength < 0 or begins(text, start - 1) else strength - 1


def told_before(text: str, start: int) -> bool:
    """Whether anything may announce a person there: quickly, for most places end here."""
    return not start or text[start - 1] in TELLING or text[start - 2 : start] in ENDINGS


def _role(text: str, at: int) -> bool:
    """Whether a word for somebody's part ends there: 房东(是)."""
    return any(CUES.get(text[max(0, at - length) : at], 0) >= ROLE for length in (5, 4, 3, 2))


def called(text: str, start: int) -> bool:
    """Whether it is said that a name follows."""
    return _CALLED.search(text, max(0, start - 8), start) is not None


def begins(text: str, at: int) -> bool:
    """Whether a clause begins there."""
    return at == 0 or text[at - 1] in _PAUSES


def pauses(text: str, at: int) -> bool:
    """Whether a clause ends there."""
    return at >= len(text) or text[at] in _PAUSES
