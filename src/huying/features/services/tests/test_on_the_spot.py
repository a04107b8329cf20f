"""What is promised on the spot is done that day, or on the next working day where the offices have closed."""

from datetime import date, datetime

import pytest

from huying.base import clock
from huying.features.services import queries
from huying.features.services.tests.conftest import Birth
from huying.kernel import rebuild
from huying.kernel.models import Promise
from tests.small_things import BIRTH, CERTIFICATE, ITEMS, load

pytestmark = pytest.mark.django_db(transaction=True)
# 19 November 2026 is a Thursday
MOMENTS = {
    "2026-11-19 10:00": date(2026, 11, 19),
    "2026-11-19 16:59": date(2026, 11, 19),
    "2026-11-19 17:00": date(2026, 11, 20),
    "2026-11-19 23:59": date(2026, 11, 20),
    "2026-11-20 21:10": date(2026, 11, 23),
    "2026-11-21 09:00": date(2026, 11, 23),
}


@pytest.mark.parametrize("said", MOMENTS)
def test_it_is_due_at_the_end_of_the_day_on_which_somebody_is_there(case: Birth, said: str) -> None:
    case.thing = load(BIRTH, tuple({**one, "promised": 0} if one["code"] == CERTIFICATE else one for one in ITEMS))
    at = datetime.strptime(said, "%Y-%m-%d %H:%M").replace(tzinfo=clock.CITY_TIME)
    with clock.showing(at):
        case.open({"insured": "no", "where": "here"})
    task = case.branch(CERTIFICATE).task
    assert task is not None and task.due_at is not None
    end = task.due_at.astimezone(clock.CITY_TIME)
    assert (end.hour, end.minute) == (0, 0) and date.fromordinal(end.date().toordinal() - 1) == MOMENTS[said]
    assert Promise.objects.get(task=task).due_at == task.due_at
    span = queries.case_page(case.she, case.the.call_id).branches[0].span
    assert span is not None and span.end == MOMENTS[said].toordinal(), "her page says the same day"
    assert not list(rebuild.differences())
