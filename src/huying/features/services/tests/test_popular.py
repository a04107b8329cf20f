from collections.abc import Iterator
from datetime import timedelta

import pytest

from huying.base import clock
from huying.features.services import popular
from huying.features.services.models import Case
from huying.features.services.tests.conftest import Birth
from huying.kernel import finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counted_anew() -> Iterator[None]:
    popular.counted.cache_clear()
    yield
    popular.counted.cache_clear()


def test_a_thing_is_popular_by_the_cases_begun(case: Birth) -> None:
    assert finding.popular(3).begun == 0
    case.open()
    assert finding.popular(3).begun == 0, "an order may be a minute old"
    popular.counted.cache_clear()
    key = Case.objects.values_list("thing", flat=True).get()
    assert popular.begun(clock.today()) == {key: 1}
    assert finding.popular(3).begun == 1


def test_what_was_begun_before_is_not_counted(case: Birth) -> None:
    case.open()
    assert popular.begun(clock.today() + timedelta(days=1)) == {}
