"""Names of people: behind a word that announces one, before a word that only a person has, and where they stand again."""

import re
from collections.abc import Iterable, Iterator

from huying.people.cutting import naming
from huying.people.cutting.folding import Span
from huying.people.cutting.tables import ENDS, NAMES_TOO, NEVER, SURNAMES, WORDS, WORDY, any_of

_SINGLE = "".join(name for name in SURNAMES if len(name) == 1)
_FIRST = "".join(sorted({name[0] for name in SURNAMES}))
_BEHIND = f"(?=[^\\W{''.join(sorted(NEVER))}])"
_SURNAME = re.compile(f"[{_FIRST}](?=[\u4e00-\u9fff])")
_ONE = re.compile(f"[{_SINGLE}]{_BEHIND}")
_TWO = re.compile(f"(?:{'|'.join(name for name in SURNAMES if len(name) == 2)}){_BEHIND}")
_TWICE = frozenset(name for name in SURNAMES if len(name) == 2)
_HAN = "[\u4e00-\u9fff]"
_PAUSE = r"[\s,。;、:!?()\[\]【】《“”\"'/|.\-…·〔]|$"
# In a form whatever stands behind the colon is the name, be it a word as well (姓名：简单); what says that there is none is not.
_FILLED = re.compile(
    rf"(?:{any_of('fields')})(?:姓名|名字)?(?:\([^)]{{0,6}}\))?(?:[:|]| ?[:|] ?| {{1,2}})(?!{any_of('no name')})"
    rf"({_HAN}{{1,8}}[·•]{_HAN}{{2,8}}|{_HAN} ?{_HAN}{{1,3}})(?={_PAUSE}|[0-9+a-zA-Z])"
)
_ETHNIC = re.compile(rf"({_HAN}{{2,9}}([·•]){_HAN}{{2,6}})(?![0-9])")
# Who is called by trade and family name is known to everybody around. Offices of the state (局长, 警官, 镇长) are no secret.
_TITLE = re.compile(
    any_of("titles")
    + "|工(?=[,。;:、( 0-9]|$)"
    + "|总(?![是部共计额量体价分书工站台裁有要不会算队公经医理数面统之觉得的在能和想结监局检线承])"  # 总部, 总价, 总是
)
# Words too, but hardly before 老师.
_BEFORE_TITLES = frozenset("黄高万文龙方金康易石严钱白江季尤毕齐庄左童郎温申乔章尚柳乐阳水廉单古牛游池武兰关费米房贝")
_OFFICE = re.compile("[科处局所队站镇会部区县市省厅组班]长|书记|支书|警官|法官|干事")
_TITLES_BEGIN = frozenset("先女小老师教经医大护律主会校园院店工阿叔婆嬢孃伯爷奶总科处局所队站镇部区县市省厅组班书支警法干")
# Said to be a name and ended by a pause, it is one whatever else it means: 我叫马上。 So is what has a sex or an age behind it.
_WHOLE = re.compile(rf"{_HAN}{{2,4}}(?={_PAUSE}|(?:联系)?(?:电话|手机)|身份证|[0-9])")
_DESCRIBED = re.compile(
    rf"{_HAN}{{2,4}}(?=[,(| ]{{1,2}}(?:[男女](?:[,;。) 性]|$)|[0-9]{{1,3}}周?岁)|(?:女士|先生|同志|同学)?[,:]?(?:您好|你好))"
)
# Names of no Chinese family: 我叫沙马拉吉, 我叫John Smith. Only where somebody begins so.
_STRANGE = re.compile(
    rf"(?:^|[,。!;:]|[您你]好|大家好)[ ]?(?:我|我的名字|我名字|本人)叫 ?(?:({_HAN}{{2,8}}[·•]{_HAN}{{2,8}})(?=[,。;(]|$)"
    rf"|({_HAN}{{3,5}}|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})(?=[,(](?:{_HAN}{{1,4}}族|[男女]|今年|[0-9]|家?住|来自|外教|留学))"
    rf"|(?!{_HAN}?[安业车人门工警卖货停他她你们客冤苦屈救])({_HAN}{{2}})(?=[,。;(]|$))"
)
_WHO = re.compile(rf"{any_of('no name')}|何人|何许|单位|任何|全部|全名|全称|.*[客主人员民工商师友生贩侨身方]$")
_ONLY_WORDS = WORDS - NAMES_TOO
_NO_NEXT = NEVER | {""}
_NICKNAME = re.compile(f"[小老][{_SINGLE}]")
_SPACED = re.compile(rf"(?:姓名|联系人|名字|我叫)[:\s]*({_HAN} {{1,2}}{_HAN})(?={_PAUSE}|[0-9])")


