"""An officer asks the model: nobody is named in what leaves, some matters never leave, and nothing depends on it."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from huying.base.gateway import ModelServer
from huying.channels.desk.tests.conftest import at_desk, url
from huying.kernel import actions, adviser, queries
from huying.kernel.models import Openness
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call, story
from huying.people import parties
from tests.notify.model import KEY, Model, model

__all__ = ["at_desk", "story"]
pytestmark = pytest.mark.django_db(transaction=True)
PHONE, NAME = "13800138000", "李晓梅"
TEXT = f"我们给{NAME}打了电话（{PHONE}），已转相关部门处理，请耐心等待。"


@pytest.fixture
def running(settings: Settings) -> Iterator[Model]:
    with model() as made:
        settings.CA, settings.MODEL = "", "huying.adapters.openai_model.OpenAiModel"
        settings.MODEL_SERVER = ModelServer(made.url, "a-model", KEY, 5.0)
        adviser.forget()
        yield made
    adviser.forget()


def signed(story: Story, **changes: object) -> queries.MatterView:
    """The view of a signed matter whose caller left name and phone."""
    parties.set_name(story.caller, NAME)
    (story.opened,) = actions.open_calls(story.she, [new_call(caller=story.caller, **changes)])
    story.done = []
    story.until("signed")
    return queries.matter_page(story.handler, story.matter.pk, story.task().pk)


def test_the_officer_sees_what_it_suggests_marked_as_a_model_s(running: Model, story: Story, at_desk: object) -> None:
    signed(story)
    hollow = "您反映的问题已转相关部门处理。"
    data = {"text": hollow, "ask_model": "1"}
    page = at_desk(story.handler).post(url(story, "answer"), data).content.decode()  # type: ignore[operator]
    assert "语言模型的建议，可能有错" in page and "请写上哪天修好" in page and "只说了转给谁" in page
    assert story.task().responses.count() == 0 and f"{hollow}</textarea>" in page


def test_nobody_is_named_in_what_leaves(running: Model, story: Story) -> None:
    view = signed(story, text=f"我是{NAME}，电话{PHONE}，住花园路12号3单元502，路灯三天不亮，什么时候修？")
    assert adviser.ask(view, TEXT).lines
    left = json.dumps(running.asked, ensure_ascii=False)
    assert "路灯三天不亮" in left and "已转相关部门" in left
    assert not [held for held in (NAME, PHONE, "3单元502", story.call.number, PHONE[3:]) if held in left]


@pytest.mark.parametrize("openness", [Openness.CONFIDENTIAL, Openness.ANONYMOUS])
def test_of_who_is_not_to_be_known_nothing_leaves(running: Model, story: Story, openness: str) -> None:
    said = adviser.ask(signed(story, openness=openness), TEXT)
    assert said.lines == () and "不能交给外面的模型" in said.why and running.asked == []


@pytest.mark.parametrize("sort", ["report", "complaint"])
def test_of_what_is_about_a_body_or_a_report_nothing_leaves(running: Model, story: Story, sort: str) -> None:
    about = "500106.housing"
    (story.opened,) = actions.open_calls(story.she, [new_call(caller=story.caller, sort=sort, about_key=about)])
    view = queries.matter_page(story.dispatcher, story.matter.pk, None)
    assert adviser.ask(view, TEXT).lines == () and running.asked == []


def test_one_that_fails_changes_nothing_and_the_answer_is_sent(running: Model, story: Story, at_desk: object) -> None:
    running.behave(status=500)
    signed(story)
    client = at_desk(story.handler)  # type: ignore[operator]
    page = client.post(url(story, "answer"), {"text": TEXT, "ask_model": "1"})
    assert page.status_code == 200 and "模型现在没有回答" in page.content.decode()
    assert client.post(url(story, "answer"), {"text": TEXT, "send": "1", "held": "1"}).status_code == 302


def test_where_none_is_attached_there_is_no_button_and_nothing_is_asked(story: Story, at_desk: object) -> None:
    view = signed(story)
    client = at_desk(story.handler)  # type: ignore[operator]
    assert "ask_model" not in client.get(url(story)).content.decode()
    assert adviser.ask(view, TEXT).lines == ()
    assert client.post(url(story, "answer"), {"text": TEXT, "ask_model": "1"}).status_code == 200


def test_it_is_not_asked_more_often_at_once_than_threads_can_wait(running: Model, story: Story) -> None:
    view = signed(story)
    held = [adviser._under_way.acquire(blocking=False) for _ in range(adviser.AT_ONCE)]
    try:
        assert all(held) and "别的同事" in adviser.ask(view, TEXT).why and running.asked == []
    finally:
        for _ in held:
            adviser._under_way.release()
    assert adviser.ask(view, TEXT).lines


@given(st.text("请打电话联系 -0123456789０１２，。", max_size=60), st.integers(13000000000, 19999999999))
@tries(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_phone_leaves_whatever_stands_around_it(text: str, phone: int) -> None:
    assert str(phone) not in adviser.masked(f"{text} {phone} {text}", [])
    assert NAME not in adviser.masked(f"{text}{NAME}{text}", [NAME]) and BUREAU != CENTRE
