"""How likely a name stands at a place: what is before it, its own characters, and what follows, summed up."""

import re
from typing import NamedTuple

from huying.people.cutting import lexicon
from huying.people.cutting.cues import ANNOUNCED, CUES, KIN, LONGEST, ROLE, SELF
from huying.people.cutting.tables import (
    DOUBLE,
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
    UNLIKELY,
    WORDS,
    any_of,
)

ENOUGH = 6
_NEAR = 30  # characters behind a name in which it may be spelled out
_FAMOUS = 100  # commonness of a name in the dictionary that everybody knows
_MOST = 10  # that what follows can say
_HAN = re.compile("[\u4e00-\u9fff]+")
_PAUSES = frozenset(" ,。;、:!?()[]{}<>【】《》“”‘’「」\"'/|.-…·•\n\r+=*#~_—→｜")
# 我是小区的李华: what he is stands between.
_OF_MINE = re.compile(r"(?:我是|本人是|本人系|我系)[^,。;!?\n]{1,18}的$")
# Any word for a person by what he does, in a form (遗失人：) or before the name (遗失人翦宜春).
_DOER = re.compile("[\u4e00-\u9fff]{1,3}(?:人|者|员|户主|车主|机主|业主|乘客|旅客|顾客)$")
_NO_DOER = re.compile("(?:[个老年工军商某有没无别某些的让本外路]人|或者|党员|人员)$")
_SKIPPED = frozenset(" :(“\"'「《-|｜")
_NUMBERED = re.compile(r"(?:^|[^0-9])[0-9]{1,2}[.、)]$")
_OPEN, _CLOSE = "“\"'「《‘", "”\"'」》’"
# A person is spoken of or to: nothing else is called so, or has an age, a sex, a telephone.
_PERSON = re.compile(
    rf"(?:{any_of('persons')})|[,、;:(]?(?:您好|你好)|[,、;:( ]{{0,2}}[男女](?=[,、;。). 性]|$|生)"
    r"|[,、;:(| ]{0,2}(?:(?:联系)?电话|手机|座机|联系方式|身份证|证件号|微信|QQ|性别|年龄|(?:出)?生于|现年|[住病工学卡户账][院历]?号|社保|签字)"
    r"|[,、;:(| ]{0,2}今年(?:已经|都)?[0-9一二三四五六七八九十]"
    r"|[,、;:(| ]{0,3}\+?[0-9][0-9 -]{6}|[,、;( ]{0,2}[0-9一二三四五六七八九十]{1,3}周?岁|[,(|]?[我他她](?=[01][0-9]{2})"
    rf"|{any_of('related')}"
)
# What somebody does, has or is: weaker, for things do it too.
_DOES = re.compile(any_of("does"))
_ASKS = re.compile("反映|投诉|举报|咨询|要求|申请|请求|来电|来信|诉|您|的(?:来电|来信|诉求|投诉|反映|申请|问题)")
# Where the same characters go on to a place, a firm, a thing.
_THING = re.compile(rf"(?:{any_of('things')}|人$|人(?=[,。;、!?]))")
_RELATED = re.compile(rf"{any_of('related')}|[,(:| ]{{1,2}}1[3-9][0-9]{{9}}")
_MONUMENT = re.compile(any_of("monuments"))
# 我是农转非, 我是双女户: what somebody is, not who
_SORTS = frozenset("户商民员工生师者主客族非人群众")
_PLACE_ENDS = frozenset("区县市镇乡村街路巷组社坝沟寺庙苑府城楼店厂局湖河桥都")
# Of a word that is a name he is said behind it: 田野在门口卖烤红薯，城管把他的炉子收了.
_MEANT = re.compile(r"(?:在|说|把|开|欠|借|跟|找|卖|收|打|带|租|住|不|天天|一直|经常|昨天|上次)[^。;!?\n]{1,40}[他她](?!们|乡|人)")
# 谷雨、惠风，姐弟两个
_TOGETHER = re.compile(
    r"(?:[、和与][\u4e00-\u9fff]{2,3}?){0,3}[,、( ]?(?:姐弟|兄弟|姐妹|兄妹|夫妻|夫妇|父子|父女|母子|母女|两口子|两姐妹|两兄弟|等?[0-9一二两三四五六七八九十]{1,4}[户人名位]|[两三四几]个人|俩)"
)
_SPELLED = re.compile(r"[,;、 (:]{0,2}(?:对[,、 ])?就?是?(?:这|那)[两二三四个几]+字")
# She begins with her name and says who she is: 伏天，巫山骡坪的，132….
_INTRODUCED = re.compile(
    r"[,;、 ]{1,2}(?:[^,。;!?\n]{1,12}(?:的|人|毕业|退休|村|镇|街道|社区|小区|业主|居民|村民|职工|老师|学生)(?=[,。; ])"
    r"|[^,。;!?\n]{0,10},?[ ]?1[3-9][0-9-]{9}|住|家住|家在|[0-9]{2}年)"
)
# 樊诗语打成了樊诗雨: the second begins with the same family name.
# Whatever stands behind is a name, a word as well.
_CALLED = re.compile("(?:我叫|名叫|大名|名字叫?是?|名为|姓名是?|户名是?|[登写]的是?|称|我是|本人|[件货电信访诉报系托款请求失]人[:是]?)[:“ ]?$")
_CALLS = frozenset("我叫 名叫 字叫 字是 名字 姓名 报称 名是 户主 户名 机主".split())
_MISTAKEN = re.compile("(?:被|给|的名字)?(?:打|写|登记|登|录入?|印|错写|误写|输|弄|搞|改)(?:错)?成(?:了|的)?[“\"]?(.)")


