"""Whether a word of danger tells of something that happens now: not denied, imagined, past, praised or only asked about."""

import re

# Right before the word, in the same breath: it did not happen, or it is to be kept from happening.
_DENIED = re.compile("(?:没有?|未|并非|不是|并未|无|防止|预防|防范|避免|以免)(?:发生|出现|存在|有|过|人|任何){0,2}$")
_FIGURE = re.compile("(?:房价|价格|股价|股票|金价|物价).{0,3}$")  # 房价要跳楼
_NOT_DENIED = re.compile("(?:有没有|是不是|没人|没有人)$")  # 「没人…」 denies the help, not the danger
# Or it is imagined: 万一…, 一旦… a few characters before, but never with a person who may be about to do it.
_IMAGINED = re.compile(
    "(?:万一|一旦|一但|假设|试想|哪天)[^我他她你]{0,6}$|(?:如果|若|要是|假如|倘若)(?:真的)?(?:发生|出现|有)?$"
)
# Right after the word: the thing as a subject, not as an event.
_SUBJECT = ("不堪设想", "隐患", "演练", "演习", "预防", "知识", "宣传", "培训", "讲座", "保险", "条例", "电影")
TITLE = re.compile("《[^《》]*》")
_REACH = 10  # characters before the word that are read for a denial
SHORT = 160  # characters: who is in danger writes little
# What is only together a sign weighs nothing in a breath that tells of long ago ...
_PAST = re.compile(
    "去年|前年|上周|上个?月|昨天|前天|以前|曾经|当年|那年|当时|[0-9一二两三四五六七八九十几多]+(?:年|个月|月|天|周|星期|日)(?:以?前)"
    "|(?:19|20)\\d\\d年|\\d{1,2}月(?:份|\\d{1,2}[日号])"
)
# ... or in a sentence that asks what follows from it, praises, teaches, or warns of what might come ...
_CALM = re.compile(
    "出院|判决|认定书|理赔|赔偿|补偿|赔了|报销|医保|保险|丧葬|感谢|表扬|锦旗|点赞|隐患|以免|以防|培训|演练|讲座|报名|备案|审批|手续"
    "|扰民|噪音|油烟|请问|咨询|找回来"
)
# ... and in a long text in one that only thinks of it.
_FEARED = re.compile(
    "可能|随时|恐|容易|避免|防止|会不会|要是|万一|若|一旦|如果|担心|生怕|千万|险些|建议|希望|强烈|请求|要求|经常|每天|长期|多次|导致"
)
_BREATHS = re.compile(r"[^\w]+")
SENTENCES = re.compile(r"[。！？!?\n；;]+")


def around(border: re.Pattern[str], folded: str, start: int, end: int) -> tuple[int, int]:
    """From where to where the stretch between two borders goes in which something stands."""
    begin = max((found.end() for found in border.finditer(folded, 0, start)), default=0)
    after = border.search(folded, end)
    return begin, after.start() if after else len(folded)


def is_told(folded: str, start: int, end: int) -> bool:
    """Whether it is told of as past, asked about, praised or feared, rather than happening."""
    breath, sentence = around(_BREATHS, folded, start, end), around(SENTENCES, folded, start, end)
    if _PAST.search(folded, *breath) or _CALM.search(folded, *sentence):
        return True
    return len(folded) > SHORT and _FEARED.search(folded, *sentence) is not None


def is_event(folded: str, start: int, end: int, titles: list[tuple[int, int]]) -> bool:
    if folded.startswith(_SUBJECT, end) or any(left < start < right for left, right in titles):
        return False
    before = re.split(r"[^\w]", folded[max(0, start - _REACH) : start])[-1]
    if _IMAGINED.search(before) or _FIGURE.search(before):
        return False
    return not _DENIED.search(before) or bool(_NOT_DENIED.search(before))
