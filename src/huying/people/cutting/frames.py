"""Places in a sentence where only a name can stand, be it a word as well: 龙行天下这个名字, 莫非凡来电：, 扎西次仁."""

import re
from collections.abc import Iterator

from huying.people.cutting import latin, lexicon, naming
from huying.people.cutting.cues import CUES
from huying.people.cutting.folding import Span
from huying.people.cutting.tables import (
    GIVEN,
    LIKELY,
    NAMES_TOO,
    NEVER,
    NEVER_LAST,
    SURE,
    SURNAMES,
    UNLIKELY,
    WORDS,
    any_of,
    blocks,
)

_HAN = "[\u4e00-\u9fff]"
_BEGIN = r"(?:^|(?<=[\n。;!?|:\]】 ]))"
_END = r"(?=[\s,。;、!?)”|]|$)"
# It is said that it is a name: what it means as a word does not count.
_SAID = (
    re.compile(rf"(?:^|(?<=[,。;!?\n是上叫“]))(?P<name>{_HAN}{{2,4}})”?这个名字"),
    re.compile(rf"(?:真名|本名|全名)(?:就?[叫是])?(?P<name>{_HAN}{{2,4}}){_END}"),
    re.compile(rf"姓(?P<family>{_HAN})[,、 ]?名?叫(?P<name>(?P=family){_HAN}{{1,2}}){_END}"),
)
# 我女儿晓雯在学校: a given name alone.
_CHILD = re.compile(
    "(?:女儿|儿子|孙子|孙女|孙儿|孙娃|外孙|妹妹|弟弟|姐姐|哥哥|妹儿|侄女|侄子|侄儿|外甥|娃儿|娃娃|孩子|小孩|同学|闺蜜)"
    f"(?P<name>{_HAN}{{2}})(?=[在今上读说的被遭去从患得还,、。(])"
)
# The trainer is called Kevin.
_LATIN = re.compile(
    "(?:教练|老师|外教|老板|同事|男的|女的|中介|顾问|经理|销售|的人|朋友|客服|师|员|生)[^,。;!? ]{0,2}[叫是](?P<name>[A-Z][a-z]{2,11})"
    "(?=[ ,。;、!?)的]|$)"
)
# What staff is called here, where only somebody can stand: 发廊的Kevin推销套餐.
_STAFF = re.compile(
    rf"(?<![A-Za-z0-9 ])(?P<name>{any_of('latin')})(?=老师|总监|教练|姐|哥|[,。;、!?)]|$|[\u4e00-\u9fff])"
    "(?!牌|店|咖|蛋|面包|烘焙|美容|造型|发型|养|宠|家居|工作室|俱乐部|教育|英语|餐|酒|公司|同款|的店)"
)
# 领头那个叫芹姐
_CALLED = re.compile("叫(?P<name>[^大小老二三四五六七八九幺他她你我亲][姐哥妹叔娃嫂])(?=[,。;!?、的]|$)")
# a child's pet name and whose mother she is; an old man as the neighbours call him: 童童妈妈, 老丁头
_HERE = "(?:^|(?<=[,。;!?\n:“的和跟找问是]))"
_PET = re.compile(
    f"{_HERE}(?P<name>(?![谢宝娃爸妈爷奶公婆叔姑舅姨哥姐弟妹家人大小天常刚偏明每个])(?P<twice>[\u4e00-\u9fff])(?P=twice))"
    "(?=(?:妈妈?|爸爸?|奶奶|爷爷|外婆|外公)(?![\u4e00-\u9fff]?[亲节]))"
)
_SURELY = "".join(char for char, sure in SURNAMES.items() if len(char) == 1 and sure >= SURE)
_OLD_MAN = re.compile(f"{_HERE}(?P<name>老[{_SURELY}]头)(?![发皮痛晕顶疼])")
_HOME_NAMES = re.compile("(.)\\1[妈爸奶爷外]|老.头")
# Who is spoken to, or called.
_ANY = (
    re.compile(rf"(?:您好|你好)[,:!](?P<name>{_HAN}{{2,4}})[,:](?=您|关于|来信|来电)"),
    re.compile(rf"{_BEGIN}(?P<name>{_HAN}{{2,4}})(?:来电|来信|来访|致电|来函)(?:反映|称|投诉|咨询)?[:,]"),
    re.compile(rf"{_BEGIN}(?P<name>{_HAN}{{2,4}})(?:先生|女士|小姐|同志|同学|老师|师傅|医生)[,:]?(?:您好|你好|:)"),
)
# What a name does that is a word as well: 雷雨反映他家的, 洪流他天天, 给雷鸣补开证明; and who begins with it and his number.
_HIS = (
    re.compile(
        rf"(?:^|(?<=[,。;!?\n]))(?P<name>{_HAN}{{2,3}}?)(?=(?:反映|和|说|跟|把|与)?[他她](?:家|屋|老婆|老公|爱人|妈|爸|儿|女|娃|天天|经常|在我|一直))"
    ),
    re.compile(
        rf"[给跟和与同帮替](?P<name>{_HAN}{{2,3}}?)(?=(?:是?[0-9年月底初去前今]{{0,9}}(?:登记|协议|起诉)?(?:离婚|结婚|离了婚|结了婚)"
        r"|分手|合伙|合开|合租|合买|补开|补办|补发|催[一哈下]|办[一哈个理](?:低保|残疾证|身份证|社保卡)))"
    ),
    re.compile(rf"^(?P<name>{_HAN}{{2,3}})[,、 ]{{1,2}}(?=1 ?[3-9](?: ?[0-9]){{9}}(?![0-9]))"),
)
# Whose: behind a word of kinship, before what only a person has.
_HERS = re.compile("的(?:农保|社保|医保|低保|养老|失业|残疾证|身份证|户口|退休|工资|工伤|病历)")
# A name in letters, in a paper or a ticket; Wang Xiaoming, ZHANG SAN.
_ABROAD = re.compile(
    f"{latin.BEGINS}(?P<name>{latin.ONE}(?:[ -]{latin.ONE}){{0,3}})(?![{latin.ANY}])"
    "(?=[,( ]{0,2}(?:[\u4e00-\u9fff]{1,5}[籍族]|[\u4e00-\u9fff]{1,3}国人|护照|居留|中文名|女士|先生|老师|[男女][,)性]|是我们?的?[\u4e00-\u9fff]"
    "|[\u4e00-\u9fff]{0,5}(?:外教|留学生)))"
)
# one of another language, wherever it stands: Jürgen Hoffmann
_STRANGE = re.compile(f"(?P<name>{latin.STRANGE})")
_THANKED = re.compile(
    rf"(?:感谢|表扬|谢谢|投诉|举报|反映|找到?|请)(?P<name>{_HAN}{{3}}|{_HAN}{{2}})(?=(?:民警|警官|警员|辅警|医生|护士|老师|师傅|同志|司机|队长|法官|律师|教练))"
)
_LETTERS = re.compile(
    f'(?:写的?是?|写成了?|姓名|名字|护照|拼音|英文名|叫|本人|乘客|旅客|学生)[:是为 “"]{{0,2}}(?P<name>{latin.SEVERAL})'
)
# A name, or something else: what begins with a family name and holds no common word is one.
_PARTY = "收件人|寄件人|申请人|投诉人|卖方|买方|患者|死者|产权人|承租人|出租人|失主|报案人|报警人|诉求人|信访人|消费者|户主|车主|机主"
_LIKELY = (
    re.compile(rf"叫(?<=[A-Za-z\u4e00-\u9fff]叫)(?<![边随应]叫)(?P<name>{_HAN}{{2,3}})(?=的(?:那个|这个|[女男老小人护医]))"),
    re.compile(rf"叫(?<=[A-Za-z\u4e00-\u9fff]叫)(?<![边随应]叫)(?P<name>{_HAN}{{2,3}})(?=的名字|[\s,。;!?)”|]|$)"),
    re.compile(rf"(?:取名|起名|[上证卡单本](?:的名字)?(?:写的)?是)(?P<name>{_HAN}{{2,3}})(?=的名字|[\s,。;!?)”|]|$)"),
    re.compile(rf"姓(?P<family>{_HAN})[,、 ](?P<name>(?P=family){_HAN}{{1,2}}){_END}"),
    re.compile(
        rf"(?:{_PARTY})(?P<name>{_HAN}{{2,3}})(?=$|[;|(]|[,、 ](?:{_PARTY}|[男女][,)]|1[3-9][0-9]|电话|手机|身份证|住))"
    ),
)
# Behind a word for one person and before what only a person does, whatever he is called.
_DEED = re.compile(
    "反映|来电|来访|来信|称其|表示|诉称|诉被告|投诉称|实名举报|签字|本人签|今年(?=[0-9一二三四五六七八九十上读])|[,(][男女][,)]|[,(]?[0-9]{1,2}岁|[,(、][一-龥]{1,3}族(?=[,)。;、])"
)
_KIN = "两?(?:姐妹|姐弟|兄弟|弟兄|姊妹|兄妹|夫妻|夫妇|父子|母子|母女|父女|叔侄|婆媳|爷孙)|两口子"
# Several together: 谷雨、惠风二人.
_TOGETHER = re.compile(
    rf"((?:{_HAN}{{2,3}}[、和与])+{_HAN}{{2,3}}?)(?=等?[0-9一二两三四五六七八九十]{{1,4}}[人户名位](?!次|员|均)"
    rf"|{_KIN})"
)
_SEVERAL = re.compile(rf"[、和与]{_HAN}{{2,4}}?(?:[0-9一二两三四五六七八九十]{{1,4}}[人户名位]|{_KIN})")
_PARTS = "|".join(sorted(blocks("peoples.txt")["parts"], key=len, reverse=True))
_FIRSTS = "".join(sorted({part[0] for part in blocks("peoples.txt")["parts"]}))
_OF_PARTS = re.compile(rf"(?=[{_FIRSTS}])(?:{_PARTS})(?:(?:{_PARTS}){{1,2}}|[措吉草加姆么增错](?=[,。是在的说]|$))")  # 卓玛措
_SOUNDS = frozenset("".join(blocks("peoples.txt")["sounds"]))
_EUROPE = _SOUNDS | frozenset("".join(blocks("peoples.txt")["europe"]))
_DOTTED = re.compile(rf"({_HAN}{{1,7}})[·•]({_HAN}{{1,8}})")
_ONLY_WORDS = WORDS - NAMES_TOO
_HANS = re.compile(f"{_HAN}+")
_CAPITAL = re.compile(f"[{latin.LARGE}][{latin.SMALL}'’]|[A-Z]{{2}} [A-Z]")
_NOBODY = frozenset("各每这那哪某几多请大本该全众市网居群")


