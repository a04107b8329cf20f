"""How likely a name stands at a place: what is before it, its own characters, and what follows, summed up."""

import re

from huying.people.cutting.cues import ANNOUNCED, CUES, ENDINGS, LONGEST, ROLE, SELF
from huying.people.cutting.tables import (
    ENDS,
    GIVEN,
    LIKELY,
    NAMES_TOO,
    NEVER,
    NEVER_LAST,
    RUNS_ON,
    SURE,
    SURNAMES,
    WORDS,
    WORDY,
    any_of,
)

ENOUGH = 6
_EXPECTED = 1  # where somebody is announced and does something
_MOST = 5  # that what follows can say
_HAN = re.compile("[\u4e00-\u9fff]+")
_PAUSES = frozenset(" ,。;、:!?()[]{}<>【】《》“”‘’「」\"'/|.-…·•\n\r+=*#~_—→")
# 我是小区的李华: what he is stands between.
_OF_MINE = re.compile(r"(?:我是|本人是|本人系|我系)[^,。;!?\n]{1,18}的$|[0-9][号室房]?的$")
_NUMBER = re.compile("[0-9]{4}[ ,、;(/|]{1,2}$")
_LONG_NUMBER = re.compile("[0-9]{8}$")
BESIDE_NUMBER = 1.5
_SKIPPED = frozenset(" :(“\"'「《-|")
# A person is spoken of or to: nothing else is called so, or has an age, a sex, a telephone.
_PERSON = re.compile(
    rf"(?:{any_of('persons')})|[,、;:(]?(?:您好|你好)|[,、;:( ]{{0,2}}[男女](?=[,、;。). 性]|$|生)"
    r"|[,、;:(| ]{0,2}(?:(?:联系)?电话|手机|座机|联系方式|身份证|证件号|微信|QQ|社保卡|医保卡|银行卡|社保号|性别|年龄|(?:出)?生于|现年)"
    r"|[,、;:(| ]{0,2}今年(?:已经|都)?[0-9一二三四五六七八九十]"
    r"|[,、;:(| ]{0,3}\+?[0-9][0-9 -]{6}|[,、;( ]{0,2}[0-9一二三四五六七八九十]{1,3}周?岁|[,(|]?[我他她](?=[01][0-9]{2})"
)
# What somebody does, has or is: weaker, for things do it too.
_DOES = re.compile(any_of("does"))
_ASKS = re.compile("反映|投诉|举报|咨询|要求|申请|请求|来电|来信|诉|您|的(?:来电|来信|诉求|投诉|反映|申请|问题)")
# What people do with one another: 我和王大山离婚, 向李三借钱.
_TOGETHER = re.compile(
    "(?:是|为|系)(?:夫妻|邻居|同|朋友|亲|母子|父子|母女|父女|合伙)|离婚|结婚|订婚|同居|相亲|合伙|合租|合作|签|借|打[伤了我他她人架]|骗|办|发生|因|租|买|卖|之间"
    "|问|写|讨|要|的(?:合同|纠纷|矛盾|卡|女儿|儿子|孩子|家|房|车|账|名义|身份|婚姻|关系)"
)
_OWNS = re.compile("的(?:低保|户口|户籍|养老金|医保|社保|残疾证|身份证|遗产|工伤|高龄|抚恤金|待遇|家属|儿子|女儿|妻子|丈夫)")
# Where the same characters go on to a place, a firm, a thing.
_THING = re.compile(rf"(?:{any_of('things')}|人$|人(?=[,。;、!?]))")
_PLACE_ENDS = frozenset("区县市镇乡村街路巷组社坝沟寺庙苑府城楼店厂局湖河桥都")


