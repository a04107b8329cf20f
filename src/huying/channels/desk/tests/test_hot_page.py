"""热点 at the desk: causes with their matters, and a special issue that is closed with what was changed."""

import pytest

from huying.base import clock
from huying.channels.desk.tests.conftest import Desk
from huying.kernel import actions
from huying.kernel.models import Cause, CauseMember
from huying.kernel.tests.conftest import CENTRE, Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cause(story: Story, caller: MakeCaller) -> Cause:
    """Three matters of one dark street, with the district's centre as the owner."""
    told = [story.opened.matter_id]
    for n in range(2):
        party = caller()
        told.append(actions.open_calls(party_actor(party), [new_call(caller=party, title=f"路灯又黑了 {n}")])[0].matter_id)
    row = Cause(district=story.city.area("500106"), heart_id=told[0], place="小龙坎", people=3, busiest=3, found_at=clock.now())
    row.owner, row.stands_at = story.city.department(CENTRE), clock.now()
    row.save()
    CauseMember.objects.bulk_create([CauseMember(cause=row, matter_id=pk) for pk in told])
    return row


def test_the_desk_reads_what_where_how_many_and_opens_every_matter(story: Story, cause: Cause, at_desk: Desk) -> None:
    shown = at_desk(story.dispatcher).get("/desk/hot/").content.decode()
    assert "小龙坎：路灯三天不亮" in shown and "3 个人" in shown and "近七天 3 人，再前七天 0 人" in shown
    for pk in cause.members.values_list("matter", flat=True):
        assert f'href="/desk/m/{pk}/"' in shown
    assert "专项" in shown and f'action="/desk/hot/{cause.pk}/close/"' in shown


def test_who_sees_none_of_its_matters_reads_that_there_is_nothing(story: Story, cause: Cause, at_desk: Desk) -> None:
    shown = at_desk(story.head).get("/desk/hot/").content.decode()
    assert "小龙坎" not in shown and "没有三个人以上" in shown
    address = f"/desk/hot/{cause.pk}/close/"
    assert at_desk(story.head).post(address, {"changed": "改了什么都写在这里了"}).status_code == 404
    assert at_desk(story.head).post("/desk/hot/99999/close/", {"changed": "改了什么都写在这里了"}).status_code == 404


def test_too_little_keeps_what_was_typed_and_says_what_to_write(story: Story, cause: Cause, at_desk: Desk) -> None:
    answer = at_desk(story.dispatcher).post(f"/desk/hot/{cause.pk}/close/", {"changed": "修好了"})
    assert answer.status_code == 422
    assert ">修好了</textarea>" in answer.content.decode() and "10 到 500 字" in answer.content.decode()


def test_closed_it_leaves_the_list_and_what_was_changed_stays_to_be_read(story: Story, cause: Cause, at_desk: Desk) -> None:
    client = at_desk(story.dispatcher)
    answer = client.post(f"/desk/hot/{cause.pk}/close/", {"changed": "换了整条街的线缆，每周五晚巡灯。"}, follow=True)
    shown = answer.content.decode()
    assert "换了整条街的线缆" in shown and "办结的专项" in shown and f"/desk/hot/{cause.pk}/close/" not in shown


def test_two_forms_sent_close_it_once(story: Story, cause: Cause, at_desk: Desk) -> None:
    client = at_desk(story.dispatcher)
    for text in ("换了整条街的线缆，每周五巡灯。", "第二次写的，不该盖住第一次。"):
        client.post(f"/desk/hot/{cause.pk}/close/", {"changed": text})
    cause.refresh_from_db()
    assert cause.changed == "换了整条街的线缆，每周五巡灯。"
