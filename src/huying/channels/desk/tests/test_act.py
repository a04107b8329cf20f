import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.channels.desk.tests.conftest import Desk, url
from huying.features.appeals.models import Appeal
from huying.kernel import actions
from huying.kernel.models import Openness
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people import parties

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_whole_path_can_be_walked_at_the_desk(story: Story, at_desk: Desk) -> None:
    dispatcher, centre, bureau = at_desk(story.dispatcher), at_desk(story.centre), at_desk(story.handler)
    to_centre = {"bearer_id": story.city.department(CENTRE).pk, "duty_key": "lamp"}
    assert dispatcher.post(url(story, "dispatch"), to_centre).status_code == 302
    to_bureau = {"bearer_id": story.city.department(BUREAU).pk, "note": "请今天看"}
    assert centre.post(url(story, "pass_down"), to_bureau).status_code == 302
    assert bureau.post(url(story, "sign")).status_code == 302
    assert bureau.post(url(story, "contact"), {"how": "phone", "note": "说好今晚来"}).status_code == 302
    assert bureau.post(url(story, "answer"), {"text": "今晚换了两盏灯，已经亮了。周科长", "send": "1"}).status_code == 302
    assert centre.post(url(story, "approve")).status_code == 302
    assert story.call.state == "answered"
    told = {"outcome": "solved", "grade": "4", "words": "亮了，谢谢"}
    assert at_desk(story.callback).post(url(story, "call_back"), told).status_code == 302
    assert story.call.state == "closed"


