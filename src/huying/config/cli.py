"""`huying`: every command of the house. Commands are read only when asked for, so that each starts quickly."""

import importlib
import os
import sys
from pathlib import Path
from typing import Any

import click

from huying.config.environment import BadSetting

# name -> where its click command stands
COMMANDS = {
    "run": "huying.config.commands.run:run",
    "web": "huying.config.commands.run:web",
    "worker": "huying.config.commands.run:worker",
    "demo": "huying.config.commands.demo:demo",
    "check": "huying.config.commands.pack:check",
    "load": "huying.config.commands.pack:load",
    "import": "huying.config.commands.imports:import_group",
    "officer": "huying.config.commands.officers:officer",
    "bench": "huying.config.commands.bench:bench",
}
WITHOUT_DATABASE = {"check", "bench", "demo"}


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        if name not in WITHOUT_DATABASE and "--help" not in sys.argv:
            _ready()
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found


def _ready() -> None:
    # Django's settings read the environment, which options may still have changed until now
    from huying.config import setup

    setup.ready()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder for everything written (HUYING_DATA).")
@click.version_option(package_name="huying")
def cli(data: Path | None) -> None:
    """呼应: every call gets a response, on time, and can prove it."""
    if data is not None:
        os.environ["HUYING_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")


def main(argv: list[str] | None = None) -> Any:
    """Run a command; a setting at fault becomes one line, not a traceback."""
    try:
        return cli(argv)
    except BadSetting as fault:
        click.echo(f"huying: {fault}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
