"""Every page of portal and desk in every state worth looking at, each opened as a person opens it."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from tests.journeys.city import PASSWORD
from tests.journeys.people import prove_if_asked

Opening = Callable[[Page], object]
BORN = "born=here&household=mother&married=yes&insured=no"
CALLER = "13800000001"  # in the demo: one call waits, one is at work, one is answered, one has ended


def at(path: str) -> Opening:
    """By its address."""
    return lambda page: page.goto(path)


def send_empty(path: str, button: str) -> Opening:
    """A form that comes back with its faults."""

    def opened(page: Page) -> None:
        page.goto(path)
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("button", name=button, exact=True).click()

    return opened


def asked_for_a_code(page: Page) -> None:
    page.goto("/signin/")
    page.get_by_label("手机号").fill("13900000099" if page.context.cookies() else "13900000098")
    page.get_by_role("button", name="发验证码").click()
    page.wait_for_url("**/signin/code/**")


def just_received(page: Page) -> None:
    page.goto("/appeal/")
    page.get_by_label("发生了什么").fill("楼道里闻到很浓的煤气味，隔壁也闻到了。")
    page.locator("input[value=help]").check(force=True)
    page.locator("input[value=anonymous]").check(force=True)
    page.locator("#send").click()
    page.wait_for_url("**/appeal/done/")


def like_another(page: Page) -> None:
    """What somebody told nearby just before is offered to be joined."""
    for more in ("", "怕老人摔下去。"):
        page.goto("/appeal/")
        page.get_by_label("发生了什么").fill("人行天桥的扶手松了一大截，手一搭就晃，请来加固。" + more)
        page.locator("input[value=help]").check(force=True)
        page.locator("input[value=anonymous]").check(force=True)
        page.get_by_label("选区县").select_option("渝中区")
        page.get_by_label("选镇街").select_option("大坪街道")
        with page.expect_navigation():
            page.locator("#send").click()
    page.get_by_role("heading", name="是不是这件事？").wait_for()


def known(path: str) -> Opening:
    """The first incident of a list."""

    def opened(page: Page) -> None:
        page.goto(path)
        page.locator(".incidents a, ol.late a").first.click()
        page.locator("#jo, .known-now").wait_for()

    return opened


def joined_without_a_number(page: Page) -> None:
    known("/incidents/")(page)
    with page.expect_navigation():
        page.get_by_role("button", name="我也遇到").click()


def area_chosen(page: Page) -> None:
    page.goto("/appeal/")
    page.get_by_label("选区县").select_option("沙坪坝区")
    page.locator("#known section").wait_for()


def sent_without_seeing(page: Page) -> None:
    """As it comes to whoever has no script: the form is sent before the incidents beside it were shown."""
    area_chosen(page)
    page.locator("#known").evaluate("box => box.replaceChildren()")
    page.get_by_label("发生了什么").fill("屋头没得水，不晓得好久才来。")
    page.locator("input[value=help]").check(force=True)
    page.locator("input[value=anonymous]").check(force=True)
    with page.expect_navigation():
        page.locator("#send").click()
    page.get_by_role("heading", name="是不是这件事？").wait_for()


def just_received_status(page: Page) -> None:
    page.goto("/mine/")
    page.locator("article.case a").first.click()
    page.wait_for_url("**/call/**")


def her_receipt(page: Page) -> None:
    """The receipt of what was just received, once it is in the log, with all that unfolds unfolded."""
    just_received(page)
    page.get_by_role("link", name="已签回执").click()
    page.wait_for_url("**/receipt/")
    until_kept(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


def until_kept(page: Page) -> None:
    """Look again until it is in the log: within the minute that is promised."""
    for _ in range(60):
        if page.get_by_role("heading", name="已存证").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    page.get_by_role("heading", name="已存证").wait_for()


def scanned(page: Page) -> None:
    her_receipt(page)
    page.get_by_role("link", name="打开核对页").click()
    page.wait_for_url("**/verify/**")


def half_signed_in(page: Page) -> None:
    """The password was right; the second factor is asked for."""
    page.goto("/signin/officer/")
    page.get_by_label("用户名").fill("qin.head")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/signin/officer/second/**")


def wrong_second_factor(page: Page) -> None:
    half_signed_in(page)
    with page.expect_navigation():
        page.get_by_role("button", name="验证").click()
    page.locator("#second_error").wait_for()


VISITOR: dict[str, Opening] = {
    "a thing, nothing answered": at("/things/newborn/"),
    "a thing, answered": at(f"/things/newborn/?{BORN}"),
    "home": at("/"),
    "appeal": at("/appeal/"),
    "appeal, danger": at("/appeal/?text=%E6%A5%BC%E4%B8%8A%E8%B5%B7%E7%81%AB%E4%BA%86"),
    "appeal, at fault": send_empty("/appeal/", "提交"),
    "received": just_received,
    "status, received": just_received_status,
    "receipt": her_receipt,
    "receipt, scanned": scanned,
    "receipt, not there": at("/verify/482190375516/00000000000000000000000000000000/"),
    "log": at("/log/"),
    "mine, held": at("/mine/"),
    "things": at("/things/"),
    "things, for a firm": at("/things/?who=firm"),
    "things, found": at("/things/?q=%E5%B1%85%E4%BD%8F%E8%AF%81%E7%94%B3%E9%A2%86"),
    "things, nothing": at("/things/?q=%E9%87%8F%E5%AD%90%E5%8A%9B%E5%AD%A6"),
    "things, a shelf": at("/things/?department=justice"),
    "item": at("/items/divorce-registration/"),
    "search": at("/search/"),
    "search, found": at("/search/?q=%E8%B7%AF%E7%81%AF"),
    "search, nothing": at("/search/?q=%E9%B2%B8%E9%B1%BC"),
    "like another": like_another,
    "incidents": at("/incidents/"),
    "incidents, none here": at("/incidents/?area=500101"),
    "incident": known("/incidents/"),
    "incident, at fault": joined_without_a_number,
    "appeal, incidents beside the area": area_chosen,
    "like another, an incident": sent_without_seeing,
    "board": at("/board/"),
    "a street": at("/street/500103003/"),
    "streets": at("/street/"),
    "streets of a district": at("/street/?area=500103"),
    "board, nothing": at("/board/?area=500101"),
    "me": at("/me/"),
    "messages of calls that are held": at("/me/messages/"),
    "who looked, nobody": at("/me/looks/"),
    "looks": at("/looks/"),
    "accessibility": at("/accessibility/"),
    "privacy": at("/privacy/"),
    "sign-in": at("/signin/"),
    "sign-in, at fault": send_empty("/signin/", "发验证码"),
    "code": asked_for_a_code,
    "code, at fault": send_empty("/signin/code/", "登录"),
    "codes": at("/demo/codes/"),
    "officers' sign-in": at("/signin/officer/"),
    "officers' sign-in, at fault": send_empty("/signin/officer/", "登录"),
    "second factor": half_signed_in,
    "second factor, at fault": wrong_second_factor,
    "not there": at("/nowhere/"),
}


def my_call(state: str) -> Opening:
    """One of the caller's calls by the words of its state."""

    def opened(page: Page) -> None:
        page.goto("/mine/")
        page.locator("article.case").filter(has_text=state).first.get_by_role("link").first.click()
        page.wait_for_url("**/call/**")

    return opened


