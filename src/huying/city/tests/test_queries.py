"""Questions about the city: who is in charge where and when, what is promised, all without a query."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from huying.base import clock
from huying.city import calendar, loaded, pack, queries
from huying.city.models import Area, PackState, Setting
from huying.city.tests.small_pack import SmallPack

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 11, 5), date(2025, 11, 6)


@pytest.fixture(autouse=True)
def _city(small: SmallPack) -> None:
    pack.load(small.root)


def area(key: str) -> Area:
    found = queries.area_by_key(key)
    assert found is not None
    return found


def charge(kind: str, level: str, place: str | None, on: date | None = None) -> str | None:
    """The key of the department in charge."""
    found = queries.department_of(kind, level, area(place) if place else None, on)
    return found.key if found else None


def keys(found: list[Area]) -> list[str]:
    return [row.key for row in found]


def test_the_department_in_charge_is_that_of_the_level_in_which_the_area_lies() -> None:
    assert charge("urban-management", "district", "500101001") == "500101.urban-management"
    assert charge("urban-management", "district", "500101") == "500101.urban-management"
    assert charge("urban-management", "city", "500101001") == "city.urban-management"
    assert charge("street-office", "street", "500101001") == "500101001.street-office"
    assert charge("hotline", "city", None) == "city.hotline"


def test_nobody_is_in_charge_above_the_area_or_where_there_is_no_such_type() -> None:
    assert charge("street-office", "street", "500101") is None
    assert charge("urban-management", "district", "50") is None
    assert charge("urban-management", "district", None) is None
    assert charge("education", "district", "500101") is None


def test_who_took_over_an_area_is_in_charge_from_that_day() -> None:
    assert charge("urban-management", "district", "500112001", BEFORE) == "500112.urban-management"
    assert charge("urban-management", "district", "500112001", AFTER) == "liangjiang.urban-management"
    assert charge("street-office", "street", "500112001", AFTER) == "liangjiang-500112001.street-office"
    assert charge("urban-management", "district", "500112133", AFTER) == "500101.urban-management"


def test_who_took_over_a_department_is_in_charge_from_that_day() -> None:
    assert charge("roads", "city", "50", date(2024, 12, 31)) == "city.roads"
    assert charge("roads", "city", "50", date(2025, 1, 1)) == "city.transport"
    roads = queries.department_by_key("city.roads")
    assert roads is not None
    assert queries.department_now(roads).key == "city.transport"
    assert queries.department_by_id(roads.pk) is roads


def test_an_area_is_stood_for_by_its_successor_from_the_day_it_closed() -> None:
    assert queries.successor_of(area("500112"), BEFORE).key == "500112"
    assert queries.successor_of(area("500112"), AFTER).key == "liangjiang"
    assert queries.successor_of(area("500101")).key == "500101"


def test_the_district_of_an_area() -> None:
    assert queries.district_of(area("500101001")) is area("500101")
    assert queries.district_of(area("500101")) is area("500101")
    assert queries.district_of(area("500112133"), BEFORE) is area("500112")
    assert queries.district_of(area("500112133"), AFTER) is area("500101")
    assert queries.district_of(area("50")) is None


def test_only_areas_of_the_day_can_be_chosen() -> None:
    assert keys(queries.area_choices("district", on=BEFORE)) == ["500101", "500112"]
    assert keys(queries.area_choices("district", area("50"), AFTER)) == ["500101", "liangjiang"]
    assert keys(queries.area_choices("street", area("500101"), BEFORE)) == ["500101001", "500101101"]
    assert keys(queries.area_choices("street", area("500101"), AFTER)) == ["500101-500112133", "500101001", "500101101"]
    assert queries.area_choices("community") == []


def test_what_lies_in_a_district_includes_closed_areas_whose_successor_lies_there() -> None:
    def within(key: str) -> list[str]:
        return sorted(row.key for row in queries.areas() if row.pk in queries.areas_within({area(key).pk}))

    assert within("liangjiang") == ["500112", "500112001", "liangjiang", "liangjiang-500112001"]
    assert within("500101") == ["500101", "500101-500112133", "500101001", "500101101", "500112133"]
    assert within("500112") == ["500112", "500112001", "500112133"]
    assert within("500101001") == ["500101001"]
    assert len(within("50")) == 10
    assert queries.areas_within(set()) == frozenset()


def test_the_most_specific_term_holds_and_urgency_says_more_than_the_sort() -> None:
    def budget(sort: str, urgency: str, what: str = "answer") -> tuple[int, str] | None:
        found = queries.term("appeal", sort, urgency, what)
        return (found.budget, found.unit) if found else None

    assert budget("help", "ordinary") == (10, "workdays")
    assert budget("inquiry", "ordinary") == (5, "workdays")
    assert budget("inquiry", "life") == (2, "hours")
    assert budget("inquiry", "life", "sign") == (4, "hours")
    assert budget("inquiry", "life", "report") is None
    assert queries.term("order", "", "", "answer") is None


@trials(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sort=st.sampled_from(["inquiry", "help", ""]),
    urgency=st.sampled_from(["life", "ordinary", ""]),
    what=st.sampled_from(["sign", "answer"]),
)
def test_no_other_term_that_fits_is_more_specific(sort: str, urgency: str, what: str) -> None:
    found = queries.term("appeal", sort, urgency, what)
    fitting = [
        term
        for terms in queries.snapshot.current().terms.values()
        for term in terms
        if term.what == what and term.sort in ("", sort) and term.urgency in ("", urgency)
    ]
    assert found == max(fitting, key=lambda term: (term.urgency != "", term.sort != ""))


def test_duties_and_settings_by_key() -> None:
    assert queries.duty("city.lamp").assists == ["street-office"]
    assert queries.duty("city.nothing") is None
    assert [duty.key for duty in queries.duties()] == ["city.lamp", "city.stall"]
    assert queries.setting("dispatch.confidence") == 0.9
    assert queries.setting("nothing", 3) == 3
    assert queries.title() == "小城"
    assert queries.city() is area("50")


def test_a_duty_that_closed_is_known_by_key_and_offered_no_more(small: SmallPack) -> None:
    whole = small.text("duties/city.yaml")
    small.write("duties/city.yaml", whole[: whole.index("- key: city.stall")])
    pack.load(small.root)
    assert [duty.key for duty in queries.duties()] == ["city.lamp"]
    assert queries.duty("city.stall").valid_to == clock.today()


def test_answers_cost_no_query(django_assert_num_queries) -> None:  # noqa: ANN001
    street = area("500112001")
    with django_assert_num_queries(0):
        assert queries.department_of("urban-management", "district", street).area.parent.name == "小城市"
        assert queries.term("appeal", "help", "ordinary", "answer")
        assert queries.setting("danger")
        assert queries.duty("city.lamp")
        assert street.successor.parent.key == "liangjiang"
        assert queries.areas_within({street.pk})


def test_another_process_loading_a_pack_is_noticed_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    assert queries.setting("rate.days") == 5
    Setting.objects.filter(key="rate.days").update(value=6)
    PackState.objects.update(digest="another")
    assert queries.setting("rate.days") == 5
    later = loaded.time.monotonic() + loaded.SECONDS + 0.1
    monkeypatch.setattr(loaded.time, "monotonic", lambda: later)
    assert queries.setting("rate.days") == 6


def test_reset_forgets_rows_and_calendar() -> None:
    queries.setting("rate.days")
    held = calendar.current()
    Setting.objects.filter(key="rate.days").update(value=6)
    queries.reset()
    assert queries.setting("rate.days") == 6
    assert calendar.current() is not held


def test_without_a_pack_every_answer_is_read_anew() -> None:
    PackState.objects.all().delete()
    queries.reset()
    assert queries.setting("rate.days") == 5
    Setting.objects.filter(key="rate.days").update(value=6)
    assert queries.setting("rate.days") == 6


def test_the_calendar_follows_the_pack(small: SmallPack) -> None:
    assert calendar.current().is_working(date(2025, 1, 26))
    small.drop("calendar.csv", "2025-01-26")
    pack.load(small.root)
    assert not calendar.current().is_working(date(2025, 1, 26))
    assert calendar.current().published_through == date(2026, 12, 31)


def test_an_area_still_to_come_is_not_offered_before_its_day(small: SmallPack) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    small.write("areas.csv", small.text("areas.csv") + f"500101009,,新街道,street,500101,{tomorrow},,,\n")
    pack.load(small.root)
    assert "500101009" not in keys(queries.area_choices("street", area("500101")))
    assert "500101009" in keys(queries.area_choices("street", area("500101"), tomorrow))
