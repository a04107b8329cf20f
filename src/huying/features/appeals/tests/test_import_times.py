import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.base.clock import CITY_TIME
from huying.features.appeals.importing import times

pytestmark = pytest.mark.once
NOON_AND_SOME = datetime(2019, 2, 28, 11, 25, 5, tzinfo=CITY_TIME)


@pytest.mark.parametrize(
    "written",
    [
        "2019/2/28 11:25:05",
        "2019-02-28 11:25:05",
        "2019-02-28T11:25:05",
        "2019-02-28 11:25:05.000",
        "2019.2.28 11:25:05",
        "2019年2月28日 11:25:05",
        "2019年2月28日11时25分5秒",
        "2019年2月28日 星期四 上午 11:25:05",
        "2019/2/28 11:25:05 AM",
        "２０１９／２／２８　１１：２５：０５",
        "2019-02-28T03:25:05Z",
        "2019-02-28T11:25:05+08:00",
        "2019-02-28 04:25:05+0100",
        "28/02/2019 11:25:05",
        "2/28/2019 11:25:05 AM",
        "20190228112505",
        "1551324305",
        "1551324305000",
        "43524.475752314815",
        datetime(2019, 2, 28, 11, 25, 5),  # noqa: DTZ001  (as a spreadsheet hands it over)
        datetime(2019, 2, 28, 3, 25, 5, tzinfo=UTC),
    ],
)
def test_one_moment_in_many_forms(written: str | datetime) -> None:
    assert times.parse(written) == NOON_AND_SOME


@pytest.mark.parametrize("written", ["2019/2/28", "2019年2月28号", "20190228", "43524", "2019-02-28 00:00", "2019-02-27 24:00"])
def test_a_day_alone_begins_at_midnight_in_the_city(written: str) -> None:
    assert times.parse(written) == datetime(2019, 2, 28, tzinfo=CITY_TIME)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2019-2-28 下午3:05", 15),
        ("2019-2-28 3:05 PM", 15),
        ("2019-2-28 12:05 AM", 0),
        ("2019-2-28 12:05 pm", 12),
        ("2019-2-28 13时", 13),
    ],
)
def test_halves_of_the_day(written: str, hour: int) -> None:
    assert times.parse(written).hour == hour


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("昨天下午", "not_a_time"),
        ("", "not_a_time"),
        ("2019", "not_a_time"),
        ("11:25", "not_a_time"),
        ("2019-02-28 11:25 左右", "not_a_time"),
        ("3/4/2019", "ambiguous_time"),
        ("2019-02-29", "impossible_time"),
        ("2019-13-01", "impossible_time"),
        ("2019-02-28 25:00", "impossible_time"),
        ("2019-02-28 24:01", "impossible_time"),
        ("2019-02-28 11:61", "impossible_time"),
        ("0000-01-01", "impossible_time"),
        ("0001-01-01", "too_early"),
        ("1900-01-01", "too_early"),
        ("99999999999999", "impossible_time"),
    ],
)
def test_what_is_no_moment_says_why(written: str, code: str) -> None:
    with pytest.raises(times.BadTime) as raised:
        times.parse(written)
    assert raised.value.code == code


@given(st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_what_a_spreadsheet_writes_is_read_back(moment: datetime) -> None:
    second = moment.replace(microsecond=0)
    for form in ("%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y%m%d%H%M%S"):
        assert times.parse(second.strftime(form)) == second.replace(tzinfo=CITY_TIME)


@given(st.one_of(st.text(), st.from_regex(r"[\d/\-: .TZ年月日+]{1,30}", fullmatch=True)))
def test_anything_is_a_moment_with_a_zone_or_refused(written: str) -> None:
    with contextlib.suppress(times.BadTime):
        assert times.parse(written).tzinfo
