import pytest

from huying.kernel import actions, queries
from huying.kernel.errors import BadInput, Refused
from huying.kernel.models import Photo
from huying.kernel.photos import TakenPhoto
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)
PICTURE = TakenPhoto("ab" * 32, "image/jpeg", 100, 10, 10)


def test_a_response_is_written_with_photos(story: Story) -> None:
    story.until("signed")
    response = actions.answer(story.handler, story.task().pk, "换了两盏灯，已经亮了。周科长", [PICTURE])
    assert (response.state, response.written_by) == ("draft", story.handler.officer)
    assert Photo.objects.get(response=response).sha256 == PICTURE.sha256


def test_until_it_is_submitted_it_can_be_rewritten(story: Story) -> None:
    story.until("written")
    actions.answer(story.head, story.task().pk, "换了三盏灯，已经亮了。周科长")
    assert story.response().text.startswith("换了三盏")
    story.until("submitted")
    with pytest.raises(Refused):
        actions.answer(story.handler, story.task().pk, "换了四盏灯，已经亮了。周科长")


def test_a_word_may_be_kept_but_is_no_answer_to_send(story: Story) -> None:
    story.until("signed")
    actions.answer(story.handler, story.task().pk, "已办")
    with pytest.raises(BadInput) as fault:
        actions.submit(story.handler, story.task().pk)
    assert "text" in fault.value.errors and story.task().state == "signed"
    assert story.response().text == "已办"


def test_nothing_is_not_kept(story: Story) -> None:
    story.until("signed")
    with pytest.raises(BadInput):
        actions.answer(story.handler, story.task().pk, "  ")


def test_a_picture_of_an_answer_reaches_the_caller_with_the_answer(story: Story) -> None:
    story.until("signed")
    actions.answer(story.handler, story.task().pk, "换了两盏灯，已经亮了。周科长", [PICTURE])
    assert queries.photo_for(story.handler, PICTURE.sha256)
    assert queries.photo_for(story.she, PICTURE.sha256) is None
    actions.submit(story.handler, story.task().pk)
    actions.approve(story.centre, story.task().pk)
    assert queries.photo_for(story.she, PICTURE.sha256)


def test_the_caller_does_not_see_a_draft(story: Story) -> None:
    story.until("submitted")
    assert queries.call_page(story.she, story.opened.call_id).answer is None
