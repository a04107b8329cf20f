"""She goes on leave, he stands in: her tasks are in his hands, what he does says for whom, and back she is herself again."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.people import People
from tests.journeys.working import told

pytestmark = [pytest.mark.browser, pytest.mark.once]
AWAY, THERE = "wu.handler", "zheng.head"


def test_leave_needs_a_stand_in_who_then_does_the_work_in_her_name(people: People) -> None:
    today = date.today()  # noqa: DTZ011  the browser's own day, as its calendar gives it
    hers = people.officer(AWAY)
    hers.goto("/desk/me/")
    hers.get_by_role("link", name="请假与代理").click()
    hers.get_by_label("第一天").fill(str(today))
    hers.get_by_label("最后一天").fill(str(today + timedelta(days=2)))
    hers.get_by_role("button", name="登记").click()
    expect(hers.locator("#faults")).to_contain_text("请选一位代理人")
    hers.get_by_label("谁代理").select_option(label="郑主任")
    hers.get_by_role("button", name="登记").click()
    told(hers, "已登记吴科长的请假")

    his = people.officer(THERE)
    his.goto("/desk/?box=hand")
    expect(his.locator(".who-am-i")).to_contain_text("代吴科长")
    row = his.locator("[data-row]").filter(has_text="楼上漏水").first
    row.click()
    his.locator("#ct").wait_for()
    matter = his.url
    his.locator("#v-contact > summary").click()
    his.locator("#v-contact label.opt").filter(has_text="电话").click()
    his.get_by_label("说好了什么").fill("已和您通过电话，吴科长不在，这几天由我来办。")
    his.get_by_role("button", name="记下").click()
    told(his, "已记下联系情况")

    hers.goto("/desk/leave/")
    hers.get_by_role("button", name="销假").first.click()
    told(hers, "已销假")
    his.goto("/desk/me/")
    expect(his.locator(".who-am-i")).not_to_contain_text("代吴科长")
    hers.goto(matter.split("?")[0])
    expect(hers.locator("#ct")).to_be_visible()
