"""The verbs of one branch at the desk: offered to whom they belong, carried, faults beside their fields, told to her."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk
from huying.events.sequence import Sequencer
from huying.features.services.tests.conftest import Birth, _own_store, case
from huying.hub import reader
from huying.hub.models import Late
from huying.kernel import actions, timers
from huying.kernel.models import Extension, Pause
from tests.small_things import ALLOWANCE, CERTIFICATE, REGISTRATION

__all__ = ["_own_store", "case"]
pytestmark = pytest.mark.django_db(transaction=True)
WHY = "送检验机构检测，依据行政许可法第四十五条。"


def post(client: Client, case: Birth, item: str, verb: str, **data: object) -> int:
    address = f"/desk/m/{case.the.matter_id}/{verb}/?task={case.task(item)}"
    return client.post(address, {"task": case.task(item), **data}).status_code


def page(client: Client, case: Birth, item: str) -> str:
    return client.get(f"/desk/m/{case.the.matter_id}/?task={case.task(item)}").content.decode()


def hers(case: Birth) -> str:
    """The page as whoever holds number and secret sees it."""
    client = Client()
    client.post("/find/", {"number": case.call.number, "secret": case.the.secret})
    return client.get(f"/case/{case.call.number}/").content.decode()


def test_a_head_stops_and_starts_the_clock_of_his_item(case: Birth, at_desk: Desk) -> None:
    case.open().signed(CERTIFICATE)
    head = at_desk(case.officer(CERTIFICATE, "head"))
    assert "依法停表" in page(head, case, CERTIFICATE)
    day = clock.today() + timedelta(days=6)
    fault = head.post(
        f"/desk/m/{case.the.matter_id}/pause_branch/?task={case.task(CERTIFICATE)}",
        {"task": case.task(CERTIFICATE), "ground": "短"},
    )
    assert fault.status_code == 422
    assert "至少八个字" in fault.content.decode()
    assert post(head, case, CERTIFICATE, "pause_branch", why="inspection", ground=WHY, expected=day.isoformat()) == 302
    assert Pause.objects.filter(expected=day).exists()
    assert f"预计 {day.month} 月 {day.day} 日" in hers(case)
    assert "全部办好的日子会跟着往后移" in hers(case)
    assert post(head, case, CERTIFICATE, "resume_branch", note="结果来了") == 302
    assert not Pause.objects.filter(to_at=None).exists()


def test_an_extension_is_asked_by_the_handler_and_granted_by_the_head(case: Birth, at_desk: Desk) -> None:
    case.open().signed(CERTIFICATE)
    handler, head = at_desk(case.officer(CERTIFICATE)), at_desk(case.officer(CERTIFICATE, "head"))
    assert "/decide_branch_extension/" not in page(head, case, CERTIFICATE)
    assert post(handler, case, CERTIFICATE, "ask_branch_extension", budget="4", ground=WHY) == 302
    shown = page(head, case, CERTIFICATE)
    assert "/decide_branch_extension/" in shown
    assert WHY in shown
    assert post(head, case, CERTIFICATE, "decide_branch_extension", granted="yes") == 302
    assert Extension.objects.get().granted


def test_what_is_not_ours_goes_to_the_dispatcher_and_on_to_another(case: Birth, at_desk: Desk) -> None:
    case.open().granted(CERTIFICATE)
    head = at_desk(case.officer(REGISTRATION, "head"))
    assert "不属于本部门" in page(head, case, REGISTRATION)
    assert post(head, case, REGISTRATION, "send_back_branch", ground="按三定方案归另一个部门管，请改派。") == 302
    assert "在核实这件归哪个部门办" in hers(case)
    desk = at_desk(case.make("dispatcher", case.city.department("city.hotline")))
    shown = page(desk, case, REGISTRATION)
    assert "裁定归谁办" in shown
    assert "不转，仍由" in shown
    assert "李梅" not in shown, "who rules sees no form"
    other = case.city.department("city.urban-management")
    assert post(desk, case, REGISTRATION, "adjudicate_branch", bearer_id=other.pk, note="户籍归他们") == 302
    assert case.branch(REGISTRATION).bearer == other


def test_what_is_late_of_an_item_is_late_with_the_body_that_has_it_now(case: Birth) -> None:
    start = clock.now()
    with clock.showing(start):
        case.open().granted(CERTIFICATE)
        actions.send_back_branch(
            case.officer(REGISTRATION, "head"), case.task(REGISTRATION), "按三定方案归另一个部门管，请改派。"
        )
    other = case.city.department("city.urban-management")
    with clock.showing(start + timedelta(days=12)):
        timers.sweep_dry()
        ruler = case.make("dispatcher", case.city.department("city.hotline"))
        actions.adjudicate_branch(ruler, case.task(REGISTRATION), other.pk, "户籍归他们")
        Sequencer().run_dry()
        while reader.run():
            pass
    late = Late.objects.get(key__contains=f".{case.task(REGISTRATION)}.", what="decide")
    assert late.bearer == other.key


def test_another_department_is_answered_as_if_nothing_were_there(case: Birth, at_desk: Desk) -> None:
    case.open().granted(CERTIFICATE)
    stranger = at_desk(case.officer(ALLOWANCE, "head"))
    for verb in ("pause_branch", "resume_branch", "ask_branch_extension", "decide_branch_extension", "send_back_branch"):
        assert post(stranger, case, REGISTRATION, verb, why="inspection", ground=WHY, granted="yes", budget="3") in (404, 422)
    assert not Pause.objects.exists()
    assert not Extension.objects.exists()
    assert case.branch(REGISTRATION).task.state == "given"  # type: ignore[union-attr]
