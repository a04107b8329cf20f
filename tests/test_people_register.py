"""The register of people as a file: only what was asked for leaves it; what it cannot be read as is told in one line."""

import json
from datetime import date

import pytest
from pytest_django.fixtures import Settings

from huying.adapters.file_people import FilePeople
from huying.features.services.offering import registers
from huying.features.services.offering.ports import HoldsPeople, NotDelivered, Registered
from tests.small_offers import PHONE, Register, identity

pytestmark = pytest.mark.once
BORN = date(1946, 12, 20)
ALL = ("birth", "children", "residence")


@pytest.fixture
def number(register: Register) -> str:
    child = {"identity": identity(date(2020, 5, 1)), "name": "安安", "sex": "female", "born": "2020-05-01"}
    return register.put(identity(BORN), BORN, children=[child])


def test_only_what_was_asked_for_leaves_it(number: str) -> None:
    held: HoldsPeople = FilePeople()
    assert held.look([number], ["birth"], "rule") == {number: Registered(BORN)}
    assert held.look([number], ["residence"], "rule")[number] == Registered(None, "王秀英", "小龙坎正街 8 号", "500106001")
    (child,) = held.look([number], ["children"], "rule")[number].children
    assert (child.name, child.born) == ("安安", date(2020, 5, 1))
    assert held.look([number], [], "rule") == {number: Registered()}


def test_whoever_is_not_there_or_died_is_left_out(number: str, register: Register) -> None:
    dead = register.put(identity(BORN), BORN, died="2026-01-02")
    assert set(FilePeople().look([number, dead, identity(BORN)], ALL, "rule")) == {number}
    assert not FilePeople().belongs(dead, "王秀英", PHONE)


def test_a_number_a_name_and_a_phone_are_one_person_s_or_not(number: str) -> None:
    held = FilePeople()
    assert held.belongs(number, "王秀英", PHONE)
    assert not held.belongs(number, "王秀英", "13900000000")
    assert not held.belongs(number, "王秀", "英" + PHONE)
    assert not held.belongs(identity(BORN), "王秀英", PHONE)


def test_a_line_that_is_added_is_seen(number: str, register: Register) -> None:
    assert FilePeople().look([number], ["birth"], "rule")
    later = register.put(identity(BORN), BORN, name="李秀英")
    assert set(FilePeople().look([number, later], ["birth"], "rule")) == {number, later}


@pytest.mark.parametrize("text", ["no json\n", '{"name": "x"}\n', "[]\n", '{"identity": "1", "born": "1946-02-30"}\n'])
def test_a_file_that_is_none_is_told_in_one_line(register: Register, text: str) -> None:
    register.file.write_text(text)
    with pytest.raises(NotDelivered) as fault:
        FilePeople().look(["1"], ALL, "rule")
    assert "\n" not in str(fault.value)


def test_no_register_is_told(settings: Settings, register: Register) -> None:
    register.file.unlink()
    with pytest.raises(NotDelivered, match="cannot be read"):
        FilePeople().look(["1"], ALL, "rule")
    settings.PEOPLE_REGISTER = ""
    registers.forget()
    with pytest.raises(NotDelivered, match="HUYING_PEOPLE"):
        registers.look(["1"], ALL, "rule")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("11010519491231002X", True),
        ("１１０１０５１９４９１２３１００２ｘ", True),
        (" 110105 19491231 002x", True),
        ("110105194912310021", False),
        ("11010519491231002", False),
        ("", False),
        ("一" * 18, False),
    ],
)
def test_an_identity_number_however_it_is_typed(typed: str, right: bool) -> None:
    assert registers.is_identity(registers.plain_identity(typed)) is right


def test_what_is_written_is_what_a_person_a_line_says(number: str, register: Register) -> None:
    assert [json.loads(line)["identity"] for line in register.file.read_text().splitlines()] == [number]
