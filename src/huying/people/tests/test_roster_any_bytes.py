"""Whatever the bytes of a roster: shifts, or faults each at its place; with a fault nothing that was there has changed."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.people import roster_csv
from huying.people.actors import SYSTEM
from huying.people.models import Shift
from tests.people import MakeOfficer
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
HEAD = "department,weekday,day,from,to,username,contact\n"
KEY = "500106.governance-centre"
PLACED = re.compile(r"班\.csv:\d+:\d+: \S", re.DOTALL)
CALM = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def name(small_city: SmallCity, officer: MakeOfficer) -> str:
    """Somebody who can be on duty, with one shift that stands."""
    made = officer("head", small_city.department(KEY))
    assert roster_csv.take_over(SYSTEM, "班.csv", f"{HEAD}{KEY},tue,,08:00,20:00,{made.account.username},\n".encode())[0] == 1
    return str(made.account.username)


def rows() -> list[tuple[object, ...]]:
    return list(Shift.objects.order_by("weekday", "day", "begins").values_list("weekday", "day", "begins", "ends", "officer"))


def whole_or_not_at_all(data: bytes) -> int:
    """Taken over as a whole, or not at all and told where and why."""
    before = rows()
    count, faults = roster_csv.take_over(SYSTEM, "班.csv", data)
    if faults:
        assert count == 0 and rows() == before
        assert all(PLACED.match(str(fault)) for fault in faults), faults
    return count


def sound(name: str) -> bytes:
    rows = ("*,,08:00,20:00,{0},大厅", "mon-fri;sun,,20:00,8:00,{0},", ",2026-11-30,9:00,10:00,{0},")
    return (HEAD + "".join(f"{KEY},{row.format(name)}\n" for row in rows)).encode()


def test_sound_bytes_are_taken_over(name: str) -> None:
    assert whole_or_not_at_all(sound(name)) == 14


@CALM
@given(data=st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    whole_or_not_at_all(data)


@CALM
@given(data=st.binary(max_size=200))
def test_any_bytes_below_the_header(name: str, data: bytes) -> None:
    whole_or_not_at_all(HEAD.encode() + data)


@CALM
@given(at=st.integers(0, 10**4), gone=st.integers(0, 40), piece=st.binary(max_size=20))
def test_a_damaged_file(name: str, at: int, gone: int, piece: bytes) -> None:
    data = sound(name)
    at %= len(data)
    whole_or_not_at_all(data[:at] + piece + data[at + gone :])


CELL = st.sampled_from(
    [
        "",
        "*",
        "mon",
        "mon-",
        "-",
        ";",
        "mon;;sun",
        "周八",
        "08:00",
        "24:00",
        "24:01",
        "²³:00",
        "٠٨:٠٠",
        "-1:00",
        "9999-12-31",
        "0001-01-01",
    ]
) | st.text(max_size=15)


@CALM
@given(cells=st.lists(CELL, min_size=5, max_size=5), known=st.booleans())
def test_any_cells(name: str, cells: list[str], known: bool) -> None:
    first, who = (KEY, name) if known else cells[:2]
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in (first, *cells[:4], who, cells[4])]
    whole_or_not_at_all((HEAD + ",".join(quoted) + "\n").encode("utf-8", "replace"))


@pytest.mark.parametrize("how", ["gb18030", "utf-16", "utf-32"])
def test_another_encoding_is_named_with_its_place(name: str, how: str) -> None:
    assert whole_or_not_at_all(sound(name).decode().encode(how)) == 0


@pytest.mark.parametrize("huge", ["x" * 2_000_000, '"' + "班\n" * 30_000, "," * 300_000, "9" * 100_000])
def test_a_huge_field_is_a_fault_like_any_other(name: str, huge: str) -> None:
    assert whole_or_not_at_all(f"{HEAD}{KEY},mon,,08:00,20:00,{name},{huge}\n".encode()) == 0
    assert whole_or_not_at_all(f"{HEAD}{KEY},{huge},,08:00,20:00,{name},\n".encode()) == 0


def test_cut_off_anywhere_it_is_never_half_taken(name: str) -> None:
    data = sound(name)
    for end in range(len(data)):
        whole_or_not_at_all(data[:end])