class Read(NamedTuple):
    """A folded text, and where its words begin."""

    text: str
    starts: frozenset[int]


def read(text: str) -> Read:
    """Cut a folded text into words."""
    return Read(text, lexicon.word_starts(text))


def cue(text: str, start: int) -> float:
    """How strongly the words before `start` announce a person; 0 where a sentence begins, below where nothing does."""
    at = start
    while at and text[at - 1] in _SKIPPED and start - at < 3:
        at -= 1
    for length in range(min(LONGEST, at), 1, -1):
        strength = CUES.get(text[at - length : at])
        if strength is not None:
            return ANNOUNCED if strength >= ROLE and at < start and text[at] in ":|｜" else strength
    if at and text[at - 1] in "是为系叫" and CUES.get(text[max(0, at - 4) : at - 1], CUES.get(text[max(0, at - 3) : at - 1], 0)) >= ROLE:
        return ANNOUNCED if text[at - 1] == "叫" else ROLE
    if doer := _DOER.search(text, max(0, at - 5), at):
        if not _NO_DOER.search(doer.group()):
            return ANNOUNCED if at < start and text[at] == ":" else SELF
    if begins(text, start):
        return 0
    last = text[start - 1]
    if last == "的":
        return ROLE - 1 if _OF_MINE.search(text, max(0, start - 22), start) else -2
    strength = CUES.get(last, -3)
    return strength if strength < 0 or begins(text, start - 1) else strength - 1


def spelled(text: str, start: int, end: int) -> bool:
    """Whether the name is spelled out behind it (成渝的成，立功的功; 姓农名夫), or written in two ways."""
    if text[end : end + 1] == "的":
        return False
    if _SPELLED.match(text, end):
        return True
    if (other := _MISTAKEN.match(text, end)) and other.group(1) == text[start]:
        return True
    near, name = text[end : end + _NEAR], text[start:end]
    if f"姓{name[0]}名{name[1]}" in near:
        return True
    return f"的{name[-1]}" in near and all(_said(near, char) for char in name)


def _said(near: str, char: str) -> bool:
    """Whether 成渝的成 stands there, and no word goes on behind it."""
    at = near.find(f"的{char}")
    return at >= 0 and not _HAN.match(near, at + 2)


def begins(text: str, at: int) -> bool:
    """Whether a clause begins there."""
    return at == 0 or text[at - 1] in _PAUSES


def pauses(text: str, at: int) -> bool:
    """Whether a clause ends there."""
    return at >= len(text) or text[at] in _PAUSES


