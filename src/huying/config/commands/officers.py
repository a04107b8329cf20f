"""`huying officer`: the accounts of a city that is not a demo. A password that is handed out here lasts three days."""

from pathlib import Path

import click
from django.db import transaction

from huying.base import clock
from huying.city import queries as city
from huying.people import factors, handing, roster_csv
from huying.people.actors import SYSTEM
from huying.people.errors import NotYours
from huying.people.models import Account, Officer, Post, Role


@click.group()
def officer() -> None:
    """Officers and their posts."""


@officer.command()
@click.argument("username")
@click.option("--name", required=True, help="As colleagues and callers read it.")
@click.option("--department", "key", required=True, help="Key of the department in the pack, as in 500106.urban-management.")
@click.option("--role", required=True, type=click.Choice([str(r) for r in Role.values]), help="The post.")
@click.option("--password", default="", help="To hand out, at least 10 characters; made and printed when left out.")
def add(username: str, name: str, key: str, role: str, password: str) -> None:
    """Make an officer with a post, or give one who exists another post.

    A new one signs in with the password within three days, and sets his own before anything else.
    """
    department = city.department_by_key(key)
    if department is None or not city.is_open(department):
        raise click.ClickException(f"{key}: no such department in the loaded pack, or it is closed")
    if password and len(password) < 10:
        raise click.ClickException("the password needs at least 10 characters")
    with transaction.atomic():
        account, new = Account.objects.get_or_create(username=username)
        person, _ = Officer.objects.get_or_create(account=account, defaults={"name": name})
        _, made = Post.objects.get_or_create(officer=person, department=department, role=role, valid_from=clock.today())
        handed = _handed(account, password) if new else ""
    click.echo(f"{username}: {'is now' if made else 'already was'} {role} of {department.name}{handed}")


@officer.command("reset-password")
@click.argument("username")
@click.option("--password", default="", help="To hand out, at least 10 characters; made and printed when left out.")
def reset_password(username: str, password: str) -> None:
    """Hand out a new password: the officer forgot his, or somebody else may know it.

    His sessions end; within three days he signs in with it and sets his own. It is recorded in the log.
    """
    account = Account.objects.filter(username=username, officer__isnull=False).first()
    if account is None:
        raise click.ClickException(f"{username}: no such officer")
    if password and len(password) < 10:
        raise click.ClickException("the password needs at least 10 characters")
    click.echo(f"{username}: is signed out everywhere{_handed(account, password)}")


def _handed(account: Account, password: str) -> str:
    """Hand a password out, and the words that tell it: it stands nowhere else."""
    word = password or handing.new_handed()
    until = handing.hand_out(account, word).astimezone(clock.CITY_TIME)
    said = "" if password else f"\n  password: {word}"
    return f"{said}\n  it lasts until {until:%Y-%m-%d %H:%M}; give it in person, he sets his own when he first signs in"


@officer.command("reset-factor")
@click.argument("username")
def reset_factor(username: str) -> None:
    """Take an officer's second factor away: phone, passkey and recovery codes are lost.

    His sessions end; he enrols anew when he next signs in with his password. It is recorded in the log.
    """
    account = Account.objects.filter(username=username, officer__isnull=False).first()
    if account is None:
        raise click.ClickException(f"{username}: no such officer")
    try:
        factors.reset(account)
    except NotYours:
        raise click.ClickException(f"{username}: has no second factor; he enrols one when he signs in") from None
    click.echo(f"{username}: has no second factor any more, and is signed out everywhere; he enrols anew at the next sign-in")


@officer.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def roster(file: Path) -> None:
    """Take over the rosters in a CSV FILE: department,weekday,day,from,to,username,contact.

    The rosters of the departments it names are replaced; with a single fault nothing is changed.
    """
    count, faults = roster_csv.take_over(SYSTEM, str(file), file.read_bytes())
    for fault in faults:
        click.echo(str(fault))
    if faults:
        raise SystemExit(1)
    click.echo(f"{count} shifts")
