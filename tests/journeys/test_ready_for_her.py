"""主动服务: before they ask. A woman who turns 80 next month confirms her allowance; a mother's child starts school."""

import json
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from huying.base import clock
from huying.features.services.offering.registers import check_figure
from tests.journeys import city
from tests.journeys.cases import number_of, shot, the_department_grants
from tests.journeys.city import City
from tests.journeys.people import People, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.once]
TODAY = clock.today()
YEAR = TODAY.year if date(TODAY.year, 5, 1) > TODAY else TODAY.year + 1  # of the next enrolment
STREET, ADDRESS = "liangjiang-500105006", "两江新区观音桥街道建新北路 40 号 5-1"
ELDER = {"name": "looks", "value": "..large.zh-hans"}
OLD_PHONE, MOTHER_PHONE = "13900000080", "13900000086"


def of_the_register(born: date, name: str, phone: str, **more: object) -> dict[str, object]:
    """A person as the register of people holds her."""
    body = f"500000{born:%Y%m%d}702"
    row = {"identity": body + check_figure(body), "name": name, "phone": phone, "born": born.isoformat()}
    return row | {"area": STREET, "address": ADDRESS} | more


def written_down(running: City, row: dict[str, object]) -> str:
    """The register has her from now on; her number."""
    with (running.data / "people.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return str(row["identity"])


def the_day_s_run(running: City) -> dict[str, dict[str, int]]:
    """As the worker does it, at once."""
    command = [*city.HUYING, "offers", "run", "--json"]
    more = {**running.more, "HUYING_DEMO": "1"}
    done = subprocess.run(command, env=city.environment(running.data, more), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, int]] = json.loads(done.stdout)
    return found


def she_agrees(page: Page, name: str, number: str, kinds: tuple[str, ...]) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="主动服务").tap()
    page.wait_for_url("**/me/offers/")
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    shot(page, f"offers-agree-{name}")
    for kind in kinds:
        page.locator(f"input[value={kind}]").check()
    page.get_by_label("姓名", exact=True).fill(name)
    page.get_by_label("身份证号", exact=True).fill(number)
    page.get_by_role("button", name="同意，到时候替我备好").tap()
    expect(page.get_by_role("status")).to_contain_text("记下了")


def test_a_woman_who_turns_80_confirms_what_is_ready_for_her(people: People) -> None:
    born = TODAY + timedelta(days=28)
    born = born.replace(year=born.year - 80, day=min(born.day, 28))
    number = written_down(people.city, of_the_register(born, "高秀兰", OLD_PHONE))
    her = people.phone()
    her.context.add_cookies([{**ELDER, "url": people.city.url}])
    sign_in(her, OLD_PHONE)
    she_agrees(her, "高秀兰", number, ("birth", "residence"))
    the_day_s_run(people.city)
    her.goto("/")
    shot(her, "offers-home-elder")
    her.get_by_role("heading", name="替您备好了").scroll_into_view_if_needed()
    her.get_by_role("link", name="老年人服务").first.tap()
    her.wait_for_url("**/me/offers/*/")
    expect(her.get_by_text("满 80 周岁，可以领高龄津贴")).to_be_visible()
    expect(her.locator(".ready").first).to_contain_text("高秀兰")
    expect(her.locator(".ready").first).to_contain_text("来自人口库")
    shot(her, "offers-one-elder")
    her.get_by_role("button", name="确认办理").tap()
    expect(her.get_by_role("alert")).to_contain_text("请填写：收款账号")
    shot(her, "offers-one-missing-elder")
    her.get_by_label("开户银行").fill("江边银行")
    her.get_by_label("收款账号").fill("6222020200112233445")
    card = {"name": "card.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    with her.expect_navigation():  # a chosen file goes up at once
        her.locator("input[name=file-bank-card]").set_input_files(card)  # type: ignore[arg-type]
    expect(her.get_by_text("card.pdf")).to_be_visible()
    expect(her.get_by_label("收款账号")).to_have_value("6222020200112233445")
    her.get_by_role("button", name="确认办理").tap()
    her.wait_for_url("**/case/**")
    number_of(her)
    the_department_grants(people, "老年人服务", ("ai.handler", "dai.head"), "高龄津贴", "下个月起每月发放")
    her.reload()
    expect(her.get_by_text("下个月起每月发放").first).to_be_visible()
    shot(her, "offers-granted-elder")
    she_sees_who_looked_and_takes_it_back(her)


def she_sees_who_looked_and_takes_it_back(page: Page) -> None:
    page.goto("/me/looks/")
    expect(page.get_by_text("主动服务看了您的出生日期、姓名和户籍地址")).to_be_visible()
    shot(page, "offers-looks-elder")
    page.goto("/me/offers/")
    page.get_by_role("button", name="都不要看了").tap()
    expect(page.get_by_role("status")).to_contain_text("都不看了")


@pytest.fixture
def in_may(demo_made: Path, tmp_path: Path, browser: Browser) -> Iterator[People]:
    """A city on a day of next May, when children are enrolled."""
    running = city.start(demo_made, tmp_path / "may", ahead=date(YEAR, 5, 12) - TODAY)
    everybody = People(browser, running)
    yield everybody
    everybody.leave()
    running.stop()
    assert everybody.complaints == []
    assert running.complaints() == ""


def test_a_mother_whose_child_reaches_school_age_confirms_without_script(in_may: People) -> None:
    child = of_the_register(date(YEAR - 6, 8, 30), "唐小满", "")
    child = {"identity": child["identity"], "name": "唐小满", "sex": "male", "born": child["born"]}
    row = of_the_register(date(YEAR - 33, 2, 14), "唐小禾", MOTHER_PHONE, children=[child])
    number = written_down(in_may.city, row)
    her = in_may.phone(java_script_enabled=False)
    sign_in(her, MOTHER_PHONE)
    she_agrees_without_script(her, number)
    the_day_s_run(in_may.city)  # or the city's own worker did it a moment before
    her.goto("/me/")
    expect(her.get_by_text("因为唐小满 8 月 31 日以前满 6 周岁，今年该上小学了")).to_be_visible()
    her.get_by_role("link", name="教育入学").tap()
    expect(her.locator(".ready").first).to_contain_text("唐小满")
    her.get_by_role("button", name="确认办理").tap()
    her.wait_for_url("**/case/**")
    expect(her.get_by_text("义务教育新生入学报名").first).to_be_visible()
    her.goto("/me/")
    expect(her.get_by_text("替您备好了")).to_have_count(0)
    assert not the_day_s_run(in_may.city)["offered"]


def she_agrees_without_script(page: Page, number: str) -> None:
    page.goto("/me/offers/")
    for kind in ("children", "residence"):
        page.locator(f"input[value={kind}]").check()
    page.get_by_label("姓名", exact=True).fill("唐小禾")
    page.get_by_label("身份证号", exact=True).fill(number)
    page.get_by_role("button", name="同意，到时候替我备好").tap()
    expect(page.get_by_role("status")).to_contain_text("记下了")
