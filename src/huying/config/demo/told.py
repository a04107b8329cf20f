"""What the demo prints: addresses, accounts, phones, five things to try. Chinese with English beside, in every locale."""

from itertools import groupby
from pathlib import Path

from huying.config.demo import story
from huying.config.demo.officers import PASSWORD
from huying.people.models import Post, Role

BEGUN = "准备演示 preparing the demo …"
READY = "一周的诉求已备好 a week of calls is ready: {calls} calls, {verbs} verbs"
PHONES = 6  # callers that are named; the week has more
_ENGLISH = {"handler": "handler", "head": "head", "dispatcher": "dispatcher", "supervisor": "supervisor"} | {
    "callback": "call-back desk",
    "auditor": "auditor",
}


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds it."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # nosec B104
    return f"http://{name}:{port}"


def told(city: Path, at: str) -> str:
    """Everything to begin with; `at` as `address` gives it."""
    people = story.people(city / "demo")
    phones = [f"  {name:　<4}{spoken(phone)}" for name, phone in list(people.callers.items())[:PHONES]]
    return "\n".join([*_addresses(at), "", *_officers(people), "", *_citizens(at), *phones, "", *_tries(at), ""])


def spoken(phone: str) -> str:
    """138 0000 0001."""
    return f"{phone[:3]} {phone[3:7]} {phone[7:]}"


def _addresses(at: str) -> list[str]:
    return [
        "呼应演示 Huying demo：数据都是编的，可以放心点 all data is invented, click anything",
        "",
        "地址 Addresses",
        f"  市民门户 portal        {at}/",
        f"  有呼有应 public board  {at}/board/",
        f"  工作台 officers' desk  {at}/desk/",
        f"  验证码 sign-in codes   {at}/demo/codes/  （工作人员的验证器也在这里 the officers' authenticators too）",
    ]


def _officers(people: story.People) -> list[str]:
    """One line for each body: its officers with their posts."""
    lines = [f"工作人员 Officers（口令 password: {PASSWORD}）"]
    posts = Post.objects.filter(officer__account__username__in=[line.login for line in people.officers])
    rows = posts.select_related("officer__account", "department").order_by("id")
    for department, held in groupby(rows, key=lambda post: post.department):
        names = "，".join(f"{p.officer.account.username} {Role(p.role).label}" for p in held)
        lines.append(f"  {department.name}：{names}")
    lines.append("  第二验证 second factor: 六位数字在验证码页，按用户名找 six digits on the page of codes, by login")
    return [*lines, f"  岗位 posts: {', '.join(f'{Role(r).label} {name}' for r, name in _ENGLISH.items())}"]


def _citizens(at: str) -> list[str]:
    return [
        "市民 Citizens：用手机号登录，六位验证码在上面的验证码页",
        f"  sign in at {at}/signin/ with a phone; the six-digit code stands on the page of codes",
    ]


def _tries(at: str) -> list[str]:
    return [
        "可以试试 Five things to try",
        "  1. 派单：chen.dispatcher 登录工作台，打开“派单”，按 1 把第一件派出去。",
        "     Dispatch: sign in at the desk as chen.dispatcher, open 派单, press 1 to send the first call on its way.",
        f"  2. 走一遍：在 {at}/appeal/ 说一件事，再用 luo.dispatcher、zhou.handler 交办、签收、联系、答复、审核，回来评价。",
        "     One call through: tell something on the portal, then pass it down, sign, contact, answer, approve, and rate it.",
        "  3. 过一天：按页脚或工作台上的“到下一个工作日”，看时限怎么走、哪些超期。",
        "     A day later: press “next working day” in the foot or on the officers' bar, and see what falls due.",
        "  4. 主动服务：用 138 0000 0015（石婆婆）登录，首页上有替她备好的高龄津贴，补上收款账号就能确认。",
        "     Ready before she asks: sign in as 138 0000 0015 and confirm the allowance that waits on the first page.",
        "  5. 一件事：用 138 0000 0101（郭建华）登录，看“退休”办到哪里，补上医保要的；再用 lin.handler、kang.head 接着办。",
        "     One thing, many departments: sign in as 138 0000 0101, see where his retirement stands, add what is asked.",
    ]
