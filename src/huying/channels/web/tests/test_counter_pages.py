"""A fee and a time at the counter on the page of a case, without script."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.channels.web.tests.conftest import html
from huying.features.services.models import Bill, Branch, Visit
from huying.features.services.tests.conftest import Birth, case
from huying.features.services.tests.paid import KeptCashier, cashier, costly, dear
from tests.people import MakeCaller
from tests.small_things import BIRTH, CERTIFICATE, REGISTRATION, load

__all__ = ["case", "cashier", "costly"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def her(costly: Birth, client: Client, settings: Settings) -> Client:
    costly.open().granted(CERTIFICATE)
    client.force_login(costly.caller.account)
    return client


def at(costly: Birth, more: str = "") -> str:
    return f"/case/{costly.call.number}/{more}"


def test_the_case_says_what_is_due_and_leads_to_the_cashier(her: Client, costly: Birth, cashier: type[KeptCashier]) -> None:
    page = html(her.get(at(costly)))
    assert "要缴 80 元" in page and "网上缴费" in page
    answer = html(her.post(at(costly), {"do": "pay", "item": REGISTRATION}))
    assert f'href="https://cashier.example/{Bill.objects.get().number}"' in answer
    cashier.pay(Bill.objects.get().number)
    assert her.get(at(costly, f"?paid={REGISTRATION}"))["Location"] == at(costly)
    assert "缴了 80 元" in html(her.get(at(costly)))
    receipt = html(her.get(at(costly, f"fee/{REGISTRATION}/")))
    assert "捌拾元整" in receipt and "¥80.00" in receipt and "网上缴" in receipt


def test_without_a_cashier_she_is_sent_to_the_counter(her: Client, costly: Birth, settings: Settings) -> None:
    settings.CASHIER = ""
    page = html(her.get(at(costly)))
    assert "请到窗口缴" in page and "网上缴费" not in page
    assert her.post(at(costly), {"do": "pay", "item": REGISTRATION}).status_code == 409


def test_a_cashier_who_is_silent_is_said_at_the_item(her: Client, costly: Birth, cashier: type[KeptCashier]) -> None:
    cashier.silent = True
    answer = her.post(at(costly), {"do": "pay", "item": REGISTRATION})
    assert answer.status_code == 409 and "没有应答" in html(answer)


def test_she_chooses_a_time_changes_it_and_gives_it_up(her: Client, costly: Birth, cashier: type[KeptCashier]) -> None:
    page = html(her.get(at(costly, f"visit/{REGISTRATION}/")))
    times = re.findall(r'name="at" value="([^"]+)"', page)
    assert len(times) > 5 and "上午" in page
    days = re.findall(r'href="\?day=([0-9-]+)"', page)
    later = html(her.get(at(costly, f"visit/{REGISTRATION}/?day={days[3]}")))
    times = re.findall(r'name="at" value="([^"]+)"', later)
    assert len(days) > 5 and all(one.startswith(days[3]) for one in times)
    assert her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": times[0]}).status_code == 302
    assert "改时间、取消" in html(her.get(at(costly)))
    her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": times[5]})
    assert Visit.objects.filter(state="booked").count() == 1
    her.post(at(costly, f"visit/{REGISTRATION}/"), {"do": "cancel"})
    assert not Visit.objects.filter(state="booked").exists() and "约个时间到窗口" in html(her.get(at(costly)))


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-11-20T09:00:00", "2020-01-01T09:00:00+08:00"])
def test_a_time_that_is_none_is_said(her: Client, costly: Birth, typed: str) -> None:
    answer = her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": typed})
    assert answer.status_code == 422 and not Visit.objects.exists()


def test_nobody_else_reads_or_books(her: Client, costly: Birth, caller: MakeCaller) -> None:
    other = Client()
    other.force_login(caller().account)
    for more in (f"visit/{REGISTRATION}/", f"fee/{REGISTRATION}/", f"visit/{CERTIFICATE}/"):
        assert other.get(at(costly, more)).status_code == 404
    assert her.get(at(costly, f"visit/{CERTIFICATE}/")).status_code == 404
    assert her.get(at(costly, f"fee/{REGISTRATION}/")).status_code == 404  # nothing was paid


def test_the_demos_cashier_takes_no_money_and_is_nowhere_else(
    her: Client, costly: Birth, settings: Settings, tmp_path: object
) -> None:
    settings.CASHIER, settings.DEMO, settings.DATA = "huying.adapters.demo_cashier.DemoCashier", True, tmp_path
    to = her.post(at(costly), {"do": "pay", "item": REGISTRATION})["Location"]
    assert "演示收款台" in html(her.get(to)) and "¥80.00" in html(her.get(to))
    assert her.post(to, {"do": "back"})["Location"].startswith(at(costly))
    her.get(at(costly, f"?paid={REGISTRATION}"))
    assert Bill.objects.get().state == "due"
    her.get(her.post(to, {"do": "pay"})["Location"])
    assert Bill.objects.get().state == "paid"
    settings.DEMO = False
    assert her.get(to).status_code == 404


# --- What waits for her -----------------------------------------------------------------------------------------------


def test_the_case_says_that_it_waits_for_her_and_how_long_it_takes_from_then(her: Client, costly: Birth) -> None:
    page = html(her.get(at(costly)))
    assert "等您到窗口，请约个时间，来了接着办" in page and f'href="/case/{costly.call.number}/visit/{REGISTRATION}/"' in page
    assert f"等您到{costly.branch(REGISTRATION).bearer.short}窗口，来了以后 2 个工作日内办好" in page and "超期" not in page
    assert "有一件等您到窗口" in html(her.get("/mine/"))


def test_on_the_spot_is_said_as_that(her: Client, costly: Birth) -> None:
    Branch.objects.filter(item=REGISTRATION).update(days=0)
    assert "来了当场办结" in html(her.get(at(costly)))


def test_once_she_booked_it_says_by_which_day_if_she_comes(her: Client, costly: Birth) -> None:
    times = re.findall(r'name="at" value="([^"]+)"', html(her.get(at(costly, f"visit/{REGISTRATION}/"))))
    her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": times[0]})
    page = html(her.get(at(costly)))
    assert "您照约的时间来" in page and re.search(r"来了以后.{1,12}前办好", page) and "请约个时间" not in page


def test_once_her_time_has_passed_unsaid_she_reads_so_and_may_book_another(her: Client, costly: Birth) -> None:
    times = re.findall(r'name="at" value="([^"]+)"', html(her.get(at(costly, f"visit/{REGISTRATION}/"))))
    her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": times[0]})
    clock.set_offset(timedelta(days=3))
    page = html(her.get(at(costly)))
    assert (
        "约的时间过了。来过的，等窗口记下就接着办；没来的，请另约一个" in page and "另约时间" in page and "改时间" not in page
    )
    times = re.findall(r'name="at" value="([^"]+)"', html(her.get(at(costly, f"visit/{REGISTRATION}/"))))
    her.post(at(costly, f"visit/{REGISTRATION}/"), {"at": times[0]})
    assert "您照约的时间来" in html(her.get(at(costly)))


def test_the_guidance_says_it_before_she_applies(costly: Birth, client: Client) -> None:
    page = html(client.get(f"/things/{costly.thing.row.key}/?insured=no&where=here"))
    assert "要到窗口一次：约好时间来，来了以后 2 个工作日内" in page and "从您到窗口那天算起" in page
    costly.thing = load(BIRTH, tuple({**one, "promised": 0} for one in dear()))
    assert "约好时间来，当场办结" in html(client.get(f"/things/{costly.thing.row.key}/?insured=no&where=here"))
