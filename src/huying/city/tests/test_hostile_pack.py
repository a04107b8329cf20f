"""A pack somebody made to do harm, or a disk has spoilt: faults at their places, in a moment, and nothing in the database."""

import time
from contextlib import nullcontext

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from huying.city import pack
from huying.city.models import Area, Department, Duty, Setting, Term
from huying.city.pack import PackHasFaults, cells
from huying.city.pack.faults import Faults
from huying.city.tests.small_pack import FILES, SmallPack

YAML = [name for name in FILES if name.endswith(".yaml")]
LAUGH = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(12)
)
HOSTILE = {
    "a billion laughs": LAUGH,
    "a list within lists within lists": "[" * 3000 + "]" * 3000,
    "a map within maps within maps": "".join(" " * n + "a:\n" for n in range(1500)),
    "a thing that holds itself": "a: &a [*a]\n",
    "a map merged into itself": "a: &a {<<: *a}\n",
    "an object to be made": "!!python/object/apply:os.system ['touch /tmp/huying-was-here']\n",
    "a name of another kind": "? [a, b]\n: c\n",
    "an integer without end": "a: " + "9" * 5000 + "\n",
    "a number in base sixty": "a: 190:20:30\n",
    "a date that is none": "a: 2025-02-30\n",
    "binary that is none": "a: !!binary '***'\n",
    "a set": "a: !!set {x, y}\n",
    "two documents": "a: 1\n---\nb: 2\n",
    "a directive": "%YAML 9.9\n---\na: 1\n",
    "a tag of one's own": "a: !harm x\n",
    "a tab": "a:\n\t- x\n",
    "a huge field": "a: " + "路" * 1_000_000 + "\n",
    "not a number": "a: .nan\nb: .inf\n",
    "nothing but a comment": "# nothing\n",
}


def faults_of(small: SmallPack, file: str) -> list[str]:
    """The faults in words; each must name a file with line and column."""
    began = time.process_time()
    found = small.faults()
    assert time.process_time() - began < 10
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in found)
    assert file in {fault.file for fault in found}
    return [str(fault) for fault in found]


@pytest.mark.once
@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("file", ["pack.yaml", "settings.yaml", "duties/city.yaml"])
def test_hostile_yaml_is_a_fault_at_its_place(small: SmallPack, file: str, what: str) -> None:
    small.write(file, HOSTILE[what])
    assert faults_of(small, file)


@pytest.mark.once
@pytest.mark.parametrize("how", ["gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("file", FILES)
def test_another_encoding_is_a_fault(small: SmallPack, file: str, how: str) -> None:
    small.write(file, FILES[file].replace("name", "name").encode(how) if not FILES[file].isascii() else "路".encode(how))
    assert faults_of(small, file)


@pytest.mark.django_db
@trials(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), gone=st.integers(0, 60), piece=st.binary(max_size=12))
def test_a_damaged_pack_is_loaded_as_a_whole_or_leaves_everything_as_it_was(
    small: SmallPack, file: str, at: float, gone: int, piece: bytes
) -> None:
    small.write(file, FILES[file])
    pack.load(small.root)
    before = rows()
    data = FILES[file].encode()
    place = int(at * len(data))
    small.write(file, data[:place] + piece + data[place + gone :])
    faults = small.faults()
    with pytest.raises(PackHasFaults) if faults else nullcontext():
        pack.load(small.root)
    assert not faults or rows() == before
    small.write(file, FILES[file])
    pack.load(small.root)


def rows() -> list[list[tuple[object, ...]]]:
    """All that a pack writes."""
    return [list(model.objects.order_by("pk").values_list()) for model in (Area, Department, Duty, Term, Setting)]


@pytest.mark.parametrize("text", ["[" * 600 + "]" * 600, "{a: " * 600 + "1" + "}" * 600, "[" * 50_000])
def test_brackets_in_brackets_are_one_fault(text: str) -> None:
    faults = Faults()
    assert cells.yaml_cell(text, "things/a.yaml", faults) is None
    assert len(list(faults)) == 1
