"""`huying notify`: how telling stands, a message to try the way out, and the texts that a provider must know."""

import json

import click
from django.utils import translation

from huying.config.environment import BadSetting
from huying.notify import letters, status, templates
from huying.notify.models import Channel
from huying.notify.ports import NotDelivered
from huying.people import codes, parties


@click.group()
def notify() -> None:
    """What parties are told, by text message, e-mail and on the portal."""


@notify.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def status_(as_json: bool) -> None:
    """Messages planned, sent, delivered, failed and given up; how long the oldest waits."""
    found = status.figures()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for channel, counts in found["messages"].items():
        click.echo(f"{channel}: " + ", ".join(f"{state} {n}" for state, n in counts.items()))
    click.echo(
        f"due now {found['due']}, the oldest for {found['oldest_due_seconds']} s; facts unread {found['unread_by_reader']}"
    )
    for reason, n in found["given_up_because"].items():
        click.echo(f"  {n} given up or failed: {reason}")


@notify.command()
@click.option("--phone", help="A mobile number to send a text message to.")
@click.option("--mail", help="An address to send a letter to.")
@click.option("--yes", is_flag=True, help="Do not ask before sending.")
def test(phone: str | None, mail: str | None, yes: bool) -> None:
    """Send one message that says it is a test."""
    if (phone is None) == (mail is None):
        raise click.UsageError("name one of --phone and --mail")
    to = mail or parties.normal_phone(phone or "")
    if to is None:
        raise click.UsageError("--phone: not a mobile number of 11 digits")
    if not yes:
        click.confirm(f"Send a test to {to}?", abort=True)
    try:
        outside_id = letters.test(Channel.MAIL if mail else Channel.SMS, to)
    except NotDelivered as fault:
        raise BadSetting(f"the test did not leave: {fault}") from fault
    click.echo(f"taken by the other side as {outside_id}")


@notify.command("templates")
def templates_() -> None:
    """Every text under its name, as a provider must register it: blanks are ${number} ${who} ${by} ${link}."""
    blanks = {name: "${" + name + "}" for name in (*templates.FIELDS, "code", "minutes")}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for found in (*templates.TEMPLATES, templates.RELAYED, templates.CASE_RELAYED, *templates.ACTING):
                if found.carried:
                    click.echo(f"{templates.variant(found.name, language)}\t{templates.words(found) % blanks}")
    click.echo(f"{templates.TEST.name}\t{templates.TEST.text}")
    click.echo(f"{codes.TEMPLATE}\t{codes.TEXT % blanks}")
    click.echo(f"{codes.MANDATE}\t{codes.MANDATE_TEXT % blanks}")
