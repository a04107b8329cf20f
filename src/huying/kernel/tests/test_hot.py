"""共因: what many tell of is found, stands with an owner past the pack's threshold, and is closed with what was changed."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Duty, Setting
from huying.events import log
from huying.kernel import actions, hot, queries
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, Cause, CauseMember, Matter
from huying.kernel.tests.conftest import BUREAU, CENTRE, Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeActor, MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
MIXER = (
    ("丽景苑小区旁边的搅拌站半夜开工", "丽景苑小区隔壁建了一个搅拌站，机器半夜轰隆响，灰尘飘进屋里。"),
    ("丽景苑边上搅拌站噪音大灰尘多", "我住丽景苑，搅拌站就在楼下，噪音大得睡不着，窗台上全是灰尘。"),
    ("搅拌站吵得丽景苑住户睡不着", "丽景苑小区附近的搅拌站夜里不停工，噪音和灰尘都受不了，请查处。"),
    ("丽景苑搅拌站什么时候搬走", "丽景苑小区旁的搅拌站灰尘满天，夜里噪音不断，小孩咳嗽，什么时候搬走？"),
)
OTHERS = (
    ("丽景苑小区电梯经常停", "丽景苑三栋的电梯一个月停了四次，老人上下楼不方便。"),
    ("桃花里门口的路灯不亮", "桃花里小区门口一排路灯坏了，晚上看不清台阶。"),
    ("包工头拖欠工资", "在青木关工地做了三个月，包工头不给工资，电话也不接。"),
    ("公园里的长椅坏了", "沙坪公园里有三张长椅断了，坐下去会夹手。"),
    ("学校门口堵车", "上学时间校门口堵得走不动，请交警来管一管。"),
    ("自来水发黄", "家里的自来水从周一开始发黄，有一股铁锈味。"),
)


@pytest.fixture(autouse=True)
def _duties_that_know_such_plants(small_city: object) -> None:
    words = "搅拌站 噪音 灰尘 半夜开工 夜里不停 睡不着 扬尘 机器轰隆"
    Duty.objects.filter(key="noise").update(text=words)
    city.reset()


@pytest.fixture
def told(story: Story, caller: MakeCaller) -> list[int]:
    """Four people tell of one plant at one estate, others of other things there and elsewhere; the matters of the four."""
    found = [opened(caller, *words) for words in MIXER]
    for words in OTHERS:
        opened(caller, *words)
    return found


def opened(caller: MakeCaller, title: str, text: str, **more: object) -> int:
    party = caller()
    return actions.open_calls(party_actor(party), [new_call(title=title, text=text, caller=party, **more)])[0].matter_id


def threshold(people: int) -> None:
    Setting.objects.update_or_create(key=hot.STANDS, defaults={"value": people})
    city.reset()


def members(cause: Cause) -> list[int]:
    return sorted(cause.members.values_list("matter", flat=True))


def test_what_four_tell_is_one_cause_with_its_place_and_nothing_else_in_it(told: list[int]) -> None:
    assert hot.refresh() == 0
    (cause,) = Cause.objects.all()
    assert members(cause) == told and cause.people == 4 and "丽景苑" in cause.place and cause.stands_at is None


def test_found_again_it_is_the_same_cause_and_grows(told: list[int], caller: MakeCaller) -> None:
    hot.refresh()
    before = Cause.objects.get().pk
    more = opened(caller, "丽景苑搅拌站又在半夜开工", "丽景苑小区旁的搅拌站半夜噪音大，灰尘多，睡不着。")
    hot.refresh()
    cause = Cause.objects.get()
    assert cause.pk == before and members(cause) == [*told, more] and cause.people == 5


def test_one_person_who_tells_it_five_times_is_one_person(story: Story, caller: MakeCaller) -> None:
    party = caller()
    for title, text in MIXER:
        actions.open_calls(party_actor(party), [new_call(title=title, text=text, caller=party)])
    for words in OTHERS:
        opened(caller, *words)
    hot.refresh()
    assert not Cause.objects.exists()


def test_what_is_confidential_or_complains_about_a_body_is_never_compared(story: Story, caller: MakeCaller) -> None:
    for n, words in enumerate(MIXER):
        opened(caller, *words, **({"sort": "report"} if n % 2 else {"about_key": BUREAU}))
    hot.refresh()
    assert not Cause.objects.exists()


def test_past_the_threshold_it_stands_with_an_owner_and_the_log_says_so(story: Story, told: list[int]) -> None:
    threshold(4)
    for pk in told:
        actions.dispatch(story.dispatcher, pk, story.city.department(CENTRE).pk, "noise")
    assert hot.refresh() == 1 and hot.refresh() == 0
    cause = Cause.objects.get()
    assert cause.stands_at and cause.owner == story.city.department(CENTRE)
    (fact,) = log.history([f"cause:{cause.pk}"])
    assert (fact.name, getattr(fact.fact, "people", 0), getattr(fact.fact, "owner", "")) == ("cause.stands", 4, CENTRE)


def test_under_the_threshold_or_without_one_nothing_stands(told: list[int]) -> None:
    assert hot.refresh() == 0
    threshold(5)
    assert hot.refresh() == 0 and Cause.objects.get().stands_at is None


def test_where_nobody_bears_it_the_citys_desk_owns_it(story: Story, told: list[int]) -> None:
    threshold(3)
    hot.refresh()
    assert Cause.objects.get().owner == story.city.department("city.hotline")


def standing(story: Story, told: list[int]) -> Cause:
    threshold(3)
    for pk in told:
        actions.dispatch(story.dispatcher, pk, story.city.department(CENTRE).pk, "noise")
    hot.refresh()
    return Cause.objects.get()


def test_it_is_closed_with_what_was_changed_and_stays_closed(story: Story, told: list[int]) -> None:
    cause = standing(story, told)
    with pytest.raises(BadInput) as bad:
        actions.close_cause(story.centre_head, cause.pk, " 好了 ")
    assert set(bad.value.errors) == {"changed"}
    actions.close_cause(story.centre_head, cause.pk, "搅拌站搬到工业园，夜里十点后停工写进许可，联系13800004321。")
    cause.refresh_from_db()
    assert cause.closed_at and "13800004321" not in cause.changed
    with pytest.raises(Refused):
        actions.close_cause(story.centre_head, cause.pk, "再写一遍改了什么东西")
    hot.refresh()
    assert Cause.objects.get().pk == cause.pk and queries.hot(story.dispatcher) == []
    assert queries.closed_causes(story.dispatcher) == [cause]


def test_who_does_not_lead_its_owner_cannot_close_it_and_it_is_as_if_it_were_not_there(
    story: Story, told: list[int], actor: MakeActor
) -> None:
    cause = standing(story, told)
    for stranger in (story.handler, story.head, actor("head", story.city.department("500103.governance-centre"))):
        with pytest.raises(NotThere):
            actions.close_cause(stranger, cause.pk, "改了什么，写够十个字。")
        with pytest.raises(NotThere):
            actions.close_cause(stranger, 999_999, "改了什么，写够十个字。")
    actions.close_cause(story.dispatcher, cause.pk, "市热线督办，搅拌站已经搬走。")


def test_the_database_takes_no_end_without_a_change(story: Story, told: list[int]) -> None:
    cause = standing(story, told)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cause.objects.filter(pk=cause.pk).update(closed_at=clock.now())


def test_the_view_is_made_of_what_an_officer_may_see(story: Story, told: list[int], actor: MakeActor) -> None:
    hot.refresh()
    (line,) = queries.hot(story.dispatcher)
    assert [m.pk for m in line.matters] == told and (line.people, line.lately, line.before) == (4, 4, 0) and line.grows
    assert queries.hot(story.handler) == []
    for pk in told[:2]:
        actions.dispatch(story.dispatcher, pk, story.city.department(BUREAU).pk, "noise")
    (line,) = queries.hot(story.handler)
    assert [m.pk for m in line.matters] == told[:2] and line.people == 2
    assert line.title in {Matter.objects.get(pk=pk).title for pk in told[:2]}


def test_what_nobody_tells_any_more_is_no_cause_but_what_stands_stays(story: Story, told: list[int]) -> None:
    hot.refresh()
    Matter.objects.update(opened_at=clock.now() - timedelta(days=31))
    hot.refresh()
    assert not Cause.objects.exists()
    Matter.objects.update(opened_at=clock.now())
    cause = standing(story, told)
    Matter.objects.update(opened_at=clock.now() - timedelta(days=31))
    hot.refresh()
    assert Cause.objects.get() == cause and members(cause) == told


def test_what_is_closed_while_all_is_compared_keeps_its_matters(
    story: Story, told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    cause = standing(story, told)
    compared = hot._calls

    def closed_meanwhile(*matters: Mapping[int, Matter]) -> dict[int, list[Call]]:
        actions.close_cause(story.centre_head, cause.pk, "搅拌站搬到工业园，夜里十点后停工写进许可。")
        return compared(*matters)

    monkeypatch.setattr(hot, "_calls", closed_meanwhile)
    assert hot.refresh() == 0
    assert Cause.objects.get() == cause and members(cause) == told


def test_what_stands_loses_no_matter_to_another_that_stands(story: Story, told: list[int]) -> None:
    cause = standing(story, told)
    other = Cause(district=cause.district, heart_id=told[0], people=3, busiest=3, found_at=clock.now())
    other.owner, other.stands_at = cause.owner, clock.now()
    other.save()
    CauseMember.objects.filter(matter=told[0]).update(cause=other)
    hot.refresh()
    assert (members(other), members(cause)) == (told[:1], told[1:])
