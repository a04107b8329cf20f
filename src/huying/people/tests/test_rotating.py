"""The city's key changes while everything runs: old ciphertexts stay readable, and a rotation that was killed goes on."""

from pathlib import Path

import pytest

from huying.people import keys, parties, private, rotating
from huying.people.models import Party
from huying.people.tests.given import own_keys

__all__ = ["own_keys"]
pytestmark = pytest.mark.django_db


def several(n: int) -> list[Party]:
    return [parties.party_of_phone(f"1380000{i:04d}") for i in range(n)]  # type: ignore[misc]


def test_everything_stays_readable_and_nothing_is_left(own_keys: Path) -> None:
    several(7)
    old = keys.keeper().newest()
    new = keys.keeper().renew()
    assert new != old and rotating.status().left == 7
    assert parties.phone_of(Party.objects.first()) == "13800000000"  # type: ignore[arg-type]
    assert rotating.finish(batch=3) == 7
    now = rotating.status()
    assert (now.newest, now.wraps, now.left) == (new.hex(), {new.hex(): 7}, 0)
    assert [parties.phone_of(party) for party in Party.objects.order_by("pk")] == [f"1380000{i:04d}" for i in range(7)]


def test_a_rotation_killed_between_batches_goes_on_where_it_was(own_keys: Path) -> None:
    several(7)
    keys.keeper().renew()

    def killed(n: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotating.finish(killed, batch=3)
    assert rotating.status().left == 4
    assert rotating.finish(batch=3) == 4 and rotating.status().left == 0


def test_a_party_that_comes_meanwhile_is_under_the_new_key(own_keys: Path) -> None:
    several(1)
    new = keys.keeper().renew()
    assert keys.key_id(bytes(parties.anonymous().data_key or b"")) == new


def test_an_old_key_goes_only_once_it_wraps_nothing(own_keys: Path) -> None:
    several(2)
    old = keys.keeper().newest().hex()
    with pytest.raises(rotating.StillUsed):
        rotating.retire(old)
    before = bytes(Party.objects.order_by("pk")[0].data_key or b"")
    keys.keeper().renew()
    with pytest.raises(rotating.StillUsed):
        rotating.retire(old)
    rotating.finish()
    rotating.retire(old)
    with pytest.raises(private.KeyTrouble):
        keys.data_key(before)  # as a backup of yesterday holds it
    assert parties.phone_of(Party.objects.order_by("pk")[0]) == "13800000000"


def test_a_phone_is_found_under_the_old_key_and_under_the_new(own_keys: Path) -> None:
    (her,) = several(1)
    keys.renew_phone_key()
    assert rotating.status().old_phones == 1
    assert parties.party_of_phone("13800000000") == her and parties.draft_of_phone("13800000000") == her
    assert rotating.finish_phones() == (1, 0) and rotating.status().old_phones == 0
    assert parties.party_of_phone("13800000000") == her
    assert bytes(Party.objects.get().phone_mac or b"") == private.phone_mac("13800000000")
