"""Where somebody lives, down to the door: 3栋2单元501室. A building or a staircase alone stays, the officer must find it."""

import re
from collections.abc import Iterator

from huying.people.cutting import chains
from huying.people.cutting.chains import NO_SHOP
from huying.people.cutting.folding import Span
from huying.people.cutting.tables import any_of

_CN = "一二三四五六七八九十百零〇"
_READ_OUT = "[一二三四五六七八九零〇]{3,4}"  # 五〇一
_N = rf"(?:[A-Za-z]?[0-9]{{1,4}}|[A-Za-z]|[{_CN}]{{1,4}})"
_GAP = r"[ ,、-]{0,2}"
_HOUSE = r"(?<=[院区苑园府湾城居里庭寓村路街巷弄道镇乡坝坡社组])[0-9]{1,4}号(?:附[0-9]{1,3}号)?"
_PART = (
    rf"(?:(?:[A-Za-z东南西北中]|(?<![0-9])[0-9])区|[{_CN}0-9A-Za-z]{{1,2}}(?:期|组团)[ ,、-]?)?"  # of a large estate: B区, 二期
)
_BUILDING = rf"(?:{_PART}(?:[A-Za-z]?{_N}(?:号楼|#楼|号院|栋|幢|座|#)|T[0-9]{{1,2}}(?![0-9]))|{_HOUSE})"
_STAIRS = rf"{_N}(?:单元|梯|门)"
_FLOOR = rf"[负吊]?{_N}[楼层]"
_TO_THE_DOOR = rf"(?:{_BUILDING}{_GAP}(?:{_STAIRS}{_GAP}|[A-Z]座{_GAP})?|{_STAIRS}{_GAP})(?:{_FLOOR}{_GAP})?(?:之|的)?"
_ROOM_WORD = r"(?:号?[室房]|号)"
# What counts people, sums, lengths or years after a number is no door; nor are 1-2楼 and 1号电梯.
_NO_COUNT = (
    r"(?![0-9A-Za-z%°年元米平㎡个户人套多余亩间辆万亿路线栋幢楼层岁名位次天月日点度斤吨级号产屋子贷东价源型管轴]|电梯|口井)"
)
_NO_FLOOR = r"(?![0-9号层栋幢轴]|楼(?!顶|上的住户|上住)|单元)"
_DOOR = "|".join(
    (
        rf"[负吊]?[0-9]{{1,2}}-[0-9]{{1,4}}(?:-[0-9]{{1,4}}){{0,2}}{_ROOM_WORD}?{_NO_FLOOR}",
        r"[0-9]{1,3}[A-H](?![0-9A-Za-z座栋区馆级型])(?:室|房|号)?",
        rf"[0-9]{{3,4}}-[0-9]{{1,2}}{_NO_FLOOR}",
        rf"[0-9]{{3,4}}{_ROOM_WORD}?{_NO_COUNT}",
        rf"(?:[0-9]{{1,2}}|[{_CN}]{{1,4}}){_ROOM_WORD}{_NO_COUNT}",
        _READ_OUT + _NO_COUNT,
        r"附[0-9]{1,3}号(?!楼|院)",
    )
)
_HOME = re.compile(rf"{_TO_THE_DOOR}(?:{_DOOR}){NO_SHOP}")
_TOP = re.compile(
    rf"(?:{_BUILDING}{_GAP})?{_STAIRS}{_GAP}(?:顶楼|底楼|顶层|底层|跃层|负[1一]楼)"
    rf"|{_BUILDING}{_GAP}{_STAIRS}{_GAP}{_FLOOR}(?:[左右][边手侧]|中间|靠[左右东西南北])?(?![上下顶道过转电楼的走])"
)
# 501户 counts homes behind a building, and names one behind a staircase.
_HOUSEHOLD = re.compile(rf"(?:{_BUILDING}{_GAP})?{_STAIRS}{_GAP}[0-9]{{3,4}}户(?![居业主村人家都])")
_ROOM = re.compile(
    rf"(?<![0-9A-Za-z{_CN}-])(?:[0-9]{{3,4}}|{_READ_OUT}|[0-9]{{1,2}}-[0-9]{{1,2}})"
    r"(?:号?室(?![内外])|号房|房间|房(?![产屋子贷东价源型管地租改建补]))"
)
_PUBLIC = re.compile(
    r"(?:办公|会议|大厅|大楼|中心|窗口|局|所|院|厅|委|科|处|校|教学楼)(?:区|楼)?[0-9A-Za-z#号楼栋座层第 ]{0,6}$"
)
_TRIPLE = re.compile(
    rf"(?:(?<=[\u4e00-\u9fff ,、。:(])|^){_PART}"
    r"[0-9]{1,2}-[0-9]{1,2}-(?!(?:19|20)[0-9]{2})[0-9]{1,4}(?:-[0-9]{1,2})?(?:室|号|房)?"
    rf"(?![0-9-]){_NO_COUNT}"
)
# The door alone, where a word before says that it is one: 楼上5-2, 隔壁1-7-4, 我家1804.
_AT_HOME = re.compile(
    rf"(?:{any_of('homes')})(?:小区|本楼|是|为|在|于|的|:|[ ]){{0,2}}(?:[0-9{_CN}]{{1,3}}[楼层])?"
    r"((?:[A-Za-z]?[0-9]{1,2}-(?:[0-9]{1,2}-){0,2}(?!(?:19|20)[0-9]{2})[0-9]{1,4}|(?!(?:19|20)[0-9]{2})[1-9][0-9]{2,3}"
    r"|[1-9][0-9]-[0-9]{1,2}|[0-9]{1,3}之[0-9]{1,2})"
    r"(?:号|室|房)?)(?![0-9A-Za-z%°年元米平㎡个户家人套多余亩间辆万亿路线位名次月日度斤吨级岁点.-]|天(?!天)|医院|公交|号线|[楼层](?![上下顶道]|的))"
)
# one that would be a year elsewhere: 楼上1904
_NEXT_DOOR = re.compile(
    r"(?:楼上|楼下|隔壁|对门)((?:19|20)(?:0[1-9]|1[0-9]|2[0-4]))(?:号|室)?(?![0-9A-Za-z%年元米平㎡个户人套多余间月度级.-])"
)
# And where a word behind says so: 2106的住户, 27-4的业主.
_DWELLERS = re.compile(
    r"(?<![0-9A-Za-z%.-])((?!19[0-9]{2}|20[0-3])[1-9][0-9]{2,3}|[0-9]{1,2}-(?:[0-9]{1,2}-)?[0-9]{1,4})(?:号|室|房)?"
    r"的(?:住户|业主|租户|租客|房东|邻居|户主|房主|人家|那[户家]|这[户家])"
)
_MINE = re.compile(
    rf"(?<![0-9])([0-9]{{1,4}}号(?:附[0-9]{{1,3}}号|之[0-9{_CN}]{{1,2}}|-[0-9]{{1,2}})?)(?=就?是我们?(?:家|屋))"
    rf"|(?<=[路街巷弄里段])([0-9]{{1,4}}号(?:附[0-9]{{1,3}}号|之[0-9{_CN}]{{1,2}}|-[0-9]{{1,2}})?)(?=(?:就?是)?我们?(?:家|屋))"
)
_ANNEX = re.compile(
    rf"(?<![0-9])[0-9]{{1,4}}号附[0-9]{{1,3}}(?:号(?:{_GAP}(?:{_DOOR}))?|-[0-9]{{1,3}}|(?=[,。;、!?]|$))"
    r"(?![0-9-]|[楼院]|门面|商铺|门市|超市|店|旁|附近|对面)"
)
_ANY_HOUSE = re.compile(
    rf"(?<![0-9A-Za-z])[0-9]{{1,4}}号[ ,、]?[0-9]{{1,2}}-(?:[0-9]{{1,2}}-){{0,2}}[0-9]{{1,4}}(?:室|号)?{_NO_FLOOR}"
)
# 116号2单元10-3 behind whatever place
_HOUSE_STAIRS = re.compile(rf"(?<![0-9A-Za-z])[0-9]{{1,4}}号{_GAP}{_STAIRS}{_GAP}(?:{_FLOOR}{_GAP})?(?:{_DOOR})")
# 78-3号: a house's number that is no stretch from one to another
_SUB_HOUSE = re.compile(r"(?<=[\u4e00-\u9fff])(?<![月第至到从])([0-9]{1,4})-([0-9]{1,3})号(?![线楼栋院机车厅门口桩坑文口批])")
# The door that somebody is called by: 19-4的小娃儿, 我们18-4遭不住.
_BY_DOOR = re.compile(
    r"(?:(?<![^\s,。;!?])|(?<=我们)|(?<=他们)|(?<=那个)|(?<=楼上的)|(?<=楼下的)|(?<=是))"
    r"([1-9][0-9]?-[1-9][0-9]?(?:-[1-9][0-9]?)?)(?=的|那家|这家|那户|这户|住户|业主|租户|邻居|家|遭|[这那]屋|屋头|天天|经常|半夜|一直)"
    r"(?!的(?:比分|比例|时间|工作日|路|公交|天|月|学生|娃娃岁))"
)
# 12楼3号: the floor of a house, not the window of a hall
_FLOOR_DOOR = re.compile(
    rf"(?<![0-9A-Za-z{_CN}负])[负吊]?(?:[0-9]{{1,2}}|[{_CN}]{{1,3}})楼{_GAP}(?:[0-9]{{1,2}}|[{_CN}]{{1,2}})号"
    r"(?![0-9线楼院栋窗厅诊柜机门通桌会办商铺店])"
    rf"|(?<![0-9A-Za-z{_CN}负])[{_CN}0-9]{{1,3}}楼的?[1-9]-[0-9]{{1,2}}(?=的(?!窗|柜|诊|店|房间)|[那这]?[家户]|住户|业主|老|不)"
)
_ROW = re.compile(rf"(?:[0-9]{{1,3}}号院)?[0-9{_CN}]{{1,3}}排[0-9{_CN}]{{1,3}}号")
_IN_ESTATE = re.compile(
    rf"(?<=[期区苑园府城湾居庭寓郡邸都院村坊轩阁墅里洲])[0-9A-Z]{{1,2}}-(?!(?:19|20)[0-9]{{2}})[0-9]{{3,4}}(?:室|号|房)?{_NO_COUNT}(?![0-9-])"
)
_VILLAGE = re.compile(
    rf"(?:[0-9]{{1,3}}|[{_CN}]{{1,3}})(?:村民小组|小组|组|社|队){_GAP}附?(?:[0-9]{{1,4}}|[{_CN}]{{1,4}})(?:-[0-9]{{1,3}})?号(?![线院楼机坑桩])"
    rf"|(?<=[\u4e00-\u9fff][组社屯寨郢])(?<!项目组)(?<!报社)[0-9]{{1,3}}号(?![线院楼机坑桩厅窗厂])"
)
_PLATE = re.compile(rf"门牌号?码?(?:是|为|[: ])*((?:[0-9]{{1,5}}+|[{_CN}]{{1,5}}+)(?:-[0-9]{{1,4}}+)?号?)(?![个年多块0-9])")
# A number in a street is a place and stays (路灯, 店铺), except where somebody says that it is home.
_STREET_HOME = re.compile(
    r"(?:住在|住址|家住|我住|(?<!办公)(?<!单位)(?<!公司)(?<!经营)(?<!注册)地址|家在|家就在|老房子在|老屋在|老家在|房子就?在|现住|居住在|户籍地)"
    r"[^,。;!?\n]{0,24}?(?:[路街巷弄道村组社坝湾里段]|胡同)"
    rf"((?:[0-9]{{1,5}}(?:-[0-9]{{1,4}})?|[{_CN}]{{1,5}})号(?:附[0-9]{{1,3}}号|之[0-9{_CN}]{{1,2}})?)"
    r"(?![线楼院栋幢桥口]|[^,。;!?\n]{1,12}(?:[栋幢座]|号楼))"
)


