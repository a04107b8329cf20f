"""What the worker does once a minute at the counters."""

import pytest

from huying.config.worker import Worker
from huying.events.models import Fact
from huying.features.services.tests.conftest import Birth, case
from huying.features.services.tests.paid import cashier, costly
from huying.features.services.tests.test_visit_near import eve_of, later
from huying.features.services.tests.test_visiting import book, open_

__all__ = ["case", "cashier", "costly", "open_"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_it_tells_once_that_a_visit_is_near(open_: Birth) -> None:
    eve_of(book(open_, later(open_)), 17)
    worker = Worker()
    assert worker._counters() == 1 and worker._counters() == 0
    assert Worker()._counters() == 0, "another worker finds it told"
    assert Fact.objects.filter(name="visit.near").count() == 1
