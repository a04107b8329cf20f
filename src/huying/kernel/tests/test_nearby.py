from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.base import clock
from huying.kernel import queries
from huying.kernel.models import Cause, CauseMember, Matter
from huying.kernel.tests.conftest import BUREAU, DARK, Story
from huying.kernel.tests.known import declared
from huying.kernel.tests.voices import another, share
from tests.people import MakeCaller

pytestmark = pytest.mark.django_db(transaction=True)
MINE = "小区外面这条街的路灯坏了不亮，晚上太黑"


def lines(story: Story, text: str = MINE, area: str = "500106001", place: str = "") -> list[queries.SharedLine]:
    return queries.offered(text, place, story.city.area(area), "appeal")


def test_what_a_neighbour_said_is_offered_in_words_that_name_nobody(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    found = lines(story)
    assert [(line.matter_id, line.title, line.area, line.voices) for line in found] == [
        (story.matter.pk, "路灯不亮", "小龙坎街道", 1)
    ]
    assert story.call.title not in str(found) and DARK not in str(found)


def test_nothing_is_offered_where_the_pack_shares_no_duty(story: Story) -> None:
    assert lines(story) == []
    share("tap")
    assert lines(story) == []


def test_a_place_with_something_cut_out_of_it_is_not_shown(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    another(caller, place="松牌路88号3栋5-2")
    another(caller, place="松牌路公交站对面")
    assert {line.place for line in lines(story)} == {"", "松牌路公交站对面"}


def test_a_report_and_what_complains_about_a_body_stay_unseen(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    report = another(caller, sort="report")
    Matter.objects.filter(pk=story.matter.pk).update(about=story.city.department(BUREAU))
    assert report.matter_id and lines(story) == []


def test_another_district_another_month_and_another_thing_are_not_the_same(story: Story, caller: MakeCaller) -> None:
    share("lamp", "tap", "stall")
    assert lines(story, area="500103001") == []
    assert lines(story, text="自来水停了一天，家里没有水") == []
    Matter.objects.update(opened_at=clock.now() - timedelta(days=15))
    assert lines(story) == []


def test_a_street_away_in_the_same_district_is_offered_after_the_same_street(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    other = another(caller, area_key="500106101")
    assert [line.matter_id for line in lines(story, text=DARK)] == [story.matter.pk, other.matter_id]


def test_an_answered_matter_is_not_offered(story: Story) -> None:
    share("lamp")
    story.until("answered")
    assert lines(story) == []


def test_an_officer_sees_what_may_be_merged_with_the_words_they_share(story: Story, caller: MakeCaller) -> None:
    second = another(caller, text=MINE)
    found = queries.likely_same(story.dispatcher, Matter.objects.get(pk=second.matter_id))
    assert [likely.matter.pk for likely in found] == [story.matter.pk]
    assert "路灯" in "".join(found[0].phrases) and found[0].number == story.call.number
    assert queries.likely_same(story.handler, story.matter) == []


def test_looking_costs_few_questions_however_many_are_open(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    for _ in range(12):
        another(caller)
    lines(story)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(lines(story)) == 3
    assert len(asked) <= 6


def test_the_same_place_alone_makes_no_two_matters_the_same(story: Story, caller: MakeCaller) -> None:
    place = "松牌路公交站对面三角花园旁边的人行道"
    stall = another(caller, title="烧烤摊占道", text="烧烤摊占了道，油烟灌进屋。", place=place)
    lamp = another(caller, title="路灯坏了", text="路灯坏了不亮，晚上看不见。", place=place)
    found = queries.likely_same(story.dispatcher, Matter.objects.get(pk=lamp.matter_id))
    assert stall.matter_id not in [likely.matter.pk for likely in found]
    assert story.matter.pk in [likely.matter.pk for likely in found]


def test_the_same_words_under_another_duty_are_still_likely_the_same(story: Story, caller: MakeCaller) -> None:
    second = another(caller, text=DARK)
    Matter.objects.filter(pk=second.matter_id).update(duty_key="stall")
    found = queries.likely_same(story.dispatcher, Matter.objects.get(pk=second.matter_id))
    assert [likely.matter.pk for likely in found] == [story.matter.pk]


def test_what_is_known_is_not_offered_a_second_time(story: Story) -> None:
    share("lamp")
    assert len(lines(story)) == 1
    declared(story)
    assert lines(story) == []


def test_the_same_words_of_another_estate_are_not_the_same(story: Story, caller: MakeCaller) -> None:
    share("lamp")
    Matter.objects.filter(pk=story.matter.pk).update(title="云顶之城小区门口路灯不亮")
    assert lines(story, text="云顶之城外面这条街的路灯坏了不亮，晚上太黑")
    assert lines(story, text="春晖苑小区外面这条街的路灯坏了不亮，晚上太黑") == []
    assert lines(story), "who names no estate may mean this one"


def test_what_was_found_to_be_one_cause_stands_first_beside_a_matter(story: Story, caller: MakeCaller) -> None:
    near = another(caller)
    far = another(caller, title="楼道里堆满旧家具", text="三楼的住户把旧柜子堆在楼道里，过不去人。")
    assert near.matter_id in [likely.matter.pk for likely in queries.likely_same(story.dispatcher, story.matter)]
    assert far.matter_id not in [likely.matter.pk for likely in queries.likely_same(story.dispatcher, story.matter)]
    row = Cause.objects.create(
        district=story.city.area("500106"), heart=story.matter, people=2, busiest=2, found_at=clock.now()
    )
    CauseMember.objects.bulk_create([CauseMember(cause=row, matter_id=pk) for pk in (story.matter.pk, far.matter_id)])
    found = [likely.matter.pk for likely in queries.likely_same(story.dispatcher, story.matter)]
    assert found[0] == far.matter_id and near.matter_id in found and len(found) == len(set(found))
