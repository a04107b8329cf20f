"""Names of people: behind a word that announces one, before a word that only a person has, and where they stand again."""

import re
from collections.abc import Iterable, Iterator

from huying.people.cutting import frames, lexicon, naming
from huying.people.cutting.before import TELLING, UNTOLD, told_before
from huying.people.cutting.cues import ENDINGS
from huying.people.cutting.folding import Span
from huying.people.cutting.tables import ENDS, GIVEN, LIKELY, NAMES_TOO, NEVER, RARE, SURNAMES, WORDS, WORDY, any_of

_SINGLE = "".join(name for name in SURNAMES if len(name) == 1)
_FIRST = "".join(sorted({name[0] for name in SURNAMES}))
_BEHIND = f"(?=[^\\W{''.join(sorted(NEVER))}])"
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
_TITLE = re.compile(any_of("titles") + "|工(?=[,。;:、( 0-9]|$)")
# 陈阿姨, 张女士: beside a place it is one person. 王老板 only where it is said whose it is (联系人：王老板).
_COURTESY = re.compile(
    any_of("courtesies")
    + "|姐姐|哥哥|[姐哥嫂](?![妹姐夫弟哥伦们特斯子儿])"
    + "|老板|总(?![是部共计额量体价分书工站台裁有要不会算队公经医理数面统之觉得的在能和想结监局检线承])"  # 总部, 总价, 总是
)
_BY_RANK = re.compile(
    "老[大二三四五六七八九幺]|[大二三四五六七幺][姐哥妹嫂娃爷叔婶妈弟]|麻子|胖子|瘸子|眼镜|矮子|光头|瞎子|聋子"
)
# Prepositions and verbs too: 应老师要求 names nobody.
_BEFORE_NO_TITLES = frozenset("向应于从由管代包任时当查连和计解修冷单全成官巫司")
_FORMAL = frozenset(["先生", "女士", "小姐"])
_HALF_A_TOWN = frozenset(["老板", "老板娘", "总", "某某", "某"])
_NEAR = frozenset(["楼上", "楼下", "隔壁", "对门", "对面", "邻居", "社区", "那个", "我家", "我屋"])
_OFFICE = re.compile("[科处局所队站镇会部区县市省厅组班]长|书记|支书|警官|法官|干事")
_TITLES_BEGIN = frozenset(
    "家阿姐哥嫂先女小老师掌教经医大护律主会校园院店工叔婆嬢孃伯爷奶总科处局所队站镇部区县市省厅组班书支警法干博药管保二三四五六七幺麻胖瘸眼矮光瞎聋"
)
# Where a name may begin: behind what may announce it, or where what follows may make one. Most places are neither.
_TOLD = re.escape("".join(sorted(TELLING | {ending[-1] for ending in ENDINGS} | set("和与及"))))
_HINTS = "".join(sorted({char for char, weight in GIVEN.items() if weight == LIKELY} | _TITLES_BEGIN))
_SECONDS = "".join(sorted({name[1] for name in _TWICE}))
_SURNAME = re.compile(rf"[{_FIRST}](?:(?<![^{_TOLD}].)(?={_HAN})|(?=[{_HINTS}{_SECONDS}]|{_HAN}[{_HINTS}]))")
# Said to be a name and ended by a pause, it is one whatever else it means: 我叫马上。 So is what has a sex or an age behind it.
_WHOLE = re.compile(rf"{_HAN}{{2,4}}(?={_PAUSE}|(?:联系)?(?:电话|手机)|身份证|[0-9])")
_DESCRIBED = re.compile(
    rf"{_HAN}{{2,4}}(?=[,(| ]{{1,2}}(?:[男女](?:[,;。) 性]|$)|[0-9]{{1,3}}周?岁)|(?:女士|先生|同志|同学)?[,:]?(?:您好|你好))"
)
_SEXED = re.compile(rf"{_HAN}{{2,3}}(?=[,(| ]{{1,2}}[男女][,;。) 性])")  # 帮我找巫山红，女，54岁
# Names of no Chinese family: 我叫沙马拉吉, 我叫John Smith. Only where somebody begins so.
_STRANGE = re.compile(
    rf"(?:^|[,。!;:]|[您你]好|大家好)[ ]?(?:我|我的名字|我名字|本人)叫 ?(?:({_HAN}{{2,8}}[·•]{_HAN}{{2,8}})(?=[,。;(]|$)"
    rf"|({_HAN}{{3,5}}|[A-Z][a-z]+(?: [A-Z][a-z]+){{0,2}})(?=[,(](?:{_HAN}{{1,4}}族|[男女]|今年|[0-9]|家?住|来自|外教|留学))"
    rf"|(?!{_HAN}?[安业车人门工警卖货停他她你们客冤苦屈救])({_HAN}{{2}})(?=[,。;(]|$))"
)
# Of a foreigner, behind what he is: 外籍教师Daniel Whitmore
_LATIN = re.compile(
    "(?:[师员教生工友夫妻者商人叫]|我是|(?:姓名|名字|联系人|收货人|收件人|本人):) ?"
    "((?!Apple|Google|Face|Windows|Office|Wi)[A-Z][a-zß-ÿ]+(?: [A-ZÀ-Þ][a-zß-ÿ]+){1,2})(?![A-Za-z0-9])"
)
_WHO = re.compile(rf"{any_of('no name')}|何人|何许|单位|任何|全部|全名|全称|.*[客主人员民工商师友生贩侨身方]$")
_ONLY_WORDS = WORDS - NAMES_TOO
_SHOP = re.compile(rf"家|{any_of('shops')}|[店铺记面粉鱼鸡鸭]|烧烤|火锅|羊肉|酸辣粉|冷饮|老")
_NICKNAME = re.compile(f"[小老][{_SINGLE}]")
_AT_IT = re.compile(
    "凭[什啥]|不让|不给|人(?:很|真|蛮|还|特别|不错|好)|家(?![电具])|喝|打|骂|欠|屋头|两口子|每次|天天|经常|总是|老是|又|说|把|一直|半夜"
)
# Between two of those named: 1.郗建国 2.鲜敏.
_LISTED = re.compile(r"[、和与及]|[ ,;、]{0,2}[0-9]{1,2}[.、)] ?")
_SPACED = re.compile(rf"(?:姓名|联系人|名字|我叫)[:\s]*({_HAN} {{1,2}}{_HAN})(?={_PAUSE}|[0-9])")


