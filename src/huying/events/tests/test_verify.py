"""The log checks itself: what was altered, taken out or added by hand is found."""

import pytest
from django.db import transaction

from huying.events import log
from huying.events.models import Fact
from huying.events.sequence import Sequencer
from huying.events.tests.facts import entry
from huying.events.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def three() -> None:
    """Two facts of one subject, one of another."""
    with transaction.atomic():
        log.record([entry(1, "thing:1"), entry(2, "thing:1"), entry(1, "thing:2")])


def test_a_log_as_it_was_written_has_no_fault(three: None) -> None:
    found = verify()
    assert (found.facts, found.faults, found.unnumbered) == (3, 0, 3)
    Sequencer().run_dry()
    assert verify().unnumbered == 0


@pytest.mark.parametrize("change", [{"body": '{"n":7}'}, {"actor": "officer:9"}, {"salt": b"0" * 16}, {"name": "other"}])
def test_a_fact_that_was_altered_is_found(three: None, change: dict[str, object]) -> None:
    Fact.objects.filter(subject="thing:1", version=2).update(**change)
    found = verify()
    assert found.faults == 1 and "not what was committed to" in found.named[0]


def test_a_fact_that_was_taken_out_leaves_a_gap(three: None) -> None:
    Fact.objects.filter(subject="thing:1", version=1).delete()
    found = verify()
    assert found.faults == 1 and found.named[0].startswith("thing:1")
