"""Phones, identity numbers and bank cards: long runs of digits, told apart by their length, groups and inner dates."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from huying.people.cutting.folding import NUMERALS, Span, numerals
from huying.people.cutting.tables import any_of

_BETWEEN = r"[ .\-·,、/_*+=|\u200b-\u200d\ufeff\ufe0f\u20e3]"
_LISTING = frozenset(",、/_*+=|")  # between two of these stands a number of its own, but for the usual groups of a phone
_RUN = re.compile(rf"[0-9{NUMERALS}](?:{_BETWEEN}{{0,3}}[0-9{NUMERALS}]){{6,}}(?:{_BETWEEN}?[xX](?![A-Za-z]))?")
_GROUP = re.compile(rf"[0-9]+[xX]?|[xX]|[{NUMERALS}]+")
_BRACKETED = re.compile(r"\(\+?86\)[ -]?1[3-9][0-9]{9}(?![0-9])|\(0[0-9]{2,3}\)[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9])")
# Of another country: +95 9 4421 77305, 00852-6931-0274.
_ABROAD = re.compile(
    r"(?<![0-9+])\+(?!86)[1-9](?:[ -]?[0-9]){8,13}(?![0-9万元年月日])"
    r"|(?<![0-9A-Za-z.-])(?<![0-9] )00(?!86)[1-9][0-9]{0,2}[ -](?:[0-9][ -]?){6,10}[0-9](?![0-9])"
)
# Seven or eight digits are a phone only where the words before say so.
_LOCAL = re.compile(
    rf"(?:{any_of('telephones')})"
    r"(?:电话|座机|号码|号)?(?:就是|[是为: .(])*([2-8][0-9]{2,3}[ -]?[0-9]{4})(?![0-9年月元万个])"
    rf"|(?:{any_of('telephones')})(?:就是|[是为: ])*([二两三四五六七八贰叁肆伍陆柒捌][{NUMERALS}]{{6,7}})(?![{NUMERALS}0-9万元])"
    r"|(?<![0-9])([2-8][0-9]{7})(?=[,( ]{1,2}区号)"
)
# 138837264o5: letters typed, or read by a machine, for the digits they look like.
_LOOKS_LIKE = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9oOlI -]{0,20}[oOlI])(?=(?:[oOlI -]{0,13}[0-9]){8})"
    r"[1lI](?:[ -]?[0-9oOlI]){10}(?![A-Za-z0-9])"
)
# o23-6281o947
_LIKE_LANDLINE = re.compile(
    r"(?<![A-Za-z0-9])(?=[0-9oOlI -]{0,13}[oOlI])[0oO][0-9oOlI]{2,3}[ -]?[2-9][0-9oOlI]{2,3}[ -]?[0-9oOlI]{4}(?![A-Za-z0-9])"
)
_READ_LOCAL = re.compile(
    rf"(?:{any_of('telephones')})(?:电话|座机|号码|号)?(?:就是|[是为: ])*([{NUMERALS}]{{7,8}})(?![{NUMERALS}百千万年月元])"
)
# Who calls from it: 推销的63907481一天打我五个电话.
_CALLS = re.compile(
    r"(?<![0-9A-Za-z.:-])(?<!号码)(?<!编号)(?<!单号)([2-8][0-9]{3}[ -]?[0-9]{4})(?=[^。;!?0-9\n]{0,6}(?:打我|打电话|打过来|打来|打给|接听|打不通))"
)
_DIALS = re.compile("[打接][我来过电给不听]")
_OFFICE = re.compile(
    "(?:值班|服务台|窗口|总机|公开|监督|前台|客服|售后|营业厅|营业部|居委会?|村委会?|售楼部|报修|维修部|分局|派出所|社保局|医院|大厅)的?"
    "(?:办公|服务|联系|值班|客服|咨询)?(?:电话|热线|座机)(?:就?是|为|[: (])*$"
)
_BILL = re.compile("发票|票据|收据|单据|订单|单号")
_LETTERS = str.maketrans("oOlI", "0011", " -")
_DAY = re.compile(r"(?:19|20)[0-9]{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:[0-2][0-9]|3[01])")
_ONE_MORE = re.compile(r"(?:或者?|和|以及|、|,)([2-8][0-9]{7})(?![0-9年月元万个])")
_EXTENSION = re.compile(r"(?:转|-)[0-9]{1,5}(?![0-9])|/[2-9][0-9]{6,7}(?![0-9])")

MOBILE = re.compile(r"(?:0?|86|0086)1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(?:86|0086)?0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}")
# GB 11643: six digits of an area, the day of birth, three digits and (in the long form) a check character
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
IDENTITY = re.compile(
    rf"{_PROVINCE}[0-9]{{4}}(?:(?:18|19|20)[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_MONTH_DAY}[0-9]{{3}})"
)
CARD = re.compile(r"62[0-9]{14,17}")
_CARD_ISSUER = re.compile(r"(?:4|5[1-5]|3[47]|9[0-9])[0-9]{14,17}")
_ANY_ACCOUNT = re.compile(r"[0-9]{12,21}")

# How people group the digits of a mobile, of a landline, of an identity number. One group is always allowed.
_MOBILE_GROUPS = {
    (3, 4, 4),
    (3, 3, 5),
    (3, 8),
    (7, 4),
    (3, 4, 2, 2),
    (3, 2, 2, 4),
    (3, 2, 3, 3),
    (4, 3, 4),
    (4, 4, 3),
    (5, 6),
    (6, 5),
}
_MOBILE_GROUPS |= {(1,) * 11, (3, 2, 2, 2, 2), (2, 2, 2, 2, 2, 1), (1, 2, 2, 2, 2, 2), (3, 5, 3)}
_LANDLINE_GROUPS = {(3, 8), (4, 7), (4, 8), (3, 4, 4), (4, 4, 4), (4, 3, 4), (3, 7), (4, 4, 3)}
_LISTED_GROUPS = {(3, 4, 4), (3, 8), (4, 8), (4, 7), (4, 4, 3), (4, 3, 4), (2, 3, 4, 4)}
_CARD_GROUPS = {
    (6, 13),
    (6, 10),
    (6, 4, 4, 4, 1),
    (8, 11),
    (8, 8),
    (10, 9),
    (5, 5, 5, 4),
    (4, 4, 4, 7),
    (4, 15),
    (4, 12),
    (16, 3),
}
_SAID_IDENTITY = re.compile("身份证|身份号|证件号|公民号")
_CARD_WORDS = re.compile(
    r"卡号|银行卡|账号|帐号|账户|帐户|户头|储蓄卡|信用卡|[工农建中交招]行|农商行|邮储|信用社|汇到|打到|转到"
)
_SUM = re.compile("金额|余额|资产|合计|共计")
# A paper's number is announced in the same clause: 备案。请打 says nothing of what follows.
_OTHER_WORDS = re.compile(
    r"(?:订单|单号|编号|流水|运单|快递|合同|文号|案号|条码|代码|序列|受理号|工单|备案|许可|批号|案件|登记编号|回执|发票|产权证|不动产|注册号|执照)[^,。;!?\n]*$"
)
_AMOUNT = "元万亿吨"
_SHORTEST, _LONGEST, _MOST_GROUPS = 10, 24, 6
_SHAPED = re.compile(f"{MOBILE.pattern}|{LANDLINE.pattern}|{IDENTITY.pattern}")


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


def find(folded: str) -> list[Span]:
    """Phones, identity numbers and cards in a folded text."""
    spans = [
        Span(m.start(), m.end(), "电话")
        for rule in (_BRACKETED, _ABROAD)
        for m in rule.finditer(folded)
        if not m.group().startswith("00") or not _OTHER_WORDS.search(folded, max(0, m.start() - 14), m.start())
    ]
    alike = (m for m in _LOOKS_LIKE.finditer(folded) if MOBILE.fullmatch(m.group().translate(_LETTERS)))
    spans += [Span(m.start(), m.end(), "电话") for m in alike]
    alike = (m for m in _LIKE_LANDLINE.finditer(folded) if LANDLINE.fullmatch(m.group().translate(_LETTERS)))
    spans += [Span(m.start(), m.end(), "电话") for m in alike]
    for run in _RUN.finditer(folded):
        spans += _in_run(folded, _groups(run))
    spans += [Span(m.start(1), m.end(1), "电话") for m in _READ_LOCAL.finditer(folded)]
    for local in _LOCAL.finditer(folded):
        group = local.lastindex or 0
        before = folded[max(0, local.start(group) - 14) : local.start(group)]
        if _OFFICE.search(before):
            continue  # of a place that everybody may call
        bill = _BILL.search(folded, max(0, local.start() - 24), local.start())
        if not bill and not _DAY.fullmatch(local.group(group)):
            spans.append(Span(local.start(group), _with_extension(folded, local.end(group)), "电话"))
    if _DIALS.search(folded):
        spans += [Span(m.start(1), m.end(1), "电话") for m in _CALLS.finditer(folded) if not _DAY.fullmatch(m.group(1))]
    return spans + list(_one_more(folded, spans))


def _one_more(folded: str, spans: list[Span]) -> Iterator[Span]:
    """A telephone of eight digits right behind another: 13800138000或者68123456."""
    for span in spans:
        if span.kind == "电话" and (more := _ONE_MORE.match(folded, span.end)) and not _DAY.fullmatch(more.group(1)):
            yield Span(more.start(1), more.end(1), "电话")


def _groups(run: re.Match[str]) -> list[_Group]:
    at = run.start()
    return [_Group(at + m.start(), at + m.end(), numerals(m.group())) for m in _GROUP.finditer(run.group())]


def _in_run(folded: str, groups: list[_Group]) -> Iterator[Span]:
    """The longest number that begins at each group, then on behind it."""
    i = 0
    while i < len(groups):
        found = next(filter(None, (_number(folded, groups, i, j) for j in _ends(groups, i))), None)
        if found is None:
            i += 1
            continue
        spans, i = found
        yield from spans


def _ends(groups: list[_Group], i: int) -> list[int]:
    """Where a number beginning at group `i` may end, the longest first."""
    length, ends = 0, []
    for j in range(i, len(groups)):
        length += len(groups[j].digits)
        if length > _LONGEST:
            break
        if length >= _SHORTEST:
            ends.append(j + 1)
    return ends[::-1]


def _number(folded: str, groups: list[_Group], i: int, j: int) -> tuple[list[Span], int] | None:
    """The number that the groups from `i` to before `j` make, and the group to go on with."""
    window = groups[i:j]
    digits = "".join(g.digits for g in window)
    if len(window) > _MOST_GROUPS and not _SHAPED.fullmatch(digits):
        return None
    start, end = window[0].start, window[-1].end
    kind = _kind(folded, window, digits, alone=len(groups) == len(window))
    if kind is None:
        return None
    if kind == "两部电话":
        middle = start + 11
        return [Span(start, middle, "电话"), Span(middle, end, "电话")], j
    if kind == "电话":
        if not MOBILE.fullmatch(digits) and _OFFICE.search(folded[max(0, start - 14) : start]):
            return [], j  # of a place that everybody may call
        start, end = _with_prefix(folded, start), _with_extension(folded, end)
    if kind == "身份证":
        start = _with_letter(folded, start)
    return [Span(start, end, kind)], next((n for n in range(j, len(groups)) if groups[n].start >= end), len(groups))


def _kind(folded: str, window: list[_Group], digits: str, *, alone: bool) -> str | None:
    joined = all(a.end == b.start for a, b in pairwise(window))
    shape = tuple(len(g.digits) for g in window)
    listed = any(_LISTING.intersection(folded[a.end : b.start]) for a, b in pairwise(window))
    before, after = folded[max(0, window[0].start - 12) : window[0].start], folded[window[-1].end : window[-1].end + 1]
    if _identity(digits, shape, before, listed=listed):
        return "身份证"
    if (after and after in _AMOUNT) or (listed and shape not in _LISTED_GROUPS):
        return None
    if MOBILE.fullmatch(digits) and (
        _grouped(digits, shape, joined, _MOBILE_GROUPS, 11) or (not listed and _only_blanks(folded, window, alone))
    ):
        return "电话"
    if LANDLINE.fullmatch(digits) and _grouped(digits, shape, joined, _LANDLINE_GROUPS, 12):
        return "电话"
    if joined and len(digits) == 22 and MOBILE.fullmatch(digits[:11]) and MOBILE.fullmatch(digits[11:]):
        return "两部电话"
    return "账号" if not listed and _card(digits, shape, joined, before) else None


def _grouped(digits: str, shape: tuple[int, ...], joined: bool, usual: set[tuple[int, ...]], length: int) -> bool:
    """Whether the digits are written in one go or in usual groups, a country code or leading zero being a group of its own."""
    if joined or shape in usual:
        return True
    lead = len(digits) - length
    return lead > 0 and shape[0] <= 4 and (shape[1:] in usual or len(shape) == 2)


def _only_blanks(folded: str, window: list[_Group], alone: bool) -> bool:
    """Odd groups are a phone only when nothing but blanks stands between them and no other digits are near."""
    gaps = {folded[a.end : b.start] for a, b in pairwise(window)}
    return alone and all(not gap.strip(" \u200b\u200c\u200d\ufeff\ufe0f\u20e3") for gap in gaps)


def _identity(digits: str, shape: tuple[int, ...], before: str, *, listed: bool) -> bool:
    """Whether it is an identity number: by its form, unless a paper's number (许可证号 …) is announced, or because it is said."""
    said = bool(_SAID_IDENTITY.search(before))
    if IDENTITY.fullmatch(digits) and not (listed and len(shape) > 4):
        return said or not _OTHER_WORDS.search(before) or len(shape) > 1
    return said and len(digits) in (15, 17, 18) and not LANDLINE.fullmatch(digits)


def _card(digits: str, shape: tuple[int, ...], joined: bool, before: str) -> bool:
    usual = joined or all(n == 4 for n in shape[:-1]) or shape in _CARD_GROUPS
    if not usual or not digits.isdigit():
        return False
    if _CARD_WORDS.search(before) and not _SUM.search(before) and _ANY_ACCOUNT.fullmatch(digits):
        return True
    if _OTHER_WORDS.search(before):
        return False
    return bool(CARD.fullmatch(digits) or (_CARD_ISSUER.fullmatch(digits) and len(digits) in (16, 19) and luhn(digits)))


def luhn(digits: str) -> bool:
    """Whether the last digit is the Luhn check digit (ISO/IEC 7812) of the others."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _with_prefix(folded: str, start: int) -> int:
    return start - 1 if start and folded[start - 1] == "+" else start


def _with_letter(folded: str, start: int) -> int:
    """A pupil's number is the letter G or L and the identity number."""
    return start - 1 if folded[start - 1 : start] in ("G", "L") else start


def _with_extension(folded: str, end: int) -> int:
    """Take up 转801 and a second number behind a slash."""
    while found := _EXTENSION.match(folded, end):
        end = found.end()
    return end
