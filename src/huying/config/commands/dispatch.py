"""`huying dispatch …`: what reads which office a message belongs to. One file for each thing it does."""

import click

from huying.config.commands import measuring, readers, teaching


@click.group()
def dispatch() -> None:
    """What reads which office a message belongs to."""


for command in (
    measuring.evaluate,
    teaching.train,
    teaching.learn,
    readers.models,
    readers.promote,
    readers.rollback,
):
    dispatch.add_command(command)