def cue(text: str, start: int) -> float:
    """How strongly the words before `start` announce a person; 0 where a sentence begins, below where nothing does."""
    at = start
    while at and text[at - 1] in _SKIPPED and start - at < 3:
        at -= 1
    if text[max(0, at - 2) : at] in ENDINGS:
        for length in range(min(LONGEST, at), 1, -1):
            strength = CUES.get(text[at - length : at])
            if strength is not None:
                return strength
    if text[start - 1 : start] == "叫" and any(CUES.get(text[max(0, start - n) : start - 1], 0) >= ROLE for n in (3, 4, 5)):
        return ROLE  # 司机叫, 我表哥叫
    if start and text[start - 1].isdigit() and _LONG_NUMBER.search(text, max(0, start - 8), start):
        return BESIDE_NUMBER
    if _begins(text, start):
        return BESIDE_NUMBER if _NUMBER.search(text, max(0, start - 7), start) else 0
    last = text[start - 1]
    if last == "的":
        return ROLE - 1 if _OF_MINE.search(text, max(0, start - 22), start) else -2
    strength = CUES.get(last, -3)
    return strength if strength < 0 or _begins(text, start - 1) else strength - 1


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in _PAUSES


def best(text: str, start: int, strength: float) -> tuple[int, float]:
    """The end of the likeliest name that begins at `start`, and its score; a score below ENOUGH is no name."""
    surname = text[start : start + 2] if text[start : start + 2] in SURNAMES else text[start : start + 1]
    weight = SURNAMES.get(surname, -3)
    at = start + len(surname)
    found: tuple[int, float] = start, -9
    if text[start : start + 2] in NAMES_TOO and (follows := after(text, start + 2, strength)) >= (1 if strength >= ROLE else 5):
        found = start + 2, strength + 2 + follows
    for length in (2, 1):
        given = text[at : at + length]
        if len(given) < length or given[-1] in NEVER_LAST or given[0] in NEVER or not _HAN.fullmatch(given):
            continue
        end = at + length
        score = strength + weight + GIVEN.get(given[0], 0) + (GIVEN.get(given[1], 0) if length == 2 else 0)
        if score < ENOUGH - _MOST - 2:
            continue  # whatever follows
        score += _shape(text, start, end, given, strength)
        if score < ENOUGH - _MOST:
            continue
        follows = after(text, end, strength)
        score += follows + (_EXPECTED if strength >= ROLE and weight >= (WORDY if length == 2 else SURE) and follows > 0 else 0)
        if score > found[1]:
            found = end, score
    return found


def _shape(text: str, start: int, end: int, given: str, strength: float) -> int:
    """What the characters together say: a word of the dictionary, a doubled one, a word that begins with the last one."""
    score = 1 if start == 0 else 0
    if len(given) == 2:
        typical = SURNAMES.get(text[start]) == SURE and all(GIVEN.get(char) == LIKELY for char in given)
        score += 1 + (given[0] in "小大") + typical
    if CUES.get(text[start : start + 2], 0) >= ROLE:
        score -= 9  # 母亲, 管家: said of a person and no name
    elif text[start : start + 2] in WORDS:
        too = text[start : start + 2] in NAMES_TOO
        score -= 1 if too and strength >= ROLE and len(given) == 2 and GIVEN.get(given[1]) == LIKELY else 4
    if text[start - 1 : start + 1] in ENDS:
        score -= 8
    if len(given) == 2 and given[1] in _PLACE_ENDS:
        score -= 3
    if text[start] == text[start + 1] or text[start - 1 : start] == text[start]:
        score -= 4
    if text[end - 1 : end + 1] in RUNS_ON:
        score -= 2
    return score


def after(text: str, end: int, strength: float) -> int:
    """What follows says of the name."""
    if _PERSON.match(text, end):
        return 5
    if end == len(text) or text[end] in _PAUSES:
        return 2
    if _THING.match(text, end):
        return -6
    if strength in (-3, 1, 2) and _ASKS.match(text, end):
        return 3
    if _OWNS.match(text, end):
        return 3
    if strength in (1, 2) and _TOGETHER.match(text, end):
        return 3
    return 1 if _DOES.match(text, end) else 0


__all__ = ["ANNOUNCED", "CUES", "ENOUGH", "ROLE", "SELF", "after", "best", "cue"]
