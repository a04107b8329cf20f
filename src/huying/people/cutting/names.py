"""Names of people: after 我是, 我叫, 姓名, 联系人 and the like, and wherever a name found so stands again."""

import re
from collections.abc import Iterable
from pathlib import Path

from huying.people.cutting.folding import Span

# Those that are nearly always another word in a message (有, 全, 位, 时 …) are left out.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "汤康易乔赖文庞樊兰殷施洪颜倪温季俞章鲁葛伍申尤毕聂柴焦翟邢岳齐梅庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈鲍霍翁隋植甘景薄单包司柏宁柯阮桂闵解强华车冉房边辜吉饶刁瞿戚丘古米池滕晋"
    "苑邬臧畅宫嵺苟褚廉简娄盖符奚木穆燕郎邸冀谌闻商粟敖冷蔺皮蒲芦阳晏艾代岑晁应仇宗胥喻荣伏舒鹿佟农计敬迟郁明佘封桑蓝虞危巫连仲仝滑郗相邝卓雍沙匡弓鞠练麻楚禹邰卞诸乐银"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|西门|南宫|东方|独孤|宇文|长孙|澹台|闻人|呼延|钟离"
_GIVEN = r"[\u4e00-\u9fff]"
# What may follow a name: a pause, or a word that goes on about the person.
_AFTER = (
    r"(?=[\s,。;、:!?()\[\]【】《“”\"'/|.\-…·]|$|[0-9a-zA-Z+]|先生|女士|同志|老师|电话|手机|联系|身份证|性别|年龄|今年|家住|现住|住在|住址|[男女][,性。 ]|"
    r"系|是|来自|家在|于[0-9]|因|在[0-9]|微信|〔)"
)
_KIN = r"(?=的(?:父|母|妻|丈|儿|女|爱人|老公|老婆|哥|姐|弟|妹|孙|爷|奶|外公|外婆|监护|家属|家长|委托|邻居|同事))"
_TITLE = "先生|女士|小姐|同志|老师|师傅|主任|医生|阿姨|叔叔|大爷|婆婆|经理|老板|[局科处队所站镇会]长|书记|支书|总|工"
_NAME = rf"(?:(?:{_COMPOUND}){_GIVEN}{{1,2}}|[{_SURNAMES}](?!{_TITLE}){_GIVEN}{{1,2}})"
_ETHNIC = r"[\u4e00-\u9fff]{1,6}[·•][\u4e00-\u9fff]{2,8}"


_WORDS = [
    word
    for line in Path(__file__).with_name("not_names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
_FALSE = re.compile("|".join(_WORDS))
# 李家村, 王某某 and 张姓女子 are no names; neither is a third character that makes a word of the whole.
_NOT_GIVEN = re.compile(
    r"[某姓总氏]|^[\u4e00-\u9fff]{1,2}[人户员者县村镇乡市省街厂局店楼栋城园苑府湾区]$|[的了吗呢吧啊们这那没你我他她它您]"
)

# The word before, and whether a name may run straight into the words behind it.
_FIELD = re.compile(
    r"(?:姓名|名字|联系人|(?:被)?(?:投诉|举报|反映|申请|当事|来电|来信|反应|报案|委托|代理|收件|收货|求助|报修|上访|咨询)人|户主|房主|产权人|承租人|监护人|法人|落款|署名)"
    r"(?:姓名|名字)?(?:是|为|叫|[:\s(])*"
)
_I_AM = re.compile(
    r"(?:我是|我叫|本人(?:是|叫|姓名)?|我的名字(?:是|叫)|敬礼[!。\s]*|"
    r"(?:我|他|她|人|爸|妈|妻|夫|婆|公|子|女|儿|孩|父|母|哥|弟|姐|妹|爷|奶|孙|友|事|居)(?:的)?(?:名字)?(?:名)?叫|名叫|姓[\u4e00-\u9fff][,，]?(?:名)?叫)[:\s]*"
)
_AM_SOMEBODY = re.compile(
    r"(?:我是|本人是|本人系|我系)[^,。;!?\n]{0,18}?(?:业主|居民|村民|住户|租户|租客|市民|学生|家长|商户|员工|职工|老师|教师|医生|司机|经营者|负责人|店主|老板|党员|的)[:\s]?"
)
_FIELD_NAME = re.compile(rf"({_ETHNIC}|[{_SURNAMES}] ?(?:{_TITLE})|(?:{_NAME}){_AFTER}|[{_SURNAMES}] {{1,2}}{_GIVEN}{_AFTER})")
_PLAIN_NAME = re.compile(rf"({_NAME})(?:{_AFTER}|{_KIN})")
_CALLED = re.compile(rf"(?:我叫|姓名[:\s]*)([{_SURNAMES}](?!{_TITLE}){_GIVEN}{{2}})")


def find(folded: str) -> list[Span]:
    """Names behind a word that announces one."""
    spans = list(_behind(_FIELD, _FIELD_NAME, folded))
    spans += _behind(_I_AM, _PLAIN_NAME, folded)
    spans += _behind(_AM_SOMEBODY, _PLAIN_NAME, folded)
    spans += [Span(m.start(1), m.end(1), "姓名") for m in _CALLED.finditer(folded) if _is_name(m.group(1))]
    return spans


def again(text: str, names: Iterable[str]) -> list[Span]:
    """Where names found elsewhere stand once more; two characters alone are too often part of a word."""
    return [Span(m.start(), m.end(), "姓名") for name in names if len(name) > 2 for m in re.finditer(re.escape(name), text)]


def _behind(cue: re.Pattern[str], name: re.Pattern[str], folded: str) -> list[Span]:
    out = []
    for announced in cue.finditer(folded):
        found = name.match(folded, announced.end())
        if found and _is_name(found.group(1)):
            out.append(Span(found.start(1), found.end(1), "姓名"))
    return out


def _is_name(text: str) -> bool:
    return not _FALSE.match(text) and not _NOT_GIVEN.search(text[1:]) and text[-1] not in "们"
