"""A message is read, and the right desk is suggested with the words that decided."""

import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.city import queries
from huying.city.models import Area, Department, Duty, Setting
from huying.kernel import dispatch
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
LAMP = "路灯不亮了，晚上街上黑得看不见路"


def best(text: str, area: Area | None = None, sort: str = "") -> dispatch.Suggestion:
    return dispatch.suggest(text, area, sort=sort)[0]


def test_a_district_duty_goes_to_the_district_bureau_through_its_centre(small_city: SmallCity) -> None:
    found = best(LAMP, small_city.area("500103"))
    assert found.bearer_id == small_city.department("500103.urban-management").pk
    assert found.via_id == small_city.department("500103.governance-centre").pk
    assert (found.duty_key, found.bearer_name) == ("lamp", "渝中区城市管理局")


def test_the_place_named_in_the_message_finds_the_district(small_city: SmallCity) -> None:
    found = best(f"沙坪坝区青木关镇{LAMP}")
    assert found.bearer_id == small_city.department("500106.urban-management").pk
    assert found.area_key == "500106101"


def test_a_city_duty_goes_straight_to_the_city_department(small_city: SmallCity) -> None:
    found = best("房子要垮了，墙要倒了，人有危险")
    assert found.bearer_id == small_city.department("city.housing").pk
    assert found.via_id is None


def test_a_street_duty_goes_to_the_street_office_when_the_street_is_known(small_city: SmallCity) -> None:
    text = "夜市摆摊占道，小贩堵路"
    known = best(text, small_city.area("500103002"))
    assert known.bearer_id == small_city.department("500103002.street-office").pk
    assert known.via_id == small_city.department("500103.governance-centre").pk
    district_only = best(text, small_city.area("500103"))
    assert district_only.bearer_id == small_city.department("500103.governance-centre").pk
    assert district_only.via_id is None


def test_without_a_place_the_dispatcher_has_to_choose(small_city: SmallCity) -> None:
    found = best(LAMP)
    assert found.bearer_id is None
    assert found.confidence <= dispatch.PLACE_UNKNOWN
    assert found.duty_key == "lamp"


def test_the_whole_city_as_area_is_no_place(small_city: SmallCity) -> None:
    assert best(LAMP, small_city.area("50")).bearer_id is None


def test_another_district_in_the_text_than_the_one_picked_lowers_the_confidence(small_city: SmallCity) -> None:
    agreed = best(f"在渝中区，{LAMP}", small_city.area("500103"))
    doubted = best(f"在沙坪坝区，{LAMP}", small_city.area("500103"))
    assert doubted.area_key == "500103"
    assert doubted.confidence < agreed.confidence


def test_a_street_in_the_text_makes_the_picked_district_narrower(small_city: SmallCity) -> None:
    assert best(f"解放碑街道，{LAMP}", small_city.area("500103")).area_key == "500103002"


def test_a_closed_area_goes_to_its_successor(small_city: SmallCity) -> None:
    city = small_city.area("50")
    Area.objects.create(
        key="old", name="老城区", level="district", parent=city, successor=small_city.area("500103"), valid_to=date(2020, 1, 1)
    )
    queries.reset()
    picked = best(LAMP, Area.objects.get(key="old"))
    assert picked.bearer_id == small_city.department("500103.urban-management").pk
    assert best(f"老城区，{LAMP}").area_key == "500103"


def test_a_duty_without_a_district_counterpart_stays_with_the_city(small_city: SmallCity) -> None:
    Department.objects.filter(key="500103.urban-management").delete()
    queries.reset()
    found = best(LAMP, small_city.area("500103"))
    assert found.bearer_id == small_city.department("city.urban-management").pk


def test_the_words_that_decided_stand_in_the_message(small_city: SmallCity) -> None:
    text = "您好，家门口的路灯坏了不亮"
    found = best(text, small_city.area("500103"))
    assert "路灯坏了不亮" in found.phrases
    assert all(phrase in text for phrase in found.phrases)


def test_suggestions_name_different_desks_and_fall_in_confidence(small_city: SmallCity) -> None:
    found = dispatch.suggest("路灯不亮，商家不退钱，工资没发", small_city.area("500103"))
    assert len({suggestion.bearer_id for suggestion in found}) == len(found) == 3
    assert [s.confidence for s in found] == sorted((s.confidence for s in found), reverse=True)
    assert sum(s.confidence for s in found) <= 1


def test_a_clear_message_is_surer_than_a_mixed_one(small_city: SmallCity) -> None:
    area = small_city.area("500103")
    assert best(LAMP, area).confidence > best("路灯不亮，商家不退钱", area).confidence


def test_a_message_without_any_known_word_gets_no_suggestion(small_city: SmallCity) -> None:
    assert dispatch.suggest("您好，谢谢！", small_city.area("500103")) == []


def test_what_was_cut_out_of_a_message_says_nothing_of_whose_it_is(small_city: SmallCity) -> None:
    Duty.objects.filter(key="lamp").update(name="地名门牌和车牌")
    queries.reset()
    area = small_city.area("500103")
    assert best("门牌和车牌的事", area).duty_key == "lamp"
    assert dispatch.suggest("〔门牌1〕，〔车牌2〕。〔门牌3〕", area) == []


def test_the_sort_may_hint_at_a_duty(small_city: SmallCity) -> None:
    plain = {s.duty_key for s in dispatch.suggest("路灯不亮", None)}
    Setting.objects.create(key="dispatch.hints", value={"report": "拖欠工资"})
    queries.reset()
    hinted = {s.duty_key for s in dispatch.suggest("路灯不亮", None, sort="report")}
    assert hinted - plain == {"wages"}


def test_words_of_danger_make_it_a_matter_of_life(small_city: SmallCity) -> None:
    assert dispatch.urgency_of("楼上着火了", "lamp") == "life"
    assert dispatch.urgency_of("自来水停了", "tap") == "utility"
    assert dispatch.urgency_of("路灯不亮", "lamp") == "ordinary"
    assert dispatch.urgency_of("没有着火") == "ordinary"
    assert [danger.number for danger in dispatch.dangers("楼上着火了")] == ["119"]


def test_another_pack_is_read_at_once(small_city: SmallCity) -> None:
    assert best(LAMP).duty_key == "lamp"
    Duty.objects.filter(key="lamp").delete()
    assert best(LAMP).duty_key == "lamp"  # the pack has not changed
    queries.reset()
    assert [s.duty_key for s in dispatch.suggest(LAMP, None)] != ["lamp"]


def test_threads_read_the_city_once_and_agree(small_city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    city = dispatch.current()
    mark = dispatch._held[0]  # type: ignore[index]
    reads: list[int] = []
    monkeypatch.setattr(dispatch, "_held", None)
    monkeypatch.setattr(dispatch, "_mark", lambda: mark)
    monkeypatch.setattr(dispatch.routing, "read", lambda day: reads.append(1) or city)
    got: list[object] = []
    threads = [threading.Thread(target=lambda: got.append(dispatch.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reads == [1]
    assert got == [city] * 8


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text() | st.lists(st.sampled_from(["路灯", "不亮", "渝中区", "解放碑", "，", "停水", "的"])).map("".join))
def test_any_text_is_read_and_its_phrases_are_its_own(small_city: SmallCity, text: str) -> None:
    for suggestion in dispatch.suggest(text, small_city.area("500103")):
        assert all(phrase in text for phrase in suggestion.phrases)
        assert 0 <= suggestion.confidence <= 1