# A3-1-602; 6-1和6-2两户
_LETTERED = re.compile(rf"(?<![0-9A-Za-z-])[A-Z][0-9]{{1,2}}-[0-9]{{1,2}}-[0-9]{{3,4}}(?![0-9-]){_NO_COUNT}")
# 6-2住的是他侄儿, 淌到1-1门口, 邻居(25-7): a pair of numbers that is no score, no stretch and no day
_SHORT = re.compile(
    r"(?<![0-9A-Za-z第月.:/比-])[1-9][0-9]?-[1-9][0-9]?(?=住的|住着|阳台|窗台|门口|门前|屋里|屋头|那[个家户屋]|[这两]家|漏水|在漏)"
    r"|(?<=[\u4e00-\u9fff]\()[1-9][0-9]?-[1-9][0-9]?(?=\))(?<!比分\([0-9]-[0-9])"
    r"|(?:(?<=独居在)|(?<=家住)|(?<=搬到)|(?<=搬去)|(?<=住在)|(?<=这边是)|(?<=漏水的是)|(?<=要查)|(?<=房屋)|(?<=业主,))"
    r"[1-9][0-9]?-[1-9][0-9]?(?=[ ,。;!?才被)]|$)"
)
# 太平街上段88号的老住户
_OLD_DWELLER = re.compile(
    "(?<=[路街巷弄段村组社里坊坪湾沟坝])[0-9]{1,4}号(?:附[0-9]{1,3}号)?(?=的?(?:老?住户|业主|居民|村民|人家|老人|老太|老两口))"
)
_ANNEX_ALONE = re.compile("(?<=[路街巷弄][, ])附[0-9]{1,3}号(?![楼院附])")
# 家庭住址不是11-2，是11-5
_STATED = re.compile(
    r"(?:住址|地址|门牌|房号|屋号)[^。;!?\n]{0,24}?(?<![月日年])[是为:]([1-9][0-9]?-[1-9][0-9]?(?:-[0-9]{1,4})?)(?=[ ,。;!?)的]|$)"
)
_VILLA = re.compile(r"(?<=别墅)区?[A-Z]?[0-9]{1,3}(?:栋|号)(?![楼线院门口])")
_PAIR = re.compile(
    r"(?<![0-9-])[0-9]{1,2}-[0-9]{1,2}(?=[和、与][0-9]{1,2}-[0-9]{1,2}[两二]?[户家])"
    r"|(?<=[0-9][和、与])[0-9]{1,2}-[0-9]{1,2}(?=[两二]?[户家])"
)

