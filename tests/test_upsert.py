"""rows.upsert: what is new is put in, what is there is written over, and nothing else is touched."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from huying.base import clock
from huying.events import rows
from huying.hub.models import Held, Voice

KEYS = st.integers(1, 12)
GIVEN = st.lists(st.dictionaries(KEYS, st.tuples(st.sampled_from(["open", "closed"]), st.none() | st.booleans())), max_size=6)


@pytest.mark.django_db
def test_what_is_new_is_put_in_and_what_is_there_written_over() -> None:
    rows.upsert([Voice(call=1, matter=1, month="2026-11", opened_on=date(2026, 11, 26)), Voice(call=2, matter=2)], ["call"])
    rows.upsert([Voice(call=2, matter=9, state="closed", solved=False), Voice(call=3, matter=3, grade=5)], ["call"])
    found = Voice.objects.order_by("call").values_list("call", "matter", "state", "solved", "grade", "opened_on")
    assert list(found) == [
        (1, 1, "open", None, None, date(2026, 11, 26)),
        (2, 9, "closed", False, None, None),
        (3, 3, "open", None, 5, None),
    ]


@pytest.mark.django_db
def test_a_row_known_by_two_columns_keeps_its_id() -> None:
    now = clock.now()
    rows.upsert([Held(matter=1, number=1, stage="work", began_at=now)], ["matter", "number"])
    before = Held.objects.get()
    before.ended_at = now + timedelta(hours=2)
    rows.upsert([before, Held(matter=1, number=2, stage="review", began_at=now)], ["matter", "number"])
    first, second = Held.objects.order_by("number")
    assert (first.pk, first.ended_at, second.stage) == (before.pk, before.ended_at, "review")


@pytest.mark.django_db
def test_more_rows_than_one_statement_holds_are_all_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "MOST_VALUES", 40)
    rows.upsert([Voice(call=n, matter=n) for n in range(1, 31)], ["call"])
    assert Voice.objects.count() == 30


@pytest.mark.django_db
def test_nothing_to_write_is_no_statement() -> None:
    rows.upsert([], ["call"])


@pytest.mark.django_db
def test_what_the_database_refuses_is_raised() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.upsert([Voice(call=1, matter=None)], ["call"])
    assert not Voice.objects.exists()


class TheLastWordStands(TestCase):
    """Whatever comes in whatever order: each row is as it was given last."""

    @settings(max_examples=30, deadline=None)
    @given(GIVEN)
    def test_each_row_is_as_it_was_given_last(self, given_in_turn: list[dict[int, tuple[str, bool | None]]]) -> None:
        last: dict[int, tuple[str, bool | None]] = {}
        for part in given_in_turn:
            rows.upsert([Voice(call=call, matter=1, state=said[0], solved=said[1]) for call, said in part.items()], ["call"])
            last |= part
        assert {v.call: (v.state, v.solved) for v in Voice.objects.all()} == last
