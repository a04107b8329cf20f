"""What a caller's lost key must not take away: pages, lists, clocks and verbs work when nothing of hers can be read."""

import pytest

from huying.kernel import actions, queries, rebuild
from huying.kernel.errors import Refused
from huying.kernel.tests.conftest import Story, new_call
from huying.people import parties, private
from huying.people.actors import holder_actor
from huying.people.models import Party

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def erased(story: Story) -> Story:
    """A call with identifiers in it and a phone beside it, whose party's key was destroyed afterwards."""
    party = parties.draft_of_phone("13800004321")
    text = "我是王秀英，电话13800004321，路灯三天不亮。"
    story.opened = actions.open_calls(story.she, [new_call(caller=party, text=text)])[0]
    story.caller = story.call.caller
    Party.objects.filter(pk=story.caller.pk).update(data_key=None)
    story.caller.refresh_from_db()
    with pytest.raises(private.Erased):
        private.unseal(story.caller, story.call.sealed)  # type: ignore[arg-type]
    return story


def test_everything_goes_its_way_to_the_end(erased: Story) -> None:
    her = holder_actor(erased.opened.call_id)
    erased.until("signed")
    actions.supplement(erased.handler, erased.task().pk, "请告诉我们灯杆编号")
    assert actions.reply(her, erased.call.pk, "第七根，电话13800004321").reply == "第七根，电话〔电话1〕"
    erased.until("answered")
    actions.rate(her, erased.call.pk, False, 1, "我叫王秀英，还是黑的")
    actions.check(erased.callback, erased.call.pk, "没有通知她", "以后当天打电话")
    assert "王秀英" not in erased.call.rating_text and erased.call.state == "open"
    assert queries.call_page(her, erased.call.pk).hops[-1].name == "call.checked"
    assert queries.matter_page(erased.handler, erased.matter.pk).calls and list(rebuild.differences()) == []


def test_lists_show_it_and_the_number_is_as_if_none_was_left(erased: Story) -> None:
    erased.until("submitted")
    assert [row.matter_id for row in queries.inbox(erased.centre)] == [erased.matter.pk]
    with pytest.raises(Refused) as refused:
        actions.look(erased.handler, erased.call.pk, "phone", "contact")
    assert refused.value.code == "no_phone"


def test_she_may_still_withdraw(erased: Story) -> None:
    actions.withdraw(holder_actor(erased.opened.call_id), erased.opened.call_id)
    assert erased.matter.state == "withdrawn"