# one more of those named: 401、501, 和15-4
_ANOTHER = re.compile(
    r"[、和与](附[0-9]{1,3}号|[0-9]{1,2}(?:-[0-9]{1,4}){1,2}|[0-9]{3,4}(?:室|房|号)?)"
    r"(?![0-9年月日元米平个人号栋幢楼路线-]|户外)"
)


def find(folded: str) -> list[Span]:
    """Doors of homes in a folded text."""
    spans = chains.find(folded)
    for rule, group, char, sign in _RULES:
        if char in folded and (sign is None or sign.search(folded)):
            told = (m.span() for m in chains.SENTENCE.finditer(folded) if sign is None or sign.search(folded, *m.span()))
            spans += [Span(*m.span(group), "门牌") for start, end in told for m in rule.finditer(folded, start, end)]
    if "-" in folded:
        spans += [Span(m.start(), m.end(), "门牌") for m in _SUB_HOUSE.finditer(folded) if int(m.group(1)) > int(m.group(2))]
    if "室" in folded or "房" in folded:
        rooms = (m for m in _ROOM.finditer(folded) if not _PUBLIC.search(folded, max(0, m.start() - 14), m.start()))
        spans += [Span(m.start(), m.end(), "门牌") for m in rooms]
    return [*_whole(spans), *_more(folded, spans)] if spans else []