def best(words: Read, start: int, strength: float) -> tuple[int, float]:
    """The end of the likeliest name that begins at `start`, and its score; a score below ENOUGH is no name."""
    text = words.text
    surname = text[start : start + 2] if text[start : start + 2] in SURNAMES else text[start : start + 1]
    weight = SURNAMES.get(surname, RARE)
    at = start + len(surname)
    found: tuple[int, float] = start, -9
    two = text[start : start + 2]
    called = _CALLED.search(text, max(0, start - 8), start) is not None
    said = two in SAID_NAMES
    known = begins(text, start) and (_RELATED.match(text, start + 2) or spelled(text, start, start + 2))
    if two in NAMES_TOO or said or (known and two not in WORDS and two not in CUES) or (called and two not in WORDS and two not in CUES and lexicon.somebody(two)):
        follows = after(text, start, start + 2, strength)
        if begins(text, start) and _MEANT.match(text, start + 2):
            follows = 5
        if follows >= (5 if said and not called else 1 if strength >= ROLE else 2 if strength == SELF else 5):
            found = start + 2, strength + 2 + follows
    for length in (2, 1):
        given = text[at : at + length]
        if len(given) < length or not _HAN.fullmatch(given):
            continue
        end = at + length
        whole = len(surname) == 2 and strength >= SELF and lexicon.commonness(given) > 0 and end in words.starts
        if (given[-1] in NEVER_LAST or given[0] in NEVER) and not whole:
            continue
        score = strength + weight + GIVEN.get(given[0], 0) + (GIVEN.get(given[1], 0) if length == 2 else 0)
        if score < ENOUGH - _MOST - 4:
            continue  # whatever follows
        score += _shape(words, start, end, given, strength) + _standing(words, start, end, strength, weight)
        if score >= ENOUGH - _MOST and (score := score + after(text, start, end, strength)) > found[1]:
            found = end, score
    return found


def _standing(words: Read, start: int, end: int, strength: float, weight: int) -> float:
    """What the likeliest reading in words says: whether the name begins and ends where a word does, and is none itself."""
    text, score = words.text, 0.0
    if start not in words.starts:
        score -= 4 if strength < KIN else 1
    if end not in words.starts:
        score -= 1
    name = text[start:end]
    given = name[1:]
    if len(name) == 3 and strength >= ROLE - 1:
        score += ({start + 1, start + 2} <= words.starts) * (2 if weight == RARE else 1)
    if len(name) == 3 and strength == 0 and lexicon.commonness(given) and end in words.starts:
        score += given[0] in "小大"
    if weight == RARE and len(given) > 1 and lexicon.commonness(given) >= lexicon.COMMON:
        score -= 3
    if strength == SELF and name[-1] in _SORTS:
        score -= 4
    if weight == RARE and strength < ROLE and not pauses(text, end):
        score -= 2
    clear = strength >= SELF and pauses(text, end) and lexicon.commonness(name) < lexicon.COMMON
    if clear and end in words.starts and lexicon.commonness(text[start : start + 2]) < lexicon.COMMON:
        score += (2 if weight == RARE else 1) + (2 if weight == RARE and strength == SELF else 0)
    if strength == ANNOUNCED and pauses(text, end):
        score += 2
    if start and begins(text, start) and end == len(text.rstrip()):
        score += 2  # she signs with it
    if strength >= ROLE and len(name) == 3 and pauses(text, end) and not lexicon.commonness(name):
        score += 0.5
    if weight == RARE and len(name) == 2 and not _CALLED.search(text, max(0, start - 8), start):
        score -= 2
    quoted = text[start - 1 : start]
    if quoted and quoted in _OPEN and text[end : end + 1] not in _CLOSE:
        score -= 8
    if strength <= 0 and any(lexicon.commonness(n) >= _FAMOUS and lexicon.somebody(n) for n in (name, name[:2])):
        score -= 4
    return score


def _shape(words: Read, start: int, end: int, given: str, strength: float) -> int:
    """What the characters together say: a word of the dictionary, a doubled one, a word that begins with the last one."""
    text = words.text
    score = 1 if start == 0 else 0
    if len(given) == 2:
        typical = SURNAMES.get(text[start]) == SURE and all(GIVEN.get(char) == LIKELY for char in given)
        score += 1 + (given[0] in "小大") + typical
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
    if text[start - 1 : start + 1] in ENDS:
        score -= 8
    if len(given) == 2 and given[1] in _PLACE_ENDS:
        score -= 3
    if text[start] == text[start + 1] and two in WORDS:
        score -= 9  # 谢谢
    if text[start] == text[start + 1] or text[start - 1 : start] == text[start]:
        score -= 4
    if text[end - 1 : end + 1] in RUNS_ON:
        score -= 2
    return score


def after(text: str, start: int, end: int, strength: float) -> int:
    """What follows says of the name."""
    if _MONUMENT.match(text, end):
        return -6
    if spelled(text, start, end):
        return _MOST
    if _PERSON.match(text, end) or _TOGETHER.match(text, end) or (start == 0 and _INTRODUCED.match(text, end)):
        return 5
    if end == len(text) or text[end] in _PAUSES:
        return 2
    if _THING.match(text, end):
        return -6
    if strength in (-3, 1, 2) and _ASKS.match(text, end):
        return 3
    return 1 if _DOES.match(text, end) else 0


__all__ = ["ANNOUNCED", "ENOUGH", "ROLE", "Read", "after", "begins", "best", "cue", "pauses", "read"]
