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


def run(step: str, **told: Any) -> int:
    """Another process that sends, and dies at the step; how it ended."""
    return subprocess.run([sys.executable, str(DYING), step], env=environment(told), timeout=120, check=False).returncode


def environment(told: dict[str, Any]) -> dict[str, str]:
    """The test's own database and keys, and where the servers are."""
    ours = {"HUYING_DATABASE_URL": database(), "HUYING_DATA": str(settings.DATA), "DYING": json.dumps(told)}
    return os.environ | ours


def dies_and_is_started_again(steps: tuple[str, ...], **told: Any) -> None:
    """Once for each step it dies there; then it runs to the end. Between, the lease of who died runs out."""
    for step in steps:
        assert run(step, **told) == -signal.SIGKILL, step
        rest()
    assert run("none", **told) == 0


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
def test_a_gateway_that_keeps_to_keys_gets_it_exactly_once(begun: Story, gateway: Provider, steps: tuple[str, ...]) -> None:
    dies_and_is_started_again(steps, texts=gateway_of(gateway))
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
    begun: Story, forgetful: Provider, step: str, arrives: int, state: str
) -> None:
    dies_and_is_started_again((step,), texts=gateway_of(forgetful, asks=False))
    assert (len(forgetful.taken), Message.objects.get().state, Notice.objects.count()) == (arrives, state, 1)


@pytest.mark.parametrize("step", STEPS)
def test_a_letter_arrives_at_least_once_and_under_one_id(begun: Story, gateway: Provider, box: MailBox, step: str) -> None:
    by_mail(begun.caller)
    mail = {"scheme": "smtp+starttls", "host": "127.0.0.1", "port": box.port, "user": "huying"}
    mail |= {"password": "a mail password: %40", "sender": "city@city.example"}
    dies_and_is_started_again((step,), texts=gateway_of(gateway), mail=mail, ca=str(box.folder / "ca.pem"))
    ids = [letter["message-id"] for letter in box.letters]
    assert set(ids) == {f"<{Message.objects.get().key}@city.example>"}
    assert len(ids) == (2 if step == "handed" else 1)
    assert (Message.objects.get().state, gateway.taken) == (State.SENT, [])


def test_twenty_deaths_at_random_moments_tell_each_of_many_calls_once(begun: Story, gateway: Provider) -> None:
    actions.open_calls(begun.she, [new_call(caller=begun.caller) for _ in range(59)])
    Sequencer().run_dry()
    for n in range(20):
        process = subprocess.Popen([sys.executable, str(DYING), "none"], env=environment({"texts": gateway_of(gateway)}))
        try:
            process.wait(1.2 + 0.05 * n)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        rest()
    assert run("none", texts=gateway_of(gateway)) == 0
    keys = sorted(taken["key"] for taken in gateway.taken)
    assert keys == sorted(Message.objects.values_list("key", flat=True))
    assert (len(keys), set(Message.objects.values_list("state", flat=True))) == (60, {State.SENT})


def gateway_of(provider: Provider, **more: Any) -> dict[str, Any]:
    return {"url": provider.url, "account": "city", "secret": SECRET} | more
