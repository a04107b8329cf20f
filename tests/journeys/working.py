"""What an officer does at the desk, with the keyboard alone."""

from playwright.sync_api import Page, expect


def go_to_row(page: Page, title: str) -> None:
    """K to the first row, then J until the row with this title is the one in focus."""
    rows, focused = page.locator("[data-row]"), page.locator("[data-row]:focus")
    expect(rows.filter(has_text=title).first).to_be_visible()
    page.keyboard.press("j")
    for _ in range(rows.count()):
        page.keyboard.press("k")
    for _ in range(rows.count()):
        if title in focused.inner_text():
            return
        page.keyboard.press("j")
    raise AssertionError(f"{title}: never in focus, last was {focused.inner_text()}")


def open_row(page: Page, title: str) -> None:
    """To the row and into it."""
    go_to_row(page, title)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)
    page.wait_for_load_state()  # with its script: a key pressed before is pressed in vain
    expect(page.locator("#ct")).to_contain_text(title)


def press(page: Page, key: str) -> None:
    """A key that leads to another page, and the page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page: Page, label: str, text: str) -> None:
    """Type into the field, which must be the one in focus."""
    expect(page.get_by_role("textbox", name=label)).to_be_focused()
    page.keyboard.insert_text(text)


def told(page: Page, words: str) -> None:
    """The desk says that it was done."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def choose_by_arrows(page: Page, words: str) -> None:
    """In the list that has the focus, choose with the arrows."""
    for _ in range(400):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].label") == words:
            return
    raise AssertionError(f"{words}: not in the list")


def does(page: Page, verb: str, fields: dict[str, str], button: str) -> None:
    """Unfold a verb's form, fill its fields by their labels, and send it."""
    form = page.locator(f"#v-{verb}")
    form.locator("summary").first.click()
    for label, value in fields.items():
        field = form.get_by_label(label)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()
