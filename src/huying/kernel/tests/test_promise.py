"""Promises against a table reckoned by hand (promise_cases.txt), and what people read of them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from huying.base import clock
from huying.base.clock import CITY_TIME
from huying.city.calendar import Calendar
from huying.city.tests.notices import CALENDAR
from huying.kernel.promise import DAYS, HOURS, WORKDAYS, Pauses, last_day, reckon, remaining, used

pytestmark = pytest.mark.once


class Case(NamedTuple):
    start: datetime
    budget: int
    unit: str
    due: str
    provisional: bool
    why: str
    pauses: Pauses
    now: datetime | None


def at(text: str) -> datetime:
    """A moment in the city's time."""
    return datetime.fromisoformat(text).replace(tzinfo=CITY_TIME)


def parse(line: str) -> Case:
    start, budget, due, why, pauses, now = ([cell.strip() for cell in line.split("|")] + ["", ""])[:6]
    amount, unit = budget.split()
    moment = at(now) if now else None
    return Case(at(start), int(amount), unit, due.rstrip("?"), due.endswith("?"), why, pauses_of(pauses), moment)


def pauses_of(text: str) -> list[tuple[datetime, datetime | None]]:
    found: list[tuple[datetime, datetime | None]] = []
    for pause in filter(None, text.split(",")):
        since, to = (part.strip() for part in pause.split(">"))
        whole = to if "-" in to or not to else f"{since[:10]} {to}"
        found.append((at(since), at(whole) if whole else None))
    return found


LINES = Path(__file__).with_name("promise_cases.txt").read_text(encoding="utf-8").splitlines()
CASES = [parse(line) for line in LINES if line and not line.startswith("#")]


def name_of(case: Case) -> str:
    return f"{case.start:%Y-%m-%d %H:%M} {case.budget} {case.unit}: {case.why}"


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_promise_is_due_when_a_person_reckons_it_is(case: Case) -> None:
    reckoned = reckon(case.start, case.budget, case.unit, CALENDAR, case.pauses, case.now)
    if case.unit == HOURS:
        assert reckoned.due_at == at(case.due)
    else:
        assert last_day(reckoned.due_at) == date.fromisoformat(case.due)
        assert reckoned.due_at == at(case.due) + timedelta(days=1)
    assert reckoned.provisional is case.provisional


@pytest.mark.parametrize("case", [case for case in CASES if case.unit != DAYS and not case.now], ids=name_of)
def test_at_its_due_moment_a_promise_is_used_up_and_not_before(case: Case) -> None:
    due = reckon(case.start, case.budget, case.unit, CALENDAR, case.pauses).due_at
    whole = case.budget * 3600 if case.unit == HOURS else case.budget
    assert used(case.start, due, case.unit, CALENDAR, case.pauses) == whole
    assert used(case.start, due - timedelta(minutes=1), case.unit, CALENDAR, case.pauses) < whole


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(CASES) >= 60
    assert len({(*case[:3], tuple(case.pauses), case.now) for case in CASES}) == len(CASES)


USED = [
    ("2026-11-18 09:20", "2026-11-18 23:00", WORKDAYS, "", 0, "the day of receipt uses nothing"),
    ("2026-11-18 09:20", "2026-11-19 12:00", WORKDAYS, "", 0.5, "noon of the first day"),
    ("2026-11-18 09:20", "2026-11-21 18:00", WORKDAYS, "", 2, "Saturday uses nothing"),
    ("2026-11-18 09:20", "2026-11-24 12:00", WORKDAYS, "", 3.5, "three days and a half: 19 20 23 and noon"),
    ("2026-11-18 09:20", "2026-11-24 12:00", WORKDAYS, "2026-11-20 10:00 > 11:00", 2.5, "Friday was not whole"),
    ("2026-11-18 09:20", "2026-11-20 18:00", WORKDAYS, "2026-11-20 10:00 >", 1, "a day on which the clock stands"),
    ("2026-11-18 09:20", "2026-11-21 12:00", DAYS, "", 2.5, "natural days: Saturday noon"),
    ("2026-11-18 09:20", "2026-11-18 09:00", HOURS, "", 0, "before it began"),
    ("2026-11-18 09:00", "2026-11-18 11:30", HOURS, "", 9000, "two hours and a half"),
    ("2026-11-18 09:00", "2026-11-18 11:30", HOURS, "2026-11-18 10:00 > 11:00", 5400, "less an hour"),
    ("2026-11-18 09:00", "2026-11-18 11:30", HOURS, "2026-11-18 11:00 >", 7200, "standing since eleven"),
    ("2026-11-18 09:00", "2026-11-18 11:30", HOURS, "2026-11-18 11:00 > 12:00", 7200, "in the middle of a pause"),
    ("2024-02-09 12:00", "2024-02-18 12:00", WORKDAYS, "", 0.5, "a festival uses nothing, a make-up Sunday does"),
]


