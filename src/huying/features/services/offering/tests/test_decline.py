"""She does not want it, or wants to fill it in by herself: it is offered no more for that occasion."""

import pytest

from huying.base import clock
from huying.events.models import Fact
from huying.features.services import drafts
from huying.features.services.models import Draft, Upload
from huying.features.services.offering import answering, running
from huying.features.services.offering.models import Offer, Watch
from huying.features.services.offering.tests.conftest import ACCOUNT, Waiting
from huying.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_declined_it_goes_with_all_that_was_filled_in_and_never_comes_back(waiting: Waiting) -> None:
    drafts.add_paper(waiting.draft, "photo", "me.pdf", b"%PDF-1.4\n%%EOF\n")
    for _twice in range(2):
        answering.decline(waiting.actor, waiting.row.token)
    assert (waiting.row.state, waiting.row.sealed) == ("declined", None)
    assert not Draft.objects.exists()
    assert not Upload.objects.exists()
    assert Fact.objects.filter(name="offer.declined").count() == 1
    Watch.objects.update(look_on=clock.today())
    assert not running.whole().offered
    assert Offer.objects.count() == 1


def test_taken_it_is_her_ordinary_draft(waiting: Waiting) -> None:
    for _twice in range(2):
        assert answering.take(waiting.actor, waiting.row.token) == "old-age"
    draft = drafts.draft_there(waiting.party, "old-age")
    assert draft
    assert drafts.values_of(draft)["applicant_name"] == "王秀英"
    assert draft.answers == {"care": "no"}
    assert waiting.row.state == "taken"
    with pytest.raises(Refused):
        answering.accept(waiting.actor, waiting.row.token)


def test_taken_beside_a_draft_of_her_own_what_she_typed_there_stays(waiting: Waiting) -> None:
    own = drafts.draft_of(waiting.party, waiting.thing)
    answering.correct(own, waiting.thing, {"applicant_name": ["王秀瑛"], **ACCOUNT}, None)
    drafts.add_paper(waiting.draft, "photo", "me.pdf", b"%PDF-1.4\n%%EOF\n")
    answering.take(waiting.actor, waiting.row.token)
    (draft,) = Draft.objects.filter(party=waiting.party)
    values = drafts.values_of(draft)
    assert (draft.pk, values["applicant_name"], values["home_address"]) == (own.pk, "王秀瑛", "小龙坎正街 8 号")
    assert Upload.objects.get().draft == draft
