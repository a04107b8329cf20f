"""Processes that send what is due, each killed with kill -9 at a named step.

Django is set up once; each line of standard input, `{"step": ..., "told": {...}}`, begins a process of its own. Its id is
written when it has begun, and what it ended with (a signal negative) when it has.

Steps: claimed (before anything is begun), begun (`sending` is on the disk), handed (the other side took it), sent (written
down), asked (after a question), planned (in the reader, before its transaction ends); `none` runs to the end.
"""

import json
import os
import signal
import sys
import traceback
from typing import Any

import django

django.setup()
from django.conf import settings  # noqa: E402  (after the set-up)
from django.urls import get_resolver  # noqa: E402

from huying.base.gateway import MailServer, TextsGateway  # noqa: E402
from huying.config import parties  # noqa: E402, F401
from huying.notify import letters, planner, reader, sender  # noqa: E402


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def after(owner: Any, name: str) -> None:
    """Let the process die as soon as this has done its work."""
    real = getattr(owner, name)

    def then_die(*args: Any, **kwargs: Any) -> Any:
        real(*args, **kwargs)
        die()

    setattr(owner, name, then_die)


STEPS = {
    "planned": (planner, "carry"),
    "claimed": (sender.Sender, "_claimed"),
    "begun": (sender.Sender, "_begin"),
    "handed": (letters.Outgoing, "send"),
    "sent": (sender.Sender, "_sent"),
    "asked": (letters.Outgoing, "ask"),
}


def send(step: str, told: dict[str, Any]) -> None:
    """What one process does, up to the step."""
    settings.SITE, settings.CA = "https://city.example", told.get("ca", "")
    settings.TEXTS = "huying.adapters.http_texts.HttpTexts"
    settings.TEXTS_GATEWAY = TextsGateway(**told["texts"])
    if "mail" in told:
        settings.MAIL, settings.MAIL_SERVER = "huying.adapters.smtp_mail.SmtpMail", MailServer(**told["mail"])
    if step != "none":
        after(*STEPS[step])
    reader.run()
    working = sender.Sender()
    while working.once():
        pass


def alone(line: str) -> None:
    """In the new process: it never comes back from here."""
    try:
        send(**json.loads(line))
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def main() -> None:
    assert get_resolver().namespace_dict  # every page is imported once, here: a link stands in what is sent
    for line in sys.stdin:
        process = os.fork()
        if not process:
            alone(line)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
