"""查找 at the desk: an officer finds what his units have, and nothing else is there for him."""

import pytest
from django.test import Client

from huying.channels.desk.tests.conftest import Desk
from huying.events.sequence import Sequencer
from huying.kernel.search import reader
from huying.kernel.tests.conftest import Story
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def read() -> None:
    Sequencer("tests").run_dry()
    reader.run()


def test_he_finds_his_matter_its_answer_and_the_duty_with_its_ground(story: Story, at_desk: Desk) -> None:
    story.until("answered")
    read()
    shown = at_desk(story.handler).get("/desk/search/", {"q": "两盏灯"}).content.decode()
    assert f"/desk/m/{story.matter.pk}/?call={story.call.pk}" in shown and "<mark>两盏灯</mark>" in shown
    assert "路灯不亮" in at_desk(story.handler).get("/desk/search/", {"q": "照明"}).content.decode()


def test_another_unit_reads_that_there_is_nothing(story: Story, at_desk: Desk, actor: MakeActor) -> None:
    story.until("answered")
    read()
    sister = actor("handler", story.city.department("500106.housing"))
    shown = at_desk(sister).get("/desk/search/", {"q": "看不清台阶"}).content.decode()
    assert "没有找到" in shown and f"/desk/m/{story.matter.pk}/" not in shown


def test_the_search_is_one_key_away(story: Story, at_desk: Desk) -> None:
    shown = at_desk(story.handler).get("/desk/").content.decode()
    assert 'href="/desk/search/" data-key="="' in shown
    assert "<kbd>=</kbd>" in at_desk(story.handler).get("/desk/keys/").content.decode()


def test_a_visitor_is_asked_to_sign_in(story: Story) -> None:
    assert Client().get("/desk/search/", {"q": "路灯"}).status_code == 302
