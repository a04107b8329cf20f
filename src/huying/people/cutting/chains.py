"""Doors told part by part, as people of any city tell them: 88号院4栋3门502, 77弄12号601室, 四号楼三单元五楼东户.

A chain of parts, each a number with its word, from the estate down to the room. It is a home where it names a building and ends
with a room; what ends before that is a place, and stays.
"""

import re

from huying.people.cutting.folding import Span

_CN = "一二三四五六七八九十"
_NUMBER = rf"(?:[A-Za-z甲乙丙丁]?[0-9]{{1,4}}|[A-Za-z甲乙丙丁]|[{_CN}]{{1,3}})"
_READ_OUT = "[一二三四五六七八九][一二三四五六七八九零〇]{2,3}"  # 五〇一
_GAP = "[ ,、-]{0,2}"
# a house's number, with what is behind it: 12号, 17号附3号, 6号之二, 37号甲, 156号后座
_OF_IT = rf"(?:附[0-9{_CN}]{{1,3}}(?:号|(?=-))|之[0-9{_CN}]|[甲乙丙丁](?![方级类])|[前后]座|后栋)?-?"
_HOUSE = rf"(?<![0-9])[0-9{_CN}]{{1,5}}号{_OF_IT}"
# what stands before the building, what names one, what stands in it
_BEFORE = (
    rf"(?:{_NUMBER}(?:期|区|组团|村|片|弄内?|大?院|号大?院内?|街坊|[巷坊](?=[0-9]{{1,4}}号))|[0-9]{{1,4}}号街坊"
    rf"|{_HOUSE}(?=[A-Z甲乙丙丁]?[0-9]{{0,2}}(?:[栋幢]|号楼|排|号))){_GAP}"
)
_BUILDING = (
    rf"(?:{_NUMBER}(?:号楼|[栋幢座舍排#])|{_HOUSE}(?![线门])|(?<![0-9])[1-9][0-9]{{0,2}}楼(?=[0-9]{{1,2}}(?:单元|门)))"
    rf"(?:[东西南北中]区)?{_GAP}"
)
_STAIRS = rf"(?:{_NUMBER}|[东西南北中])(?:单元|梯|门){_GAP}"
_FLOOR = rf"(?:[负吊]?{_NUMBER}[楼层]|顶[楼层](?:跃层)?){_GAP}"
# A room with its word, or its bare number where it counts nothing: 3号楼101个车位, 17号602路.
_COUNTED = (
    r"(?![0-9A-Za-z%°年元米平㎡个户套多余亩间辆万亿路线栋幢层岁名位次度斤吨级型.]|号线"
    r"|[天月日点](?!天|月|不|还)|楼(?![下上顶道底])|人(?!没|不|在|家)|元(?!旦)|家(?![里中的总老]))"
)
_ROOM = (
    r"(?:[负吊]?[0-9]{1,2}(?:-[0-9]{1,3}){1,2}(?![0-9号层栋幢轴-]|楼(?!顶|上的住户|上住)|单元)|[A-Z甲乙丙丁]-[0-9]{1,4}(?![0-9-])"
    r"|(?:[0-9]{1,4}|[A-Z])[A-Z甲乙丙丁]?(?:号?[室房]|寝室)"
    rf"|[0-9]{{3,4}}(?:户(?![居业主村人家都])|[甲乙丙丁]|[东西]?{_COUNTED})|{_READ_OUT}(?![{_CN}百千万多元年户个]))"
)
_SIDE = (
    r"(?:[东西南北中左右](?:边间|[边手侧户门]{1,2})|中间[户门]?|里间|阁楼|[A-Z]户"
    rf"|[0-9{_CN}]{{1,3}}(?:号(?![楼线院窗柜])|户(?![居业主村人家都])|[室房]))"
)
NO_SHOP = "(?!的?(?:门面|商铺|门市|铺面|铺位|商店|店铺))"
_CHAIN = re.compile(
    rf"(?<![0-9A-Za-z])(?:{_BEFORE}){{0,2}}"
    rf"(?:(?:{_BUILDING}(?:{_STAIRS})?|{_STAIRS})(?:{_FLOOR})?{_ROOM}|(?:{_BUILDING})?{_STAIRS}{_FLOOR}(?:{_SIDE}|[0-9]门)"
    rf"|{_BUILDING}{_FLOOR}(?:{_SIDE}|[0-9]门)|{_BUILDING}{_STAIRS}(?:附?[0-9]{{1,2}}号(?![楼线院窗柜])|阁楼|中间门|[顶底][楼层])"
    rf"|{_NUMBER}排[0-9{_CN}]{{1,3}}[号户](?![居业主村人家都])){NO_SHOP}"
)
_SIGN = re.compile(
    rf"[0-9A-Za-z{_CN}东西南北中甲乙丙丁](?:[栋幢座#梯舍排]|单元|门[0-9]|号(?:楼|[大]?院|[ ,、-]{{0,2}}[0-9附之甲乙丙丁前后])|[楼层][东西南北中左右0-9])"
)
SENTENCE = re.compile(r"[^。;!?\n]+")
# A house's number and a room: a home but for a day of a month and a line, 5月9号1203.
_DAY = re.compile(r"(?:月|第|[0-9]路|地铁|轻轨)[ ]?$")
_BARE = re.compile(r"[0-9]{1,4}号[ ,、-]{0,2}[0-9]{1,4}")


def find(folded: str) -> list[Span]:
    """Doors of homes that are told part by part, in a folded text."""
    if not _SIGN.search(folded):
        return []
    told = (m.span() for m in SENTENCE.finditer(folded) if _SIGN.search(folded, *m.span()))
    found = (m for start, end in told for m in _CHAIN.finditer(folded, start, end))
    return [Span(m.start(), m.end(), "门牌") for m in found if not _is_day(folded, m)]


def _is_day(folded: str, found: re.Match[str]) -> bool:
    bare = _BARE.fullmatch(found.group())
    return bool(bare) and bool(_DAY.search(folded, max(0, found.start() - 3), found.start()))
