"""The texts that people get: number, who, by when and a link. There is no other field, so the matter cannot slip in.

Providers of text messages want each text registered beforehand: `huying notify templates` prints them under their names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import clock, ids
from huying.notify.models import Notice

FIELDS = ("number", "who", "by", "link")


SEE, FOLLOW, ADD = gettext_noop("请看：%(link)s"), gettext_noop("看进度：%(link)s"), gettext_noop("去补充：%(link)s")
PAY, BOOK = gettext_noop("怎么缴：%(link)s"), gettext_noop("约时间：%(link)s")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with blanks out of FIELDS, and the words that lead on. Of several facts in one message the text with the
    highest `weight` is said.

    `case`: it is of an application (办事), else of an appeal (诉求). `carried`: it leaves by text message or mail; the others
    are only read on the portal. `relayed`: she may answer it, so it goes out by the relay where there is one, in the words of
    RELAYED.
    """

    name: str
    weight: int
    text: str
    onward: str = SEE
    carried: bool = True
    relayed: bool = False
    case: bool = False
    moment: bool = False  # its `by` is when something begins, not until when something is promised
    subject: str = ""  # over a letter, where it is of neither
    more: str = ""  # said after the text


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it leaves: the template's name with the language, the values, and the words themselves."""

    template: str
    values: dict[str, str]
    text: str


APPEALS: tuple[Template, ...] = (
    Template("news", 0, gettext_noop("您的诉求 %(number)s 有新进展。")),
    Template("received", 10, gettext_noop("您的诉求 %(number)s 收到了，%(by)s前答复您。"), FOLLOW),
    Template("closed", 15, gettext_noop("您的诉求 %(number)s 办结了。"), carried=False),
    Template("passed", 18, gettext_noop("您的诉求 %(number)s 现在由%(who)s办，%(by)s前答复您。"), FOLLOW, carried=False),
    Template("dispatched", 20, gettext_noop("您的诉求 %(number)s 由%(who)s办，%(by)s前答复您。"), FOLLOW),
    Template("reopened", 30, gettext_noop("您说没解决，诉求 %(number)s 由%(who)s重新办，%(by)s前答复您。"), FOLLOW),
    Template("again", 31, gettext_noop("您的诉求 %(number)s 随同一件事的诉求一起重新办，%(by)s前答复您。"), FOLLOW),
    Template("hearing", 68, gettext_noop("有单位提议终结您的诉求 %(number)s，请先说说您的意见。")),
    Template("checked", 16, gettext_noop("您的诉求 %(number)s 评价不满意，已经查过，请看结果。"), carried=False),
    Template("graded", 17, gettext_noop("您打的差评有答复了，办件 %(number)s，请看查到了什么。"), carried=False),
    Template("split", 40, gettext_noop("您的诉求 %(number)s 改为单独办，%(by)s前答复您。"), FOLLOW),
    Template("merged", 41, gettext_noop("您的诉求 %(number)s 和同一件事的诉求一起办，%(by)s前答复您。"), FOLLOW),
    Template("extended", 50, gettext_noop("您的诉求 %(number)s 延期了，%(who)s最晚在%(by)s前答复您。")),
    Template("late", 60, gettext_noop("您的诉求 %(number)s 没能在%(by)s前答复，对不起。%(who)s还在办。"), FOLLOW),
    Template("raised", 65, gettext_noop("您的诉求 %(number)s 过了%(by)s的期限还没答复，已经提级催办%(who)s。"), FOLLOW),
    Template("objection", 67, gettext_noop("您对查看个人信息提的异议有答复了，诉求 %(number)s。")),
    Template("messaged", 69, gettext_noop("办事的人就您的诉求 %(number)s 给您留了言。"), relayed=True),
    Template("asked", 70, gettext_noop("您的诉求 %(number)s 还缺一点内容，%(who)s请您补充。"), ADD),
    Template("answered", 80, gettext_noop("您的诉求 %(number)s 有答复了，%(who)s答的。请在%(by)s前说一声解没解决。")),
    Template("withdrawn", 90, gettext_noop("您的诉求 %(number)s 已经按您说的撤回。")),
    Template("declined", 91, gettext_noop("您的诉求 %(number)s 不予受理，依据和出路都写明了。")),
    Template("referred", 92, gettext_noop("您的诉求 %(number)s 要请另一个部门办，找谁、怎么找都写明了。")),
    Template("concluded", 93, gettext_noop("您的诉求 %(number)s 已经终结，理由写明了。")),
)
RELAYED = Template(
    "relayed",
    69,
    gettext_noop("办事的人就您的诉求 %(number)s 给您留了言，可以直接回这条短信，对方看不到您的号码。"),
)