def find(folded: str) -> list[Span]:
    """Names in a folded text."""
    spans = [Span(m.start(1), m.end(1), "姓名") for rule in (_FILLED, _SPACED, _LATIN) for m in rule.finditer(folded)]
    if "·" in folded or "•" in folded:
        spans += _ethnic(folded)
    spans += [Span(*m.span(m.lastindex or 0), "姓名") for m in _STRANGE.finditer(folded)]
    words = naming.read(folded)
    return [*spans, *frames.find(folded), *_judged(words), *_nicknamed(words)]


def _ethnic(folded: str) -> Iterator[Span]:
    for m in _ETHNIC.finditer(folded):
        starts = (at for at in range(m.start(1), m.start(2) - 1) if naming.cue(folded, at) >= naming.ROLE)
        if (start := next(starts, None)) is not None and NEVER.isdisjoint(m.group(1)[start - m.start(1) :]):
            yield Span(start, m.end(1), "姓名")


def _judged(words: naming.Read) -> Iterator[Span]:
    """Names and titled family names, each where its surroundings and characters together say so."""
    folded, done = words.text, 0
    for seen in _SURNAME.finditer(folded):
        start = seen.start()
        if start < done or folded[start + 1 : start + 3] == f"一{folded[start]}":
            continue  # 管一管 is nobody
        two = folded[start : start + 2]
        told = told_before(folded, start)
        if not told and _unlikely(words, start, two):
            continue
        strength = naming.cue(folded, start) if told else UNTOLD
        if told and strength < 0 and _unlikely(words, start, two):
            continue
        m = (two in _TWICE and _TWO.match(folded, start)) or _ONE.match(folded, start)
        if not m:
            continue
        if done and _LISTED.fullmatch(folded, done, start):
            strength = max(strength, naming.ROLE)  # one more of those named
        if end := _person(words, m, strength) or _said_to_be(folded, m, strength):
            done = end
            yield Span(start, end, "姓名")


def _unlikely(words: naming.Read, start: int, two: str) -> bool:
    """Whether nothing that follows could make a name of what nothing announces: no word begins there, it is a word itself,
    or the family name is rare and not spelled out."""
    folded = words.text
    if start not in words.starts or two in _ONLY_WORDS:
        return True
    return SURNAMES.get(folded[start], RARE) == RARE and two not in _TWICE and folded[start + 3 : start + 4] != "的"


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


