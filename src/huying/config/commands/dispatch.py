"""`huying dispatch …`: what messages are about and whose they are, read by machine. One file for each thing it does."""

import click

from huying.config.commands import hot, measuring, readers, teaching


@click.group()
def dispatch() -> None:
    """What messages are about and whose they are, read by machine."""


for command in (
    measuring.evaluate,
    teaching.train,
    teaching.learn,
    readers.models,
    readers.promote,
    readers.rollback,
    hot.hot,
    hot.refresh,
):
    dispatch.add_command(command)