def test_a_form_at_fault_names_the_field_and_keeps_what_was_typed(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    answer = at_desk(story.handler).post(url(story, "contact"), {"how": "", "note": "说好明天来"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请选择怎么联系的" in page and "说好明天来" in page


def test_an_answer_that_is_too_short_keeps_words_and_pictures(story: Story, at_desk: Desk, picture: bytes) -> None:
    story.until("signed")
    file = SimpleUploadedFile("lamp.png", picture, "image/png")
    answer = at_desk(story.handler).post(url(story, "answer"), {"text": "好了", "photos": file, "send": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "好了</textarea>" in page and "已收好 1 张照片" in page
    assert 'aria-describedby="answer-fault"' in page and 'id="answer-fault"' in page
    assert story.task().responses.count() == 0, "what is refused leaves nothing behind"


def test_a_draft_may_be_a_single_word(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    assert at_desk(story.handler).post(url(story, "answer"), {"text": "等", "keep": "1"}).status_code == 302
    assert (story.response().text, story.response().state) == ("等", "draft")


def test_a_file_that_is_no_picture_is_refused_by_name_and_the_rest_goes_on(story: Story, at_desk: Desk, picture: bytes) -> None:
    story.until("signed")
    files = [SimpleUploadedFile("lamp.png", picture), SimpleUploadedFile("notes.txt", b"no picture")]
    data = {"text": "今晚换了两盏灯，已经亮了。周科长", "photos": files}
    page = at_desk(story.handler).post(url(story, "answer"), data, follow=True).content.decode()
    assert "notes.txt" in page
    assert story.response().photos.count() == 1


def test_what_a_colleague_did_first_is_told(story: Story, at_desk: Desk) -> None:
    story.until("signed")
    answer = at_desk(story.head).post(url(story, "sign"))
    assert answer.status_code == 409 and "已签收" in answer.content.decode()


def test_an_unknown_verb_is_not_there(story: Story, at_desk: Desk) -> None:
    story.until("passed")
    assert at_desk(story.handler).post(url(story, "explode")).status_code == 404


def test_a_returned_answer_shows_what_is_missing(story: Story, at_desk: Desk) -> None:
    story.until("submitted")
    at_desk(story.centre).post(url(story, "return"), {"note": "没说哪天修好"})
    assert "没说哪天修好" in at_desk(story.handler).get(url(story)).content.decode()


def test_the_callers_number_is_masked_until_it_is_looked_at(story: Story, at_desk: Desk) -> None:
    opened = actions.open_calls(story.she, [new_call(caller=parties.party_of_phone("13800001234"))])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(BUREAU).pk)
    client = at_desk(story.handler)
    page = client.get(f"/desk/m/{opened.matter_id}/").content.decode()
    assert "138****1234" in page and "13800001234" not in page
    sent = {"matter": opened.matter_id, "field": "phone", "reason": "contact"}
    shown = client.post(f"/desk/look/{opened.call_id}/", sent, follow=True).content.decode()
    assert "13800001234" in shown and "自动关闭" in shown
    assert "13800001234" not in at_desk(story.head).get(f"/desk/m/{opened.matter_id}/").content.decode()
    told = client.post(f"/desk/look/{opened.call_id}/", sent | {"reason": ""}, follow=True).content.decode()
    assert "请选为什么要看" in told


def test_a_confidential_caller_shows_no_number(story: Story, at_desk: Desk) -> None:
    new = new_call(caller=parties.party_of_phone("13800001234"), openness=Openness.CONFIDENTIAL)
    opened = actions.open_calls(story.she, [new])[0]
    actions.dispatch(story.dispatcher, opened.matter_id, story.city.department(BUREAU).pk)
    page = at_desk(story.handler).get(f"/desk/m/{opened.matter_id}/").content.decode()
    assert "保密" in page and "1234" not in page.split('class="who"')[1].split("</p>")[0]


def test_only_what_the_caller_agreed_to_is_published(story: Story, at_desk: Desk) -> None:
    story.until("answered")
    client = at_desk(story.callback)
    words = {"public_call": "路灯三天不亮", "public_answer": "换了两盏灯"}
    assert client.post(url(story, "publish"), words).status_code == 409
    Appeal.objects.update(may_publish=True)
    assert client.post(url(story, "publish"), words).status_code == 302
    assert Appeal.objects.get().published_at


def test_the_call_back_desk_finds_what_was_answered_and_publishes_it(story: Story, at_desk: Desk) -> None:
    client = at_desk(story.callback)
    assert "没有等着回访、回查和公开的件" in client.get("/desk/").content.decode()
    story.until("answered")
    page = client.get("/desk/").content.decode()
    assert "等回访" in page and "可以公开" not in page and "路灯三天不亮" in page
    assert 'id="v-publish"' not in client.get(url(story)).content.decode()
    Appeal.objects.update(may_publish=True)
    assert "可以公开" in client.get("/desk/").content.decode()
    page = client.get(url(story)).content.decode()
    assert 'id="v-publish"' in page and 'id="v-call_back"' in page and 'id="v-close"' not in page
    client.post(url(story, "publish"), {"public_call": "路灯三天不亮", "public_answer": "换了两盏灯"})
    assert 'id="v-publish"' not in client.get(url(story)).content.decode()
    client.post(url(story, "call_back"), {"outcome": "solved"})
    assert story.matter.state == "closed"
    assert "没有等着回访、回查和公开的件" in client.get("/desk/").content.decode()


def test_a_bureau_is_not_offered_the_desks_last_word(story: Story, at_desk: Desk) -> None:
    story.until("answered")
    Appeal.objects.update(may_publish=True)
    page = at_desk(story.head).get(url(story)).content.decode()
    assert not any(f'id="v-{verb}"' in page for verb in ("publish", "close", "call_back"))


def test_the_dispatcher_sees_suggestions_with_reasons_and_dispatches_by_one_press(story: Story, at_desk: Desk) -> None:
    client = at_desk(story.dispatcher)
    page = client.get("/desk/dispatch/").content.decode()
    assert "可能归谁管" in page and "沙坪坝区城市管理局" in page and "<mark>" in page
    answer = client.post(url(story, "dispatch"), {"from": "dispatch", "bearer_id": story.city.department(CENTRE).pk})
    assert answer["Location"] == "/desk/dispatch/"
    assert story.matter.state == "working"
    assert "都派完了" in client.get("/desk/dispatch/").content.decode()


def test_the_centre_passes_down_from_its_own_queue(story: Story, at_desk: Desk) -> None:
    story.until("dispatched")
    page = at_desk(story.centre).get("/desk/dispatch/").content.decode()
    assert "路灯三天不亮" in page and f'value="{story.city.department(BUREAU).pk}"' in page


def test_a_dispatch_without_a_bearer_says_so_on_the_dispatchers_page(story: Story, at_desk: Desk) -> None:
    answer = at_desk(story.dispatcher).post(url(story, "dispatch"), {"from": "dispatch", "bearer_id": ""})
    assert answer.status_code == 422 and "请选择一个单位" in answer.content.decode()


def test_a_handler_has_no_dispatchers_page(story: Story, at_desk: Desk) -> None:
    assert at_desk(story.handler).get("/desk/dispatch/").status_code == 404