def find(folded: str) -> Iterator[Span]:
    """Names by where they stand. Each rule is tried only where its sign is seen."""
    if "·" in folded or "•" in folded:
        yield from _dotted(folded)
    for sign, rules, sure in _RULES:
        if sign.search(folded):
            yield from (_span(m) for rule in rules for m in rule.finditer(folded) if sure(folded, m))
    yield from _deeds(folded)
    yield from _hers(folded)
    if _CAPITAL.search(folded):
        yield from (_span(m) for rule in (_LETTERS, _ABROAD, _STRANGE, _STAFF) for m in rule.finditer(folded))
    yield from (_span(m) for m in _CHILD.finditer(folded) if _given(m["name"]))
    if _HOME_NAMES.search(folded):
        yield from (_span(m) for rule in (_PET, _OLD_MAN) for m in rule.finditer(folded))
    if "叫" in folded or "是" in folded:
        yield from (_span(m) for m in _LATIN.finditer(folded))
        yield from (_span(m) for m in _CALLED.finditer(folded) if GIVEN.get(m["name"][0]) == LIKELY)
    if _SEVERAL.search(folded):
        for together in _TOGETHER.finditer(folded):
            yield from _members(together)
    for m in _OF_PARTS.finditer(folded):
        if len(m.group()) > 3 or m.start() == 0 or folded[m.start() - 1] in ",。;!? 叫是的":
            yield Span(m.start(), m.end(), "姓名")


