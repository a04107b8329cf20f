"""The desk's side of fees and visits: written down at the item, listed by day, and the hours of the counter."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localtime

from huying.base import clock
from huying.features.services import paying, visiting
from huying.features.services.models import Bill, Hours, Visit
from huying.features.services.tests.conftest import Birth, case
from huying.features.services.tests.paid import cashier, costly
from huying.kernel import actions
from huying.people.actors import Actor
from huying.people.tests.given import pass_time
from tests.people import signed_in
from tests.small_things import CERTIFICATE, REGISTRATION

__all__ = ["case", "cashier", "costly"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def due(costly: Birth) -> Birth:
    return costly.open().granted(CERTIFICATE).signed(REGISTRATION)


def client_of(actor: Actor) -> Client:
    assert actor.officer
    return signed_in(actor.officer.account)


def act(due: Birth, client: Client, verb: str, **more: str) -> tuple[int, str]:
    answer = client.post(f"/desk/m/{due.the.matter_id}/{verb}/", {"task": due.task(REGISTRATION), **more})
    return answer.status_code, answer.content.decode()


def page(due: Birth, client: Client) -> str:
    return client.get(f"/desk/m/{due.the.matter_id}/?task={due.task(REGISTRATION)}").content.decode()


def test_the_handler_reads_what_is_due_and_writes_down_what_was_paid(due: Birth) -> None:
    client = client_of(due.officer(REGISTRATION))
    assert "还没有缴费：80 元" in page(due, client) and "登记已缴费" in page(due, client)
    assert act(due, client, "take_fee", slip="")[0] == 422
    assert act(due, client, "take_fee", slip="POS-0017")[0] == 302
    assert Bill.objects.get().reference == "POS-0017"
    assert "缴了 80 元，收据" in page(due, client) and "登记已缴费" not in page(due, client)


def test_the_amount_is_set_with_its_ground(due: Birth) -> None:
    client = client_of(due.officer(REGISTRATION))
    status, told = act(due, client, "set_fee", yuan="四十", ground="低保家庭减半")
    assert status == 422 and "请写整数" in told
    assert act(due, client, "set_fee", yuan="40", ground="低保家庭减半，依据减免办法第三条")[0] == 302
    assert "还没有缴费：40 元" in page(due, client)


def test_unpaid_the_decision_is_refused_in_words(due: Birth) -> None:
    client = client_of(due.officer(REGISTRATION))
    status, told = act(due, client, "decide", outcome="granted", result="户口簿已加页")
    assert status in (409, 302) and due.branch(REGISTRATION).outcome == ""
    assert "还没有缴费" in told or "还没有缴费" in page(due, client)


def test_what_is_to_be_given_back_is_offered(due: Birth) -> None:
    handler = due.officer(REGISTRATION)
    client = client_of(handler)
    act(due, client, "take_fee", slip="POS-0017")
    actions.withdraw(due.she, due.the.call_id)
    assert "登记已退费" in page(due, client)
    assert act(due, client, "return_fee", slip="BACK-1")[0] == 302
    assert Bill.objects.get().state == "returned"


def booked(due: Birth) -> Visit:
    slot = visiting.free(due.branch(REGISTRATION).bearer)[0]
    return visiting.book(due.she, due.the.call_id, REGISTRATION, slot.starts_at)


def test_who_comes_is_listed_by_day_and_said_to_have_come(due: Birth) -> None:
    handler = due.officer(REGISTRATION)
    client, row = client_of(handler), booked(due)
    day = row.starts_at.astimezone(clock.CITY_TIME).date()
    listed = client.get(f"/desk/counter/?day={day}").content.decode()
    assert due.call.number[:4] in listed and "出生登记" in listed
    assert "这一天没有人约" in client.get(f"/desk/counter/?day={day + timedelta(days=40)}").content.decode()
    clock.set_offset(row.starts_at - clock.now())
    client = client_of(handler)
    assert client.post(f"/desk/counter/{row.pk}/came/").status_code == 302
    assert Visit.objects.get().state == "came"
    assert client.post(f"/desk/counter/{row.pk}/danced/").status_code == 404


def test_another_department_reads_nobody(due: Birth) -> None:
    row, other = booked(due), client_of(due.officer(CERTIFICATE))
    day = row.starts_at.astimezone(clock.CITY_TIME).date()
    assert due.call.number[:4] not in other.get(f"/desk/counter/?day={day}").content.decode()
    assert other.post(f"/desk/counter/{row.pk}/came/").status_code == 404


WEEK = ("am_from", "am_to", "pm_from", "pm_to", "places")


def a_week(**tuesday: str) -> dict[str, list[str]]:
    """A form in which only Tuesday is open."""
    return {name: ["", tuesday.get(name, ""), "", "", "", "", ""] for name in WEEK}


def one_day(day: str, begins: str = "", ends: str = "", places: str = "0") -> dict[str, list[str]]:
    return {"day": [day, ""], "from": [begins, ""], "to": [ends, ""], "once_places": [places, ""]}


def test_the_head_sets_the_hours(due: Birth) -> None:
    unit = due.branch(REGISTRATION).bearer_id
    head = client_of(due.officer(REGISTRATION, "head"))
    assert 'value="13:30"' in head.get("/desk/counter/").content.decode()  # those of the city, to begin with
    week = a_week(am_from="09:30", am_to="11:00", pm_from="14：00", pm_to="17:00", places="2")
    assert head.post(f"/desk/counter/hours/{unit}/", week | one_day("2026-12-24")).status_code == 302
    assert [(row.weekday, str(row.day), row.begins, row.ends, row.places) for row in Hours.objects.order_by("pk")] == [
        (1, "None", 570, 660, 2),
        (1, "None", 840, 1020, 2),
        (None, "2026-12-24", 0, 1440, 0),
    ]
    shown = head.get("/desk/counter/").content.decode()
    assert 'value="09:30"' in shown and 'value="14:00"' in shown and 'value="2026-12-24"' in shown
    assert client_of(due.officer(REGISTRATION)).post(f"/desk/counter/hours/{unit}/", {}).status_code == 404
    assert head.post(f"/desk/counter/hours/{unit}/", {"do": "city"}).status_code == 302
    assert not Hours.objects.exists()


FAULTS = {
    "周二上午：请写 09:00": a_week(am_from="9 点", am_to="11:00", places="2"),
    "周二上午：同时几位": a_week(am_from="09:00", am_to="11:00", places="x"),
    "周二下午：同时几位": a_week(pm_from="14:00", pm_to="17:00", places="0001234567"),
    "同一天的两段时间不能重叠": a_week(am_from="09:00", am_to="14:00", pm_from="13:30", pm_to="17:00", places="2"),
    "周二下午：结束要晚于开始": a_week(pm_from="17:00", pm_to="14:00", places="2"),
    "单独的一天：请选日期": a_week(am_from="09:00", am_to="11:00", places="2") | one_day("下周二"),
    "一天也没有写": a_week(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_by_its_day_and_keeps_what_was_typed(due: Birth, fault: str) -> None:
    unit, typed = due.branch(REGISTRATION).bearer_id, FAULTS[fault]
    answer = client_of(due.officer(REGISTRATION, "head")).post(f"/desk/counter/hours/{unit}/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422 and fault in page and not Hours.objects.exists()
    kept = [value for name, row in typed.items() if name != "day" for value in row if value]
    assert all(f'value="{value}"' in page for value in kept)


# --- What waits for her -----------------------------------------------------------------------------------------------


def inbox(client: Client) -> str:
    return client.get("/desk/").content.decode()


def test_what_waits_for_her_is_nowhere_late(due: Birth) -> None:
    pass_time(timedelta(days=30))
    client, head = client_of(due.officer(REGISTRATION)), client_of(due.officer(REGISTRATION, "head"))
    rows = inbox(client)
    assert "等申请人到窗口" in rows and "停表中" in rows and "已超时" not in rows
    told = page(due, client)
    assert (
        "等申请人到窗口，来了才开始计时" in told
        and "还没有约时间；来了才开始计时" in told
        and "超" not in told.split("</header>")[0]
    )
    assert "申请延期" not in told and "依法停表" not in page(due, head)
    late = head.get("/desk/late/").content.decode()
    assert "9999" not in rows + told + late and "已超时 1" not in late


def test_once_she_was_there_its_days_run(due: Birth) -> None:
    row = visiting.book(due.she, due.the.call_id, REGISTRATION, visiting.free(due.branch(REGISTRATION).bearer)[0].starts_at)
    client = client_of(due.officer(REGISTRATION))
    assert "到窗口；来了才开始计时" in page(due, client)
    pass_time(row.starts_at - clock.now())
    client.post(f"/desk/counter/{row.pk}/came/")
    assert "停表中" not in inbox(client) and "等申请人到窗口" not in inbox(client) + page(due, client)


def test_a_visit_nobody_wrote_down_is_asked_for_on_every_later_day(due: Birth) -> None:
    row = visiting.book(due.she, due.the.call_id, REGISTRATION, visiting.free(due.branch(REGISTRATION).bearer)[0].starts_at)
    client = client_of(due.officer(REGISTRATION))
    assert "来没来还没有记" not in client.get("/desk/counter/").content.decode()
    pass_time(row.starts_at - clock.now() + timedelta(days=3))
    assert "时间过了：" in page(due, client)
    told = client.get("/desk/counter/").content.decode()
    assert 'href="/desk/counter/"' in inbox(client), "the way to it stays in the bar"
    assert "以前的，来没来还没有记" in told and f"/desk/counter/{row.pk}/came/" in told
    own = client.get(f"/desk/counter/?day={localtime(row.starts_at).date()}").content.decode()
    assert own.count(f"/desk/counter/{row.pk}/came/") == 1  # on its own day it stands there alone
    client.post(f"/desk/counter/{row.pk}/came/")
    assert "来没来还没有记" not in client.get("/desk/counter/").content.decode()


def test_of_what_was_decided_without_the_word_nobody_asks_it_any_more(due: Birth) -> None:
    row = visiting.book(due.she, due.the.call_id, REGISTRATION, visiting.free(due.branch(REGISTRATION).bearer)[0].starts_at)
    pass_time(row.starts_at - clock.now() + timedelta(days=3))
    paying.record_payment(due.officer(REGISTRATION), due.task(REGISTRATION), "窗口收据 0071")
    due.granted(REGISTRATION)
    client = client_of(due.officer(REGISTRATION))
    assert "来没来还没有记" not in client.get("/desk/counter/").content.decode()


def test_of_an_application_the_applicant_is_asked(due: Birth) -> None:
    client = client_of(due.officer(REGISTRATION))
    assert "请申请人补充" in page(due, client) and "请来电人补充" not in page(due, client)
    actions.supplement(due.officer(REGISTRATION), due.task(REGISTRATION), "请补一张清楚的照片")
    actions.reply(due.she, due.the.call_id, "补好了")
    told = page(due, client)
    assert "申请人补充了情况" in told and "来电人补充" not in told
