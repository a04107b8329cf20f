"""Names of people: after 我是, 我叫, 姓名, 联系人 and the like, and wherever a name found so stands again."""

import re
from collections.abc import Iterable
from pathlib import Path

from huying.people.cutting.folding import Span

# Surnames. Those that are nearly always another word in a message (有, 全, 位, 时 …) are left out.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
    "汤康易乔赖文庞樊兰殷施洪颜倪温季俞章鲁葛伍申尤毕聂柴焦翟邢岳齐梅庄辛管祝左涂谷祁耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游裴席卫屈鲍霍翁隋植甘景薄单包司柏宁柯阮桂闵解强华车冉房边辜吉饶刁瞿戚丘古米池滕晋"
    "苑邬臧畅宫嵺苟褚廉简娄盖符奚木穆燕郎邸冀谌闻商粟敖冷蔺皮蒲芦阳晏艾代岑晁应仇宗胥喻荣伏舒鹿佟农计敬迟郁明佘封桑蓝虞危巫连仲仝滑郗相邝卓雍沙匡弓鞠练麻楚禹邰卞诸乐银"
)
_COMPOUND = "欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|西门|南宫|东方|独孤|宇文|长孙|澹台|闻人|呼延|钟离"
_WORDS = [
    word
    for line in Path(__file__).with_name("not_names.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for word in line.split()
]
_FALSE = "(?!" + "|".join(_WORDS) + ")"
_TITLE = "先生|女士|小姐|同志|老师|师傅|主任|医生|阿姨|叔叔|大爷|婆婆|经理|老板|[局科处队所站镇会]长|书记|支书|总|工"
# 王某某, 李姓 and little words are no given name.
_GIVEN = r"(?![某姓总氏的了吗呢吧啊们这那没你我他她它您])[\u4e00-\u9fff]"
_NAME = rf"{_FALSE}(?:(?:{_COMPOUND})(?:{_GIVEN}){{1,2}}|[{_SURNAMES}](?!{_TITLE})(?:{_GIVEN}){{1,2}})"
_ETHNIC = r"[\u4e00-\u9fff]{1,6}[·•][\u4e00-\u9fff]{2,8}"
# What may follow a name: a pause, or a word that goes on about the person.
_PAUSE = r"[\s,。;、:!?()\[\]【】《“”\"'/|.\-…·〔]|$"
_GOES_ON = (
    r"[0-9a-zA-Z+]|先生|女士|同志|老师|电话|手机|联系|微信|身份证|性别|年龄|今年|家住|现住|住在|住址|[男女][,性。 ]|"
    r"系|是|来自|家在|于[0-9]|在[0-9]|因|反映|投诉|举报|来电|本人"
)
_AFTER = rf"(?={_PAUSE}|{_GOES_ON})"
_KIN = r"(?=的(?:父|母|妻|丈|儿|女|爱人|老公|老婆|哥|姐|弟|妹|孙|爷|奶|外公|外婆|监护|家属|家长|委托|邻居|同事))"
_PLAIN = rf"({_NAME})(?:{_AFTER}|{_KIN})"

_FIELDS = (
    "姓名|名字|联系人|(?:被)?(?:投诉|举报|反映|反应|申请|当事|来电|来信|报案|委托|代理|收件|收货|求助|报修|上访|咨询)人|"
    "户主|房主|产权人|承租人|监护人|法人|落款|署名"
)
_KINSHIP = "[我他她人爸妈妻夫婆公子女儿孩父母哥弟姐妹爷奶孙友事居]"
_ROLES = "业主|居民|村民|住户|租户|租客|市民|学生|家长|商户|员工|职工|老师|教师|医生|司机|经营者|负责人|店主|老板|党员"
_RULES = tuple(
    re.compile(rule)
    for rule in (
        # 姓名：, 联系人
        rf"(?:{_FIELDS})(?:姓名|名字)?(?:是|为|叫|[:\s(])*"
        rf"({_ETHNIC}|[{_SURNAMES}] ?(?:{_TITLE})|{_NAME}{_AFTER}|{_FALSE}[{_SURNAMES}] {{1,2}}{_GIVEN}{_AFTER})",
        # 我是, 我叫, my daughter is called; the end of a letter
        rf"(?:我是|我叫|本人(?:是|叫|姓名)?|我的名字(?:是|叫)|敬礼[!。\s]*|{_KINSHIP}的?(?:名字)?名?叫|名叫|姓[\u4e00-\u9fff],?名?叫)[:\s]*{_PLAIN}",
        # 我是小区的业主 …
        rf"(?:我是|本人是|本人系|我系)[^,。;!?\n]{{0,18}}?(?:{_ROLES}|的)[:\s]?{_PLAIN}",
        # 业主 … at the beginning of a sentence or behind a place
        rf"(?:^|[,。;!?\s、]|[区苑园府湾城庭寓村镇乡组社栋])(?:{_ROLES})[:\s]?({_NAME})(?={_PAUSE})",
        # the two that may run straight into what follows
        rf"(?:我叫|姓名[:\s]*)({_FALSE}[{_SURNAMES}](?!{_TITLE})(?:{_GIVEN}){{2}})",
    )
)
# A third character that makes a place or a crowd of the whole: 李家村, 石柱人.
_NO_PERSON = re.compile(r"[\u4e00-\u9fff]{2}[人户员者县村镇乡市省街厂局店楼栋城园苑府湾区]")


def find(folded: str) -> list[Span]:
    """Names behind a word that announces one."""
    found = (m for rule in _RULES for m in rule.finditer(folded))
    return [Span(m.start(1), m.end(1), "姓名") for m in found if not _NO_PERSON.fullmatch(m.group(1))]


def again(text: str, names: Iterable[str]) -> list[Span]:
    """Where names found elsewhere stand once more; two characters alone are too often part of a word."""
    return [Span(m.start(), m.end(), "姓名") for name in names if len(name) > 2 for m in re.finditer(re.escape(name), text)]
