"""`huying dispatch …`: what messages are about, read by machine."""

import click

from huying.config.commands.hot import hot, refresh


@click.group()
def dispatch() -> None:
    """What messages are about, read by machine."""


dispatch.add_command(hot)
dispatch.add_command(refresh)
