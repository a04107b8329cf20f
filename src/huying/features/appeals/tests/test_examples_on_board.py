"""What stands on the board may be learnt from by every officer, in the words that were confirmed and no others."""

import pytest

from huying.features.appeals import actions as appeals
from huying.kernel.tests.conftest import Story, story
from huying.kernel.tests.test_examples import answered, shown
from huying.people.actors import party_actor
from tests.people import MakeActor, MakeCaller

__all__ = ["story"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_what_stands_on_the_board_is_shown_in_its_confirmed_words_and_no_others(
    story: Story, actor: MakeActor, caller: MakeCaller
) -> None:
    call = answered(story, may_publish=True)
    appeals.publish(story.dispatcher, call, "街上的路灯三天不亮，晚上看不清台阶。", "换了两盏灯，台阶亮了。")
    story.until("signed")
    (row,) = shown(actor("handler", story.city.department("500106.housing")), story)
    assert (row.matter_id, row.text, row.call_id) == (0, "换了两盏灯，台阶亮了。", call)
    assert shown(party_actor(caller()), story)[0].text == "换了两盏灯，台阶亮了。"
