"""RFC 8785: the examples of the RFC itself, and that facts, which are encoded by a faster hand, come out the same."""

import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.events import canonical

pytestmark = pytest.mark.once
# RFC 8785, appendix B: the bits of a double, and how it is written
NUMBERS = {
    "0000000000000000": "0",
    "8000000000000000": "0",
    "0000000000000001": "5e-324",
    "8000000000000001": "-5e-324",
    "7fefffffffffffff": "1.7976931348623157e+308",
    "ffefffffffffffff": "-1.7976931348623157e+308",
    "4340000000000000": "9007199254740992",
    "c340000000000000": "-9007199254740992",
    "4430000000000000": "295147905179352830000",
    "44b52d02c7e14af5": "9.999999999999997e+22",
    "44b52d02c7e14af6": "1e+23",
    "44b52d02c7e14af7": "1.0000000000000001e+23",
    "444b1ae4d6e2ef4e": "999999999999999700000",
    "444b1ae4d6e2ef4f": "999999999999999900000",
    "444b1ae4d6e2ef50": "1e+21",
    "3eb0c6f7a0b5ed8c": "9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d": "0.000001",
    "41b3de4355555553": "333333333.3333332",
    "41b3de4355555554": "333333333.33333325",
    "41b3de4355555555": "333333333.3333333",
    "41b3de4355555556": "333333333.3333334",
    "41b3de4355555557": "333333333.33333343",
    "becbf647612f3696": "-0.0000033333333333333333",
    "43143ff3c1cb0959": "1424953923781206.2",
}


@pytest.mark.parametrize(("bits", "written"), NUMBERS.items())
def test_numbers_are_written_as_the_rfc_lists_them(bits: str, written: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert canonical.encode(number).decode() == written


def test_strings_and_literals_are_written_as_in_section_3_2_2() -> None:
    value = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": '€$\x0f\nA\'B"\\\\"/',
        "literals": [None, True, False],
    }
    written = (
        '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )
    assert canonical.encode(value).decode() == written


def test_keys_are_sorted_as_in_section_3_2_3() -> None:
    keys = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]
    written = canonical.encode(dict.fromkeys(keys, 0)).decode()
    order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    positions = [written.index("\\r" if key == "\r" else key) for key in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    "data", [b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1,"a":1}', b'{"a":1}\n', b'{"a":1.0}', b'"\\u4e2d"', b"", b"\xff", b"{"]
)
def test_what_is_written_otherwise_is_refused(data: bytes) -> None:
    with pytest.raises(canonical.NotCanonical):
        canonical.decode(data)


FACTS = st.dictionaries(
    st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1),
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"])),
)


@given(FACTS)
def test_what_facts_hold_is_encoded_the_same_by_both_hands(body: dict[str, object]) -> None:
    assert msgspec.json.Encoder(order="sorted").encode(body) == canonical.encode(body)
    assert canonical.decode(canonical.encode(body)) == body


def test_a_commitment_tells_the_salt_and_every_value_apart() -> None:
    made = canonical.commitment(b"s" * 16, {"text": "路灯"})
    assert made == canonical.commitment(b"s" * 16, {"text": "路灯"})
    assert made != canonical.commitment(b"t" * 16, {"text": "路灯"})
    assert made != canonical.commitment(b"s" * 16, {"text": "路灯 "})
