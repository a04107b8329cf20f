"""先看一遍 at the desk: advice is shown once, everything typed stays, and the second press always sends."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)
HOLLOW = "您好，您反映的问题已收悉，已转相关部门处理，请您耐心等待。"
GOOD = "11 月 20 日下午周科长带人换了两盏路灯，台阶上已经亮了。"
ONLY_PASSED = "只说了转给谁"


@pytest.fixture
def signed(story: Story) -> Story:
    return story.until("signed")


@pytest.fixture
def client(signed: Story, at_desk: Desk) -> Client:
    return at_desk(signed.handler)


def send(client: Client, story: Story, text: str, **more: str) -> tuple[int, str]:
    answer = client.post(url(story, "answer"), {"text": text, "send": "1", **more})
    return answer.status_code, answer.content.decode()


def test_a_good_answer_is_sent_at_once(client: Client, signed: Story) -> None:
    assert send(client, signed, GOOD)[0] == 302
    assert signed.response().state == "submitted"


def test_a_hollow_one_is_shown_once_with_what_was_typed_and_nothing_is_written(client: Client, signed: Story) -> None:
    status, page = send(client, signed, HOLLOW)
    assert status == 200 and ONLY_PASSED in page and f"{HOLLOW}</textarea>" in page and "还没有发出" in page
    assert 'name="held" value="1"' in page and signed.task().responses.count() == 0


def test_the_second_press_sends_it_as_it_is(client: Client, signed: Story) -> None:
    send(client, signed, HOLLOW)
    assert send(client, signed, HOLLOW, held="1")[0] == 302
    assert signed.response().state == "submitted" and signed.response().text == HOLLOW


def test_the_second_press_sends_whatever_was_made_of_it(client: Client, signed: Story) -> None:
    send(client, signed, HOLLOW)
    assert send(client, signed, "留言已收悉，感谢您的关心与支持。", held="1")[0] == 302


def test_looking_writes_nothing_and_keeps_words_and_pictures(client: Client, signed: Story, picture: bytes) -> None:
    data = {"text": HOLLOW, "look": "1", "photos": SimpleUploadedFile("lamp.png", picture, "image/png")}
    answer = client.post(url(signed, "answer"), data)
    page = answer.content.decode()
    assert answer.status_code == 200 and ONLY_PASSED in page and f"{HOLLOW}</textarea>" in page and "已收好 1 张照片" in page
    assert "还没有发出" not in page and 'name="held"' not in page and signed.task().responses.count() == 0
    assert answer["Cache-Control"].startswith("max-age=0")


def test_what_was_seen_is_not_shown_again_and_what_is_new_is(client: Client, signed: Story) -> None:
    page = client.post(url(signed, "answer"), {"text": HOLLOW, "look": "1"}).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "only_passed_on" in seen.split(",")
    status, again = send(client, signed, "留言已收悉，感谢您的关心与支持。", seen=seen)
    assert status == 200 and "只有客气话" in again
    assert send(client, signed, HOLLOW, seen=seen)[0] == 302


def test_looking_at_a_good_answer_says_so(client: Client, signed: Story) -> None:
    page = client.post(url(signed, "answer"), {"text": GOOD, "look": "1"}).content.decode()
    assert "看过了，没有要提醒的" in page


def test_a_draft_is_kept_without_advice(client: Client, signed: Story) -> None:
    assert client.post(url(signed, "answer"), {"text": HOLLOW, "keep": "1"}).status_code == 302
    assert signed.response().state == "draft"


def test_a_draft_that_is_handed_in_later_is_looked_over_then(client: Client, signed: Story) -> None:
    actions.answer(signed.handler, signed.task().pk, HOLLOW)
    held = client.post(url(signed, "submit"), {"task": signed.task().pk})
    assert held.status_code == 200 and ONLY_PASSED in held.content.decode() and signed.response().state == "draft"
    assert client.post(url(signed, "submit"), {"task": signed.task().pk, "held": "1"}).status_code == 302
    assert signed.response().state == "submitted"


def test_what_is_too_short_or_has_a_gap_is_refused_before_any_advice(client: Client, signed: Story) -> None:
    assert send(client, signed, "已转")[0] == 422
    status, page = send(client, signed, "已转〔单位〕处理，请您耐心等待，谢谢。")
    assert status == 422 and "〔单位〕" in page and ONLY_PASSED not in page


def test_the_script_gets_the_advice_alone(client: Client, signed: Story) -> None:
    answer = client.post(url(signed) + "look-over/", {"text": HOLLOW, "held": "1"})
    page = answer.content.decode()
    assert page.startswith("<section") and ONLY_PASSED in page and 'name="held" value="1"' in page
    assert answer["Cache-Control"].startswith("max-age=0")


def test_nobody_else_is_advised_on_it(signed: Story, at_desk: Desk, actor: MakeActor) -> None:
    stranger = at_desk(actor("handler", signed.city.department("500106.housing")))
    assert stranger.post(url(signed) + "look-over/", {"text": HOLLOW}).status_code == 404
    assert stranger.post(url(signed, "answer"), {"text": HOLLOW, "look": "1"}).status_code == 404
    assert Client().post(url(signed) + "look-over/", {"text": HOLLOW}).status_code == 302
    assert at_desk(signed.centre).post(url(signed) + "look-over/", {"text": HOLLOW}).status_code == 404


def test_who_may_not_answer_is_told_so_and_not_advised(signed: Story, at_desk: Desk) -> None:
    answer = at_desk(signed.centre).post(url(signed, "answer"), {"text": HOLLOW, "send": "1"})
    assert answer.status_code in (404, 409) and ONLY_PASSED not in answer.content.decode()


def test_what_the_desk_answers_at_once_is_looked_over_on_the_dispatcher_s_page(story: Story, at_desk: Desk) -> None:
    new = new_call(caller=story.caller, sort="inquiry", text="路灯多久巡一次？", title="路灯多久巡一次")
    (story.opened,) = actions.open_calls(story.she, [new])
    desk, data = at_desk(story.dispatcher), {"text": HOLLOW, "from": "dispatch", "send": "1"}
    held = desk.post(url(story, "answer_at_once"), data)
    page = held.content.decode()
    assert held.status_code == 200 and ONLY_PASSED in page and f"{HOLLOW}</textarea>" in page and "路灯多久巡一次？”" in page
    assert desk.post(url(story, "answer_at_once"), data | {"held": "1"}).status_code == 302
    assert story.call.state == "answered"


def test_the_part_of_who_assists_is_held_against_what_he_was_asked(signed: Story, at_desk: Desk, actor: MakeActor) -> None:
    helper = actor("handler", signed.city.department("500106.housing"))
    asked = "请问这盏灯的产权是哪家物业的？什么时候移交？"
    part = actions.ask_assist(signed.handler, signed.task().pk, signed.city.department("500106.housing").pk, asked)
    actions.sign(helper, [part.pk])
    data = {"text": "住建委查了档案，路灯的产权是华新物业的。", "send": "1", "task": str(part.pk)}
    page = at_desk(helper).post(url(signed, "answer"), data).content.decode()
    assert "什么时候移交？”" in page
