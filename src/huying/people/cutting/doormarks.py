"""Runs of numbers that may be a door (1904, 附7号, 8栋2单元12-3), and what each is judged by.

A mark is a few words about a run: its shape, what stands beside it, what its sentence is about. Each falls into one of a fixed
number of slots in the table of weights (feature hashing, Weinberger et al., 2009).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

BITS = 15
_SIDE = 8  # characters looked at on either side
_CN = "零〇一二两三四五六七八九十百廿卅幺洞壹贰叁肆伍陆柒捌玖拾"
_SOME = rf"(?:[0-9]{{1,5}}|(?<![0-9])[{_CN}]{{1,6}})"
_WORD = (
    "(?:村民小组|小组|单元|号楼|号院|大院|亭子间|支弄|门洞|后楼|前楼|阁楼|板房|街坊"
    "|[号栋幢座楼层室户门房洞排组社队弄巷院进阁厢间期区#屋底首顶])"
)
_OF_IT = "[附之东西南北中前后内甲乙丙丁左右]"
_JOIN = rf"[-/ .·](?=[0-9A-Z东西南北中前后内附甲乙丙丁{_CN}])"
_LETTER = "[A-Z](?![A-Za-z])"
_RUN = re.compile(
    rf"(?:[附负顶第]|[东西南北中后前内](?=[0-9{_CN}单]))?(?:(?<![A-Za-z0-9])[A-Z](?=[0-9座栋区]))?{_SOME}(?:{_LETTER})?"
    rf"(?:{_WORD}|{_OF_IT}|{_JOIN}|{_LETTER}|{_SOME})*"
)
# one word of a number is a count: 三户, 十五层, 两间
_TELLS = re.compile(rf"[0-9]|[{_CN}]{{3}}|号|[{_CN}][^{_CN}]+[{_CN}]")
# parts of codes and of times, days, telephones of firms
_CODED = re.compile("[A-Za-z0-9.%]|:[0-9]")
_BEFORE_CODED = re.compile("(?:[A-Za-z0-9.%]|[0-9][,:])$")
_FIGURE = re.compile("[0-9〔]")
# what a run ends with where it begins the next word
_NEXT_WORD = re.compile(
    "进[水门出屋来去了行]|房[东屋子价租产贷]|门[口前外铃锁窗卫面市]|期[间限]|社区|户[主型口籍]|前[天后面几不]|后[来面天门半]|中[午间介心]|东西"
    "|屋[顶里头主面檐]|区[别]|间[隔接]|组[织长]|左右|附[近件属小中一]|顶[楼层上着]|院[子里坝]|首[先]|底[下层]|内[外部]|室[内外]|排[水污队]|楼[上下道顶]|号[码]"
    "|洞[口]|社[保]|队[伍长]|弄[得成]|巷[子道口]|层[层]|[东西南北][边面侧]"
)
_PAIR = re.compile("9+-9+$")
_MEASURE = re.compile("[台个人次元米道分条辆株位名斤块厘度倍岁件张份段档天月年周节种项类组排]")
_NO_DOOR = re.compile(
    r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}(?:$|[-/. ])|[48]00[0-9]?-[0-9]|0[0-9]{2,3}-|[0-9]+[ .][0-9 .]*$|[0-9]{1,2}\.[0-9]"
)
# the number of a house alone is a place, but where somebody lives
_HOUSE = re.compile("9+号(?:附9+号?)?$")
# a building or a staircase alone stays, the officer must find it
_NO_HOME = re.compile(
    "9+(?:间|号附)$|9{3,4}户$|[一9]+(?:村民小组|小组|[组社队排])$"
    "|.*(?:[栋幢座期区弄院]|单元|号楼|[栋幢]门)[东西南北中]?一?$"
    "|[^室户号]*9-9{1,2}(?:层|楼|号楼|栋)$"
    "|.*(?:[栋幢]|号楼|单元)[一9]{1,3}[楼层]$"
    "|[^栋幢座单号]*[一9]+[楼层][东西南北]?$"
)
_NO_HOUSE = frozenset("路道月])〕》年执初终字")  # 路, 道: the rules know where somebody lives there
# what stands behind the number of a house in which somebody lives; before a name it is where an estate or a firm is
_BEHIND_HOUSE = frozenset(",。;、!?)(\n 的住老屋家内是后就有在被没")
_LIVES = re.compile("住(?!院|建)|我们?家|家里|老[宅屋房家]|[房租屋]|户主|户口|老人|老[太汉]|独居|业主|[奶婆爷]")
# a bare number that counts, or that no door has
_COUNT = re.compile(r"[0-9]+$")
_COUNTED = frozenset("年月日元块万千米个人次小时分秒%度岁路%吨斤公平点级条份位名件瓦伏亿岁℃㎡°民刑执")
_A_PLACE = re.compile(
    "户?型|区间|的?(?:商铺|门面|门市|电梯|楼道|路灯|店|车位|车库|旁|附近|对面|之间|外墙|消防|垃圾)|产证|公交|路站|年级|班|[天月年](?!天)|到[0-9]|至[0-9]|客服"
    "|级|亩|厘米|公里|mm|kg|cm|赢|输|战平|大胜"
)
_CHINESE, _DIGITS = re.compile(f"[{_CN}]+"), re.compile("[0-9]+")
_ENDS = re.compile("[。;!?\n]")
_ABOUT = re.compile(
    "住|家|楼上|楼下|邻居|隔壁|业主|租|户|房东|漏|物业|小区|地址|门牌|房号|搬|屋|老人|婆婆|独居|对门"
    "|比分|赛|赢|输|版|第|路公交|法|条|届|课|班|元|月|型号|车|窗口|诊|床|标段|柜|题|=|分机|号线"
)
_LIVING = re.compile(
    "(?:住(?:[在着到的]|进)?|楼[上下]的?|隔壁的?|对门的?|家[是住在]?|租[的了]?|房东把|业主|邻居|顶[楼层]|门牌|房号|地址)[:是 ]?$"
)
_WHO_LIVES = re.compile("(?:的?(?:业主|住户|租户|租客|房东|邻居|老人|人家|新?邻居)|那[家户个]|这[家户]|家|漏|半夜|天天|住|屋)")
_PUBLIC = re.compile("(?:办公|会议|大厅|大楼|中心|窗口|局|所|医院|厅|委|科|处|学校|大学|教|宾馆|酒店|店|站)[^,。]{0,6}$")
_LONGEST = 40  # characters of a run: no door is told in more
_SAID = 200  # characters of a sentence looked at, before a run and behind it
_CLAUSES = 30  # the same for whether anybody lives there
_YEARS = range(1900, 2050)
_FLOORS, _DOORS = 45, 24  # of one staircase, and on one floor


class Run(NamedTuple):
    """Where it stands, and its shape: 8栋2单元12-3 is 9栋9单元99-9."""

    start: int
    end: int
    shape: str


def runs(text: str) -> list[Run]:
    """The runs of a folded text that may be doors."""
    shaped = (_run(text, found) for found in _RUN.finditer(text))
    return [run for run in shaped if _may_be(text, run)]


def slots(text: str, found: Iterable[Run]) -> Iterator[list[int]]:
    """Of each run the slots of its marks.

    No figure and no hole beside it says anything: what is cut once is cut for good, whether numbers beside it are cut or not.
    """
    start = end = -1
    about: list[str] = []
    for run in found:
        if run.start >= end:
            start, end = _sentence(text, run, _SAID)
            about = [f"h={word}" for word in sorted(set(_ABOUT.findall(text, start, end)))]
        short = run.shape[:6]
        marks = {*_own(text, run), *_around(text, run), *about, *(f"{mark}{short}" for mark in about)}
        if run.start == start:
            marks.add("first")
        yield [crc32(mark.encode("utf-8", "surrogatepass")) & ((1 << BITS) - 1) for mark in marks]


def _run(text: str, found: re.Match[str]) -> Run:
    """A run without what begins the next word: of 1904进水 it is 1904."""
    end = found.end()
    for back in (2, 1):
        word = _NEXT_WORD.match(text, end - back) if end - back > found.start() else None
        if word and word.end() >= end:
            end -= back
    return Run(found.start(), end, _shape(text[found.start() : end]))


def _may_be(text: str, run: Run) -> bool:
    if run.end - run.start > _LONGEST:
        return False
    said, behind = text[run.start : run.end], text[run.end : run.end + 1]
    if not _TELLS.search(said) or _NO_DOOR.match(said) or (_COUNT.match(said) and _counts(text, run)):
        return False
    if _CODED.match(behind) or _BEFORE_CODED.search(text, max(0, run.start - 2), run.start):
        return False
    if _NO_HOME.match(run.shape) or _A_PLACE.match(text, run.end) or (_PAIR.match(run.shape) and _MEASURE.match(text, run.end)):
        return False
    if not _HOUSE.match(run.shape):
        return True
    before = text[max(0, run.start - 2) : run.start].rstrip()[-1:]
    if before in _NO_HOUSE or (behind and behind not in _BEHIND_HOUSE):
        return False
    return bool(_LIVES.search(text, *_sentence(text, run, _CLAUSES)))


def _counts(text: str, run: Run) -> bool:
    """Whether a bare number has no door's length, or counts what is behind it: 420 元."""
    behind = text[run.end : run.end + 2].lstrip()
    return run.end - run.start not in (3, 4) or behind[:1] in _COUNTED


