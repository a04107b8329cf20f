"""What every keeper of the city's key must do, tried on files and against a real process of a key service."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from huying.base.gateway import KeyServer
from huying.people import keys
from huying.people.keys import CannotOpen, KeyTrouble
from huying.people.ports import Keeper
from tests.notify.key_server import TOKEN
from tests.notify.servers import HERE, Running, free_port

pytestmark = pytest.mark.once
RAW = bytes(range(32))


@pytest.fixture
def service(settings: Settings) -> Iterator[Running]:
    port = free_port()
    running = Running([str(HERE / "key_server.py"), str(port)], port)
    running.start()
    settings.KEY_SERVER = KeyServer(f"http://127.0.0.1:{port}/v1/transit", "huying", TOKEN)
    settings.KEEPER = "huying.adapters.transit_keys.TransitKeys"
    keys.forget()
    yield running
    running.stop()
    keys.forget()


@pytest.fixture(params=["files", "service"])
def keeper(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Keeper]:
    settings.KEYS = tmp_path / "keys"
    keys.forget()
    if request.param == "service":
        request.getfixturevalue("service")
    yield keys.keeper()
    keys.forget()


def test_what_is_wrapped_is_unwrapped_and_names_its_key(keeper: Keeper) -> None:
    wrapped = keeper.wrap(RAW)
    assert keeper.unwrap(wrapped) == RAW and keys.key_id(wrapped) == keeper.newest() and RAW not in wrapped


def test_a_new_key_wraps_and_the_old_one_still_unwraps(keeper: Keeper) -> None:
    wrapped, old = keeper.wrap(RAW), keeper.newest()
    assert keeper.renew() == keeper.newest() != old
    assert keeper.unwrap(wrapped) == RAW and keys.key_id(keeper.wrap(RAW)) == keeper.newest()
    assert keeper.unwrap(keys.rewrap(wrapped)) == RAW


def test_a_changed_wrapping_is_refused(keeper: Keeper) -> None:
    wrapped = keeper.wrap(RAW)
    with pytest.raises(CannotOpen):
        keeper.unwrap(wrapped[:-3] + (b"AAA" if wrapped[-3:] != b"AAA" else b"BBB"))


def test_what_a_retired_key_wrapped_is_lost(keeper: Keeper) -> None:
    wrapped, old = keeper.wrap(RAW), keeper.newest()
    keeper.renew()
    keeper.retire(old)
    with pytest.raises((KeyTrouble, CannotOpen)):
        keeper.unwrap(wrapped)


def test_a_wrong_token_and_a_dead_service_are_named(service: Running, settings: Settings) -> None:
    settings.KEY_SERVER = KeyServer(settings.KEY_SERVER.url, "huying", "wrong")
    keys.forget()
    with pytest.raises(KeyTrouble, match="answers 403"):
        keys.keeper().wrap(RAW)
    service.stop()
    with pytest.raises(KeyTrouble, match="cannot be reached"):
        keys.keeper().wrap(RAW)
