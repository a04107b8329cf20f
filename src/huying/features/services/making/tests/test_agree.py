"""Every body that bears an item is asked, and says its word of the very text that was sent."""

import pytest

from huying.city.models import Department
from huying.events import log
from huying.features.services.making import approving, drafting, seeing
from huying.features.services.making.models import DraftState, ThingDraft, Word
from huying.features.services.making.tests.conftest import MARKET, Maker
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.people.models import Post
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
LETTER = "渝街函〔2026〕8 号，11 月 20 日"


def words(maker: Maker, row: ThingDraft) -> dict[str, tuple[str, str]]:
    return {one.body: (one.department.key, one.word) for one in seeing.consents_of(row)}


def test_each_body_is_asked_once_and_the_owners_own_agrees_by_sending(maker: Maker) -> None:
    row = maker.sent()
    assert words(maker, row) == {
        "urban-management": ("city.urban-management", Word.AGREED),
        # no department of the city stands over the streets: who coordinates speaks for them, by their letter
        "street-office": ("city.hotline", Word.WAITING),
    }


def test_a_partner_speaks_for_itself_once_it_has_a_head_here(maker: Maker, actor: MakeActor) -> None:
    text = MARKET.replace("  - item: tables\n", "  - item: record\n")
    assert words(maker, maker.sent(text))["next.police"] == ("city.hotline", Word.WAITING)
    partner = Department.objects.get(key="next.police")
    head = actor("head", partner)
    row = maker.sent(text)
    assert words(maker, row)["next.police"] == ("next.police", Word.WAITING)
    assert approving.agree(head, maker.consent(row, "next.police").pk).word == Word.AGREED


def test_the_department_that_coordinates_services_speaks_before_the_desk(maker: Maker) -> None:
    hotline = Department.objects.get(key="city.hotline")
    Department.objects.filter(pk=hotline.pk).update(type="government-services")
    from huying.city import queries  # reads the departments anew, for this test alone

    queries.reset()
    assert approving.speaker_of("street-office").type == "government-services"


def test_a_body_that_is_not_here_agrees_by_a_letter_that_is_named(maker: Maker) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office")
    with pytest.raises(BadInput, match="文号"):
        approving.agree(maker.desk, consent.pk)
    said = approving.agree(maker.desk, consent.pk, LETTER)
    assert (said.word, said.why) == (Word.AGREED, LETTER)


def test_an_objection_says_why_and_brings_it_back(maker: Maker) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office")
    with pytest.raises(BadInput):
        approving.disagree(maker.desk, consent.pk, "不行")
    approving.disagree(maker.desk, consent.pk, "夜市的桌椅要先报街道，时间不够。")
    row = ThingDraft.objects.get(pk=row.pk)
    assert row.state == DraftState.RETURNED
    assert [one.why for one in seeing.objections(row)] == ["夜市的桌椅要先报街道，时间不够。"]
    told = [one.name for one in log.history([f"thing-draft:{row.pk}"])]
    assert told == ["thing.drafted", "thing.sent", "thing.agreed", "thing.objected"]


def test_sent_again_without_a_change_who_objected_is_asked_again(maker: Maker) -> None:
    row = maker.sent()
    approving.disagree(maker.desk, maker.consent(row, "street-office").pk, "夜市的桌椅要先报街道。")
    row = approving.send(maker.head, row.pk, row.revision)
    assert words(maker, row)["street-office"][1] == Word.WAITING
    assert words(maker, row)["urban-management"][1] == Word.AGREED


def test_only_the_head_of_the_department_says_its_word(maker: Maker, actor: MakeActor) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office")
    hotline = Department.objects.get(key="city.hotline")
    for other in (maker.owner, maker.head, actor("handler", hotline), actor("dispatcher", hotline)):
        with pytest.raises(NotThere):
            approving.agree(other, consent.pk, LETTER)


def test_who_wrote_it_does_not_agree_for_another_department(maker: Maker) -> None:
    """He holds both posts; the one does not judge what the other wrote."""
    assert maker.desk.officer
    Post.objects.create(officer=maker.desk.officer, department_id=maker.unit, role="handler")
    from huying.people.actors import officer_actor  # the same officer with both posts

    both = officer_actor(maker.desk.officer)
    row = drafting.begin(both, maker.unit, "", MARKET)
    row = approving.send(maker.head, row.pk, row.revision)
    with pytest.raises(Refused) as refused:
        approving.agree(both, maker.consent(row, "street-office").pk, LETTER)
    assert refused.value.code == "own_work"


def test_what_was_said_is_said(maker: Maker) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office")
    approving.agree(maker.desk, consent.pk, LETTER)
    with pytest.raises(Refused) as refused:
        approving.disagree(maker.desk, consent.pk, "又不行了，时间不够。")
    assert refused.value.code == "said"


def test_a_word_for_a_text_that_was_changed_meanwhile_is_refused(maker: Maker) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office")
    drafting.keep(maker.owner, row.pk, row.revision, MARKET.replace("promise: 7", "promise: 8"))
    with pytest.raises(Refused) as refused:
        approving.agree(maker.desk, consent.pk, LETTER)
    assert refused.value.code == "recalled"


def test_it_is_sent_by_the_head_and_once(maker: Maker) -> None:
    row = maker.draft()
    with pytest.raises(NotThere):
        approving.send(maker.owner, row.pk, row.revision)
    approving.send(maker.head, row.pk, row.revision)
    with pytest.raises(Refused) as refused:
        approving.send(maker.head, row.pk, row.revision)
    assert refused.value.code == "sent"


def test_whoever_is_asked_sees_it_and_nobody_else(maker: Maker, actor: MakeActor) -> None:
    row = maker.draft()
    with pytest.raises(NotThere):
        seeing.seen(maker.desk, row.pk)
    row = approving.send(maker.head, row.pk, row.revision)
    assert [one.body for one in seeing.waiting(maker.desk)] == ["street-office"]
    assert seeing.seen(maker.desk, row.pk).his == {maker.consent(row, "street-office").pk}
    stranger = actor("head", Department.objects.get(key="city.transport"))
    assert seeing.waiting(stranger) == []
    with pytest.raises(NotThere):
        seeing.seen(stranger, row.pk)