def _said_to_be(folded: str, surname: re.Match[str], strength: float) -> int:
    """The end of what is announced, addressed or described as a name though it looks like a word; 0 where nothing is."""
    start = surname.start()
    rule = _WHOLE if strength == naming.ANNOUNCED else _DESCRIBED if strength == 0 or strength >= naming.SELF else _SEXED
    whole = rule.match(folded, start) if strength >= 0 else None
    if not whole or _OFFICE.match(folded, surname.end()) or len(whole.group()) > len(surname.group()) + 2:
        return 0
    word = whole.group()
    if len(word) == 3 and word[:2] in _ONLY_WORDS:
        return 0
    known = _WHO.match(word) or naming.CUES.get(word, 0) >= naming.ROLE or not NEVER.isdisjoint(word)
    return 0 if known else whole.end()


def _nicknamed(words: naming.Read) -> Iterator[Span]:
    """小罗, 老谭: where it can be nothing else, behind what he is, and where something follows that a person does."""
    folded = words.text
    for m in _NICKNAME.finditer(folded):
        start, end = m.span()
        sure = SURNAMES[folded[end - 1]] > WORDY and folded[start:end] not in WORDS and folded[end - 1 : end + 1] not in WORDS
        if not sure:
            continue
        strength = naming.cue(folded, start)
        at_it = (strength >= naming.SELF or folded[start - 2 : start] in _NEAR) and _AT_IT.match(folded, end)
        follows = strength >= naming.ROLE and naming.after(folded, start, end, naming.ROLE) > 0
        if at_it or follows or (_no_word_with_it(folded, start, end) and not _SHOP.match(folded, end)):
            yield Span(start, end, "姓名")


def _no_word_with_it(folded: str, start: int, end: int) -> bool:
    """Whether no word begins, ends or stands there: what 老 and a family name make is somebody then."""
    before = max(0, start - 1)
    if folded[before:start] == "“":
        return False  # a shop's
    places = ((start, end), (end - 1, end + 1), (before, start + 1), (before, end), (start, end + 1), (end - 1, end + 2))
    return not any(b - a > 1 and lexicon.commonness(folded[a:b]) for a, b in places)


def _titled(words: naming.Read, surname: re.Match[str], strength: float) -> int:
    """The end of 周老师, 0 where it is none. A family name that is a word too needs a pause or a cue before it."""
    folded, start, at = words.text, surname.start(), surname.end()
    weight = SURNAMES[surname.group()]
    if weight < WORDY or folded[start : at + 1] in WORDS or folded[start - 1 : start + 1] in ENDS:
        return 0
    if strength >= 1 and (nickname := _BY_RANK.match(folded, at)):
        return nickname.end()
    title = _TITLE.match(folded, at)
    if not title and (courtesy := _COURTESY.match(folded, at)):
        whose = strength >= naming.ROLE and folded[start - 2 : start] not in _NEAR
        title = courtesy if whose or courtesy.group() not in _HALF_A_TOWN else None
    if not title and strength == naming.ANNOUNCED:
        title = _OFFICE.match(folded, at)
    if not title or (strength == naming.ANNOUNCED and folded[start - 1] == "叫" and weight == WORDY):
        return 0  # 我叫车师傅停下: nobody gives his own trade as his name
    sure = weight > WORDY or (surname.group() not in _BEFORE_NO_TITLES and start in words.starts)
    if weight == WORDY and lexicon.commonness(folded[start : at + 1]) and folded[start : at + 1] not in NAMES_TOO:
        return 0  # 车队长 is none of the family 车
    formal = title.group() in _FORMAL
    return title.end() if formal or strength >= naming.ROLE or (sure and folded[start - 1 : start] not in ("老", "小")) else 0


def again(text: str, names: Iterable[str]) -> list[Span]:
    """Where names found elsewhere stand once more. Two characters alone are too often part of a word, or one themselves."""
    sure = {name for name in names if len(name) > 2}
    short = {name for name in names if len(name) == 2 and not lexicon.commonness(name) and text.count(name) > 1}
    spans = [Span(at, at + len(name), "姓名") for name in sure for at in _places(text, name)]
    for start, end in ((at, at + 2) for name in short for at in _places(text, name)):
        if not lexicon.commonness(text[start - 1 : start + 1]) and not lexicon.commonness(text[end - 1 : end + 1]):
            spans.append(Span(start, end, "姓名"))
    for given in {name[1:] for name in sure if len(name) == 3 and not lexicon.commonness(name[1:])}:
        # written with another family name: 社保录成了洛嘉怡
        spans += [Span(at - 1, at + 2, "姓名") for at in _places(text, given) if at and "\u4e00" <= text[at - 1] <= "\u9fff"]
    return spans


def _places(text: str, words: str) -> Iterator[int]:
    """Where `words` stand in the text, none over another. A pattern for each name cost a tenth of what reading costs."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))
