"""Plates, e-mail addresses, WeChat, QQ and other accounts: found by their form or by the word before them."""

import re

from huying.people.cutting.folding import Span

_PLATE = re.compile(
    r"(?<![A-Za-z0-9])[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-Za-z][·.•‧∙ -]?"
    r"(?=[A-Za-z0-9]*[0-9])(?:[A-Za-z0-9]{5,6}|[A-Za-z0-9]{4}[警学挂港澳领使试超])(?![A-Za-z0-9])"
)
_SAID_PLATE = re.compile(
    r"(?:车牌号?|牌照|车号)[码]?[是为: ]{0,3}(?<![A-Za-z0-9])([A-Za-z][·.• -]?(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{5,6})(?![A-Za-z0-9])"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_SAY = r"(?:号码|账号|帐号|号|ID|id|Id)?(?:是|为|[: ])*"
_WECHAT = re.compile(
    rf"(?:微信|薇信|威信|[Ww]e[Cc]hat|[Ww]eixin|WEIXIN|(?<![A-Za-z])[VvWw][Xx]){_SAY}([A-Za-z][A-Za-z0-9_-]{{5,19}})"
)
_QQ = re.compile(r"(?:[Qq][Qq]|扣扣)(?:群号|号码|群|号)?(?:是|为|[: ])*([1-9][0-9]{4,11})(?![0-9])")
_SAID = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号|户号|缴费号|用户编号|用户号|客户编号|客户号|支付宝|抖音号?|快手号?|微博号?|社保号|医保号)(?:码)?"
    r"(?:是|为|[: ])*((?=[A-Za-z0-9 _.-]{0,12}[0-9]{3})[A-Za-z0-9](?:[ _.-]?[A-Za-z0-9]){5,29})"
)
_PAPER = re.compile(
    r"(?:护照|通行证|回乡证|军官证|残疾证|驾驶证|驾照|社保卡|医保卡)(?:号码|编号|号)(?:是|为|[: ])*([A-Za-z]{0,2}[0-9]{6,20})(?![0-9A-Za-z])"
)
_RULES = ((_MAIL, 0, "账号"), (_PLATE, 0, "车牌"), (_SAID_PLATE, 1, "车牌"), (_PAPER, 1, "身份证"))
_WORDED = ((_WECHAT, 1, "账号"), (_QQ, 1, "账号"), (_SAID, 1, "账号"))


def find(folded: str) -> list[Span]:
    """Plates and accounts in a folded text."""
    return [Span(m.start(group), m.end(group), kind) for rule, group, kind in _RULES + _WORDED for m in rule.finditer(folded)]
