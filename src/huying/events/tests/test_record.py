import hashlib

import msgspec
import pytest
from django.db import IntegrityError, connection, transaction

from huying.events import log, names
from huying.events.models import Fact
from huying.events.tests.facts import entry

pytestmark = pytest.mark.django_db(transaction=True)


def record_and_fall() -> None:
    with transaction.atomic():
        log.record([entry(1)])
        raise ZeroDivisionError


def test_a_fact_outside_a_transaction_is_refused() -> None:
    with pytest.raises(log.OutsideTransaction):
        log.record([entry(1)])


def test_a_fact_goes_when_its_change_is_rolled_back() -> None:
    with pytest.raises(ZeroDivisionError):
        record_and_fall()
    assert not Fact.objects.exists()


def test_an_undeclared_fact_is_refused_and_nothing_is_written() -> None:
    class Stranger(msgspec.Struct):
        n: int

    with pytest.raises(names.Undeclared), transaction.atomic():
        log.record([entry(1), log.Entry(Stranger(1), "test:1", 2, "system")])
    assert not Fact.objects.exists()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="there the lock on the subject's row keeps versions apart")
def test_a_version_of_a_subject_is_told_once() -> None:
    with transaction.atomic():
        log.record([entry(1)])
    with pytest.raises(IntegrityError), transaction.atomic():
        log.record([entry(2, version=1)])


def test_each_fact_carries_its_salted_commitment() -> None:
    with transaction.atomic():
        log.record([entry(1), entry(2)])
    first, second = Fact.objects.order_by("id")
    assert bytes(first.salt) != bytes(second.salt)
    for fact in (first, second):
        assert bytes(fact.leaf) == log.commitment(bytes(fact.salt), fact)
        assert len(bytes(fact.leaf)) == hashlib.sha256().digest_size


def test_a_changed_fact_no_longer_fits_its_commitment() -> None:
    with transaction.atomic():
        log.record([entry(1)])
    fact = Fact.objects.get()
    fact.body = '{"n":2}'
    assert bytes(fact.leaf) != log.commitment(bytes(fact.salt), fact)


def test_a_history_is_told_in_the_order_of_recording() -> None:
    with transaction.atomic():
        log.record([entry(1), entry(2), entry(1, subject="test:2")])
    assert [(t.subject, t.version) for t in log.history(["test:1"])] == [("test:1", 1), ("test:1", 2)]
