"""A department sees its own share of a case, and of the others nothing: neither form, nor papers, nor that they are there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.features.services import drafts, looking, queries
from huying.features.services.models import Branch, Case, Upload
from huying.features.services.tests.conftest import AREA, Birth
from huying.kernel import queries as kernel
from huying.kernel.errors import NotThere
from huying.kernel.models import Look, Task
from huying.people.actors import Actor
from tests.small_things import ALLOWANCE, CERTIFICATE, FORM, REGISTRATION

pytestmark = pytest.mark.django_db
OWN = {
    CERTIFICATE: {"applicant_name", "child_name", "birth_day", "mother_id"},
    REGISTRATION: {"applicant_name", "child_name", "birth_day", "household_address"},
    ALLOWANCE: {"applicant_name", "mother_id", "bank"},
}


@pytest.fixture
def three(case: Birth) -> Birth:
    """Sent as a form with papers; certificate granted, two at work side by side."""
    draft = drafts.draft_of(case.caller, case.thing)
    new = case.new()
    drafts.answer(draft, case.thing, new.decided.answers, [])
    drafts.keep(draft, new.decided, {name: [value] for name, value in FORM.items()}, AREA, False)
    for material in ("birth-record", "identity-card"):
        drafts.add_paper(draft, material, f"{material}.pdf", b"%PDF-1.4\n" + material.encode() + b"\n%%EOF\n")
    case.opened = drafts.send(case.she, draft, case.thing)
    return case.granted(CERTIFICATE)


def shown(case: Birth, actor: Actor, item: str) -> queries.Share | None:
    return queries.share_of(actor, Task.objects.get(pk=case.task(item)))


@pytest.mark.parametrize("item", OWN)
def test_a_share_has_the_fields_of_its_item_alone(three: Birth, item: str) -> None:
    share = shown(three, three.officer(item), item)
    assert share is not None
    assert {row.asked.field.name for row in share.fields} == OWN[item]


@pytest.mark.parametrize("item", OWN)
@pytest.mark.parametrize("other", OWN)
def test_the_matrix_of_departments_and_shares(three: Birth, item: str, other: str) -> None:
    """Each department beside each share: its own alone, for handler and head alike."""
    for role in ("handler", "head"):
        share = shown(three, three.officer(other, role), item)
        assert (share is not None) == (item == other)


def test_nobody_else_sees_any_share(three: Birth) -> None:
    desk, supervisor = (three.make(role, three.city.department("city.hotline")) for role in ("dispatcher", "supervisor"))
    stranger = three.make("handler", three.city.department("500103.housing"))
    for actor in (desk, supervisor, stranger, three.she):
        assert shown(three, actor, REGISTRATION) is None


def test_a_paper_opens_for_those_alone_whose_item_needs_it(three: Birth) -> None:
    record = Upload.objects.get(material="birth-record")
    card = Upload.objects.get(material="identity-card")
    assert queries.upload_for(three.officer(CERTIFICATE), record.pk)
    assert queries.upload_for(three.officer(REGISTRATION), record.pk) is None
    assert queries.upload_for(three.officer(ALLOWANCE), card.pk)
    assert queries.upload_for(three.she, card.pk)


def test_the_matter_of_one_department_shows_nothing_of_the_others(three: Birth) -> None:
    view = kernel.matter_page(three.officer(REGISTRATION), three.the.matter_id)
    assert [task.pk for task in view.tasks] == [three.task(REGISTRATION)]
    assert not view.responses, "the certificate's decision is not theirs"
    assert {promise.task_id for promise in view.promises} == {three.task(REGISTRATION)}
    units = {hop.bearer for hop in view.hops if hop.bearer}
    assert units == {three.branch(REGISTRATION).bearer.name}


def test_who_somebody_is_stays_closed_until_it_is_opened_and_she_sees_who_did(three: Birth) -> None:
    officer = three.officer(REGISTRATION)
    before = shown(three, officer, REGISTRATION)
    assert before is not None
    values = {row.asked.field.name: row.value for row in before.fields}
    assert values["child_name"] is None
    assert values["birth_day"] == FORM["birth_day"]
    looking.open_share(officer, three.task(REGISTRATION))
    looking.open_share(officer, three.task(REGISTRATION))
    after = shown(three, officer, REGISTRATION)
    assert after is not None
    assert {row.asked.field.name: row.value for row in after.fields}["child_name"] == FORM["child_name"]
    assert [look.officer for look in Look.objects.all()] == [officer.officer]
    assert "出生登记" in kernel.looks_at(three.she)[0].words


def test_a_share_that_is_not_theirs_cannot_be_opened(three: Birth) -> None:
    with pytest.raises(NotThere):
        looking.open_share(three.officer(ALLOWANCE), three.task(REGISTRATION))
    assert not Look.objects.exists()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    insured=st.sampled_from(["yes", "no"]),
    where=st.sampled_from(["here", "next"]),
    done=st.integers(0, 3),
    opened=st.booleans(),
)
def test_no_value_of_another_item_ever_reaches_a_department(
    case: Birth, insured: str, where: str, done: int, opened: bool
) -> None:
    """Whatever was answered, decided and opened: what a department reads is what its own item asks for."""
    case.officers.clear()
    case.open({"insured": insured, "where": where})
    for _step in range(done):
        waiting = Branch.objects.filter(case=case.the.matter_id, task__is_open=True, ended_at=None).first()
        if waiting is None:
            break
        case.granted(waiting.item)
    whole = case.thing.whole
    for branch in Branch.objects.filter(case=case.the.matter_id, task__isnull=False):
        officer = case.officer(branch.item)
        if opened and branch.ended_at is None:
            looking.open_share(officer, branch.task_id or 0)
        own = {one.name for one in whole.items[branch.item].fields}
        for other in Branch.objects.filter(case=case.the.matter_id, task__isnull=False):
            share = queries.share_of(officer, other.task)
            if other.bearer_id != branch.bearer_id:
                assert share is None
            elif share is not None and other.pk == branch.pk:
                assert {row.asked.field.name for row in share.fields} <= own


def test_a_running_case_keeps_the_version_it_began_with(case: Birth) -> None:
    from tests.small_things import BIRTH, ITEMS, load

    case.open()
    longer = tuple({**one, "promised": one["promised"] + 3} if one["code"] == REGISTRATION else one for one in ITEMS)
    fewer = {**BIRTH, "entries": [entry for entry in BIRTH["entries"] if entry["item"] != ALLOWANCE]}
    load(fewer, longer)
    case.granted(CERTIFICATE)
    assert case.branch(REGISTRATION).days == 2
    assert case.branch(ALLOWANCE).task is not None
    share = shown(case, case.officer(ALLOWANCE), ALLOWANCE)
    assert share is not None
    assert share.item.promised == 4
    assert Case.objects.get().version.number == 1
