from datetime import date

import pytest
from django.db import connection, transaction

from huying.events import log, partitions
from huying.events.models import Fact
from huying.events.tests.facts import entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="SQLite's case")
def test_sqlite_has_no_partitions() -> None:
    assert partitions.ensure() == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="partitions are PostgreSQL's")
def test_each_month_has_its_partition_and_facts_go_there() -> None:
    partitions.ensure()
    with transaction.atomic():
        log.record([entry(1)])
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM events_fact WHERE id = %s", [Fact.objects.get().pk])
        assert cursor.fetchone()[0].startswith("events_fact_2")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="partitions are PostgreSQL's")
def test_partitions_are_made_once() -> None:
    day = date(2031, 12, 15)
    first = partitions.ensure(day, ahead=1)
    assert first in ([], ["events_fact_2031_12", "events_fact_2032_01"])
    assert partitions.ensure(day, ahead=1) == []