def _span(m: re.Match[str]) -> Span:
    return Span(m.start("name"), m.end("name"), "姓名")


def _likely(folded: str, m: re.Match[str]) -> bool:
    name = m["name"]
    if not _whole(name):
        return False
    parts = (part for part in (name, name[:2], name[1:]) if len(part) > 1)
    return folded.startswith("的名字", m.end("name")) or all(_no_word(part) and part not in _ONLY_WORDS for part in parts)


def _said(_folded: str, m: re.Match[str]) -> bool:
    return m["name"][0] in SURNAMES


def _any(_folded: str, m: re.Match[str]) -> bool:
    return _whole(m["name"]) and _no_word(m["name"])


def _his(_folded: str, m: re.Match[str]) -> bool:
    name = m["name"]
    return _whole(name) and (name in NAMES_TOO or lexicon.commonness(name) < lexicon.COMMON)


def _with(_folded: str, m: re.Match[str]) -> bool:
    return _whole(m["name"]) and m["name"] not in CUES


def _thanked(_folded: str, m: re.Match[str]) -> bool:
    name = m["name"]
    return _whole(name) and SURNAMES.get(name[0], 0) >= SURE and lexicon.commonness(name) < lexicon.COMMON


def _hers(folded: str) -> Iterator[Span]:
    for m in _HERS.finditer(folded):
        for start in range(max(0, m.start() - 3), m.start() - 1):
            name = folded[start : m.start()]
            if _whole(name) and _HANS.fullmatch(name) and name not in CUES and naming.cue(folded, start) >= naming.ROLE:
                yield Span(start, m.start(), "姓名")
                break


