"""Confirmed, an offer is an ordinary case, once; what is missing is named, and what was typed stays."""

import pytest

from huying.events.models import Fact
from huying.features.services import sealing
from huying.features.services.models import Case, Draft
from huying.features.services.offering import answering, queries
from huying.features.services.offering.tests.conftest import Waiting
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db


def test_confirmed_it_is_a_case_of_the_department_with_all_that_was_filled_in(waiting: Waiting) -> None:
    opened = answering.accept(waiting.completed().actor, waiting.row.token)
    case = Case.objects.get(call=opened.call_id)
    values = sealing.opened(waiting.party, case.sealed)
    assert (values["applicant_id"], values["bank_account"]) == (waiting.number, "6222020200112233445")
    assert case.branches.get().bearer.key == "500106.housing"
    assert waiting.row.state == "accepted"
    assert waiting.row.case == case
    assert not Draft.objects.exists()
    assert not queries.waiting(waiting.party)


def test_confirmed_twice_it_is_one_case(waiting: Waiting) -> None:
    first = answering.accept(waiting.completed().actor, waiting.row.token)
    again = answering.accept(waiting.actor, waiting.row.token)
    assert (again.number, again.fresh) == (first.number, False)
    assert Case.objects.count() == 1
    assert Fact.objects.filter(name="offer.accepted").count() == 1


def test_what_nobody_knows_is_asked_for_and_nothing_is_lost(waiting: Waiting) -> None:
    with pytest.raises(BadInput) as bad:
        answering.accept(waiting.actor, waiting.row.token)
    assert bad.value.errors == {"bank_account": "请填写：收款账号。"}
    assert waiting.row.state == "open"
    assert waiting.values()["applicant_name"] == "王秀英"


def test_what_she_corrects_is_what_is_sent(waiting: Waiting) -> None:
    answering.correct(waiting.draft, waiting.thing, {"home_address": ["新家 18 号 2 楼"]}, None)
    opened = answering.accept(waiting.completed().actor, waiting.row.token)
    values = sealing.opened(waiting.party, Case.objects.get(call=opened.call_id).sealed)
    assert (values["home_address"], values["applicant_name"]) == ("新家 18 号 2 楼", "王秀英")


def test_somebody_else_s_is_not_there(waiting: Waiting, caller: MakeCaller) -> None:
    other = party_actor(caller())
    for verb in (answering.accept, answering.decline, answering.take, queries.one):
        with pytest.raises(NotThere):
            verb(other, waiting.row.token)
        with pytest.raises(NotThere):
            verb(other, "0" * 16)


def test_one_that_ended_cannot_be_confirmed(waiting: Waiting) -> None:
    answering.decline(waiting.completed().actor, waiting.row.token)
    with pytest.raises(Refused, match="不在等您确认"):
        answering.accept(waiting.actor, waiting.row.token)
