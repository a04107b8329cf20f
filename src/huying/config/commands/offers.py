"""`huying offers`: the day's run by hand, and how many would get what. The worker does the same by itself."""

import json

import click

from huying.city import offers as rules
from huying.config.environment import BadSetting
from huying.features.services.offering import running
from huying.features.services.offering.ports import NotDelivered


@click.group()
def offers() -> None:
    """主动服务: things offered where the city knows enough, to whoever agreed."""


@offers.command()
@click.option(
    "--dry-run", is_flag=True, help="Say how many would get what, and offer nothing. The looks are written down all the same."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def run(dry_run: bool, as_json: bool) -> None:
    """Look for everybody who is due today, and offer what is due to them. Run twice it does no more than once."""
    try:
        found = running.trial() if dry_run else running.whole()
    except NotDelivered as fault:
        raise BadSetting(f"the register of people: {fault}") from fault
    if as_json:
        figures = {"dry_run": dry_run, "looked": found.looked, "offered": found.offered, "lapsed": found.lapsed}
        click.echo(json.dumps(figures))
        return
    for rule in rules.rules():
        what = "would be offered" if dry_run else "offered"
        click.echo(f"{rule.key}: looked for {found.looked[rule.key]}, {what} {rule.thing} to {found.offered[rule.key]}")
    if not dry_run:
        click.echo(f"lapsed: {found.lapsed}")
