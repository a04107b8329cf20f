"""A time at the counter is told when it is booked and on its eve: when, where, and never for what."""

from datetime import datetime, timedelta

import pytest

from huying.base import clock
from huying.events.models import Cursor
from huying.features.services import visiting
from huying.features.services.models import Visit
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.features.services.tests.paid import cashier, costly
from huying.features.services.tests.test_visit_near import eve_of, later
from huying.features.services.tests.test_visiting import book, open_
from huying.kernel import actions
from huying.notify import letters, reader, templates
from huying.notify.models import Message, Notice
from tests.notify.conftest import read
from tests.notify.servers import Provider
from tests.notify.test_cases_told import hers
from tests.small_things import ALLOWANCE, CARD, REGISTRATION

__all__ = ["_own_store", "case", "cashier", "costly", "hers", "open_"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ready(hers: Birth, open_: Birth, gateway: Provider) -> Birth:
    """Her phone is known, what was told before has left, and the item wants her at the counter. It is ten in the morning."""
    clock.set_offset(clock.now().astimezone(clock.CITY_TIME).replace(hour=10, minute=0) - datetime.now(clock.CITY_TIME))
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