def _case(name: str, weight: int, text: str, onward: str = SEE, *, carried: bool = True, relayed: bool = False) -> Template:
    return Template(name, weight, text, onward, carried, relayed, case=True)


def _visit(name: str, weight: int, text: str) -> Template:
    return Template(name, weight, text, case=True, moment=True)


TAKEN = "case_taken"  # said where nobody knows yet by when all of it is done: some of it waits for her
CASES: tuple[Template, ...] = (
    _case("case_news", 0, gettext_noop("您的申请 %(number)s 有新进展。")),
    _case("case_received", 10, gettext_noop("您的申请 %(number)s 收到了，最晚%(by)s前全部办好。"), FOLLOW),
    _case(TAKEN, 10, gettext_noop("您的申请 %(number)s 收到了。"), FOLLOW),
    _case("case_closed", 15, gettext_noop("您的申请 %(number)s 办结了。"), carried=False),
    _case("item_granted", 40, gettext_noop("您的申请 %(number)s 有一项办成了，%(who)s办的。")),
    _visit("visit_booked", 42, gettext_noop("您的申请 %(number)s 约好了：%(by)s到%(who)s窗口。")),
    _case("visit_wanted", 43, gettext_noop("您的申请 %(number)s 有一项要您到窗口办，请约个时间，来了开始计时。"), BOOK),
    _case("item_paused", 45, gettext_noop("您的申请 %(number)s 有一项%(who)s在等检验、评审这类事，这段时间依法不算。"), FOLLOW),
    _case("item_extended", 50, gettext_noop("您的申请 %(number)s 有一项%(who)s延期了，理由和哪天办好都写明了。")),
    _case("case_late", 60, gettext_noop("您的申请 %(number)s 没能在%(by)s前全部办好，对不起。还在办。"), FOLLOW),
    _case("case_raised", 65, gettext_noop("您的申请 %(number)s 过了%(by)s的期限还没办好，已经提级催办。"), FOLLOW),
    _case("case_objection", 67, gettext_noop("您对查看个人信息提的异议有答复了，申请 %(number)s。")),
    _case("case_messaged", 69, gettext_noop("办事的人就您的申请 %(number)s 给您留了言。"), relayed=True),
    _case("item_fee", 72, gettext_noop("您的申请 %(number)s 有一项等您缴费，是%(who)s办的。"), PAY),
    _case("visit_unbooked", 74, gettext_noop("您的申请 %(number)s 有一项等您到%(who)s窗口办，还没有约时间。"), BOOK),
    _case("item_refused", 75, gettext_noop("您的申请 %(number)s 有一项%(who)s没有同意，原因和接下来能怎么办都写明了。")),
    _visit("visit_freed", 76, gettext_noop("您的申请 %(number)s 约的 %(by)s到%(who)s窗口不用去了，怎么回事都写明了。")),
    _visit("visit_near", 77, gettext_noop("您的申请 %(number)s 约的时间快到了：%(by)s到%(who)s窗口。")),
    _case("case_asked", 78, gettext_noop("您的申请 %(number)s 还缺材料，%(who)s请您补一次，补好接着办。"), ADD),
    _case("case_answered", 80, gettext_noop("您的申请 %(number)s 全部有结果了，最后一项是%(who)s办的。")),
    _case("case_withdrawn", 90, gettext_noop("您的申请 %(number)s 撤回了，不再办。")),
)
# Of what is ready for her (主动服务): it says that something is, never what.
OFFERED = Template(
    "offered",
    20,
    gettext_noop("按您的同意，替您备好了一件事，您确认了才办。请在%(by)s前看一看。"),
    subject=gettext_noop("替您备好了一件事"),
)
TEMPLATES = (*APPEALS, *CASES, OFFERED)
CASE_RELAYED = _case(
    "case_relayed", 69, gettext_noop("办事的人就您的申请 %(number)s 给您留了言，可以直接回这条短信，对方看不到您的号码。")
)
TEST = Template("test", 0, gettext_noop("这是一条测试消息，收到就说明通知发得出去。"))
SUBJECT, CASE_SUBJECT = gettext_noop("您的诉求 %(number)s 有新进展"), gettext_noop("您的申请 %(number)s 有新进展")
FOOT = gettext_noop("这封邮件是自动发出的，不用回复。怎么通知您，可以在“我的”里改。")
FOR_HER = gettext_noop("这件是您替别人办的。")
HERS = ("case_objection", "case_messaged")  # who looked, and words left for her, are hers alone
# The same to who acts for her: it does not say for whom.
ACTING: tuple[Template, ...] = tuple(
    replace(found, name=f"{found.name}_for", more=FOR_HER) for found in CASES if found.name not in HERS
)
_BY_NAME = {template.name: template for template in (*TEMPLATES, RELAYED, CASE_RELAYED, *ACTING)}


