"""Names of people: behind a word that announces one, before a word that only a person has, and where they stand again."""

import re
from collections.abc import Iterable, Iterator

from huying.people.cutting import frames, lexicon, naming
from huying.people.cutting.folding import Span
from huying.people.cutting.tables import ENDS, NAMES_TOO, NEVER, SURNAMES, WORDS, WORDY, any_of

_SURNAME = re.compile("|".join(sorted(SURNAMES, key=len, reverse=True)))
_HAN = "[\u4e00-\u9fff]"
_PAUSE = r"[\s,。;、:!?()\[\]【】《“”\"'/|.\-…·〔]|$"
# In a form whatever stands behind the colon is the name, be it a word as well (姓名：简单); what says that there is none is not.
_FILLED = re.compile(
    rf"(?:{any_of('fields')})(?:姓名|名字)?(?:\([^)]{{0,6}}\))?(?:[:|]| ?[:|] ?| {{1,2}})(?!{any_of('no name')})"
    rf"({_HAN}{{1,8}}[·•]{_HAN}{{2,8}}|{_HAN} ?{_HAN}{{1,3}})(?={_PAUSE}|[0-9+a-zA-Z])"
)
_ETHNIC = re.compile(rf"({_HAN}{{2,9}}([·•]){_HAN}{{2,6}})(?![0-9])")
# Who is called by trade and family name is known to everybody around. Offices of the state (局长, 警官, 镇长) are no secret.
_TITLE = re.compile(any_of("titles"))
# 王老板, 李孃孃: nobody is known by it, but where it is said whose it is (联系人：王女士).
_COURTESY = re.compile(
    any_of("courtesies")
    + "|老板|总(?![是部共计额量体价分书工站台裁有要不会算队公经医理数面统之觉得的在能和想结监局检线承])"  # 总部, 总价, 总是
)
_NICKNAME = re.compile(
    "老[大二三四五六七八九幺]|[大二三四五六七幺][姐哥妹嫂娃爷叔婶妈弟]|麻子|胖子|瘸子|眼镜|矮子|光头|瞎子|聋子"
)
# Prepositions and verbs too: 应老师要求 names nobody.
_BEFORE_NO_TITLES = frozenset("向应于从由管代包任时当查连和计解修冷单全成官巫司")
_NEAR = frozenset(["楼上", "楼下", "隔壁", "对门", "对面", "邻居", "社区", "那个"])
_OFFICE = re.compile("[科处局所队站镇会部区县市省厅组班]长|书记|支书|警官|法官|干事")
_TITLES_BEGIN = frozenset(
    "先女小老师教经医大护律主会校园院店工阿叔婆嬢孃伯爷奶总科处局所队站镇部区县市省厅组班书支警法干博药管保二三四五六七幺麻胖瘸眼矮光瞎聋"
)
# Between two of those named: 1.郗建国 2.鲜敏.
_LISTED = re.compile(r"[、和与及]|[ ,;、]{0,2}[0-9]{1,2}[.、)] ?")
_NO_NEXT = NEVER | {""}
_SPACED = re.compile(rf"(?:姓名|联系人|名字|我叫)[:\s]*({_HAN} {{1,2}}{_HAN})(?={_PAUSE}|[0-9])")


def find(folded: str) -> list[Span]:
    """Names in a folded text."""
    spans = [Span(m.start(1), m.end(1), "姓名") for rule in (_FILLED, _SPACED) for m in rule.finditer(folded)]
    if "·" in folded or "•" in folded:
        spans += _ethnic(folded)
    return [*spans, *frames.find(folded), *_judged(folded)]


def _ethnic(folded: str) -> Iterator[Span]:
    for m in _ETHNIC.finditer(folded):
        starts = (at for at in range(m.start(1), m.start(2) - 1) if naming.cue(folded, at) >= naming.ROLE)
        if (start := next(starts, None)) is not None and NEVER.isdisjoint(m.group(1)[start - m.start(1) :]):
            yield Span(start, m.end(1), "姓名")


def _judged(folded: str) -> Iterator[Span]:
    """Names and titled family names, each where its surroundings and characters together say so."""
    words = naming.read(folded)
    done = 0
    for m in _SURNAME.finditer(folded):
        start, end = m.span()
        if start < done or folded[end : end + 1] in _NO_NEXT:
            continue
        strength = naming.cue(folded, start)
        if done and _LISTED.fullmatch(folded, done, start):
            strength = max(strength, naming.ROLE)  # one more of those named
        if end := _person(words, m, strength):
            done = end
            yield Span(start, end, "姓名")


def _person(words: naming.Read, surname: re.Match[str], strength: float) -> int:
    """The end of the name or titled name, 0 where it is none."""
    folded, start = words.text, surname.start()
    if folded[surname.end()] in _TITLES_BEGIN:
        if end := _titled(words, surname, strength):
            return end
        if _COURTESY.match(folded, surname.end()):
            return 0
        if strength < naming.ANNOUNCED and _OFFICE.match(folded, start + 1):
            return 0
    end, score = naming.best(words, start, strength)
    return end if score >= naming.ENOUGH else 0


def _titled(words: naming.Read, surname: re.Match[str], strength: float) -> int:
    """The end of 周老师, 0 where it is none. A family name that is a word too needs a pause or a cue before it."""
    folded, start, at = words.text, surname.start(), surname.end()
    weight = SURNAMES[surname.group()]
    if weight < WORDY or folded[start : at + 1] in WORDS or folded[start - 1 : start + 1] in ENDS:
        return 0
    if strength >= 1 and (nickname := _NICKNAME.match(folded, at)):
        return nickname.end()
    title = _TITLE.match(folded, at)
    courtesy = _COURTESY.match(folded, at)
    if not title and strength >= naming.ROLE and folded[start - 2 : start] not in _NEAR:
        title = courtesy
    if not title and strength == naming.ANNOUNCED:
        title = _OFFICE.match(folded, at)
    if not title or (strength == naming.ANNOUNCED and folded[start - 1] == "叫" and weight == WORDY):
        return 0  # 我叫车师傅停下: nobody gives his own trade as his name
    sure = weight > WORDY or (surname.group() not in _BEFORE_NO_TITLES and start in words.starts)
    if weight == WORDY and lexicon.commonness(folded[start : at + 1]) and folded[start : at + 1] not in NAMES_TOO:
        return 0  # 车队长 is none of the family 车
    return title.end() if strength >= naming.ROLE or (sure and folded[start - 1 : start] not in ("老", "小")) else 0


def again(text: str, names: Iterable[str]) -> list[Span]:
    """Where names found elsewhere stand once more. Two characters alone are too often part of a word, or one themselves."""
    sure = {name for name in names if len(name) > 2}
    short = {name for name in names if len(name) == 2 and not lexicon.commonness(name) and text.count(name) > 1}
    spans = [Span(m.start(), m.end(), "姓名") for name in sure for m in re.finditer(re.escape(name), text)]
    if short:
        starts = lexicon.word_starts(text)
        found = (m for name in short for m in re.finditer(re.escape(name), text))
        spans += [Span(m.start(), m.end(), "姓名") for m in found if m.start() in starts and m.end() in starts]
    return spans
