from datetime import timedelta

import pytest
from django.db.models import F

from huying.channels.desk.tests.conftest import Desk, url
from huying.kernel import actions
from huying.kernel.models import Matter, Promise
from huying.kernel.tests.conftest import Story, new_call
from huying.kernel.tests.voices import another, call_of
from huying.people import parties
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_likely_the_same_stands_beside_the_matter_and_is_merged_by_one_press(
    story: Story, caller: MakeCaller, at_desk: Desk
) -> None:
    second = another(caller)
    client = at_desk(story.dispatcher)
    page = client.get(f"/desk/m/{second.matter_id}/").content.decode()
    assert "可能是同一件事" in page and f'value="{story.call.number}"' in page
    assert client.post(f"/desk/m/{second.matter_id}/merge/", {"into": story.call.number}).status_code == 302
    assert call_of(second).matter_id == story.matter.pk
    assert "2 个人遇到" in client.get(url(story)).content.decode()
    assert "已并到另一件" in client.get(f"/desk/m/{second.matter_id}/").content.decode()


def test_the_dispatchers_page_offers_it_too_and_counts_the_voices(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    second, third = another(caller), another(caller)
    client = at_desk(story.dispatcher)
    assert "可能是同一件事" in client.get(f"/desk/dispatch/{third.matter_id}/").content.decode()
    answer = client.post(f"/desk/m/{second.matter_id}/merge/", {"into": story.call.number, "from": "dispatch"})
    assert answer["Location"] == "/desk/dispatch/"
    assert "2 个人" in client.get("/desk/dispatch/").content.decode()
    assert client.get(f"/desk/dispatch/{second.matter_id}/").status_code == 200


def test_a_number_that_is_not_there_is_named(story: Story, at_desk: Desk) -> None:
    answer = at_desk(story.dispatcher).post(url(story, "merge"), {"into": "123456789012", "note": "同一盏灯"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "没有这个查询号的件" in page and "同一盏灯" in page


def test_one_of_several_voices_is_split_off_at_the_desk(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    client = at_desk(story.dispatcher)
    assert 'id="v-split"' not in client.get(url(story)).content.decode()
    second = another(caller)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    assert 'id="v-split"' in client.get(url(story)).content.decode()
    assert client.post(url(story, "split"), {"call": ""}).status_code == 422
    assert client.post(url(story, "split"), {"call": second.call_id, "note": "是另一条街"}).status_code == 302
    assert call_of(second).matter_id not in (story.matter.pk, second.matter_id)


def test_who_works_it_is_not_offered_to_merge(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    another(caller)
    story.until("signed")
    page = at_desk(story.handler).get(url(story)).content.decode()
    assert "可能是同一件事" not in page and 'id="v-merge"' not in page


def test_many_voices_go_before_those_who_wait_a_little_longer(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    loud, quiet = another(caller), another(caller)
    Matter.objects.filter(pk=quiet.matter_id).update(voices=3)
    page = at_desk(story.dispatcher).get("/desk/dispatch/").content.decode()
    at = [page.index(f"/desk/dispatch/{pk}/") for pk in (quiet.matter_id, story.matter.pk, loud.matter_id)]
    assert at == sorted(at)


def test_a_number_that_was_looked_at_stands_beside_its_own_voice_alone(story: Story, at_desk: Desk) -> None:
    both = [parties.party_of_phone(phone) for phone in ("13800138001", "13800138002")]
    mine = [actions.open_calls(party_actor(p), [new_call(caller=p)])[0] for p in both if p]
    actions.merge(story.dispatcher, mine[1].matter_id, mine[0].matter_id)
    sent = {"matter": mine[0].matter_id, "field": "phone", "reason": "contact"}
    page = at_desk(story.dispatcher).post(f"/desk/look/{mine[1].call_id}/", sent, follow=True).content.decode()
    assert page.count("13800138002") == 1 and "13800138001" not in page


def test_the_answer_that_is_owed_first_stands_at_the_top(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    second = another(caller)
    later = timedelta(days=3)
    Promise.objects.filter(call=second.call_id).update(due_at=F("due_at") + later)
    actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    context = at_desk(story.dispatcher).get(url(story)).context
    assert context["promise"].call_id == story.call.pk


def test_of_many_voices_the_later_ones_unfold(story: Story, caller: MakeCaller, at_desk: Desk) -> None:
    for n in range(6):
        second = another(caller, text=f"第 {n} 个人说路灯三天不亮了。")
        actions.merge(story.dispatcher, second.matter_id, story.matter.pk)
    page = at_desk(story.dispatcher).get(url(story)).content.decode()
    assert "还有 2 个人说的" in page and page.index("第 5 个人") > page.index("还有 2 个人说的") > page.index("第 3 个人")
