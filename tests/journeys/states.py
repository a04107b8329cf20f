"""Every page of portal and desk in every state worth looking at, each opened as a person opens it."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

Opening = Callable[[Page], object]
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
    for _ in range(2):
        page.goto("/appeal/")
        page.get_by_label("发生了什么").fill("人行天桥的扶手松了一大截，手一搭就晃，请来加固。")
        page.locator("input[value=help]").check(force=True)
        page.locator("input[value=anonymous]").check(force=True)
        page.get_by_label("选区县").select_option("渝中区")
        page.get_by_label("选镇街").select_option("大坪街道")
        with page.expect_navigation():
            page.locator("#send").click()
    page.get_by_role("heading", name="是不是这件事？").wait_for()


def just_received_status(page: Page) -> None:
    page.goto("/mine/")
    page.locator("article.case a").first.click()
    page.wait_for_url("**/call/**")


VISITOR: dict[str, Opening] = {
    "home": at("/"),
    "appeal": at("/appeal/"),
    "appeal, danger": at("/appeal/?text=%E6%A5%BC%E4%B8%8A%E8%B5%B7%E7%81%AB%E4%BA%86"),
    "appeal, at fault": send_empty("/appeal/", "提交"),
    "received": just_received,
    "status, received": just_received_status,
    "mine, held": at("/mine/"),
    "like another": like_another,
    "board": at("/board/"),
    "a street": at("/street/500103003/"),
    "board, nothing": at("/board/?area=500101"),
    "me": at("/me/"),
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


SIGNED_IN: dict[str, Opening] = {
    "home, signed in": at("/"),
    "appeal, signed in": at("/appeal/"),
    "mine": at("/mine/"),
    "me, signed in": at("/me/"),
    "status, waiting": my_call("正在派单"),
    "status": my_call("有答复了"),
    "status, at fault": rated_without_a_word,
    "status, ended": my_call("办结"),
}


def opened_row(words: str = "", path: str = "/desk/") -> Opening:
    """The first row with these words, opened, with everything that unfolds unfolded."""

    def opened(page: Page) -> None:
        page.goto(path)
        page.locator("[data-row]").filter(has_text=words).first.click()
        page.locator("#ct").wait_for()
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    return opened


def looked_at_the_number(page: Page) -> None:
    opened_row()(page)
    page.get_by_role("button", name="查看全号").first.click()
    page.get_by_text("已记下阅痕").wait_for()


def answered_with_nothing(page: Page) -> None:
    opened_row("待答复")(page)
    page.locator("#f-answer [name=send]").click()
    page.locator("#faults").wait_for()


OFFICERS: dict[str, dict[str, Opening]] = {
    "zhou.handler": {
        "inbox": at("/desk/"),
        "inbox, filtered to nothing": at("/desk/?sort=praise"),
        "keys": at("/desk/keys/"),
        "matter, new": opened_row("待签收"),
        "matter": opened_row("待答复"),
        "matter, at fault": answered_with_nothing,
        "matter, returned": opened_row("退回重办"),
        "matter, led with two others": opened_row("人行道", "/desk/?box=unit"),
        "matter, number looked at": looked_at_the_number,
        "not there, an officer": at("/desk/m/999999/"),
    },
    "luo.dispatcher": {
        "inbox of a centre": at("/desk/?box=district"),
        "matter to review": opened_row("待审核"),
        "matter to pass down": opened_row("待签收"),
        "queue of a centre": opened_row(path="/desk/dispatch/"),
    },
    "kong.handler": {"matter, asked to assist": opened_row("待交协办意见")},
    "chen.dispatcher": {"dispatch": opened_row(path="/desk/dispatch/"), "boundaries": at("/desk/boundaries/")},
    "zhao.head": {"rates": at("/desk/rates/"), "late": at("/desk/late/")},
    "he.callback": {"answered": at("/desk/"), "matter, answered": opened_row()},
    "xiao.supervisor": {"inbox of the city": at("/desk/")},
}


def each(states: dict[str, Opening], page: Page) -> Iterator[str]:
    """Open one state after the other."""
    for name, opening in states.items():
        opening(page)
        yield name
