"""What rows.insert hands over as it is, every field of every table would have handed over the same."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models

from huying.events import rows

pytestmark = pytest.mark.django_db  # asks none, but each driver takes values in its own way
OURS = [model for model in apps.get_models() if model.__module__.startswith("huying.")]
VALUES: dict[type, list[Any]] = {str: ["", "路灯不亮"], int: [0, 7], bool: [False, True], type(None): [None]}
VALUES |= {float: [0.0, 106.55], bytes: [b"", b"\x00\xff"]}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_value_that_is_kept_is_what_its_field_would_make_of_it(model: type[models.Model]) -> None:
    columns, _, _ = rows._statement(model, connection.vendor)
    for _, plain, field in columns:
        for kind, value in ((one, value) for one in plain for value in VALUES[one]):
            made = field.get_db_prep_save(value, connection)
            if kind is bytes:  # wrapped for the driver, which takes bytes as they are too
                made = bytes(getattr(made, "obj", made))
            assert made == value and isinstance(made, type(value)), field  # PostgreSQL has integers of three widths


def test_most_columns_are_kept_so() -> None:
    columns = [column for model in OURS for column in rows._statement(model, connection.vendor)[0]]
    assert sum(bool(plain) for _, plain, _ in columns) > len(columns) / 2


def test_a_moment_is_what_its_field_would_make_of_it() -> None:
    at = datetime(2026, 11, 26, 9, 30, 15, 123456, UTC)
    fields = [f for m in OURS for _, _, f in rows._statement(m, connection.vendor)[0] if type(f) is models.DateTimeField]
    assert fields
    for field in fields:
        row = field.model(**{field.attname: at})
        assert rows._values([row], [(field.attname, rows._plain(field), field)]) == [field.get_db_prep_save(at, connection)]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_fresh_row_holds_what_its_model_would_put_into_it(model: type[models.Model]) -> None:
    made, usual = rows.fresh(model), model()
    by_itself = {field.attname for field in model._meta.concrete_fields if callable(field.default)}
    assert made.__dict__.keys() == usual.__dict__.keys()
    kept = usual.__dict__.keys() - by_itself - {"_state"}
    assert {name: made.__dict__[name] for name in kept} == {name: usual.__dict__[name] for name in kept}
    assert {name: type(made.__dict__[name]) for name in by_itself} == {name: type(usual.__dict__[name]) for name in by_itself}
    assert made._state.adding


def test_two_fresh_rows_share_nothing_that_is_made_anew() -> None:
    call = apps.get_model("kernel", "Call")
    one, other = rows.fresh(call, title="路灯"), rows.fresh(call)
    assert one.number != other.number
    assert (one.title, other.title) == ("路灯", "")
    assert one._state is not other._state


def test_a_related_row_is_known_to_a_fresh_one() -> None:
    matter = rows.fresh(apps.get_model("kernel", "Matter"))
    assert rows.fresh(apps.get_model("kernel", "Call"), matter=matter).matter is matter
