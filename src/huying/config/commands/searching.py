"""`huying search check|rebuild`: whether the index of what is looked for is as the tables are, and making it so."""

import sys
from itertools import islice

import click

from huying.events.sequence import Sequencer
from huying.kernel import search as index
from huying.kernel.search import reader

SHOWN = 20


@click.group()
def search() -> None:
    """The index of what is looked for."""


@search.command()
def check() -> None:
    """Compare the index with the tables; fails when something in it is not as it is now."""
    Sequencer().run_dry()
    reader.run()
    found = list(islice(index.differences(), SHOWN + 1))
    for line in found[:SHOWN]:
        click.echo(line)
    if found:
        click.echo("… and more; `huying search rebuild` mends it" if len(found) > SHOWN else "`huying search rebuild` mends it")
        sys.exit(1)
    click.echo("the index is as the tables are")


@search.command()
def rebuild() -> None:
    """Make every document anew from the tables: after a backup was put back."""
    click.echo(f"{index.rebuild()} documents changed or dropped")