@pytest.mark.parametrize(("start", "end", "unit", "pauses", "expected", "why"), USED, ids=[row[-1] for row in USED])
def test_what_is_used_at_a_moment(start: str, end: str, unit: str, pauses: str, expected: float, why: str) -> None:
    assert used(at(start), at(end), unit, CALENDAR, pauses_of(pauses)) == expected, why


LEFT = [
    ("2026-11-25 00:00", "2026-11-24 20:26", (False, 0, 0, 3, 34), "3 hours 34 minutes to midnight"),
    ("2026-11-26 00:00", "2026-11-23 10:00", (False, 2, 0, 0, 0), "Tue and Wed are wholly ahead"),
    ("2026-11-26 00:00", "2026-11-20 10:00", (False, 3, 0, 0, 0), "the weekend is not among them"),
    ("2026-11-26 00:00", "2026-11-25 00:00", (False, 1, 0, 0, 0), "the whole last day"),
    ("2026-11-26 00:00", "2026-11-25 00:01", (False, 0, 0, 23, 59), "and a minute later"),
    ("2026-11-26 00:00", "2026-11-25 23:59:30", (False, 0, 0, 0, 0), "less than a minute"),
    ("2026-11-26 00:00", "2026-11-26 00:00", (True, 0, 0, 0, 0), "due is exclusive: over at its own moment"),
    ("2026-11-26 00:00", "2026-11-26 02:00", (True, 0, 0, 2, 0), "2 hours over"),
    ("2026-11-28 00:00", "2026-11-30 10:00", (True, 0, 2, 10, 0), "over is natural time: the weekend was waited through"),
    ("2024-02-10 22:00", "2024-02-09 21:00", (False, 0, 1, 1, 0), "25 hours into the festival: no working day ahead"),
    ("2026-10-08 10:00", "2026-10-01 10:00", (False, 0, 7, 0, 0), "the eighth is not whole, so no working day"),
]


@pytest.mark.parametrize(("due", "now", "expected", "why"), LEFT, ids=[row[-1] for row in LEFT])
def test_what_people_read_of_the_time_left(due: str, now: str, expected: tuple[bool, int, int, int, int], why: str) -> None:
    assert remaining(at(due), at(now), CALENDAR) == expected, why


def test_the_city_s_day_counts_wherever_the_moment_was_written_down() -> None:
    # 15:59 and 16:00 UTC are the last and the first minute of a day in the city
    assert last_day(reckon(datetime(2026, 3, 10, 15, 59, tzinfo=UTC), 1, WORKDAYS, CALENDAR).due_at) == date(2026, 3, 11)
    assert last_day(reckon(datetime(2026, 3, 10, 16, 0, tzinfo=UTC), 1, WORKDAYS, CALENDAR).due_at) == date(2026, 3, 12)


def test_another_zone_s_change_of_clocks_does_not_matter() -> None:
    newyork = datetime.fromisoformat("2026-03-07T22:00:00-05:00")  # the night its clocks go forward; 11:00 on 8 March here
    assert reckon(newyork, 24, HOURS, CALENDAR).due_at == at("2026-03-09 11:00")
    assert reckon(newyork, 1, WORKDAYS, CALENDAR).due_at == at("2026-03-10 00:00")


def test_hours_carry_no_calendar_version_and_days_do() -> None:
    start = at("2026-03-10 09:00")
    assert reckon(start, 2, HOURS, CALENDAR).calendar_version == ""
    assert reckon(start, 2, WORKDAYS, CALENDAR).calendar_version == CALENDAR.version != ""


def test_publishing_the_next_year_settles_a_provisional_due_day() -> None:
    start = at("2026-12-24 10:00")
    following = Calendar.of({date(2027, 1, 1): False}, (2026, 2027))
    settled = reckon(start, 6, WORKDAYS, following)
    assert last_day(settled.due_at) == date(2027, 1, 4)
    assert not settled.provisional


def test_an_open_pause_is_named_as_the_reason() -> None:
    start = at("2026-03-10 09:00")
    assert reckon(start, 2, WORKDAYS, CALENDAR, [(at("2026-03-11 09:00"), None)], at("2026-03-11 10:00")).paused
    assert not reckon(at("2027-03-10 09:00"), 2, WORKDAYS, CALENDAR).paused


def test_an_open_pause_without_now_asks_the_clock() -> None:
    begun = clock.now() - timedelta(hours=30)
    due = reckon(begun, 1, HOURS, CALENDAR, [(begun, None)]).due_at
    assert timedelta() <= due - clock.now() <= timedelta(hours=1)


@pytest.mark.parametrize("budget", [0, -1])
def test_a_promise_of_nothing_is_refused(budget: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        reckon(at("2026-03-10 09:00"), budget, WORKDAYS, CALENDAR)


def test_an_unknown_unit_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="fortnights"):
        reckon(at("2026-03-10 09:00"), 1, "fortnights", CALENDAR)


def test_a_start_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        reckon(datetime(2026, 3, 10, 9, 0), 1, WORKDAYS, CALENDAR)  # noqa: DTZ001