def rated_without_a_word(page: Page) -> None:
    my_call("有答复了")(page)
    page.locator("#verdict").evaluate("form => form.noValidate = true")
    with page.expect_navigation():
        page.locator("#verdict button").click()


def wished_a_bad_address(page: Page) -> None:
    page.goto("/me/wish/")
    page.locator("input[value=mail]").check(force=True)
    page.locator("#mail").fill("li at mail")
    with page.expect_navigation():
        page.get_by_role("button", name="就这样通知").click()
    page.locator("#mail_error").wait_for()


def wished_letters(page: Page) -> None:
    """A code is on its way, now or from a moment ago: it is sent once a minute at most."""
    page.goto("/me/wish/")
    if not page.locator("#code").count():
        page.locator("input[value=mail]").check(force=True)
        page.locator("#mail").fill("li@mail.example")
        with page.expect_navigation():
            page.get_by_role("button", name="就这样通知").click()
    page.locator("#code").wait_for()


def objected_with_nothing(page: Page) -> None:
    my_call("有答复了")(page)
    page.locator("#looks summary").click()
    page.locator("#looks form").evaluate("form => form.noValidate = true")
    with page.expect_navigation():
        page.get_by_role("button", name="提异议").click()
    page.locator("#looks .fault").wait_for()


SIGNED_IN: dict[str, Opening] = {
    "the form of a thing": at(f"/things/newborn/form/?{BORN}"),
    "the form of a thing, with its faults": send_empty(f"/things/newborn/form/?{BORN}", "提交，7 件一起办"),
    "home, signed in": at("/"),
    "appeal, signed in": at("/appeal/"),
    "mine": at("/mine/"),
    "search, signed in": at("/search/?q=%E8%B7%AF%E7%81%AF"),
    "me, signed in": at("/me/"),
    "messages": at("/me/messages/"),
    "who looked": at("/me/looks/"),
    "status, an objection at fault": objected_with_nothing,
    "devices": at("/me/sessions/"),
    "how to tell": at("/me/wish/"),
    "how to tell, at fault": wished_a_bad_address,
    "how to tell, to confirm": wished_letters,
    "status, waiting": my_call("正在派单"),
    "status": my_call("有答复了"),
    "status, at fault": rated_without_a_word,
    "status, ended": my_call("办结"),
    "incident, signed in": known("/incidents/"),
}
# Whose calls came to an end in another way, and the words of its state.
ENDINGS = {
    "concluded": ("13800000035", "已终结"),
    "told": ("13800000018", "在电话里说解决了"),
    "silent": ("13800000036", "没有评价"),
}


