"""Days, spans and promises in words; the bar in classes."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import translation

from huying.base import clock
from huying.channels.parts import bar, words
from huying.kernel.models import Promise
from tests.small_city import SmallCity

MONDAY = datetime(2026, 11, 23, 14, 26, tzinfo=clock.CITY_TIME)


@pytest.fixture(autouse=True)
def _monday() -> None:
    clock.set_offset(MONDAY - datetime.now(clock.CITY_TIME))


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.CITY_TIME)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "不到 1 分钟"),
        (59, "不到 1 分钟"),
        (60, "1 分钟"),
        (19 * 60 + 59, "19 分钟"),
        (3600, "1 小时"),
        (2 * 3600 + 28 * 60, "2 小时 28 分"),
        (86400, "1 天"),
        (3 * 86400 + 4 * 3600 + 59 * 60, "3 天 4 小时"),
    ],
)
def test_a_span_is_said_in_two_units_at_most(seconds: int, said: str) -> None:
    assert words.span(seconds) == said


def test_two_clicks_in_a_row_took_no_time() -> None:
    assert words.used(59) == "" and words.used(60) == "用时 1 分钟"


def test_a_day_of_another_year_is_named_with_its_year() -> None:
    assert words.day(date(2026, 11, 25)) == "11 月 25 日"
    assert words.day(date(2027, 1, 4)) == "2027 年 1 月 4 日"


def test_a_moment_is_that_of_the_city() -> None:
    assert words.moment(at(18, 9, 20).astimezone(tz=None)) == "11 月 18 日 09:20"


def test_a_whole_day_is_due_on_its_own_date_and_an_hour_with_the_hour() -> None:
    assert words.by_day(at(26)) == "11 月 25 日前"
    assert words.by_day(at(23, 18)) == "今天 18:00 前"
    assert words.by_day(at(24, 9)) == "明天 09:00 前"
    assert words.by_day(at(25, 9)) == "11 月 25 日 09:00 前"


@pytest.mark.django_db
@pytest.mark.usefixtures("small_city")
@pytest.mark.parametrize(
    ("due", "said", "css"),
    [
        (at(26), "剩 2 个工作日", ""),
        (at(23, 18), "剩 3 小时 34 分", "wait-t"),
        (at(23, 12, 26), "超 2 小时", "urgent-t"),
        (at(20, 14, 26), "超 3 天", "urgent-t"),
    ],
)
def test_what_is_left_is_said_and_coloured(due: datetime, said: str, css: str) -> None:
    assert words.left(due, MONDAY) == (said, css)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_city")
def test_the_words_are_english_for_who_reads_english() -> None:
    with translation.override("en"):
        assert words.by_day(at(26)) == "by 25 November"
        assert words.span(3 * 3600 + 34 * 60) == "3 hours 34 min"


def promised(due: datetime, unit: str = "workdays", ended: datetime | None = None) -> Promise:
    return Promise(what="answer", budget=5, unit=unit, started_at=at(18, 9, 20), due_at=due, ended_at=ended)


@pytest.mark.django_db
def test_the_bar_shows_days_used_today_and_the_weekend_hatched(small_city: SmallCity) -> None:
    drawn = bar.blocks(promised(at(26)), now=MONDAY)
    assert [block.label for block in drawn] == ["19 日", "20 日", "周末", "23 日", "24 日", "25 日"]
    assert [block.css for block in drawn] == ["u-100", "u-100", "off hush", "u-60 now", "", "due"]
    assert bar.has_off(drawn)


@pytest.mark.django_db
def test_a_bar_of_hours_ends_with_the_hour_it_is_due(small_city: SmallCity) -> None:
    drawn = bar.blocks(promised(at(18, 11, 20), "hours"), now=at(18, 10, 20))
    assert drawn[-1].label == "11:20" and "u-50" in drawn[-1].css


@pytest.mark.django_db
def test_a_bar_that_ended_stands_as_it_was(small_city: SmallCity) -> None:
    drawn = bar.blocks(promised(at(26), ended=at(20, 12)), now=MONDAY + timedelta(days=30))
    assert [block.css for block in drawn] == ["u-100", "u-50 now", "off hush", "", "", ""]


@pytest.mark.parametrize(("share", "step"), [(0, 0), (0.001, 5), (0.5, 50), (0.999, 95), (1, 100), (1.2, 100)])
def test_a_fill_is_never_empty_once_begun_nor_full_before_the_end(share: float, step: int) -> None:
    assert bar._step(share) == step
