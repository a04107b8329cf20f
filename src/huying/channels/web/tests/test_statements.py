"""What one appeal may cost the database: the promise of docs/performance.md, counted and not timed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.channels.web.tests.conftest import filled
from huying.kernel.models import Call
from tests.small_city import SmallCity

MOST = 18  # transaction control included


@pytest.mark.skipif(connection.vendor != "sqlite", reason="promised of SQLite: PostgreSQL locks by statements of their own")
@pytest.mark.django_db(transaction=True)
def test_an_appeal_takes_no_more_statements_than_promised(client: Client, small_city: SmallCity) -> None:
    client.post("/appeal/", filled(client))  # what a process reads once is read
    form = filled(client, text="小区门口的垃圾桶满了三天没有人收，苍蝇到处飞。", phone="13900139000")
    with CaptureQueriesContext(connection) as asked:
        answer = client.post("/appeal/", form)
    assert answer.status_code == 302 and Call.objects.count() == 2
    assert len(asked) <= MOST, "\n".join(query["sql"] for query in asked)