def _shape(run: str) -> str:
    run = _CHINESE.sub(lambda m: "一" * min(3, len(m.group())), run)
    run = _DIGITS.sub(lambda m: "9" * min(4, len(m.group())), run)
    return re.sub("[A-Z]", "A", run)


def _short(shape: str) -> str:
    return re.sub("9+", "9", re.sub("一+", "一", shape))[:6]


def _sentence(text: str, run: Run, most: int) -> tuple[int, int]:
    """Where the sentence of a run begins and ends, looked at no further than `most` characters on either side."""
    begin, stop = max(0, run.start - most), min(len(text), run.end + most)
    start = max(text.rfind(sign, begin, run.start) for sign in "。;!?\n") + 1
    end = _ENDS.search(text, run.end, stop)
    return max(start, begin), end.start() if end else stop


def _own(text: str, run: Run) -> Iterator[str]:
    """What the run itself is like."""
    shape = run.shape
    yield from (f"p={shape}", f"q={_short(shape)}", f"e={shape[-2:]}", f"b={shape[:2]}")
    yield f"n={min(4, len(re.findall('9+|一+', shape)))}"
    yield from (f"w={char}" for char in shape if char not in "9A一-")
    numbers = [int(number) for number in _DIGITS.findall(text, run.start, run.end)]
    if numbers:
        yield f"last={_sort(numbers[-1])}"
    if len(numbers) == 1:
        yield f"one={_sort(numbers[0])}"
    elif len(numbers) == 2 and len(shape) < 8:
        first, last = numbers
        yield f"ab={first <= 12 and last <= 31}{first <= _FLOORS and last <= 12}{last == first + 1}"
        yield from (f"u={min(first // 10, 9)}", f"v={min(last, 30)}")


