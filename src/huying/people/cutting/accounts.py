"""Plates, e-mail addresses, WeChat, QQ and other accounts: found by their form or by the word before them."""

import re

from huying.people.cutting.folding import Span
from huying.people.cutting.said import SAID_OTHERWISE
from huying.people.cutting.tables import any_of

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_IN = r"[ ·.•‧∙-]?"
_FIVE = rf"[A-Za-z0-9](?:{_IN}[A-Za-z0-9]){{4}}[A-Za-z0-9]?"
_FOUR = rf"[A-Za-z0-9](?:{_IN}[A-Za-z0-9]){{3}}"
_SPECIAL = "[警学挂港澳领使试超]"
_HAS_DIGIT = r"(?=[A-Za-z ·.•‧∙-]{0,6}[0-9])"
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])(?:[{_PROVINCE}]|重庆){_IN}[A-Za-z]{_IN} ?{_HAS_DIGIT}"
    rf"(?:{_FIVE}{_SPECIAL}?|{_FOUR}{_SPECIAL})(?![A-Za-z0-9])"
)
_OTHER_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])[{_PROVINCE}][A-Za-z][·.•‧∙](?=[A-Za-z]{{0,3}}[0-9])[A-Za-z0-9]{{3,4}}(?![A-Za-z0-9])|"  # in part
    r"(?<![A-Za-z0-9])WJ ?[0-9]{2}[消边通森金警电]?[0-9A-Z]{4,5}(?![A-Za-z0-9])|(?<![大天])使[0-9]{6}(?![0-9])"
)
_SAID_PLATE = re.compile(
    rf"(?:车牌号?|牌照|车号|牌号)[码]?[是为: ]{{0,3}}(?<![A-Za-z0-9])([A-Za-z]{_IN}{_HAS_DIGIT}{_FIVE})(?![A-Za-z0-9])"
)
_MAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64} ?(?:@|#|\(at\)|\[at\]|艾特) ?(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![0-9](?![0-9]{6}))"
)
# An address in the network that leads to one line; 10.*, 192.168.* and their like are the same in every house.
_NET = re.compile(
    r"(?<![0-9.第])(?!10\.|127\.|0\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.)"
    r"(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}[0-9]{1,3}(?![0-9]|\.[0-9])"
)
_NET_SAID = re.compile("(?<![A-Za-z])[Ii][Pp](?![A-Za-z])|网络地址|登[录陆]")
_AT = re.compile("[@#]|at[)\\]]|艾特")
_SAY = r"(?:号码|账号|帐号|号|ID|id|Id|名|群)?(?:联系我?|找我|加我|搜)?(?:就是|是|为|叫|[: ])*"
_WECHAT = re.compile(
    r"(?:微信|薇信|威信|徽信|加威|加微|加薇|[Vv]信|(?<![\u4e00-\u9fff])微(?=[: ])"
    r"|[Ww]e[Cc]hat|[Ww]eixin|WEIXIN|(?<![A-Za-z])[VvWw][Xx]|(?<![A-Za-z])[Vv](?=[: ]))号?"
    rf"{_SAY}(?:用的?)?([A-Za-z][A-Za-z0-9_-]{{5,19}}|[1-9][0-9]{{5,11}}(?![0-9元]))"
)
_JOINED_WECHAT = re.compile(r"(?<![A-Za-z0-9])(?:[VvWw][Xx](?:id)?|[Ww]eixin|[Ww]e[Cc]hat)[-_=][A-Za-z0-9_-]{4,24}")
_QQ = re.compile(
    r"(?:[Qq] ?[Qq]|扣扣|企鹅|(?<![A-Za-z])[Qq](?=号)|群主(?=号))(?:群号|号码|空间|群|号)?(?:是|为|叫|[: ])*([1-9][0-9]{4,11})(?![0-9])"
)
_SAID = re.compile(
    rf"(?:{any_of('registers')})(?:号码|编号|账号|帐号|用户名|号|码|ID|id)?(?:就是|是|为|在|:|\(|[ ])*"
    r"((?=[A-Za-z0-9 _.-]{0,12}[0-9]{3})[A-Za-z0-9](?:[ _.-]?[A-Za-z0-9]){4,29})(?!元|万|年|块)"
)
_BADGE = re.compile("工号(?:就是|是|为|[: ])*([A-Za-z]{0,2}[0-9]{3,10})(?![0-9A-Za-z元])")
_NAMED = re.compile(
    rf"(?:{any_of('nets')})(?:账号|帐号|ID|id|号|名|昵称)?(?:是|为|叫|[: ])*([A-Za-z][A-Za-z0-9_.-]{{5,29}})(?![A-Za-z0-9])"
)
_PAPER = re.compile(
    rf"(?:{any_of('papers')})(?:号码|编号|号)?(?:就是|是|为|[,: ]|号码|号)*((?:[\u4e00-\u9fff]字第)?"
    r"[A-Za-z]{0,3}[0-9]{6,20}[Xx]?号?)(?![0-9A-Za-z])"
)
# 产检卡0066104882, 卡面号3104 0077 2915
_CARD = re.compile("卡(?:片|面|上)?(?:的?号码|的?编号|号)?(?:就是|是|为|[: ])*([0-9](?:[ -]?[0-9]){7,18})(?![0-9元万块张])")
# Each rule is tried only where its sign is seen.
_RULES = (
    (_PLATE, 0, "车牌", re.compile("[A-Za-z]")),
    (_OTHER_PLATE, 0, "车牌", re.compile("WJ|使[0-9]|[A-Za-z][·.•‧∙]")),
    (_SAID_PLATE, 1, "车牌", re.compile("[牌车]")),
    (_PAPER, 1, "身份证", re.compile("[0-9]{6}")),
    (_JOINED_WECHAT, 0, "账号", re.compile("[Ww]")),
    (_WECHAT, 1, "账号", re.compile("[信VvWw微威薇]")),
    (_QQ, 1, "账号", re.compile("[Qq]|扣扣|企鹅|群主号")),
    (_SAID, 1, "账号", re.compile("[0-9]{3}")),
    *SAID_OTHERWISE,
    (_NET, 0, "账号", _NET_SAID),
    (_CARD, 1, "账号", re.compile("卡[片面上的号就是为: ]{0,6}[0-9]")),
    (_BADGE, 1, "账号", re.compile("工号")),
    (_NAMED, 1, "账号", re.compile("[A-Za-z]")),
)
_SIGN = re.compile("[0-9A-Za-z]{2}|[0-9] ")


def mails(folded: str) -> list[Span]:
    """E-mail addresses. They come before all else: one may begin with a telephone number."""
    return [Span(m.start(), m.end(), "账号") for m in _MAIL.finditer(folded)] if _AT.search(folded) else []


def find(folded: str) -> list[Span]:
    """Plates and accounts in a folded text."""
    if not _SIGN.search(folded):
        return []
    spans: list[Span] = []
    for rule, group, kind, sign in _RULES:
        if sign.search(folded):
            spans += [Span(m.start(group), m.end(group), kind) for m in rule.finditer(folded)]
    return spans
