"""What an office says of itself is no personal identifier: its telephone, its address, who of it works the matter.

Only in the words of an officer. A neighbour's number in the same words is cut: whose it is, the words before it say.
"""

import re

from huying.people.cutting.folding import Span, numerals
from huying.people.cutting.tables import any_of

# Somebody's own: what comes behind is never an office's.
_SOMEBODY = re.compile(any_of("somebody"))
_OFFICE_MOBILE = re.compile("(?:工作|值班|办公|公务|服务|值守|应急|抢修|窗口|热线)(?:手机|电话|热线|号码)[是为: (]*$")
_OFFICER = re.compile("(?:经办|承办|联系|审核|签发|答复|回复|接访)(?:人员|人)[是为:| (]*$")
_OFFICE_PLACE = re.compile(
    "(?:我局|我委|我办|我中心|我街道|我镇|我院|我所|我队|我科|办公|窗口|大厅|中心|地址)[^,。;!?\n]{0,24}$"
)
_CLAUSE = re.compile(r"[^,。;!?\n]*$")
_NEAR = 24


def own(folded: str, span: Span) -> bool:
    """Whether the identifier that was found in an officer's words is the office's own, and stays."""
    before = folded[max(0, span.start - _NEAR) : span.start]
    if span.kind == "电话":
        return _phone(before, folded[span.start : span.end])
    if span.kind == "姓名":
        return bool(_OFFICER.search(before))
    return span.kind == "门牌" and bool(_OFFICE_PLACE.search(before)) and not _SOMEBODY.search(before)


def _phone(before: str, written: str) -> bool:
    digits = re.sub("[^0-9]", "", numerals(written))
    mobile = re.fullmatch("(?:0?|86|0086)1[3-9][0-9]{9}", digits)
    clause = _CLAUSE.search(before)
    somebody = _SOMEBODY.search(clause.group() if clause else before)
    return not somebody and (not mobile or bool(_OFFICE_MOBILE.search(before)))
