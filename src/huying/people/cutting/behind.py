"""What stands behind a name: what only a person does, has or is, and how the name is spelled."""

import re

from huying.people.cutting.before import begins, pauses
from huying.people.cutting.tables import any_of

MOST = 5  # that what follows can say, unless it spells the name
_NEAR = 30  # characters behind a name in which it may be spelled out
_HAN = re.compile("[\u4e00-\u9fff]")
# A person is spoken of or to: nothing else is called so, or has an age, a sex, a telephone.
PERSON = (
    rf"(?:{any_of('persons')})|[,、;:(]?(?:您好|你好)|[,、;:( ]{{0,2}}[男女](?=[,、;。). 性]|$|生)"
    r"|[,、;:(| ]{0,2}(?:(?:联系)?电话|手机|座机|联系方式|身份证|证件号|微信|QQ|社保卡|医保卡|银行卡|社保号|性别|年龄|(?:出)?生于|现年|[住病工学卡户账][院历]?号|社保|签字)"
    r"|[,、;:(| ]{0,2}今年(?:已经|都)?[0-9一二三四五六七八九十]"
    r"|[,、;:(| ]{0,3}\+?[0-9][0-9 -]{6}|[,、;( ]{0,2}[0-9一二三四五六七八九十]{1,3}周?岁|[,(|]?[我他她](?=[01][0-9]{2})"
    rf"|{any_of('related')}"
)
_PERSON = re.compile(PERSON)
# What somebody does, has or is: weaker, for things do it too.
_DOES = re.compile(any_of("does"))
_ASKS = re.compile("反映|投诉|举报|咨询|要求|申请|请求|来电|来信|诉|您|的(?:来电|来信|诉求|投诉|反映|申请|问题)")
# Where the same characters go on to a place, a firm, a thing.
_THING = re.compile(rf"(?:{any_of('things')}|人$|人(?=[,。;、!?]))")
# What people do with one another: 我和王大山离婚, 向李三借钱.
_WITH = re.compile(
    "(?:是|为|系)(?:夫妻|邻居|同|朋友|亲|母子|父子|母女|父女|合伙)|离婚|结婚|订婚|同居|相亲|合伙|合租|合作|签|借|打[伤了我他她人架]|骗|办|发生|因"
    "|租|买|卖|之间|问|写|讨|要|的(?:合同|纠纷|矛盾|卡|女儿|儿子|孩子|家|房|车|账|名义|身份|婚姻|关系)"
)
_OWNS = re.compile(
    "的(?:低保|车子|房子|老婆|老公|父母|爸|妈|娃|电动车|摩托|户口|户籍|养老金|医保|社保|残疾证|身份证|遗产|工伤|高龄|抚恤金|待遇|家属|儿子|女儿|妻子|丈夫)"
)
_RELATED = re.compile(rf"{any_of('related')}|[,(:| ]{{1,2}}1[3-9][0-9]{{9}}")
_MONUMENT = re.compile(any_of("monuments"))
# Of a word that is a name he is said behind it: 田野在门口卖烤红薯，城管把他的炉子收了.
_MEANT = re.compile(
    r"(?:在|说|把|开|欠|借|跟|找|卖|收|打|带|租|住|不|天天|一直|经常|昨天|上次)[^。;!?\n]{1,40}[他她](?!们|乡|人)"
)
# 谷雨、惠风，姐弟两个
_TOGETHER = re.compile(
    r"(?:[、和与][\u4e00-\u9fff]{2,3}?){0,3}[,、( ]?(?:姐弟|兄弟|姐妹|兄妹|夫妻|夫妇|父子|父女|母子|母女|两口子|两姐妹|两兄弟|俩"
    r"|等?[0-9一二两三四五六七八九十]{1,4}[户人名位]|[两三四几]个人)"
)
_SPELLED = re.compile(r"[,;、 (:]{0,2}(?:对[,、 ])?就?是?(?:这|那)[两二三四个几]+字")
# She begins with her name and says who she is: 伏天，巫山骡坪的，132….
_INTRODUCED = re.compile(
    r"[,;、 ]{1,2}(?:[^,。;!?\n]{1,12}(?:的|人|毕业|退休|村|镇|街道|社区|小区|业主|居民|村民|职工|老师|学生)(?=[,。; ])"
    r"|[^,。;!?\n]{0,10},?[ ]?1[3-9][0-9-]{9}|住|家住|家在|[0-9]{2}年|[^,。;!?\n]{2,4}[国省市]?籍)"
)
# 樊诗语打成了樊诗雨: the second begins with the same family name.
_MISTAKEN = re.compile('(?:被|给|的名字)?(?:打|写|登记|登|录入?|印|错写|误写|输|弄|搞|改)(?:错)?成(?:了|的)?[“"]?(.)')


def spelled(text: str, start: int, end: int) -> bool:
    """Whether the name is spelled out behind it (成渝的成，立功的功; 姓农名夫), or written in two ways."""
    if text[end : end + 1] == "的":
        return False
    near, name = text[end : end + _NEAR], text[start:end]
    if "字" in near and _SPELLED.match(text, end):
        return True
    if "成" in near and (other := _MISTAKEN.match(text, end)) and other.group(1) == text[start]:
        return True
    if f"姓{name[0]}名{name[1]}" in near:
        return True
    return f"的{name[-1]}" in near and all(_said(near, char) for char in name)


def _said(near: str, char: str) -> bool:
    """Whether 成渝的成 stands there, and no word goes on behind it."""
    at = near.find(f"的{char}")
    return at >= 0 and not _HAN.match(near, at + 2)


def related(text: str, start: int, end: int) -> bool:
    """Whether a clause begins with it and goes on as only one about a person does, be the name a word as well."""
    return begins(text, start) and (_RELATED.match(text, end) is not None or spelled(text, start, end))


def meant(text: str, start: int, end: int) -> bool:
    """Whether a clause begins with it and 他 is said of it behind."""
    return begins(text, start) and _MEANT.match(text, end) is not None


def after(text: str, start: int, end: int, strength: float) -> int:
    """What follows says of the name."""
    if _MONUMENT.match(text, end):
        return -6
    if spelled(text, start, end):
        return 2 * MOST
    if _PERSON.match(text, end) or _TOGETHER.match(text, end) or (start == 0 and _INTRODUCED.match(text, end)):
        return MOST
    if pauses(text, end):
        return 2
    if _THING.match(text, end):
        return -6
    if strength in (-3, 1, 2) and _ASKS.match(text, end):
        return 3
    if _OWNS.match(text, end) or (strength in (1, 2) and _WITH.match(text, end)):
        return 3
    return 1 if _DOES.match(text, end) else 0
