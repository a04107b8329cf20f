import pytest

from huying.kernel import actions
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Note, Promise
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_contact_stops_its_clock_and_its_words_reach_the_caller(story: Story) -> None:
    story.until("contacted")
    promise = Promise.objects.get(task=story.task(), what="contact")
    assert promise.met_at == story.task().contacted_at
    note = Note.objects.get(text="说好今晚来修")
    assert note.to_caller


def test_a_later_contact_keeps_the_moment_of_the_first(story: Story) -> None:
    story.until("contacted")
    first = story.task().contacted_at
    actions.contact(story.handler, story.task().pk, "visit", "到现场看过")
    assert story.task().contacted_at == first


def test_contact_without_way_or_words_names_both(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput) as fault:
        actions.contact(story.handler, story.task().pk, "dream", " ")
    assert set(fault.value.errors) == {"how", "note"}


def test_a_task_is_signed_before_its_caller_is_contacted(story: Story) -> None:
    story.until("passed")
    with pytest.raises(Refused):
        actions.contact(story.handler, story.task().pk, "phone", "喂")
