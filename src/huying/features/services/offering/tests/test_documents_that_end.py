"""A document that was given here and ends soon is offered anew, with the form as it was filled in before."""

from datetime import timedelta

import pytest

from huying.base import clock
from huying.features.services import drafts, sealing
from huying.features.services.models import Case, Document
from huying.features.services.offering import answering, consenting, queries, running
from huying.features.services.offering.models import Offer, RegisterLook, Watch
from huying.features.services.tests.conftest import Birth, case
from huying.kernel.errors import BadInput
from tests.small_offers import Register, put_in_force, rule
from tests.small_things import ANSWERS, CERTIFICATE

__all__ = ["case"]
pytestmark = pytest.mark.django_db
RENEWAL = rule(
    "renewal",
    "birth",
    {"type": "expires", "items": [CERTIFICATE], "within": 60},
    {"applicant_name": "before", "child_name": "before", "mother_id": "before"},
    answers=ANSWERS,
    every=30,
    why={"zh": "因为证 {day}到期", "en": "Because it ends on {day}"},
)


@pytest.fixture
def ending(case: Birth, register: Register) -> Birth:
    """A certificate that ends in forty days, of somebody who agreed that its last day is looked at."""
    case.open().granted(CERTIFICATE)
    Document.objects.update(valid_until=clock.today() + timedelta(days=40))
    put_in_force(RENEWAL)
    consenting.agree(case.she, ["documents"])
    return case


def test_it_is_offered_with_the_form_of_before_and_no_number_was_asked_for(ending: Birth) -> None:
    assert running.whole().offered == {"renewal": 1}
    (view,) = queries.waiting(ending.caller)
    assert view.offer.draft
    before = sealing.opened(ending.caller, ending.case.sealed)
    values = drafts.values_of(view.offer.draft)
    assert values == {name: before[name] for name in ("applicant_name", "child_name", "mother_id")}
    assert view.offer.draft.area == "500106001"
    assert view.offer.until == view.day == clock.today() + timedelta(days=40)
    assert RegisterLook.objects.get().fields == ["documents"]


def test_once_for_each_document_and_looked_for_again(ending: Birth) -> None:
    running.whole()
    assert Watch.objects.get().look_on == clock.today() + timedelta(days=30)
    clock.set_offset(timedelta(days=30))
    run = running.whole()
    assert (run.looked, run.offered) == ({"renewal": 1}, {})
    assert Offer.objects.count() == 1


def test_one_that_was_revoked_is_not_offered_anew(ending: Birth) -> None:
    Document.objects.update(revoked_at=clock.now(), ground="作废了")
    assert not running.whole().offered


def test_one_that_ends_later_is_looked_for_when_its_days_begin(ending: Birth) -> None:
    Document.objects.update(valid_until=clock.today() + timedelta(days=75))
    assert not running.whole().offered
    assert Watch.objects.get().look_on == clock.today() + timedelta(days=15)
    clock.set_offset(timedelta(days=15))
    assert running.whole().offered == {"renewal": 1}


def test_what_she_kept_of_it_is_missing_when_she_confirms_and_is_asked_for(ending: Birth) -> None:
    running.whole()
    with pytest.raises(BadInput) as bad:
        answering.accept(ending.she, Offer.objects.get().token)
    assert {"birth_day", "household_address", "paper-birth-record"} <= bad.value.errors.keys()
    assert Case.objects.count() == 1
