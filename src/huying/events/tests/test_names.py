import msgspec
import pytest

from huying.events import names
from huying.events.tests.facts import Happened


def test_a_struct_that_was_never_declared_is_refused() -> None:
    class Stranger(msgspec.Struct):
        n: int

    with pytest.raises(names.Undeclared):
        names.declared(Stranger)


def test_a_declared_name_with_other_fields_needs_a_new_version() -> None:
    class Changed(msgspec.Struct):
        n: int
        more: str

    with pytest.raises(names.Changed, match="declare v2"):
        names.declare("test.happened", 1, "试验")(Changed)


def test_the_same_struct_may_be_declared_again() -> None:
    class Same(msgspec.Struct):
        n: int

    names.declare("test.same", 1, "试验")(Same)
    names.declare("test.same", 1, "试验")(Same)
    assert names.declared(Same).name == "test.same"


def test_an_old_fact_is_read_in_its_newest_shape() -> None:
    class First(msgspec.Struct):
        name: str

    class Second(msgspec.Struct):
        first: str
        last: str

    names.declare("test.renamed", 1, "试验")(First)
    names.declare("test.renamed", 2, "试验")(Second)
    names.upcast("test.renamed", 1)(lambda body: {"first": body["name"], "last": ""})
    revived = names.revive("test.renamed", 1, '{"name":"渝"}')
    assert isinstance(revived, Second) and revived.first == "渝"


def test_a_body_that_does_not_fit_its_struct_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        names.revive("test.happened", 1, '{"n":"one"}')
    assert names.revive("test.happened", 1, '{"n":1}') == Happened(1)
