"""Whatever stands in the files of things, a check answers with faults and never with an exception."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.city import pack
from huying.city.pack.things import content
from huying.city.pack.things.wanted import contents
from huying.city.tests.small_pack import SmallPack
from huying.city.tests.small_things import FILES, OPEN, with_things

pytestmark = pytest.mark.once

NAMES = sorted(name for name in FILES if name.endswith(".yaml"))
PIECES = st.sampled_from(
    [
        *(
            "",
            "[]",
            "{}",
            "3",
            "-1",
            "true",
            "~",
            "''",
            "[[]]",
            "[{}]",
            "{a: b}",
            "[a, a]",
            "- x",
            "a: b",
            "item: sign",
            "99999999",
        ),
        *(
            "{all: []}",
            "{not: {not: {}}}",
            "{any: [3]}",
            "{places: {at_least: 10}}",
            "{outside: {outside: some}}",
            "{zh: 中, en: E}",
        ),
        *(
            "sign",
            "tables",
            "outside",
            "key: outside",
            "code: sign",
            "2025-01-01",
            "&a *a",
            "? x",
            "!!binary x",
            "$ref: '#'",
            "\t",
        ),
    ]
)


@st.composite
def spoilt(draw: st.DrawFn) -> dict[str, str]:
    """The files with some values, or whole lines, replaced by something else."""
    texts = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(NAMES))
        lines = texts[name].split("\n")
        place = draw(st.integers(0, len(lines) - 1))
        head, colon, _value = lines[place].partition(": ")
        piece = draw(PIECES | st.text(max_size=6))
        lines[place] = f"{head}{colon}{piece}" if colon and draw(st.booleans()) else piece
        texts[name] = "\n".join(lines)
    return texts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=spoilt())
def test_spoilt_things_are_told_as_faults(tmp_path_factory: pytest.TempPathFactory, texts: dict[str, str]) -> None:
    small = with_things(SmallPack(tmp_path_factory.mktemp("pack", numbered=True)))
    for name, text in texts.items():
        small.write(name, text.encode("utf-8", "surrogatepass"))
    found = pack.check(small.root)
    assert found.counts["faults"] == len(found.faults)
    if not found.faults and found.pack is not None:
        said = contents(found.pack.things)
        assert all(content.thing_of(thing).code == code for code, thing in said.things.items())


def test_a_question_with_forty_options_to_tick_ends_at_once(small: SmallPack) -> None:
    options = "".join(f"      - {{key: o{number}, zh: 选项, en: Option}}\n" for number in range(40))
    with_things(small).edit(OPEN, "      - {key: next, zh: 邻省, en: Next province}\n", options)
    began = time.process_time()
    assert any("6" in fault.message for fault in small.faults())
    assert time.process_time() - began < 5


def test_a_condition_without_end_is_a_fault(small: SmallPack) -> None:
    with_things(small).edit(OPEN, "{from: next}", "{not: " * 300 + "{from: next}" + "}" * 300)
    assert small.faults()
