from hypothesis import given
from hypothesis import strategies as st

from huying.base import ids

DIGITS = st.text("0123456789", min_size=11, max_size=11)


def test_the_check_digit_is_that_of_damms_own_example() -> None:
    assert ids.check_digit("572") == "4"


def test_a_new_number_is_sound_and_never_begins_with_zero() -> None:
    for _ in range(200):
        number = ids.new_number()
        assert ids.number_is_sound(number) and number[0] != "0"


@given(DIGITS, st.integers(0, 11), st.integers(1, 9))
def test_every_wrong_digit_is_found(body: str, at: int, step: int) -> None:
    number = body + ids.check_digit(body)
    wrong = number[:at] + str((int(number[at]) + step) % 10) + number[at + 1 :]
    assert not ids.number_is_sound(wrong)


@given(DIGITS, st.integers(0, 10))
def test_every_swap_of_neighbours_is_found(body: str, at: int) -> None:
    number = body + ids.check_digit(body)
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert swapped == number or not ids.number_is_sound(swapped)


@given(st.text(max_size=20))
def test_any_text_is_judged_without_a_fault(text: str) -> None:
    assert ids.number_is_sound(text) in (True, False)


def test_a_number_is_read_as_people_type_it() -> None:
    assert ids.plain_number(" １２３４-5678 9012") == "123456789012"
    assert ids.spoken("123456789012") == "1234 5678 9012"


def test_numbers_do_not_repeat() -> None:
    assert len({ids.new_number() for _ in range(5000)}) == 5000