def unfolded(opening: Opening) -> Opening:
    """With everything that unfolds unfolded."""

    def opened(page: Page) -> None:
        opening(page)
        page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")

    return opened


def opened_row(words: str = "", path: str = "/desk/") -> Opening:
    """The first row with these words, opened, with everything that unfolds unfolded."""

    def opened(page: Page) -> None:
        page.goto(path)
        page.locator("[data-row]").filter(has_text=words).first.click()
        page.locator("#ct").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    return opened


def looked_at_the_number(page: Page) -> None:
    opened_row("待答复")(page)
    if page.locator("details.look form input[value=phone]").count():  # not open from a moment ago
        fill_in_the_look(page)
        prove_if_asked(page)
    page.get_by_text("自动合上，已记阅痕").wait_for()


def fill_in_the_look(page: Page) -> None:
    """The form that opens her number, sent."""
    form = page.locator("details.look form").first
    form.locator("input[value=phone]").check(force=True)
    form.locator("input[value=contact]").check(force=True)
    form.locator("[name=words]").fill("约上门的时间")
    with page.expect_navigation():
        form.get_by_role("button", name="打开").click()


def looked_without_a_reason(page: Page) -> None:
    opened_row("退回重办")(page)
    form = page.locator("details.look form").first
    form.evaluate("form => form.noValidate = true")
    with page.expect_navigation():
        form.get_by_role("button", name="打开").click()
    prove_if_asked(page)
    page.locator("details.look .fault").first.wait_for()


def judged_with_nothing(page: Page) -> None:
    page.goto("/desk/looks/")
    with page.expect_navigation():
        page.locator(".looks-page form .btn").first.click()
    page.locator(".looks-page .fault").first.wait_for()


def answered_with_nothing(page: Page) -> None:
    opened_row("待答复")(page)
    page.locator("#f-answer [name=send]").click()
    page.locator("#faults").wait_for()


def opened_with_nothing(page: Page) -> None:
    page.goto("/desk/incidents/new/")
    page.locator(".notice-form").evaluate("form => form.noValidate = true")
    with page.expect_navigation():
        page.get_by_role("button", name="公布", exact=True).click()


def filled_by_a_template(page: Page) -> None:
    opened_row("待答复")(page)
    page.locator(".reply [data-fill]").first.click()
    page.locator("#answer").wait_for()


def many_at_once(page: Page) -> None:
    page.goto("/desk/?box=unit")
    page.locator("#rows input[name=task]").first.check()
    page.get_by_role("button", name="一起办").click()
    page.locator("[name=sure]").wait_for(state="attached")


def another_factor(page: Page) -> None:
    page.goto("/signin/officer/enrol/")
    prove_if_asked(page)
    page.locator(".enrol").wait_for()


def another_factor_at_fault(page: Page) -> None:
    another_factor(page)
    with page.expect_navigation():
        page.get_by_role("button", name="登记验证器").click()
    page.locator("#second_error").wait_for()


def looked_over(page: Page) -> None:
    opened_row("待答复")(page)
    page.get_by_role("textbox", name="答复").fill("您反映的问题已收悉，已转相关部门处理，将尽快答复。")
    page.get_by_role("button", name="先看一遍").click()
    page.locator("#advice").wait_for()


def opened_draft(tab: str) -> Opening:
    """The draft of the demo that waits for other departments, on one of its pages."""

    def opened(page: Page) -> None:
        page.goto("/desk/things/")
        page.get_by_role("link", name="自己给自己交社保").first.click()
        page.locator("#make").wait_for()
        if tab:
            with page.expect_navigation():
                page.get_by_role("link", name=tab, exact=True).click()

    return opened


def draft_at_fault(page: Page) -> None:
    """A new one, of which little is written."""
    page.goto("/desk/things/")
    if page.get_by_role("link", name="没写完的一件").count():
        page.get_by_role("link", name="没写完的一件").first.click()
    else:
        with page.expect_navigation():
            page.get_by_role("button", name="新做一件事").click()
        page.locator("#f-name-zh").fill("没写完的一件")
        with page.expect_navigation():
            page.get_by_role("button", name="加一问").click()
    page.locator(".at-fault").first.wait_for()


