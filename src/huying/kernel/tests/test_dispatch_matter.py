import pytest

from huying.events import log
from huying.kernel import actions
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Promise, Task
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_dispatched_matter_is_accepted_on_the_way_and_has_a_bearer(story: Story) -> None:
    story.until("dispatched")
    assert story.matter.state == "working"
    assert story.task("top").bearer.key == CENTRE
    names = [t.name for t in log.history([f"matter:{story.matter.pk}"])]
    assert names[-4:] == ["matter.accepted", "task.given", "promise.made", "promise.made"]


def test_it_can_be_accepted_first(story: Story) -> None:
    actions.accept(story.dispatcher, story.opened.matter_id, "马上派")
    assert story.matter.state == "accepted"
    story.until("dispatched")
    assert story.matter.state == "working"


def test_a_matter_is_accepted_once(story: Story) -> None:
    actions.accept(story.dispatcher, story.opened.matter_id)
    with pytest.raises(Refused):
        actions.accept(story.dispatcher, story.opened.matter_id)


def test_the_bearer_has_a_clock_for_signing_and_for_first_contact(story: Story) -> None:
    story.until("dispatched")
    rows = Promise.objects.filter(task=story.task("top"))
    assert set(rows.values_list("what", flat=True)) == {"sign", "contact"}
    assert story.task("top").due_at == rows.get(what="sign").due_at


def test_a_matter_is_dispatched_once(story: Story) -> None:
    story.until("dispatched")
    with pytest.raises(Refused) as refusal:
        actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(BUREAU).pk)
    assert refusal.value.code == "not_now"
    assert Task.objects.count() == 1


def test_who_has_nothing_to_do_with_it_finds_nothing(story: Story) -> None:
    with pytest.raises(NotThere):
        actions.dispatch(story.handler, story.opened.matter_id, story.city.department(CENTRE).pk)
    with pytest.raises(NotThere):
        actions.dispatch(story.dispatcher, 10**9, story.city.department(CENTRE).pk)


def test_who_may_see_it_but_not_dispatch_is_told_so(story: Story) -> None:
    with pytest.raises(Refused) as refusal:
        actions.dispatch(story.callback, story.opened.matter_id, story.city.department(CENTRE).pk)
    assert refusal.value.code == "not_yours"


def test_a_department_or_duty_that_does_not_exist_is_named(story: Story) -> None:
    with pytest.raises(BadInput) as fault:
        actions.dispatch(story.dispatcher, story.opened.matter_id, 10**9)
    assert "bearer_id" in fault.value.errors
    with pytest.raises(BadInput) as fault:
        actions.dispatch(story.dispatcher, story.opened.matter_id, story.city.department(CENTRE).pk, "no-such-duty")
    assert "duty_key" in fault.value.errors
    assert story.matter.state == "received"


def test_what_a_verb_wrote_goes_when_it_falls(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(entries: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(log, "record", fall)
    with pytest.raises(RuntimeError):
        story.until("dispatched")
    assert story.matter.state == "received" and not Task.objects.exists()