def _deeds(folded: str) -> Iterator[Span]:
    for m in _DEED.finditer(folded):
        end = m.start()
        for start in range(max(0, end - 4), end - 1):
            name = folded[start:end]
            if naming.cue(folded, start) >= naming.ROLE and _HANS.fullmatch(name) and _unheard(name):
                yield Span(start, end, "姓名")
                break


def _unheard(name: str) -> bool:
    """Whether it is made of nothing known: no word in it, no character that seldom names anybody."""
    words = {name[i : i + 2] for i in range(len(name) - 1)} | {name}
    odd = NEVER.intersection(name) or any(GIVEN.get(char) == UNLIKELY for char in name)
    return not odd and name[-1] not in NEVER_LAST and not any(lexicon.commonness(w) for w in words)


def _members(m: re.Match[str]) -> Iterator[Span]:
    members = [(m.start(1) + n.start(), n.group()) for n in re.finditer(rf"{_HAN}+?(?=[、和与]|$)", m.group(1))]
    first = [name for _, name in members if _whole(name) and _no_word(name)]
    if len(first) * 2 >= len(members) and all(NEVER.isdisjoint(name) and name not in CUES for _, name in members):
        for start, name in members:
            if 2 <= len(name) <= 4:
                yield Span(start, start + len(name), "姓名")


def _given(name: str) -> bool:
    """Whether it can only be a given name: characters that often make one, and together no word."""
    return all(GIVEN.get(char) == LIKELY for char in name) and _unheard(name)


def _whole(name: str) -> bool:
    """Whether it begins with a family name and holds nothing that no name has."""
    return (
        (name[0] in SURNAMES or name[:2] in SURNAMES)
        and NEVER.isdisjoint(name)
        and name[0] not in _NOBODY
        and name not in _ONLY_WORDS
    )


def _no_word(name: str) -> bool:
    return lexicon.commonness(name) < lexicon.COMMON or name in NAMES_TOO


def _dotted(folded: str) -> Iterator[Span]:
    """阿依古丽·买买提: of the sounds that names of other languages are written with."""
    for m in _DOTTED.finditer(folded):
        before = len(m.group(1)) - next((n for n, c in enumerate(reversed(m.group(1))) if c not in _SOUNDS), len(m.group(1)))
        behind = next((n for n, c in enumerate(m.group(2)) if c not in _SOUNDS), len(m.group(2)))
        first = m.group(1)[before:]
        if len(first) < 2 or behind < 2:
            first, behind = _foreign(m)
        if len(first) >= 2 and behind >= 2:
            yield Span(m.end(1) - len(first), m.start(2) + behind, "姓名")


def _foreign(m: re.Match[str]) -> tuple[str, int]:
    """Of 马克·汤普森 what is before the dot and how much behind: characters that sounds of Europe are written with."""
    before = len(m.group(1)) - next((n for n, c in enumerate(reversed(m.group(1))) if c not in _EUROPE), len(m.group(1)))
    behind = next((n for n, c in enumerate(m.group(2)) if c not in _EUROPE), len(m.group(2)))
    return m.group(1)[before:], behind


_RULES = (
    (re.compile("名字|[真本全]名|姓"), _SAID, _said),
    (re.compile("[您你]好|来[电信访函]|致电|先生|女士|小姐|同志|同学"), _ANY, _any),
    (re.compile("[他她](?:家|屋|老婆|老公|爱人|妈|爸|儿|女|娃|天天|经常|在我|一直)"), _HIS[:1], _his),
    (re.compile("[离结]了?婚|分手|合[伙开租买]|补[开办发]|催[一哈下]|办[一哈个理]"), _HIS[1:2], _with),
    (re.compile("民警|[警法教][官员练]|辅警|医生|护士|老师|师傅|同志|司机|队长|律师"), (_THANKED,), _thanked),
    (re.compile("^.{2,3}[,、 ]{1,2}1"), _HIS[2:], _his),
    (re.compile("叫"), _LIKELY[:2], _likely),
    (re.compile("[取起]名|[上证卡单本名写]的?名?字?写?的?是"), _LIKELY[2:3], _likely),
    (re.compile("姓"), _LIKELY[3:4], _likely),
    (re.compile("[人方者主]"), _LIKELY[4:], _likely),
)
