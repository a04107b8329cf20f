"""A roster comes in as a file: whole, or not at all, with every fault at its place."""

import pytest

from huying.city.models import Department
from huying.people import roster_csv
from huying.people.actors import SYSTEM
from huying.people.models import Officer, Shift
from tests.people import MakeActor, MakeOfficer
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
HEAD = "department,weekday,day,from,to,username,contact\n"
KEY = "500106.governance-centre"


@pytest.fixture
def centre(small_city: SmallCity) -> Department:
    return small_city.department(KEY)


@pytest.fixture
def one(officer: MakeOfficer, centre: Department) -> Officer:
    return officer("head", centre)


def take(text: str) -> tuple[int, list[str]]:
    count, faults = roster_csv.take_over(SYSTEM, "班.csv", (HEAD + text).encode())
    return count, [str(fault) for fault in faults]


def test_a_week_in_two_lines(one: Officer, centre: Department) -> None:
    name = one.account.username
    assert take(f"{KEY},*,,08:00,20:00,{name},大厅\n{KEY},mon-fri;sun,,20:00,8:00,{name},\n") == (13, [])
    assert Shift.objects.filter(roster=centre.pk).count() == 13


@pytest.mark.parametrize("weekday", ["周一", "星期一", "mon", "MON"])
def test_a_weekday_in_chinese_or_english(one: Officer, weekday: str) -> None:
    assert take(f"{KEY},{weekday},,08:00,09:00,{one.account.username},\n") == (1, [])
    assert Shift.objects.get().weekday == 0


@pytest.mark.parametrize(
    ("row", "place", "said"),
    [
        ("{key},mon,,8,20:00,{name},", "2:31", "不是时间"),
        ("{key},mon,,08:00,20:00,nobody,", "2:43", "没有“nobody”这个用户名"),
        ("500106.nothing,mon,,08:00,20:00,{name},", "2:1", "这个单位"),
        ("{key},funday,,08:00,20:00,{name},", "2:26", "不认识"),
        ("{key},fri-mon,,08:00,20:00,{name},", "2:26", "前后反了"),
        ("{key},mon,2026-11-30,08:00,20:00,{name},", "2:26", "写一个"),
        ("{key},,2026-02-30,08:00,20:00,{name},", "2:27", "不是日期"),
        ("{key},mon,,08:00,08:00,{name},", "2:1", "和开始的时间不同"),
        ("{key},mon,,08:00,20:00,{name},电话 13800138000", "2:1", "不写个人电话"),
        ("{key},mon,,08:00,20:00,{name},\n{key},mon,,09:00,10:00,{name},", "3:1", "已经排在这段时间"),
    ],
)
def test_each_fault_stands_at_its_place_and_nothing_changes(one: Officer, row: str, place: str, said: str) -> None:
    take(f"{KEY},tue,,08:00,20:00,{one.account.username},\n")
    count, faults = take(row.format(key=KEY, name=one.account.username) + "\n")
    assert count == 0 and any(fault.startswith(f"班.csv:{place}:") and said in fault for fault in faults), faults
    assert Shift.objects.get().weekday == 1


def test_what_was_there_is_replaced(one: Officer) -> None:
    take(f"{KEY},tue,,08:00,20:00,{one.account.username},\n")
    take(f"{KEY},wed,,08:00,20:00,{one.account.username},\n")
    assert Shift.objects.get().weekday == 2


def test_a_head_brings_in_his_own_unit_alone(one: Officer, centre: Department, actor: MakeActor, small_city: SmallCity) -> None:
    stranger = actor("head", small_city.department("500106.housing"))
    data = (HEAD + f"{KEY},tue,,08:00,20:00,{one.account.username},\n").encode()
    count, faults = roster_csv.take_over(stranger, "班.csv", data, {small_city.department("500106.housing").pk})
    assert count == 0 and "不归您排班" in str(faults[0]) and not Shift.objects.exists()
    count, faults = roster_csv.take_over(stranger, "班.csv", data)
    assert count == 0 and faults and not Shift.objects.exists()


def test_bytes_that_are_no_text_are_a_fault() -> None:
    assert roster_csv.read("班.csv", b"\xff\xfe\x00").faults