def template(name: str) -> Template:
    """The template of that name. Raises KeyError."""
    return _BY_NAME[name]


def of_kind(name: str, kind: str) -> str:
    """The name of the text that says the same of a call of that kind."""
    own = f"case_{name}"
    return own if kind == "service" and own in _BY_NAME else name


def subject(rendered: Rendered) -> str:
    """What stands over a letter of these words."""
    found = _BY_NAME.get(rendered.template.partition(".")[0])
    if found and found.subject:
        return _(found.subject)
    return _(CASE_SUBJECT if found and found.case else SUBJECT) % {"number": rendered.values.get("number", "")}


def day(moment: datetime, *, begins: bool = False) -> str:
    """Until when, as it stands before 前: 11 月 25 日 where a whole day ends; else, or where it `begins`, with the hour."""
    local = moment.astimezone(clock.CITY_TIME)
    whole = not begins and (local.hour, local.minute) == (0, 0)
    shown = local - timedelta(days=1) if whole else local  # the last day ends at 24:00
    parts = {"month": shown.month, "day": shown.day, "name": MONTHS[shown.month]}
    said = _("%(month)s 月 %(day)s 日") % parts
    return said if whole else _("%(day)s %(hour)s ") % {"day": said, "hour": f"{shown:%H:%M}"}


def render(notices: Sequence[Notice], language: str, *, relayed: bool = False) -> Rendered:
    """What one message says of these notices (oldest first): the weightiest text, with who and by when of the newest.

    `relayed`: it goes out by the relay, and she may answer it.
    """
    chosen = max((template(notice.template) for notice in notices), key=lambda found: found.weight)
    name = chosen.name
    if relayed and chosen.relayed:
        chosen = CASE_RELAYED if chosen.case else RELAYED
    # several departments have a part in a case: each text names its own
    last = next(row for row in reversed(notices) if not chosen.case or row.template == name)
    with translation.override(language):
        values = _values(last)
        chosen = _to_whom(_filled(chosen, values), last)
        used = {name: values[name] for name in fields(chosen)}
        return Rendered(variant(chosen.name, language), used, words(chosen) % used)


def read(notice: Notice, language: str) -> str:
    """What a notice says on the portal, where the way on is the page itself."""
    with translation.override(language):
        values = _values(notice)
        chosen = _to_whom(_filled(template(notice.template), values), notice)
        return _said(chosen) % values


def words(found: Template) -> str:
    """All of a text with its blanks, in the language that is set."""
    return _said(found) + _(found.onward)


def _said(found: Template) -> str:
    return _(found.text) + (_(found.more) if found.more else "")


def _to_whom(found: Template, notice: Notice) -> Template:
    return _BY_NAME.get(f"{found.name}_for", found) if notice.acts else found


def spoken(name: str, values: Mapping[str, str]) -> str:
    """The words that a provider makes of a template's name and its values; '' for a name that is none of these."""
    plain, _dot, language = name.partition(".")
    found = TEST if plain == TEST.name else _BY_NAME.get(plain)
    if found is None:
        return ""
    with translation.override(language or "zh-hans"):
        return (words(found) if found is not TEST else _(found.text)) % values


def fields(found: Template) -> list[str]:
    """The blanks of a template, in the order of FIELDS."""
    return [name for name in FIELDS if f"%({name})s" in found.text + found.onward]


def _values(notice: Notice) -> dict[str, str]:
    link = settings.SITE + notice.address
    by = day(notice.by, begins=template(notice.template).moment) if notice.by else ""
    return {"number": ids.spoken(notice.number), "who": notice.who, "by": by, "link": link}


def _filled(found: Template, values: dict[str, str]) -> Template:
    """The template, unless a blank of it would stay empty: then less is said, not nonsense."""
    if all(values[name] for name in fields(found)):
        return found
    return template(TAKEN if found.name == "case_received" else "case_news" if found.case else "news")


def variant(name: str, language: str) -> str:
    """The name under which a provider knows a text in a language."""
    return name if language == "zh-hans" else f"{name}.{language}"
