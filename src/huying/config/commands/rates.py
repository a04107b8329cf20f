"""`huying rates recompute`: the three rates made again from the log alone, and whether they equal the live ones."""

import json
import sys
from dataclasses import asdict

import click

from huying.events.sequence import Sequencer
from huying.hub import rates as hub


@click.group()
def rates() -> None:
    """The three rates."""


@rates.command()
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def recompute(as_json: bool) -> None:
    """Make every count again from the log; fails when one differs from what the page shows."""
    Sequencer().run_dry()
    found = hub.recompute()
    if as_json:
        whole = hub.total()
        shares = {name: asdict(getattr(whole, name)) for name in ("responded", "solved", "satisfied")}
        click.echo(json.dumps({**asdict(found), "equal": not found.different, "counts": whole.counts, **shares}))
    else:
        equal = "equal to" if not found.different else f"{found.different} different from"
        click.echo(f"{found.facts} facts, {found.cells} cells, {equal} the live ones")
    if found.different:
        sys.exit(1)
