"""A branch that stands by law beyond its day: its officers see it in the inbox and on its page, who oversees on his."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk
from huying.channels.desk.tests.test_branches import WHY, hers, page
from huying.channels.parts import branches
from huying.events.sequence import Sequencer
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.hub import late, reader
from huying.kernel import actions, timers
from huying.people.tests.given import pass_time
from tests.small_things import ALLOWANCE, CERTIFICATE, REGISTRATION

__all__ = ["_own_store", "case"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stopped(case: Birth) -> Birth:
    """The allowance waits for a test for three days more."""
    case.open().granted(CERTIFICATE).signed(ALLOWANCE).signed(REGISTRATION)
    day = clock.today() + timedelta(days=3)
    actions.pause_branch(case.officer(ALLOWANCE, "head"), case.task(ALLOWANCE), "inspection", WHY, day)
    return case


def over(case: Birth) -> str:
    """Five days have gone by; what is said of it from now on."""
    words = f"原定 {(clock.today() + timedelta(days=3)).month} 月 {(clock.today() + timedelta(days=3)).day} 日恢复，已过 2 天"
    pass_time(timedelta(days=5))
    timers.sweep_dry()
    read()
    return words


def read() -> None:
    Sequencer().run_dry()
    while reader.run():
        pass


def inbox(client: Client) -> str:
    return client.get("/desk/?box=unit").content.decode()


def overdue(client: Client) -> str:
    read()
    return client.get("/desk/late/").content.decode()


def test_while_it_stands_the_day_is_said(stopped: Birth, at_desk: Desk) -> None:
    officer = at_desk(stopped.officer(ALLOWANCE))
    assert "停表，预计" in inbox(officer) and "停表，预计" in page(officer, stopped, ALLOWANCE)
    assert "停表" not in inbox(at_desk(stopped.officer(REGISTRATION)))


def test_beyond_its_day_the_inbox_and_the_page_say_since_when(stopped: Birth, at_desk: Desk) -> None:
    words, officer = over(stopped), at_desk(stopped.officer(ALLOWANCE))
    assert words in inbox(officer)
    shown = page(officer, stopped, ALLOWANCE)
    assert words in shown and "接着办，还没有恢复" in shown, "on the page, and among its hops"
    assert "还没有等到" in hers(stopped), "and she does not read a day that has passed as one to come"


def test_who_oversees_finds_it_until_it_goes_on(stopped: Birth, at_desk: Desk) -> None:
    head = at_desk(stopped.officer(ALLOWANCE, "head"))
    desk = at_desk(stopped.make("supervisor", stopped.city.department("city.hotline")))
    assert "恢复计时" not in overdue(head)
    words = over(stopped)
    for who in (head, desk):
        assert words in overdue(who) and "前恢复计时" in overdue(who)
    actions.resume_branch(stopped.officer(ALLOWANCE), stopped.task(ALLOWANCE))
    assert "前恢复计时" not in overdue(head) and words not in inbox(head)


@pytest.mark.parametrize("how", ["decided", "withdrawn"])
def test_ended_otherwise_it_is_listed_no_more(stopped: Birth, how: str) -> None:
    over(stopped)
    assert [row.late.bearer for row in late.rows(what="resume")] == [stopped.branch(ALLOWANCE).bearer.key]
    if how == "decided":
        stopped.granted(ALLOWANCE)
    else:
        actions.withdraw(stopped.she, stopped.the.call_id)
    read()
    assert late.rows(what="resume") == []


def test_a_day_of_another_year_is_named_and_none_is_nothing() -> None:
    assert branches.resumes(None) == ""
    assert branches.resumes(clock.today()).startswith("停表，预计")
    assert "已过 1 天" in branches.resumes(clock.today() - timedelta(days=1))
