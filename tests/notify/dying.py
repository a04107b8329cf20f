"""A process that sends what is due and is killed with kill -9 at a named step.

    python tests/notify/dying.py STEP

Steps: claimed (before anything is begun), begun (`sending` is on the disk), handed (the other side took it), sent (written
down), asked (after a question), planned (in the reader, before its transaction ends); `none` runs to the end.
"""

import json
import os
import signal
import sys
from typing import Any

import django

django.setup()
from django.conf import settings  # noqa: E402  (after the set-up)

from huying.base.gateway import MailServer, TextsGateway  # noqa: E402
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


def main(step: str) -> None:
    told = json.loads(os.environ["DYING"])
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


if __name__ == "__main__":
    main(sys.argv[1])
