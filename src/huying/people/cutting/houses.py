"""Where somebody lives, down to the door: 3栋2单元501室. A building or a staircase alone stays, the officer must find it."""

import re

from huying.people.cutting.folding import Span

_CN = "一二三四五六七八九十百零〇"
_N = rf"(?:[A-Za-z]?[0-9]{{1,4}}|[A-Za-z]|[{_CN}]{{1,4}})"
_GAP = r"[ ,、-]{0,2}"
_BUILDING = rf"(?:[A-Za-z]?{_N}(?:号楼|#楼|号院|栋|幢|座|#)|(?<=[院区苑园府湾城居里庭寓村路街巷弄道])[0-9]{{1,4}}号(?:附[0-9]{{1,3}}号)?)"
_STAIRS = rf"{_N}(?:单元|梯)"
_FLOOR = rf"{_N}[楼层]"
_DOOR_END = r"(?:号?[室房]|号)"
# What counts people, sums, lengths or years after a number is no door.
_NOT_A_DOOR = (
    r"(?![0-9A-Za-z年元米平㎡个户人套多余亩间辆万亿%°路线栋幢楼层岁名位次天月日点度斤吨级号产屋子贷东价源型管轴]|电梯|口井)"
)
_DOOR = rf"(?:[0-9]{{1,2}}-[0-9]{{1,4}}(?:-[0-9]{{1,4}})?{_DOOR_END}?|[0-9]{{3,4}}{_DOOR_END}?|[0-9]{{1,2}}{_DOOR_END}|[{_CN}]{{1,4}}{_DOOR_END}|[一二三四五六七八九零〇]{{3,4}})"
_HOME = re.compile(
    rf"(?:{_BUILDING}{_GAP}(?:{_STAIRS}{_GAP})?(?:{_FLOOR}{_GAP})?|{_STAIRS}{_GAP}(?:{_FLOOR}{_GAP})?)(?:之|的)?{_DOOR}{_NOT_A_DOOR}"
)
# 501户 counts homes behind a building, and names one behind a staircase.
_STAIRS_HOME = re.compile(rf"(?:{_BUILDING}{_GAP})?{_STAIRS}{_GAP}[0-9]{{3,4}}户(?![居业主村人家都])")
_ROOM = re.compile(
    rf"(?<![0-9A-Za-z{_CN}-])(?:[0-9]{{3,4}}|[一二三四五六七八九零〇]{{3,4}}|[0-9]{{1,2}}-[0-9]{{1,2}})(?:号?室|号房|房间|房(?![产屋子贷东价源型管地租改建补])|室(?![内外]))"
)
_PUBLIC_ROOM = re.compile(
    r"(?:办公|会议|大厅|大楼|中心|窗口|局|所|院|厅|委|科|处|校|教学楼)(?:区|楼)?[0-9A-Za-z#号楼栋座层第 ]{0,6}$"
)
_TRIPLE = re.compile(r"(?<=[\u4e00-\u9fff ])[0-9]{1,2}-[0-9]{1,2}-(?!19|20)[0-9]{3,4}(?:室|号|房)?(?![0-9-])")
_VILLAGE = re.compile(
    rf"(?:[0-9]{{1,3}}|[{_CN}]{{1,3}})(?:村民小组|小组|组|社){_GAP}(?:附)?([0-9]{{1,4}}(?:-[0-9]{{1,3}})?号)(?!线|院|楼|机|坑|桩)"
)
_PLATE = re.compile(rf"门牌号?(?:码)?(?:是|为|[: ])*((?:[0-9]{{1,5}}+|[{_CN}]{{1,5}}+)(?:-[0-9]{{1,4}}+)?号?)(?![个年多块0-9])")
_STREET_HOME = re.compile(
    r"(?:住在|住址|家住|我住|地址|我家在|家在|现住|居住在|户籍地)[^,。;!?\n]{0,24}?[路街巷弄道村组社坝湾]"
    rf"((?:[0-9]{{1,5}}(?:-[0-9]{{1,4}})?|[{_CN}]{{1,5}})号(?:附[0-9]{{1,3}}号)?)(?!线|楼|院|栋|幢|桥|口)"
)
_WHOLE = ((_HOME, 0), (_STAIRS_HOME, 0), (_TRIPLE, 0), (_VILLAGE, 1), (_PLATE, 1), (_STREET_HOME, 1))


def find(folded: str) -> list[Span]:
    """Doors of homes in a folded text."""
    spans = [Span(m.start(group), m.end(group), "门牌") for rule, group in _WHOLE for m in rule.finditer(folded)]
    rooms = (m for m in _ROOM.finditer(folded) if not _PUBLIC_ROOM.search(folded, max(0, m.start() - 14), m.start()))
    return spans + [Span(m.start(), m.end(), "门牌") for m in rooms]
