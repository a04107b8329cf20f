"""kill -9 between each pair of steps, with real server processes: what it means that a fact is told once.

A gateway that keeps to keys gets each message exactly once, wherever we die. One that keeps to none gets it at most once,
and exactly once unless we die in the one gap in which nobody can know. A letter arrives at least once, always under one id.
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from huying.base import clock
from huying.events.sequence import Sequencer
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call
from huying.notify.models import Message, Notice, State
from tests.notify.conftest import by_mail
from tests.notify.servers import SECRET, MailBox, Provider

pytestmark = pytest.mark.django_db(transaction=True)
DYING = Path(__file__).with_name("dying.py")
STEPS = ("planned", "claimed", "begun", "handed", "sent")
# The process may die again while it finds out what became of the first try.
TWICE = (
    *((step,) for step in STEPS),
    *itertools.product(("begun",), ("claimed", "asked", "handed", "sent")),
    *itertools.product(("handed",), ("claimed", "asked", "sent")),  # it is asked, and not handed over again
)


def database() -> str:
    """The test's own database, as another process names it."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    found = connection.settings_dict
    password = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{password}@{found['HOST'] or '127.0.0.1'}:{found['PORT']}/{name}"


class Nursery:
    """Where processes that send are begun: each is real and dies by itself, only setting Django up is done once for all."""

    def __init__(self) -> None:
        ours = {"HUYING_DATABASE_URL": database(), "HUYING_DATA": str(settings.DATA)}
        pipe, command = subprocess.PIPE, [sys.executable, str(DYING)]
        self._process = subprocess.Popen(command, env=os.environ | ours, stdin=pipe, stdout=pipe, text=True)

    def begin(self, step: str, **told: Any) -> int:
        """A process that sends and dies at the step; its id."""
        self._process.stdin.write(json.dumps({"step": step, "told": told}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def end(self) -> int:
        """What the process that was begun last ends with."""
        return int(self._process.stdout.readline())

    def run(self, step: str, **told: Any) -> int:
        self.begin(step, **told)
        return self.end()

    def close(self) -> None:
        self._process.stdin.close()
        assert self._process.wait(20) == 0


@pytest.fixture(scope="module")
def nursery(django_db_setup: None) -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


def dies_and_is_started_again(nursery: Nursery, steps: tuple[str, ...], **told: Any) -> None:
    """Once for each step it dies there; then it runs to the end. Between, the lease of who died runs out."""
    for step in steps:
        assert nursery.run(step, **told) == -signal.SIGKILL, step
        rest()
    assert nursery.run("none", **told) == 0


def rest() -> None:
    """The claim runs out, and what waits is due, as if hours had passed."""
    before = clock.now() - timedelta(seconds=1)
    Message.objects.filter(claim_until__isnull=False).update(claim_until=before)
    Message.objects.update(next_try_at=before)


@pytest.fixture
def begun(told: Story) -> Story:
    """A call whose receipt is numbered and not read yet."""
    Sequencer().run_dry()
    return told


@pytest.mark.parametrize("steps", TWICE, ids="-then-".join)
def test_a_gateway_that_keeps_to_keys_gets_it_exactly_once(
    begun: Story, nursery: Nursery, gateway: Provider, steps: tuple[str, ...]
) -> None:
    dies_and_is_started_again(nursery, steps, texts=gateway_of(gateway))
    assert [taken["key"] for taken in gateway.taken] == [Message.objects.get().key]
    assert (Notice.objects.count(), Message.objects.get().state) == (1, State.SENT)


@pytest.mark.parametrize(
    ("step", "arrives", "state"),
    [
        ("planned", 1, State.SENT),
        ("claimed", 1, State.SENT),
        ("begun", 0, State.GIVEN_UP),  # nobody can know: rather lost than doubled, and the portal has it
        ("handed", 1, State.GIVEN_UP),
        ("sent", 1, State.SENT),
    ],
)
def test_a_gateway_that_forgets_never_gets_it_twice(
    begun: Story, nursery: Nursery, forgetful: Provider, step: str, arrives: int, state: str
) -> None:
    dies_and_is_started_again(nursery, (step,), texts=gateway_of(forgetful, asks=False))
    assert (len(forgetful.taken), Message.objects.get().state, Notice.objects.count()) == (arrives, state, 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_letter_arrives_at_least_once_and_under_one_id(
    begun: Story, nursery: Nursery, gateway: Provider, box: MailBox, step: str
) -> None:
    by_mail(begun.caller)
    mail = {"scheme": "smtp+starttls", "host": "127.0.0.1", "port": box.port, "user": "huying"}
    mail |= {"password": "a mail password: %40", "sender": "city@city.example"}
    dies_and_is_started_again(nursery, (step,), texts=gateway_of(gateway), mail=mail, ca=str(box.folder / "ca.pem"))
    ids = [letter["message-id"] for letter in box.letters]
    assert set(ids) == {f"<{Message.objects.get().key}@city.example>"}
    assert len(ids) == (2 if step == "handed" else 1)
    assert (Message.objects.get().state, gateway.taken) == (State.SENT, [])


def test_twenty_deaths_at_random_moments_tell_each_of_many_calls_once(
    begun: Story, nursery: Nursery, gateway: Provider
) -> None:
    actions.open_calls(begun.she, [new_call(caller=begun.caller) for _ in range(59)])
    Sequencer().run_dry()
    ends = []
    for n in range(20):
        process = nursery.begin("none", texts=gateway_of(gateway))
        time.sleep(0.02 * (n + 1))
        with suppress(ProcessLookupError):  # it was done before
            os.kill(process, signal.SIGKILL)
        ends.append(nursery.end())
        rest()
    assert nursery.run("none", texts=gateway_of(gateway)) == 0
    assert -signal.SIGKILL in ends and set(ends) <= {0, -signal.SIGKILL}
    keys = sorted(taken["key"] for taken in gateway.taken)
    assert keys == sorted(Message.objects.values_list("key", flat=True))
    assert (len(keys), set(Message.objects.values_list("state", flat=True))) == (60, {State.SENT})


def gateway_of(provider: Provider, **more: Any) -> dict[str, Any]:
    return {"url": provider.url, "account": "city", "secret": SECRET} | more