def find(folded: str) -> list[Span]:
    """Names in a folded text."""
    spans = [Span(m.start(1), m.end(1), "姓名") for rule in (_FILLED, _SPACED) for m in rule.finditer(folded)]
    spans += [Span(*m.span(m.lastindex or 0), "姓名") for m in _STRANGE.finditer(folded)]
    if "·" in folded or "•" in folded:
        spans += _ethnic(folded)
    return spans + list(_judged(folded)) + list(_nicknamed(folded))


def _nicknamed(folded: str) -> Iterator[Span]:
    """小罗, 老谭: behind what he is, and where something follows that a person does."""
    for m in _NICKNAME.finditer(folded):
        start, end = m.span()
        sure = SURNAMES[folded[end - 1]] > WORDY and folded[start:end] not in WORDS and folded[end - 1 : end + 1] not in WORDS
        if sure and naming.cue(folded, start) >= naming.ROLE and naming.after(folded, end, naming.ROLE) > 0:
            yield Span(start, end, "姓名")


def _ethnic(folded: str) -> Iterator[Span]:
    for m in _ETHNIC.finditer(folded):
        starts = (at for at in range(m.start(1), m.start(2) - 1) if naming.cue(folded, at) >= naming.ROLE)
        if (start := next(starts, None)) is not None and NEVER.isdisjoint(m.group(1)[start - m.start(1) :]):
            yield Span(start, m.end(1), "姓名")


def _judged(folded: str) -> Iterator[Span]:
    """Names and titled family names, each where its surroundings and characters together say so."""
    done = 0
    for seen in _SURNAME.finditer(folded):
        start = seen.start()
        if start < done or (start == done and done):
            continue
        m = (folded[start : start + 2] in _TWICE and _TWO.match(folded, start)) or _ONE.match(folded, start)
        if not m:
            continue
        strength = naming.cue(folded, start)
        if strength < 0 and folded[start : start + 2] in _ONLY_WORDS:
            continue
        if start == done + 1 and folded[done] in "、和与及":
            strength = max(strength, naming.ROLE)  # one more of those named
        if end := _person(folded, m, strength) or _said_to_be(folded, m, strength):
            done = end
            yield Span(start, end, "姓名")


def _person(folded: str, surname: re.Match[str], strength: float) -> int:
    """The end of the name or titled name, 0 where it is none."""
    start = surname.start()
    if folded[surname.end()] in _TITLES_BEGIN:
        if end := _titled(folded, surname, strength):
            return end
        if strength < naming.ANNOUNCED and _OFFICE.match(folded, start + 1):
            return 0
    end, score = naming.best(folded, start, strength)
    return end if score >= naming.ENOUGH else 0


def _said_to_be(folded: str, surname: re.Match[str], strength: float) -> int:
    """The end of what is announced, addressed or described as a name though it looks like a word; 0 where nothing is."""
    start = surname.start()
    rule = _WHOLE if strength == naming.ANNOUNCED else _DESCRIBED if strength == 0 or strength >= naming.SELF else None
    whole = rule.match(folded, start) if rule else None
    if (
        not whole
        or _OFFICE.match(folded, surname.end())
        or len(whole.group()) > len(surname.group()) + 2
        or _WHO.match(whole.group())
    ):
        return 0
    word = whole.group()
    return 0 if naming.CUES.get(word, 0) >= naming.ROLE or not _NO_NEXT.isdisjoint(word) else whole.end()


def _titled(folded: str, surname: re.Match[str], strength: float) -> int:
    """The end of 周老师, 0 where it is none. A family name that is a word too needs a pause or a cue before it."""
    title = _TITLE.match(folded, surname.end())
    if not title and strength == naming.ANNOUNCED:
        title = _OFFICE.match(folded, surname.end())
    start = surname.start()
    weight = SURNAMES[surname.group()]
    if (
        not title
        or weight < WORDY
        or (strength < naming.ROLE and folded[start : title.start() + 1] in WORDS)
        or folded[start - 1 : start + 1] in ENDS
    ):
        return 0
    if strength == naming.ANNOUNCED and folded[start - 1] == "叫" and weight == WORDY:
        return 0  # 我叫车师傅停下: nobody gives his own trade as his name
    sure = (weight > WORDY or surname.group() in _BEFORE_TITLES) and folded[start - 1 : start] not in ("老", "小")
    return title.end() if sure or strength >= 1 or (strength == 0 and title.group() != "总") else 0


def again(text: str, names: Iterable[str]) -> list[Span]:
    """Where names found elsewhere stand once more; two characters alone are too often part of a word."""
    return [Span(m.start(), m.end(), "姓名") for name in names if len(name) > 2 for m in re.finditer(re.escape(name), text)]
