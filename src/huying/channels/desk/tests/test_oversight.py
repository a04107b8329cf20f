"""What heads and supervisors see: the rates of their own reach, what is late, and where the time went."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.events.sequence import Sequencer
from huying.hub import reader
from huying.kernel import actions, lessons, timers
from huying.kernel.tests.conftest import BUREAU, CENTRE, DESK, Story, story
from huying.people.actors import Actor
from tests.people import MakeActor, signed_in

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)


def page(client: Client, actor: Actor, path: str) -> str:
    assert actor.officer
    signed_in(actor.officer.account, client)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def read() -> None:
    Sequencer().run_dry()
    reader.run()


@pytest.fixture
def late(story: Story) -> Story:
    """A bureau that did not sign in time, and was reminded and supervised."""
    story.until("passed")
    clock.set_offset(timedelta(hours=5, minutes=30))
    timers.sweep_dry()
    read()
    return story


def test_the_head_finds_what_is_late_in_whose_hands_and_where_the_time_went(client: Client, late: Story) -> None:
    shown = page(client, late.head, "/desk/late/")
    assert late.matter.title in shown and "城市管理局没有在" in shown and "已督办" in shown
    assert "待签收 4 小时" in shown and "逾期未签收 1 小时 30 分" in shown


def test_the_head_of_another_bureau_sees_nothing_late(client: Client, late: Story, actor: MakeActor) -> None:
    other = actor("head", late.city.department("500103.water"))
    assert "现在没有超期的件" in page(client, other, "/desk/late/")


def test_supervisors_of_the_district_and_the_city_see_it(client: Client, late: Story, actor: MakeActor) -> None:
    for department in (CENTRE, DESK):
        overseer = actor("supervisor", late.city.department(department))
        assert late.matter.title in page(client, overseer, "/desk/late/")


def test_what_was_kept_is_late_no_more(client: Client, late: Story) -> None:
    late.until("signed")
    read()
    shown = page(client, late.head, "/desk/late/")
    assert "现在没有超期的件" in shown and late.matter.title in shown, "it is due later, and stands there"


def test_each_rate_stands_beside_its_denominator(client: Client, story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, True, 5)
    read()
    for by in ("department", "district", "level", "month"):
        shown = page(client, story.head, f"/desk/rates/?by={by}")
        assert shown.count("<b>100%</b> <small>1/1</small>") == 6


def test_nobody_has_asked_yet_is_said_in_words(client: Client, story: Story) -> None:
    assert "这里还没有收到诉求" in page(client, story.head, "/desk/rates/")


def test_a_month_or_a_way_that_cannot_be_is_ignored(client: Client, story: Story) -> None:
    story.until("answered")
    read()
    assert "沙坪坝区城市管理局" in page(client, story.head, "/desk/rates/?by=nothing&month=1999-13")


def test_a_head_sees_the_rates_of_his_reach_alone(client: Client, story: Story, actor: MakeActor) -> None:
    story.until("answered")
    read()
    other = actor("head", story.city.department("500103.governance-centre"))
    assert "这里还没有收到诉求" in page(client, other, "/desk/rates/")
    desk = actor("auditor", story.city.department(DESK))
    assert story.city.department(BUREAU).name in page(client, desk, "/desk/rates/")


@pytest.mark.parametrize("path", ["/desk/rates/", "/desk/late/"])
def test_for_a_handler_the_pages_are_not_there(client: Client, story: Story, path: str) -> None:
    assert story.handler.officer
    signed_in(story.handler.officer.account, client)
    assert client.get(path).status_code == 404
    assert path not in client.get("/desk/").content.decode()


def test_who_oversees_the_city_sees_what_share_dispatch_gives_away_by_itself(
    client: Client, story: Story, actor: MakeActor
) -> None:
    story.until("dispatched")
    read()
    lessons.run()
    whole = page(client, actor("supervisor", story.city.department(DESK)), "/desk/rates/")
    assert "自动派单" in whole
    assert "其中自动派的" in whole and "职责说明" in whole
    assert "97%" in whole
    assert "自动派单" not in page(client, story.head, "/desk/rates/")
