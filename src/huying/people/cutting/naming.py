"""How likely a name stands at a place: what is before it, its own characters, and what follows, summed up."""

import re

from huying.people.cutting.cues import ANNOUNCED, CUES, LONGEST, ROLE
from huying.people.cutting.tables import ENDS, GIVEN, NAMES_TOO, NEVER, NEVER_LAST, RUNS_ON, SURNAMES, WORDS

ENOUGH = 6
_MOST = 5  # that what follows can say
_HAN = re.compile("[\u4e00-\u9fff]+")
_PAUSES = frozenset(" ,。;、:!?()[]{}<>【】《》“”‘’「」\"'/|.-…·•\n\r+=*#~_—→")
# 我是小区的李华: what he is stands between.
_OF_MINE = re.compile(r"(?:我是|本人是|本人系|我系)[^,。;!?\n]{1,18}的$")
_SKIPPED = frozenset(" :(“\"'「《-|")
# A person is spoken of or to: nothing else is called so, or has an age, a sex, a telephone.
_PERSON = re.compile(
    r"(?:先生|女士|同志|小姐|老师|师傅|教练|经理|医生|大夫|护士|律师|老人|大爷|婆婆|阿姨|嬢嬢|孃孃|大妈|大叔|大姐|大哥|老总|老板|店长|校长|院长|同学|本人|夫妇|夫妻|母子|母女|父子|父女|一家|家属|家长|网友|[”\"]网友|等人|等\d+人)"
    r"|[,、;:(]?(?:您好|你好)|[,、;:( ]{0,2}[男女](?=[,、;。). 性]|$|生)"
    r"|[,、;:(| ]{0,2}(?:电话|手机|座机|联系方式|联系电话|身份证|证件号|微信|QQ|性别|年龄|生于|出生于|现年|今年(?:已经|都)?[0-9一二三四五六七八九十])"
    r"|[,、;:(| ]{0,3}\+?[0-9][0-9 -]{6}|[,、;( ]{0,2}(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:岁|周岁)|[,(|]?(?:我|他|她)(?=[01][0-9]{2})"
)
# What somebody does, has or is: weaker, for things do it too.
_DOES = re.compile(
    r"在|于[0-9]|半夜|深夜|晚上|昨晚|凌晨|早上|无证|伙同|擅自|私自|联系|沟通|强行|威胁|霸占|殴打|辱骂|因|系|是|将|把|被|给|用|和|与|跟|从|向|对|让|叫|喊|说|讲|打|骂|租|借|欠|偷|抢|骗|卖|买|住|家住|嫁|娶|生病|患|去世|死|走|来|去|上|开|养|喂|种|拿|收|带|跑|不|没|一直|经常|长期|多次|天天|已|也|都|就|今年|去年|昨|当时|目前|现|[0-9]|"
    r"反映|投诉|举报|咨询|要求|申请|请求|希望|称|表示|提出|来电|来信|办理|诉|户|名下|的"
)
_ASKS = re.compile("反映|投诉|举报|咨询|要求|申请|请求|来电|来信|诉|您|的(?:来电|来信|诉求|投诉|反映|申请|问题)")
# Where the same characters go on to a place, a firm, a thing.
_THING = re.compile(
    r"(?:小区|社区|广场|花园|公园|公馆|大道|大桥|大厦|商场|商城|商圈|超市|酒店|宾馆|公司|集团|医院|学校|小学|中学|大学|幼儿园|派出所|街道|市场|物流|火锅|科技|地产|物业|银行|国际|水库|森林|隧道|立交|高速|轻轨|地铁|机场|码头|公租房|"
    r"新区|新城|新村|新街|老街|路口|站|区|县|市|镇|乡|村|街|路|桥|坝|沟|湾|坪|社|组|巷|弄|苑|府|城|寺|庙|塔|岛|河|湖|牌|店|馆|厂|局|院|校|楼|栋|号|园|庄|台|郡|厦|都|际|人$|人(?=[,。;、!?]))"
)


_PLACE_ENDS = frozenset("区县市镇乡村街路巷组社坝沟寺庙苑府城楼店厂局湖河桥都")


def cue(text: str, start: int) -> float:
    """How strongly the words before `start` announce a person; 0 where a sentence begins, below where nothing does."""
    at = start
    while at and text[at - 1] in _SKIPPED and start - at < 3:
        at -= 1
    for length in range(min(LONGEST, at), 1, -1):
        strength = CUES.get(text[at - length : at])
        if strength is not None:
            return strength
    if _begins(text, start):
        return 0
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
        if score >= ENOUGH - _MOST and (score := score + after(text, end, strength)) > found[1]:
            found = end, score
    return found


def _shape(text: str, start: int, end: int, given: str, strength: float) -> int:
    """What the characters together say: a word of the dictionary, a doubled one, a word that begins with the last one."""
    score = (len(given) == 2) + (start == 0)
    if CUES.get(text[start : start + 2], 0) >= ROLE:
        score -= 9  # 母亲, 管家: said of a person and no name
    elif text[start : start + 2] in WORDS:
        too = text[start : start + 2] in NAMES_TOO
        score -= 1 if too and strength >= ROLE and len(given) == 2 and GIVEN.get(given[1]) == 2 else 4
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
    return 1 if _DOES.match(text, end) else 0


__all__ = ["ANNOUNCED", "ENOUGH", "ROLE", "after", "best", "cue"]
