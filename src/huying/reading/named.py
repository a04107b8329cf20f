"""Names of places and bodies as people write them in a title: 魅力之城小区, 劳动东路, 星沙中学. By their endings, without a list."""

import re
from collections.abc import Collection

from huying.reading.common import EMPTY, is_common

_ENDINGS = (
    "小区 社区 花园 公园 家园 校区 园区 新城 新村 广场 大厦 公寓 山庄 庄园 中学 小学 一中 二中 三中 幼儿园 学校 学院 大学 职院"
    " 医院 公司 集团 银行 酒店 宾馆 超市 商场 市场 影楼 驾校 大道 公路 高速 立交桥 大桥 隧道 地铁站 车站 水库 国际 中心 工业园"
    " 物流园 产业园 楼盘 首府 府邸 华府 名邸 美食城 (?<![跑修堵让马绕占赶走问上下道])路(?!灯|面|况|牌) 街(?!道) 桥 村 苑 园 府 湾 城 庭 郡 墅 邸 汇(?!报|总|款) 轩 岛"
)
_END = re.compile(f"(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})+")
# what no name goes on across: the area before it, verbs of asking, words of place
_BEFORE = re.compile(
    "街道|[区县市镇乡]|附近|位于|旁边|投诉|举报|咨询|反映|反对|建议|希望|请求|要求|质疑|关于|再次|强烈|坚决|能否|是否|可否|何时|设立|增设|新建|新增|开通|盼|请|在|对|问|由|往|至|到|走|沿|读|上|[与及]"
)
_HAN = re.compile("[\u3400-\u9fff]+")
# 58车贷, 805路: a number that begins a name, and no measure behind it
_NUMBERED = re.compile(
    r"(?<![\dA-Za-z.])((\d{2,4}(?![年月日期栋号楼层元平米户人个万级届点分时天次名岁块公里家件台辆幢亩倍多几余来])[\u3400-\u9fff])"
    r"(?:(?<!路)[\u3400-\u9fff])?)"
)
LONGEST, SHORTEST = 8, 2  # characters before the ending
_IN_NAMES = frozenset("之和")  # function characters that stand in names too: 魅力之城, 怡和山庄
CORE = 3  # characters before the ending by which two writings of one name are known as one


def named(text: str) -> list[tuple[str, str]]:
    """The names in a text in their order, each with its core: 魅力之城小区 with 力之城, for 魅力之城 alone is the same.

    A name right behind another is told with it, as 劳动东路魅力之城小区.
    """
    found: list[tuple[str, str]] = []
    for run in _HAN.findall(text):
        at, before = 0, ""
        for match in _END.finditer(run):
            head = _head(run[at : match.start()])
            if len(head) >= SHORTEST and not _says_nothing(head):
                joined = before if len(head) == match.start() - at else ""
                name = f"{joined}{head}{match.group()}"
                found.append((name, head[-CORE:]))
                at, before = match.end(), name[-LONGEST:]
    return found + [(name, core) for name, core in _NUMBERED.findall(text)]


def _head(text: str) -> str:
    """What stands before an ending and belongs to its name."""
    begin = max((match.end() for match in _BEFORE.finditer(text)), default=0)
    begin = max([begin, *(n + 1 for n, letter in enumerate(text) if letter in EMPTY and (n == 0 or letter not in _IN_NAMES))])
    return text[begin:][-LONGEST:]


def _says_nothing(head: str) -> bool:
    return all(is_common(head[n : n + 2]) for n in range(len(head) - 1))


def strangers(one: Collection[str], other: Collection[str], first: str, second: str) -> float:
    """1 where two messages name different places, by the cores of their titles and their whole texts; 0 where one stands in
    the other; between, where only one of them names any, or none does.
    """
    if any(core in second for core in one) or any(core in first for core in other):
        return 0.0
    return 1.0 if one and other else 0.5
