"""Accounts that only what follows tells, and passports of other countries, in letters and digits."""

import re

# 护照号C4VT7K2MN, My passport number is G53820917
_PASSPORT = re.compile(
    r"(?:护照|[Pp]assport|PASSPORT)(?:[一1两2]本,)?(?:号码|号| ?(?:[Nn]umber|[Nn]o\.?))?(?:是|为|is|[:, ]){0,4}"
    r"((?=[A-Z0-9]{0,8}[0-9]{2}|[A-Z0-9]{0,8}[0-9][A-Z])[A-Z0-9]{7,10})(?![0-9A-Za-z])"
)
# zhuanzhangbao777这个微信号, tuyizhuang007这个号
_THIS = re.compile(
    r"(?<![A-Za-z0-9_-])([A-Za-z][A-Za-z0-9_-]{5,19}|[1-9][0-9]{5,11})"
    r"(?=[这那]个?(?:微信|QQ|扣扣|抖音|快手|小红书|支付宝)|(?<![0-9]{6})[这那]个(?:账|帐|用户|小)?号)"
)
SAID_OTHERWISE = (
    (_PASSPORT, 1, "身份证", re.compile("[A-Z][0-9][0-9A-Z]{3}")),
    (_THIS, 1, "账号", re.compile("[A-Za-z0-9][这那]")),
)
