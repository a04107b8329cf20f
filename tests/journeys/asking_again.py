"""What happens when she is not content: her word, the head who takes it, the desk that asks and looks into it."""

from playwright.sync_api import Page, expect

from tests.journeys.people import People
from tests.journeys.telling import choose


def open_mine(page: Page, title: str) -> None:
    """Her call, by its title."""
    page.goto("/mine/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url("**/call/**")


def says(page: Page, solved: str, grade: str, words: str) -> None:
    """Her word, in the form that stands open on her call."""
    choose(page, solved, "#verdict")
    choose(page, grade, "#verdict")
    page.locator("#verdict").get_by_label("想补充的话").fill(words)
    with page.expect_navigation():
        page.locator("#verdict").get_by_role("button", name="提交").click()


def open_at_desk(page: Page, title: str, box: str = "mine") -> None:
    """The matter, from the list of that box."""
    page.goto(f"/desk/?box={box}")
    rows = page.locator("[data-row]").filter(has_text=title)
    while not rows.count():  # what other journeys left open may fill a page
        page.get_by_role("link", name="后面的").click()
        page.wait_for_load_state()
    rows.first.click()
    expect(page.locator("#ct")).to_have_text(title)


def unfold(page: Page, verb: str) -> None:
    """The form of a verb."""
    page.locator(f"#v-{verb} summary").click()


def send(page: Page, button: str) -> None:
    """Send the form that stands open; the desk says that it was done."""
    with page.expect_navigation():
        page.locator("details[open]").get_by_role("button", name=button).click()


def worked_again(people: People, title: str, answer: str) -> None:
    """The bureau's head takes it, his officer answers, the centre approves."""
    handler = people.officer("zhou.handler")
    handler.goto("/desk/")
    expect(handler.locator("[data-row]").filter(has_text=title)).to_have_count(0)  # it is not his turn, but the head's
    open_at_desk(handler, title, "unit")
    expect(handler.locator(".call > article > header")).to_contain_text("要负责人签收")
    expect(handler.locator(".verbs").get_by_role("button", name="签收")).to_have_count(0)
    head = people.officer("zhao.head")
    open_at_desk(head, title)
    with head.expect_navigation():
        head.locator(".verbs").get_by_role("button", name="签收").click()
    open_at_desk(handler, title)
    handler.get_by_role("textbox", name="答复").fill(answer)
    with handler.expect_navigation():
        handler.get_by_role("button", name="答复并报送").click()
    centre = people.officer("luo.dispatcher")
    open_at_desk(centre, title)
    unfold(centre, "approve")
    send(centre, "通过，送达来电人")
    for page in (handler, head, centre):
        page.context.close()
