"""Plates, e-mail addresses, WeChat, QQ and other accounts: found by their form or by the word before them."""

import re

from huying.people.cutting.folding import Span

_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_IN = r"[ ·.•‧∙-]?"
_FIVE = rf"[A-Za-z0-9](?:{_IN}[A-Za-z0-9]){{4}}[A-Za-z0-9]?"
_FOUR = rf"[A-Za-z0-9](?:{_IN}[A-Za-z0-9]){{3}}"
_SPECIAL = "[警学挂港澳领使试超]"
_HAS_DIGIT = r"(?=[A-Za-z ·.•‧∙-]{0,6}[0-9])"
_PLATE = re.compile(
    rf"(?<![A-Za-z0-9])[{_PROVINCE}]{_IN}[A-Za-z]{_IN} ?{_HAS_DIGIT}(?:{_FIVE}{_SPECIAL}?|{_FOUR}{_SPECIAL})(?![A-Za-z0-9])"
)
_SAID_PLATE = re.compile(
    rf"(?:车牌号?|牌照|车号|牌号)[码]?[是为: ]{{0,3}}(?<![A-Za-z0-9])([A-Za-z]{_IN}{_HAS_DIGIT}{_FIVE})(?![A-Za-z0-9])"
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64} ?@ ?(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}")
_SAY = r"(?:号码|账号|帐号|号|ID|id|Id|名|群)?(?:就是|是|为|叫|[: ])*"
_WECHAT = re.compile(
    rf"(?:微信|薇信|威信|徽信|卫星|[Ww]e[Cc]hat|[Ww]eixin|WEIXIN|(?<![A-Za-z])[VvWw][Xx]|(?<![A-Za-z])[Vv](?=[: ]))[号]?{_SAY}([A-Za-z][A-Za-z0-9_-]{{5,19}}|[1-9][0-9]{{5,11}}(?![0-9元]))"
)
_JOINED_WECHAT = re.compile(r"(?<![A-Za-z0-9])(?:[VvWw][Xx]|[Ww]eixin|[Ww]e[Cc]hat)[-_=][A-Za-z0-9_-]{4,24}")
_QQ = re.compile(r"(?:[Qq][Qq]|扣扣|企鹅)(?:群号|号码|群|号)?(?:是|为|叫|[: ])*([1-9][0-9]{4,11})(?![0-9])")
# Numbers under which somebody is kept in a register. Those of papers (工单, 文号, 订单, 批号) name no person.
_REGISTERS = (
    "账号|帐号|账户|帐户|卡号|户号|缴费号|支付宝|抖音|快手|微博|小红书|淘宝|闲鱼|旺旺|钉钉|陌陌|"
    "用户编号|用户号|客户编号|客户号|会员编号|会员号|会员卡号|合同账户|缴费编号|交费编号|燃气编号|电费编号|水费编号|水表号|电表号|气表号|表号|户名号|"
    "个人编号|个人账户|个人账号|社保编号|社保号|社保卡|社会保障号|社会保障卡|医保编号|医保号|医保卡|参保编号|参保号|单位编号|养老编号|公积金号|"
    "学员编号|学生编号|学籍号|学号|工号|考号|准考证号?|考生号|报名号|报名序号|住院号|病历号|病案号|就诊号|就诊卡|就诊卡号|门诊号|诊疗卡号?|登记号|体检号|"
    "一卡通|公交卡|交通卡|老年卡|储值卡|会员卡|购物卡|存折|存单|借记卡|储蓄卡|信用卡|银行卡|工资卡|低保证|残疾人证|退役证|优待证|从业资格证|房屋编号|宽带账号|ETC卡"
)
_SAID = re.compile(
    rf"(?:{_REGISTERS})(?:号码|编号|账号|帐号|用户名|号|码|ID|id)?(?:就是|是|为|在|:|\(|[ ])*((?=[A-Za-z0-9 _.-]{{0,12}}[0-9]{{3}})[A-Za-z0-9](?:[ _.-]?[A-Za-z0-9]){{4,29}})(?!元|万|年|块)"
)
_NAMED = re.compile(
    r"(?:抖音|快手|微博|小红书|淘宝|闲鱼|旺旺|钉钉|陌陌|支付宝|游戏|用户名|登录名|账号|帐号)(?:账号|帐号|ID|id|号|名|昵称)?(?:是|为|叫|[: ])*([A-Za-z][A-Za-z0-9_.-]{5,29})(?![A-Za-z0-9])"
)
_PAPER = re.compile(
    r"(?:护照|通行证|回乡证|台胞证|港澳证|居住证|居留证|军官证|士兵证|士官证|退伍证|残疾证|残疾人证|驾驶证|驾照|户口簿|户口本|社保卡|医保卡|证件)(?:号码|编号|号)?(?:就是|是|为|[: ])*"
    r"([A-Za-z]{0,2}[0-9]{6,20}[Xx]?)(?![0-9A-Za-z])"
)
_RULES = ((_MAIL, 0, "账号"), (_PLATE, 0, "车牌"), (_SAID_PLATE, 1, "车牌"), (_PAPER, 1, "身份证"))
_WORDED = ((_JOINED_WECHAT, 0, "账号"), (_WECHAT, 1, "账号"), (_QQ, 1, "账号"), (_SAID, 1, "账号"), (_NAMED, 1, "账号"))
_SIGN = re.compile("[0-9A-Za-z]{2}|[0-9] ")


def find(folded: str) -> list[Span]:
    """Plates and accounts in a folded text."""
    if not _SIGN.search(folded):
        return []
    return [Span(m.start(group), m.end(group), kind) for rule, group, kind in _RULES + _WORDED for m in rule.finditer(folded)]
