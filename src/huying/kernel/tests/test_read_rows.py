"""Rows come out of the database as Django's own would: with moments of UTC, with columns left for later, with their kin."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import connection
from django.db.models import Max, Min, Value
from django.db.models.functions import Coalesce, Trunc

from huying.base import clock
from huying.city.models import Area, Department
from huying.events import rows
from huying.events.models import Fact
from huying.kernel.models import Matter
from huying.kernel.tests.conftest import BUREAU
from huying.people.models import Account
from tests.small_city import SmallCity

NOON = datetime(2026, 3, 1, 4, 0, 0, 250, tzinfo=UTC)
Asked = Callable[[int], AbstractContextManager[object]]
pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 4, 0, 0, 250, tzinfo=UTC)


def matter(at: datetime = NOON) -> Matter:
    return Matter.objects.create(kind="appeal", sort="help", title="路灯不亮", opened_at=at)


@pytest.mark.parametrize("zone", [UTC, clock.CITY_TIME, timezone(timedelta(hours=-9, minutes=-30))])
def test_a_moment_of_any_zone_is_kept_and_read_in_utc(zone: timezone) -> None:
    kept = matter(NOON.astimezone(zone))
    read = Matter.objects.get(pk=kept.pk).opened_at
    assert read == NOON and read.utcoffset() == timedelta()
    assert list(Matter.objects.filter(opened_at=NOON.astimezone(clock.CITY_TIME)).values_list("opened_at", flat=True)) == [NOON]


def test_a_question_by_hand_gives_and_takes_the_same_moments() -> None:
    for at in (NOON, NOON + timedelta(days=1)):
        matter(at)
    with connection.cursor() as cursor:
        cursor.execute("SELECT opened_at FROM kernel_matter WHERE opened_at BETWEEN %s AND %s", [NOON, NOON])
        assert cursor.fetchall() == [(NOON,)]


def test_what_is_reckoned_from_moments_is_read_as_a_moment() -> None:
    matter(), matter(NOON + timedelta(days=40))
    found = Matter.objects.aggregate(first=Min("opened_at"), last=Max("opened_at"), never=Max("ended_at"))
    assert found == {"first": NOON, "last": NOON + timedelta(days=40), "never": None}
    known = Matter.objects.annotate(end=Coalesce("ended_at", "opened_at"), word=Value("x")).order_by("id").first()
    assert known is not None and known.end == NOON and known.ended_at is None
    months = Matter.objects.annotate(month=Trunc("opened_at", "month", tzinfo=clock.CITY_TIME)).values_list("month", flat=True)
    assert {month.date() for month in months} == {date(2026, 3, 1), date(2026, 4, 1)}


def test_rows_of_two_questions_asked_as_one_have_their_types_too() -> None:
    matter(), matter(NOON + timedelta(days=1))
    one, other = Matter.objects.filter(opened_at=NOON), Matter.objects.exclude(opened_at=NOON)
    assert {row.opened_at for row in one.union(other)} == {NOON, NOON + timedelta(days=1)}
    people = [Account.objects.create(username=f"x{n}", is_active=bool(n)) for n in range(2)]
    active, gone = (Account.objects.filter(is_active=holds) for holds in (True, False))
    assert {row.pk: row.is_active for row in active.union(gone)}.items() >= {people[0].pk: False, people[1].pk: True}.items()
    inner = Matter.objects.filter(pk__in=Matter.objects.order_by("-id").values("pk")[:1])
    assert [row.opened_at for row in inner.distinct()] == [NOON + timedelta(days=1)]


def test_a_column_left_for_later_is_read_when_it_is_asked_for(django_assert_num_queries: Asked) -> None:
    kept = matter()
    for row in (Matter.objects.only("title").get(pk=kept.pk), Matter.objects.defer("opened_at").get(pk=kept.pk)):
        assert "opened_at" in row.get_deferred_fields()
        with django_assert_num_queries(1):
            assert row.opened_at == NOON
        row.title = "路灯修好了"
        row.save()
    kept.refresh_from_db()
    assert kept.title == "路灯修好了" and not kept._state.adding and kept._state.db == "default"


def test_kin_that_are_read_along_are_the_rows_own(small_city: SmallCity, django_assert_num_queries: Asked) -> None:
    body = small_city.department(BUREAU)
    read = Department.objects.select_related("area").get(pk=body.pk)
    with django_assert_num_queries(0):
        assert read.area == body.area and read.area is not None and read.area.pk == read.area_id


def test_a_fresh_row_holds_what_the_constructor_would_give_it(small_city: SmallCity) -> None:
    area = Area.objects.first()
    given = {"kind": "appeal", "sort": "help", "title": "路灯", "area": area, "district": None, "opened_at": NOON}
    made, fresh = Matter(**given), rows.fresh(Matter, **given)
    names = [field.attname for field in Matter._meta.concrete_fields]
    assert [getattr(made, name) for name in names] == [getattr(fresh, name) for name in names]
    assert area is not None and fresh.area is area and fresh._state.adding
    rows.insert([fresh])
    assert Matter.objects.get(pk=fresh.pk).area == area


def test_facts_are_read_with_their_bytes() -> None:
    row = rows.fresh(
        Fact, at=NOON, name="x", schema=1, subject="matter:1", version=1, actor="system", body="{}", salt=b"s" * 16
    )
    row.leaf = b"\x00\xff" * 16
    rows.insert([row])
    read = Fact.objects.get(subject="matter:1")
    assert (bytes(read.leaf), read.at) == (b"\x00\xff" * 16, NOON)