def asked_for_a_word(page: Page) -> None:
    """Nothing was said, and the page asks for it."""
    page.goto("/desk/things/")
    page.get_by_role("link", name="自己给自己交社保").first.click()
    page.wait_for_url("**/review/**")
    with page.expect_navigation():
        page.get_by_role("button", name="不同意，退回").click()
    page.locator(".fault").wait_for()


OFFICERS: dict[str, dict[str, Opening]] = {
    "zhou.handler": {
        "inbox": at("/desk/"),
        "inbox, filtered to nothing": at("/desk/?sort=praise"),
        "keys": at("/desk/keys/"),
        "matter, new": opened_row("待签收"),
        "matter": opened_row("待答复"),
        "matter, at fault": answered_with_nothing,
        "matter, answer looked over": looked_over,
        "matter, returned": opened_row("退回重办"),
        "matter, led with two others": opened_row("人行道", "/desk/?box=unit"),
        "matter, number looked at": looked_at_the_number,
        "matter, looked without a reason": looked_without_a_reason,
        "not there, an officer": at("/desk/m/999999/"),
        "search": at("/desk/search/?q=%E8%B7%AF%E7%81%AF"),
        "search, nothing": at("/desk/search/?q=%E9%B2%B8%E9%B1%BC"),
        "me, an officer": at("/desk/me/"),
        "sessions and factors": at("/desk/me/sessions/"),
        "another factor": another_factor,
        "another factor, at fault": another_factor_at_fault,
        "leave": at("/desk/leave/"),
        "leave, at fault": send_empty("/desk/leave/", "登记"),
        "templates": at("/desk/templates/"),
        "template, at fault": send_empty("/desk/templates/", "存好"),
        "template in its box": filled_by_a_template,
        "history": at("/desk/history/"),
        "roster of a unit without one": at("/desk/duty/"),
        "many at once": many_at_once,
    },
    "luo.dispatcher": {
        "inbox of a centre": at("/desk/?box=district"),
        "matter to review": opened_row("待审核"),
        "matter to pass down": opened_row("待签收"),
        "queue of a centre": opened_row(path="/desk/dispatch/"),
    },
    "kong.handler": {"matter, asked to assist": opened_row("待交协办意见")},
    "chen.dispatcher": {
        "hot, nothing": at("/desk/hot/"),
        "dispatch": opened_row(path="/desk/dispatch/"),
        "boundaries": at("/desk/boundaries/"),
        "known incidents": at("/desk/incidents/"),
        "matter, known": unfolded(known("/desk/incidents/")),
        "an incident nobody called about": at("/desk/incidents/new/"),
        "an incident nobody called about, at fault": opened_with_nothing,
        "dispatch, an inquiry": opened_row("社保从广州转回重庆", "/desk/dispatch/"),
    },
    "zhao.head": {
        "rates": at("/desk/rates/"),
        "late": at("/desk/late/"),
        "history of a unit": at("/desk/history/?officer=all"),
    },
    "he.callback": {
        "answered": at("/desk/"),
        "matter, to look into": opened_row(),
        "matter, to call back": opened_row("等了"),
        "matter, to publish": opened_row("月"),
    },
    "liu.head": {
        "matter, to exclude": opened_row(path="/desk/?box=city"),
        "roster": unfolded(at("/desk/duty/")),
        "roster, at fault": send_empty("/desk/duty/", "排上"),
    },
    "gu.handler": {
        "things that are made": at("/desk/things/"),
        "a thing, sent": opened_draft("送审"),
        "a thing, its form": unfolded(opened_draft("")),
        "a thing, its file": opened_draft("原文"),
        "a thing, at fault": draft_at_fault,
    },
    "yin.head": {"a thing to agree to": asked_for_a_word},
    "ren.head": {"leave of a unit": at("/desk/leave/"), "inbox, standing in": at("/desk/?box=hand")},
    "tang.auditor": {
        "history of all": at("/desk/history/?officer=all"),
        "looks": at("/desk/looks/"),
        "looks, at fault": judged_with_nothing,
    },
    "you.handler": {"matter, confidential, with messages": opened_row("菜经常是凉的")},
    "xiao.supervisor": {"inbox of the city": at("/desk/")},
}


def each(states: dict[str, Opening], page: Page) -> Iterator[str]:
    """Open one state after the other."""
    for name, opening in states.items():
        opening(page)
        yield name