def _sort(number: int) -> str:
    """As a door's: none, one figure, two figures, a floor and a door, a year, either of both, three figures, more."""
    if number < 100:
        return "0" if number < 1 else "9" if number < 10 else "39" if number < 40 else "99"
    if number in _YEARS:
        return "either" if number < 2000 and 1 <= number % 100 <= _DOORS else "year"
    return "door" if number // 100 < _FLOORS and 1 <= number % 100 <= _DOORS else "999" if number < 1000 else "more"


def _around(text: str, run: Run) -> Iterator[str]:
    """What stands beside it, alone and with its shape."""
    left, right = text[max(0, run.start - _SIDE) : run.start], text[run.end : run.end + _SIDE]
    short = _short(run.shape)
    pieces = [f"l={left[-many:]}" if len(left) >= many else f"l{many}^" for many in (1, 2, 3)]
    pieces += [f"r={right[:many]}" if len(right) >= many else f"r{many}$" for many in (1, 2, 3)]
    pieces += (f"lp={left[-1:]}", f"rp={right[:1]}", f"lp={left[-2:]}", f"rp={right[:2]}", f"lr={left[-1:]}|{right[:1]}")
    pieces += [f"lb={char}" for char in left[:-1]] + [f"rb={char}" for char in right[1:6]]
    for piece in pieces:
        if not _FIGURE.search(piece, 3):
            yield piece + short if piece[1] == "p" else piece
    if _PUBLIC.search(left):
        yield "public"
    if _LIVING.search(left):
        yield from ("living", f"living{short}")
    if _WHO_LIVES.match(right):
        yield from ("lives", f"lives{short}")
