"""What an adviser must do, against a real process of a language model: suggest, in time, or say that it does not."""

import time
from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from huying.adapters.openai_model import MOST_BYTES, OpenAiModel
from huying.base.gateway import ModelServer
from huying.kernel.ports import Asked, NotDelivered
from tests.notify.model import KEY, Model, model

pytestmark = pytest.mark.once
ASKED = Asked("路灯什么时候修好？", "已转相关部门。", "路灯不亮")


@pytest.fixture
def running() -> Iterator[Model]:
    with model() as made:
        yield made


def adviser(settings: Settings, running: Model, key: str = KEY, seconds: float = 5.0) -> OpenAiModel:
    settings.CA, settings.MODEL_SERVER = "", ModelServer(running.url, "a-model", key, seconds)
    return OpenAiModel()


def test_it_suggests_line_by_line_what_the_model_says(settings: Settings, running: Model) -> None:
    assert adviser(settings, running).advise(ASKED) == ["请写上哪天修好", "第二个问题没有答"]


def test_what_leaves_is_the_question_alone(settings: Settings, running: Model) -> None:
    adviser(settings, running).advise(ASKED)
    (asked,) = running.asked
    assert asked["path"] == "/v1/chat/completions" and asked["key"] == f"Bearer {KEY}"
    assert set(asked["body"]) == {"model", "messages", "temperature", "max_tokens", "stream"}
    system, user = asked["body"]["messages"]
    assert (system["role"], user["role"], asked["body"]["model"]) == ("system", "user", "a-model")
    assert user["content"] == "职责：路灯不亮\n来电：\n路灯什么时候修好？\n\n答复：\n已转相关部门。"


def test_nothing_to_suggest_is_no_line(settings: Settings, running: Model) -> None:
    running.behave(text="无")
    assert adviser(settings, running).advise(ASKED) == []


def test_a_wrong_key_is_told_by_the_names_of_the_settings_and_without_the_key(settings: Settings, running: Model) -> None:
    with pytest.raises(NotDelivered, match="HUYING_MODEL_URL, _NAME and _KEY") as told:
        adviser(settings, running, "another key").advise(ASKED)
    assert "another key" not in str(told.value)


@pytest.mark.parametrize(
    "how",
    [
        {"status": 500},
        {"status": 429},
        {"status": 302},
        {"raw": "not json"},
        {"raw": "[]"},
        {"raw": '{"choices": []}'},
        {"raw": '{"choices": [{"message": {"content": null}}]}'},
        {"raw": "x" * (MOST_BYTES + 100_000)},
        {"drop": True},
    ],
)
def test_an_answer_that_is_none_is_told_and_holds_nothing_of_the_question(
    settings: Settings, running: Model, how: dict[str, object]
) -> None:
    running.behave(**how)
    with pytest.raises(NotDelivered) as told:
        adviser(settings, running).advise(ASKED)
    assert "路灯" not in str(told.value) and len(running.asked) == 1, "asked once, and not again"


@pytest.mark.parametrize("how", [{"wait": 4}, {"drip": 0.3}])
def test_one_that_takes_too_long_is_given_up(settings: Settings, running: Model, how: dict[str, object]) -> None:
    running.behave(**how)
    begun = time.monotonic()
    with pytest.raises(NotDelivered):
        adviser(settings, running, seconds=1.0).advise(ASKED)
    assert time.monotonic() - begun < 3


def test_one_that_is_not_there_is_told(settings: Settings, running: Model) -> None:
    running.stop()
    with pytest.raises(NotDelivered, match="cannot be reached") as told:
        adviser(settings, running).advise(ASKED)
    assert told.value.down


def test_without_an_address_there_is_no_adapter(settings: Settings) -> None:
    settings.MODEL_SERVER = None
    with pytest.raises(NotDelivered, match="HUYING_MODEL_URL is not set"):
        OpenAiModel()
