"""A time at the counter is told when it is booked and on its eve: when, where, and never for what."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.events.models import Cursor
from huying.features.services import awaiting, paying, visiting
from huying.features.services.models import Visit
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.features.services.tests.paid import cashier, costly, dear
from huying.features.services.tests.test_visit_near import eve_of, later
from huying.features.services.tests.test_visiting import book, open_
from huying.kernel import actions
from huying.notify import letters, reader, templates
from huying.notify.models import Message, Notice
from tests.notify.conftest import read
from tests.notify.servers import Provider
from tests.notify.test_cases_told import hers
from tests.notify.test_told import NIGHT, NOON, at
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, REGISTRATION, load

__all__ = ["_own_store", "case", "cashier", "costly", "hers", "open_"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(hers: Birth, open_: Birth, gateway: Provider) -> Birth:
    """Her phone is known, what was told before has left, and the item wants her at the counter. It is ten the next morning."""
    ten = clock.now().astimezone(clock.CITY_TIME).replace(hour=10, minute=0) + timedelta(days=1)
    clock.set_offset(ten - datetime.now(clock.CITY_TIME))
    read()
    Message.objects.update(state="sent")
    return open_


def notices(name: str) -> list[Notice]:
    return list(Notice.objects.filter(template=name).order_by("id"))


def waiting() -> list[str]:
    return [letters.outgoing(message).words.text for message in Message.objects.filter(state="planned").order_by("id")]


def when(row: Visit) -> str:
    at = row.starts_at.astimezone(clock.CITY_TIME)
    return f"{at.month} 月 {at.day} 日 {at:%H:%M} "


def test_booked_it_is_told_when_and_where(ready: Birth) -> None:
    row = book(ready, later(ready))
    read()
    [words] = waiting()
    assert f"{when(row)}到{row.department.short}窗口" in words and f"/case/{ready.call.number}/" in words
    assert "户口" not in words and "李梅" not in words
    assert Message.objects.get(state="planned").next_try_at <= clock.now(), "what answers her own act leaves at once"


def test_on_the_eve_it_is_told_again_once(ready: Birth) -> None:
    row = book(ready, later(ready))
    read()
    Message.objects.update(state="sent")
    eve_of(row)
    for _again in range(2):
        visiting.tell_near()
        read()
    [words] = waiting()
    assert when(row) in words and "快到了" in words and len(notices("visit_near")) == 1


def test_moved_before_it_left_the_old_time_is_not_said(ready: Birth) -> None:
    book(ready, later(ready, 2))
    new = book(ready, later(ready, 5))
    read()
    [words] = waiting()
    assert when(new) in words and len(notices("visit_booked")) == 2, "both stand on the portal"


def test_cancelled_before_it_left_nothing_is_sent(ready: Birth) -> None:
    row = book(ready, later(ready))
    read()
    Message.objects.update(state="sent")
    eve_of(row)
    visiting.tell_near()
    read()
    assert len(waiting()) == 1
    visiting.cancel(ready.she, ready.the.call_id, REGISTRATION)
    read()
    assert waiting() == [] and Message.objects.latest("id").state == "given_up"


def test_the_same_time_booked_anew_is_told(ready: Birth) -> None:
    at = later(ready)
    book(ready, at)
    visiting.cancel(ready.she, ready.the.call_id, REGISTRATION)
    row = book(ready, at)
    read()
    [words] = waiting()
    assert when(row) in words


def test_a_time_that_is_needed_no_more_is_told_where_she_did_not_give_it_up(ready: Birth) -> None:
    row = book(ready, later(ready))
    read()
    Message.objects.update(state="sent")
    branch = ready.branch(REGISTRATION)
    branch.bearer = ready.city.department("500103.housing")
    branch.save()
    assert visiting.free_dropped() == 1
    read()
    [words] = waiting()
    assert f"{when(row)}到{row.department.short}窗口不用去了" in words and len(notices("visit_freed")) == 1


def test_who_gave_it_up_herself_is_told_nothing(ready: Birth) -> None:
    book(ready, later(ready))
    visiting.cancel(ready.she, ready.the.call_id, REGISTRATION)
    read()
    assert waiting() == [] and notices("visit_freed") == []


def test_what_else_waits_leaves_though_the_time_was_given_up(ready: Birth) -> None:
    book(ready, later(ready))
    actions.supplement(ready.signed(ALLOWANCE).officer(ALLOWANCE), ready.task(ALLOWANCE), "请补一张清楚的照片")
    read()
    visiting.cancel(ready.she, ready.the.call_id, REGISTRATION)
    read()
    [words] = waiting()
    assert "还缺材料" in words


def test_once_all_is_over_a_time_to_fetch_it_is_told_too(ready: Birth) -> None:
    ready.granted(ALLOWANCE, REGISTRATION, CARD)
    assert ready.call.state == "answered"
    row = book(ready, later(ready))
    eve_of(row)
    visiting.tell_near()
    read()
    assert len(notices("visit_booked")) == len(notices("visit_near")) == 1


def test_what_would_come_when_it_has_begun_stays_on_the_portal(ready: Birth) -> None:
    row = book(ready, later(ready))
    eve_of(row)
    visiting.tell_near()
    clock.set_offset(row.starts_at + timedelta(minutes=1) - datetime.now(clock.CITY_TIME))
    read()
    assert waiting() == [] and len(notices("visit_near")) == 1


def test_a_moment_at_midnight_is_the_day_that_begins() -> None:
    moment = datetime(2026, 12, 1, 0, 0, tzinfo=clock.CITY_TIME)
    assert templates.day(moment, begins=True).strip() == "12 月 1 日 00:00" and templates.day(moment) == "11 月 30 日"


def test_nothing_is_said_by_a_reader_that_begins_anew(ready: Birth) -> None:
    book(ready, later(ready))
    visiting.cancel(ready.she, ready.the.call_id, REGISTRATION)
    read()
    Cursor.objects.update(seq=0)
    reader.run()
    assert waiting() == [] and len(notices("visit_booked")) == 1


# --- What waits for her -----------------------------------------------------------------------------------------------


def test_where_the_first_item_wants_her_she_is_asked_to_book_and_no_day_is_promised(hers: Birth, gateway: Provider) -> None:
    hers.thing = load(BIRTH, dear(CERTIFICATE, yuan=0))
    hers.open()
    read()
    [words] = waiting()
    assert "要您到窗口办，请约个时间" in words and "全部办好" not in words and f"/case/{hers.call.number}/" in words
    said = [templates.read(notice, "zh-hans") for notice in Notice.objects.order_by("id")]
    assert len(said) == 2 and said[0].endswith("收到了。") and said[1].endswith("来了开始计时。")


def test_an_item_whose_turn_comes_asks_her_to_book(ready: Birth) -> None:
    assert len(notices("visit_wanted")) == 1


def after(days: int) -> None:
    clock.set_offset(clock.now() + timedelta(days=days) - datetime.now(clock.CITY_TIME))


def test_who_books_nothing_is_told_once(ready: Birth) -> None:
    after(14)
    for _again in range(2):
        awaiting.tell_unbooked()
        read()
    [words] = waiting()
    assert f"等您到{ready.branch(REGISTRATION).bearer.short}窗口办，还没有约时间" in words and "户口" not in words
    assert len(notices("visit_unbooked")) == 1


def test_booked_before_it_left_nobody_says_that_she_did_not(ready: Birth) -> None:
    after(14)
    awaiting.tell_unbooked()
    read()
    book(ready, later(ready))
    read()
    [words] = waiting()
    assert "约好了" in words and "还没有约" not in words


# --- What was done meanwhile ------------------------------------------------------------------------------------------


def test_a_fee_that_was_paid_before_its_text_left_is_not_asked_for(hers: Birth, gateway: Provider) -> None:
    hers.thing = load(BIRTH, dear(visits=0))
    at(NIGHT)
    hers.open().granted(CERTIFICATE).signed(REGISTRATION)
    read()
    assert len(notices("item_fee")) == 1 and "缴费" in waiting()[-1]
    paying.record_payment(hers.officer(REGISTRATION), hers.task(REGISTRATION), "票 001")
    read()
    assert "缴费" not in waiting()[-1] and "办成了" in waiting()[-1], "the result leaves all the same"


def test_a_fee_of_another_item_is_asked_for_all_the_same(hers: Birth, gateway: Provider) -> None:
    dear_ones = {one["code"]: one for one in dear(visits=0)} | {
        one["code"]: one for one in dear(ALLOWANCE, visits=0) if one["code"] == ALLOWANCE
    }
    hers.thing = load(BIRTH, tuple(dear_ones.values()))
    at(NIGHT)
    hers.open().granted(CERTIFICATE).signed(REGISTRATION)
    read()
    assert len(notices("item_fee")) == 2
    paying.record_payment(hers.officer(REGISTRATION), hers.task(REGISTRATION), "票 001")
    read()
    assert f"是{hers.branch(ALLOWANCE).bearer.short}办的" in waiting()[-1]
    at(NOON)