def _more(folded: str, spans: list[Span]) -> Iterator[Span]:
    """Doors that are told behind another: 6栋1单元301、401、501三户."""
    for span in spans:
        end = span.end
        while more := _ANOTHER.match(folded, end):
            yield Span(more.start(1), more.end(1), "门牌")
            end = more.end()


def _whole(spans: list[Span]) -> list[Span]:
    """Where two rules saw parts of one door, the whole of it."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start < whole[-1].end:
            span = Span(whole[-1].start, max(span.end, whole[-1].end), span.kind)
            whole.pop()
        whole.append(span)
    return whole


# Each rule is tried only where a character of its own stands and its sign is seen: both are found many times faster than doors.
_RULES: tuple[tuple[re.Pattern[str], int, str, re.Pattern[str] | None], ...] = (
    (_HOUSE_STAIRS, 0, "号", re.compile("号[ ,、-]{0,2}[A-Za-z0-9一二三四五六七八九十]{1,4}(?:单元|梯)")),
    (
        _HOME,
        0,
        "",
        re.compile("[栋幢座#梯]|单元|号[楼院]|[0-9]门|T[0-9]|[院区苑园府湾城居里庭寓村路街巷弄道镇乡坝坡社组][0-9]{1,4}号"),
    ),
    (_TOP, 0, "", re.compile("(?:单元|梯)[ ,、-]{0,2}[顶底负0-9一二三四五六七八九十]")),
    (_HOUSEHOLD, 0, "户", re.compile("[0-9]户")),
    (_ANNEX, 0, "号附", None),
    (_ANY_HOUSE, 0, "号", re.compile("号[ ,、]?[0-9]")),
    (_BY_DOOR, 1, "-", re.compile("[0-9]-[0-9]")),
    (_FLOOR_DOOR, 0, "楼", re.compile("楼[ ,、-]{0,2}[0-9一二三四五六七八九十]")),
    (_LETTERED, 0, "-", re.compile("[A-Z][0-9]{1,2}-")),
    (_PAIR, 0, "-", re.compile("[0-9][和、与][0-9]{1,2}-")),
    (_SHORT, 0, "-", re.compile("[0-9]-[0-9]")),
    (_ANNEX_ALONE, 0, "附", None),
    (_OLD_DWELLER, 0, "号", re.compile("号的?[老住业居村人]|号附")),
    (_STATED, 1, "-", re.compile("[是为:][0-9]{1,2}-[0-9]")),
    (_VILLA, 0, "别墅", None),
    (_ROW, 0, "排", re.compile("排[0-9一二三四五六七八九十]")),
    (_TRIPLE, 0, "-", re.compile("[0-9]-[0-9]")),
    (_AT_HOME, 1, "", re.compile("[0-9]{3}|[0-9][之-][0-9]")),
    (_NEXT_DOOR, 1, "", re.compile("[上下壁门](?:19|20)[0-2]")),
    (_DWELLERS, 1, "的", re.compile("[0-9](?:[号室房])?的")),
    (_MINE, 0, "我", re.compile("[号0-9一二三四五六七八九十](?:就?是)?我们?[家屋]")),
    (_IN_ESTATE, 0, "-", re.compile("-[0-9]{3}")),
    (_VILLAGE, 0, "号", re.compile(f"[组社队屯寨郢][ ,、-]{{0,2}}附?[0-9{_CN}]")),
    (_PLATE, 1, "门牌", None),
    (_STREET_HOME, 1, "号", re.compile("[路街巷弄道村组社坝湾里段同][0-9一二三四五六七八九十百零〇-]{1,9}号")),
)
