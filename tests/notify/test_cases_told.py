"""What is told of a case: each single result, what she is asked for, and once that all is over; never what it is about."""

import pytest

from huying.base import clock
from huying.events.models import Cursor
from huying.features.services import paying
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.features.services.tests.paid import YUAN, dear
from huying.kernel import actions
from huying.notify import letters, reader, templates
from huying.notify.models import Message, Notice
from huying.people import private
from tests.notify.conftest import PHONE, by_mail, read
from tests.notify.servers import MailBox, Provider
from tests.notify.test_told import NIGHT, NOON, at
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, REGISTRATION, load

__all__ = ["_own_store", "case"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hers(case: Birth) -> Birth:
    """A case whose applicant left her phone."""
    case.caller.phone_mac, case.caller.phone_sealed = private.phone_mac(PHONE), private.seal(case.caller, PHONE)
    case.caller.save()
    return case


def noticed(case: Birth) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(call=case.the.call_id).order_by("id")
    return [(row.template, row.who) for row in rows]


def said(case: Birth) -> str:
    message = Message.objects.filter(call=case.the.call_id).latest("id")
    return letters.outgoing(message).words.text


def unit(case: Birth, item: str) -> str:
    return case.branch(item).bearer.short


def test_each_result_is_told_of_its_own_department_and_once_that_all_is_over(hers: Birth, gateway: Provider) -> None:
    hers.open()
    read()
    for item in (CERTIFICATE, ALLOWANCE):
        hers.granted(item)
        read()
    hers.refused(REGISTRATION)
    read()
    names = [name for name, _who in noticed(hers)]
    assert names == ["case_received", "item_granted", "item_granted", "item_refused", "case_answered"]
    told = dict(noticed(hers)[2:4])
    assert told == {"item_granted": unit(hers, ALLOWANCE), "item_refused": unit(hers, REGISTRATION)}


def test_no_fact_is_told_twice_though_the_reader_begins_anew(hers: Birth, gateway: Provider) -> None:
    hers.open().granted(CERTIFICATE).refused(REGISTRATION)
    read()
    before = noticed(hers)
    Cursor.objects.update(seq=0)
    reader.run()
    assert noticed(hers) == before


def test_what_falls_with_a_refused_item_is_no_message_of_its_own(hers: Birth, gateway: Provider) -> None:
    hers.open().granted(CERTIFICATE)
    read()
    before = len(noticed(hers))
    hers.refused(REGISTRATION)
    read()
    assert [name for name, _who in noticed(hers)[before:]] == ["item_refused"]
    assert hers.branch(CARD).outcome == "fallen"


def test_a_supplement_names_who_asks(hers: Birth, gateway: Provider) -> None:
    hers.open().granted(CERTIFICATE).signed(ALLOWANCE)
    actions.supplement(hers.officer(ALLOWANCE), hers.task(ALLOWANCE), "请补一张清楚的银行卡照片")
    read()
    assert noticed(hers)[-1] == ("case_asked", unit(hers, ALLOWANCE))
    assert "银行卡" not in said(hers)


def test_a_pause_by_law_and_a_granted_extension_are_told_once(hers: Birth, gateway: Provider) -> None:
    hers.open().signed(CERTIFICATE)
    head, task, why = hers.officer(CERTIFICATE, "head"), hers.task(CERTIFICATE), "送检测，依据行政许可法第四十五条。"
    actions.pause_branch(head, task, "inspection", why, clock.today())
    actions.resume_branch(head, task)
    actions.ask_branch_extension(hers.officer(CERTIFICATE), task, 3, why)
    actions.decide_branch_extension(head, task, True)
    read()
    who = unit(hers, CERTIFICATE)
    assert noticed(hers)[1:] == [("item_paused", who), ("item_extended", who)]


def fees(case: Birth) -> int:
    return Notice.objects.filter(call=case.the.call_id, template="item_fee").count()


def test_a_fee_that_falls_due_later_is_told_and_another_amount_too_but_none_twice(hers: Birth, gateway: Provider) -> None:
    hers.thing = load(BIRTH, dear())
    hers.open()
    read()
    assert not fees(hers)
    hers.granted(CERTIFICATE)
    read()
    assert ("item_fee", unit(hers, REGISTRATION)) in noticed(hers)
    words = said(hers)
    assert "缴费" in words and "元" not in words and "户口" not in words
    officer, task = hers.signed(REGISTRATION).officer(REGISTRATION), hers.task(REGISTRATION)
    for yuan, told in ((YUAN, 1), (40, 2), (40, 2), (0, 2), (60, 3)):
        paying.set_fee(officer, task, yuan, "低保家庭减免，依据减免办法第三条")
        read()
        assert fees(hers) == told, f"{yuan} yuan"


def test_what_costs_nothing_is_never_told_as_a_fee(hers: Birth, gateway: Provider) -> None:
    hers.open().granted(CERTIFICATE)
    read()
    assert not fees(hers)


def test_one_message_names_the_department_its_text_is_about(hers: Birth, gateway: Provider) -> None:
    hers.open().granted(CERTIFICATE)
    read()
    Message.objects.update(state="sent")
    hers.refused(REGISTRATION)
    read()
    actions.supplement(hers.signed(ALLOWANCE).officer(ALLOWANCE), hers.task(ALLOWANCE), "请补一张清楚的照片")
    actions.reply(hers.she, hers.the.call_id, "补好了")
    hers.granted(ALLOWANCE)
    read()
    notices = list(Notice.objects.filter(call=hers.the.call_id, template__in=["item_refused", "item_granted"]).order_by("id"))
    words = templates.render(notices, "zh-hans").text
    assert unit(hers, REGISTRATION) in words, "the weightiest is said of its own department, not of the newest"


def test_it_leaves_at_civil_hours_with_number_and_link_and_never_the_matter(hers: Birth, gateway: Provider) -> None:
    at(NOON)
    hers.open()
    read()
    at(NIGHT)
    Message.objects.update(state="sent")
    hers.granted(CERTIFICATE)
    read()
    message = Message.objects.latest("id")
    assert message.next_try_at.astimezone(clock.CITY_TIME).hour == 8
    words = said(hers)
    assert f"/case/{hers.call.number}/" in words
    assert "诉求" not in words
    for secret in ("出生", "李梅", "医学"):
        assert secret not in words


def test_a_letter_is_headed_as_an_application(hers: Birth, gateway: Provider, box: MailBox) -> None:
    by_mail(hers.caller)
    hers.open()
    read()
    assert "申请" in letters.outgoing(Message.objects.latest("id")).subject


@pytest.mark.parametrize("found", templates.CASES, ids=lambda found: found.name)
def test_no_text_of_a_case_calls_it_an_appeal(found: templates.Template) -> None:
    assert "诉求" not in found.text
    assert set(templates.fields(found)) <= set(templates.FIELDS)
