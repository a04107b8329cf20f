"""`huying`: every command of the house. Commands are read only when asked for, so that each starts quickly."""

import importlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from django.db.utils import OperationalError

from huying.base.faults import ForOperator


@dataclass(frozen=True, slots=True)
class Listed:
    """A command: where it stands, what it does in a line, and whether a database is made ready before it runs."""

    where: str
    does: str
    database: bool = True


COMMANDS = {
    "demo": Listed("demo:demo", "Start the demo city.", database=False),
    "run": Listed("run:run", "Serve pages, sequencer and timers in one process."),
    "web": Listed("run:web", "Serve the pages alone."),
    "worker": Listed("run:worker", "Run sequencer, timers and readers apart from the pages."),
    "check": Listed("pack:check", "Name every fault of a city pack.", database=False),
    "load": Listed("pack:load", "Load a city pack, or show what it would change."),
    "things": Listed("things:things", "Things published at the desk, as files of a pack."),
    "import": Listed("imports:import_group", "Import appeals from CSV or XLSX."),
    "officer": Listed("officers:officer", "Officers and their posts."),
    "rates": Listed("rates:rates", "The three rates; make them again from the log alone."),
    "dispatch": Listed(
        "dispatch:dispatch", "Whose messages are (measure, train, promote) and which causes are hot.", database=False
    ),
    "search": Listed("searching:search", "Compare the search index with the tables; make it anew."),
    "log": Listed("log:log", "Check the log, print its checkpoint, witness another's.", database=False),
    "receipt": Listed("receipt:receipt", "Verify a receipt offline.", database=False),
    "notify": Listed("notify:notify", "What parties are told: how it stands, and a test."),
    "offers": Listed("offers:offers", "Offer things before anybody asks, where the city knows enough."),
    "keys": Listed("keys:keys", "City keys: where they stand, a new one, erasures after a restore."),
    "bench": Listed("bench:bench", "Run a benchmark and print its figures as JSON.", database=False),
}


class Lazy(click.Group):
    """A group whose commands are imported when they are called; its own help imports none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.does) for name, listed in COMMANDS.items()])

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name, with Django set up and, unless only help is asked for, the database made."""
        listed = COMMANDS.get(name)
        if listed is None:
            return None
        if listed.database:
            _ready(migrate=not {"-h", "--help"} & set(sys.argv))
        module, attribute = listed.where.split(":")
        found: click.Command = getattr(importlib.import_module(f"huying.config.commands.{module}"), attribute)
        return found


def _ready(migrate: bool) -> None:
    # Django's settings read the environment, which options may still have changed until now
    from huying.config import setup

    setup.ready(migrate=migrate)


def _data(ctx: click.Context, option: click.Parameter, data: Path | None) -> None:
    """Before the command is looked up, which sets Django up, and with it the folder."""
    if data is not None:
        os.environ["HUYING_DATA"] = str(data)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    callback=_data,
    expose_value=False,
    help="Folder for everything written (HUYING_DATA).",
)
@click.version_option(package_name="huying")
def cli() -> None:
    """呼应: every call gets a response, on time, and can prove it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huying.config.settings")


def main(argv: list[str] | None = None) -> Any:
    """Run a command; a setting at fault becomes one line, not a traceback."""
    try:
        return cli(argv)
    except ForOperator as fault:
        click.echo(f"huying: {fault}", err=True)
        sys.exit(2)
    except OperationalError as fault:
        # imported late: it reads the settings, which stand when a database has answered
        from huying.config.setup import database_line

        click.echo(f"huying: {database_line(fault)}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
