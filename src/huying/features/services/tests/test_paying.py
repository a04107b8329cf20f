"""缴费: what is due is paid once, receipted, asked about when she does not come back, and given back when nothing is given."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.events.models import Fact
from huying.features.services import crowds, paying
from huying.features.services.capitals import capitals
from huying.features.services.deciding import Decision, decide
from huying.features.services.models import Bill
from huying.features.services.tests.conftest import Birth
from huying.features.services.tests.paid import YUAN, KeptCashier, cashier, costly, dear
from huying.kernel import actions, rebuild
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import holder_actor, party_actor
from huying.people.tests.given import pass_time
from tests.people import MakeActor, MakeCaller
from tests.small_things import ALLOWANCE, BIRTH, CARD, CERTIFICATE, REGISTRATION, load

__all__ = ["cashier", "costly"]
pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://city.example/case/1/"
GRANTED = Decision("granted", "户口簿已加页")
Cashier = type[KeptCashier]


@pytest.fixture
def due(costly: Birth, cashier: Cashier) -> Birth:
    """The item that costs something is open."""
    return costly.open().granted(CERTIFICATE).signed(REGISTRATION)


def bill() -> Bill:
    return Bill.objects.get()


def begin(due: Birth) -> Bill:
    paying.begin(due.she, due.the.call_id, REGISTRATION, BACK)
    return bill()


def facts(name: str) -> int:
    return Fact.objects.filter(name=name).count()


def test_unpaid_it_is_not_granted_and_may_be_refused(due: Birth) -> None:
    with pytest.raises(Refused, match="80 元"):
        decide(due.officer(REGISTRATION), due.task(REGISTRATION), GRANTED)
    with pytest.raises(BadInput, match="80 元"):
        crowds.decide(due.officer(REGISTRATION), {due.task(REGISTRATION): GRANTED})
    decide(
        due.officer(REGISTRATION),
        due.task(REGISTRATION),
        Decision("refused", ground="父母都不是本市户口，依据户口登记条例第七条。"),
    )


def test_she_pays_online_and_it_is_granted(due: Birth, cashier: Cashier) -> None:
    assert paying.begin(due.she, due.the.call_id, REGISTRATION, BACK) == f"https://cashier.example/{bill().number}"
    order = cashier.orders[bill().number]
    assert (order.fen, order.back) == (YUAN * 100, BACK) and "李" not in order.title
    cashier.pay(bill().number)
    paying.settle(bill().number)
    assert (bill().state, bill().how, bill().reference) == ("paid", "online", f"C{bill().number}")
    due.granted(REGISTRATION)
    assert facts("fee.paid") == 1 and not list(rebuild.differences())


def test_asked_twice_it_is_one_payment(due: Birth, cashier: Cashier) -> None:
    number = begin(due).number
    assert begin(due).number == number
    cashier.pay(number)
    for _ in range(3):
        paying.settle(number)
    assert facts("fee.paid") == 1
    with pytest.raises(Refused):
        begin(due)


def test_who_does_not_come_back_is_asked_about(due: Birth, cashier: Cashier) -> None:
    cashier.pay(begin(due).number)
    assert paying.settle_asked() == 0  # she may still be on her way
    pass_time(timedelta(minutes=3))
    assert paying.settle_asked() == 1 and bill().state == "paid"
    assert paying.settle_asked() == 0


def test_while_the_cashier_is_silent_nothing_is_lost(due: Birth, cashier: Cashier) -> None:
    number = begin(due).number
    cashier.pay(number)
    cashier.silent = True
    assert paying.settle(number) == bill() and bill().state == "due"
    with pytest.raises(Refused, match="没有应答"):
        begin(due)
    cashier.silent = False
    assert paying.settle(number).state == "paid"  # type: ignore[union-attr]


def test_another_amount_than_asked_is_not_taken_for_it(due: Birth, cashier: Cashier) -> None:
    number = begin(due).number
    cashier.pay(number, fen=100)
    assert paying.settle(number).state == "due" and not facts("fee.paid")  # type: ignore[union-attr]


def test_at_the_counter_it_is_written_down_and_receipted(due: Birth) -> None:
    paying.record_payment(due.officer(REGISTRATION), due.task(REGISTRATION), "POS-0017")
    assert (bill().state, bill().how, bill().reference) == ("paid", "counter", "POS-0017")
    with pytest.raises(Refused):
        paying.record_payment(due.officer(REGISTRATION), due.task(REGISTRATION), "POS-0018")
    due.granted(REGISTRATION)


def test_where_nobody_takes_money_online_the_counter_does(due: Birth, settings: object) -> None:
    settings.CASHIER = ""  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="窗口"):
        begin(due)
    assert paying.settle_asked() == paying.give_back_due() == 0


def test_another_amount_has_a_ground_and_a_number_of_its_own(due: Birth, cashier: Cashier) -> None:
    before = begin(due).number
    officer, task = due.officer(REGISTRATION), due.task(REGISTRATION)
    for yuan, ground, field in ((None, "依据减免办法第三条", "yuan"), (40, " ", "ground"), (10**7, "依据减免办法", "yuan")):
        with pytest.raises(BadInput) as bad:
            paying.set_fee(officer, task, yuan, ground)
        assert field in bad.value.errors
    paying.set_fee(officer, task, 40, "低保家庭减半，依据减免办法第三条")
    cashier.pay(before)  # the page of the old amount, left open
    paying.settle(before)
    assert bill().state == "due" and bill().number != before
    cashier.pay(begin(due).number)
    assert paying.settle(bill().number).yuan == 40  # type: ignore[union-attr]
    with pytest.raises(Refused):
        paying.set_fee(officer, task, 80, "改回原来的标准")


def test_free_of_charge_it_is_granted_at_once(due: Birth) -> None:
    paying.set_fee(due.officer(REGISTRATION), due.task(REGISTRATION), 0, "低保家庭免收，依据减免办法第二条")
    with pytest.raises(Refused, match="不用再缴"):
        begin(due)
    due.granted(REGISTRATION)


def test_a_fee_falls_due_once_when_its_item_opens_after_others(costly: Birth) -> None:
    costly.open()
    assert not facts("fee.due")  # its turn has not come
    costly.granted(CERTIFICATE, ALLOWANCE)
    fact = Fact.objects.get(name="fee.due")
    said = json.loads(fact.body)
    assert (said["item"], said["yuan"], fact.subject) == (REGISTRATION, YUAN, f"matter:{costly.the.matter_id}")
    assert not list(rebuild.differences())


def test_what_is_due_with_the_application_is_no_fact_of_its_own(case: Birth) -> None:
    case.thing = load(BIRTH, dear(CERTIFICATE))
    case.open()
    paying.record_payment(case.signed(CERTIFICATE).officer(CERTIFICATE), case.task(CERTIFICATE), "POS-0001")
    case.granted(CERTIFICATE)  # what follows costs nothing
    assert not facts("fee.due")


def test_a_crowd_of_cases_has_each_its_own_fee(costly: Birth) -> None:
    first = costly.open().signed(CERTIFICATE)
    other = Birth(costly.city, costly.thing, costly.caller, costly.make, officers=costly.officers).open().signed(CERTIFICATE)
    tasks = {one.task(CERTIFICATE): Decision("granted", "已制发") for one in (first, other)}
    crowds.decide(costly.officer(CERTIFICATE), tasks)
    crowds.approve(costly.officer(CERTIFICATE, "head"), list(tasks))
    assert {fact.subject for fact in Fact.objects.filter(name="fee.due")} == {
        f"matter:{one.the.matter_id}" for one in (first, other)
    }


@pytest.mark.parametrize("how", ["refused", "withdrawn"])
def test_what_is_not_given_is_given_back_once(due: Birth, cashier: Cashier, how: str) -> None:
    number = begin(due).number
    cashier.pay(number)
    paying.settle(number)
    assert paying.give_back_due() == 0
    if how == "refused":
        due.written(REGISTRATION, Decision("refused", ground="父母都不是本市户口，依据户口登记条例第七条。")).granted_only(
            REGISTRATION
        )
    else:
        actions.withdraw(due.she, due.the.call_id)
    assert paying.give_back_due() == 1 and paying.give_back_due() == 0
    assert (bill().state, bill().returned_as, cashier.returned) == ("returned", f"R{number}", [number])
    assert facts("fee.returned") == 1 and not list(rebuild.differences())


def test_granted_nothing_is_given_back(due: Birth, cashier: Cashier) -> None:
    cashier.pay(begin(due).number)
    paying.settle(bill().number)
    due.granted(REGISTRATION)
    actions.withdraw(due.she, due.the.call_id)
    assert paying.give_back_due() == 0


def test_what_the_counter_took_the_counter_gives_back(due: Birth, cashier: Cashier) -> None:
    officer, task = due.officer(REGISTRATION), due.task(REGISTRATION)
    paying.record_payment(officer, task, "POS-0017")
    with pytest.raises(Refused):
        paying.record_return(officer, task, "BACK-1")
    actions.withdraw(due.she, due.the.call_id)
    assert paying.give_back_due() == 0
    paying.record_return(officer, task, "BACK-1")
    assert (bill().state, bill().returned_as) == ("returned", "BACK-1")


def test_her_own_and_nobody_elses(due: Birth, caller: MakeCaller, actor: MakeActor) -> None:
    with pytest.raises(NotThere):
        paying.begin(party_actor(caller()), due.the.call_id, REGISTRATION, BACK)
    assert paying.begin(holder_actor(due.the.call_id), due.the.call_id, REGISTRATION, BACK)
    other = actor("handler", due.branch(CERTIFICATE).bearer)
    for verb in (lambda: paying.record_payment(other, due.task(REGISTRATION), "1"),
                 lambda: paying.set_fee(other, due.task(REGISTRATION), 1, "依据减免办法第二条")):  # fmt: skip
        with pytest.raises(NotThere):
            verb()


def test_what_costs_nothing_or_has_not_begun_is_not_paid_for(due: Birth) -> None:
    for item, fault in ((CERTIFICATE, Refused), (CARD, NotThere), ("no-such-item", NotThere)):
        with pytest.raises(fault):
            paying.begin(due.she, due.the.call_id, item, BACK)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        (0, "零元整"),
        (5, "伍元整"),
        (10, "壹拾元整"),
        (80, "捌拾元整"),
        (105, "壹佰零伍元整"),
        (1020, "壹仟零贰拾元整"),
        (10_000, "壹万元整"),
        (10_010, "壹万零壹拾元整"),
        (100_100, "壹拾万零壹佰元整"),
        (1_000_000, "壹佰万元整"),
        (20_300_405, "贰仟零叁拾万零肆佰零伍元整"),
        (100_000_001, "壹亿零壹元整"),
    ],
)
def test_the_amount_in_words(yuan: int, words: str) -> None:
    assert capitals(yuan) == words


@given(st.integers(1, 10**12 - 1))
def test_words_say_each_digit_once_and_no_two_zeros(yuan: int) -> None:
    words = capitals(yuan)
    digits = [str("零壹贰叁肆伍陆柒捌玖".index(one)) for one in words if one in "壹贰叁肆伍陆柒捌玖"]
    assert digits == [one for one in str(yuan) if one != "0"]
    assert "零零" not in words and not words.startswith("零") and "零元" not in words
