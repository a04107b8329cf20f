"""`huying dispatch train`, `huying dispatch learn`: make a new reader, from a labelled history or from dispatchers' choices."""

import os
from pathlib import Path

import click

from huying.config import setup
from huying.config.commands.readers import as_json_too, tell

KINDLY = 15  # how far it stands back for whoever serves pages on the same machine
_file = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=_file)
@click.option("--label", default="department", show_default=True, help="The column that says who bore it.")
@click.option("--map", "mapped", type=_file, help="A CSV of label,department where the labels are no departments or duties.")
@as_json_too
def train(file: Path, label: str, mapped: Path | None, as_json: bool) -> None:
    """Learn from a labelled history (CSV or CSV.gz): who bore which message.

    A label is a department's name or type, or a duty's key. The new model runs at once if it is better than what runs.
    """
    setup.ready()
    os.nice(KINDLY)
    from huying.kernel import teaching  # needs Django, which is ready only now
    from huying.kernel.errors import Refused
    from huying.reading import tables

    try:
        messages, left_out = tables.messages_of(file, label)
        given = {row["label"]: row["department"] for row in tables.rows_of(mapped)} if mapped else {}
        row = teaching.from_file(messages, file.name, given, left_out)
    except KeyError as fault:
        said = f"{mapped}, line 1: has no column {fault}. It must be label,department."
        raise click.ClickException(said) from fault
    except (tables.BadTable, teaching.NothingToLearn, Refused) as fault:
        raise click.ClickException(str(fault)) from fault
    tell(row, as_json)


@click.command()
@click.option("--if-due", is_flag=True, help="Only where enough was dispatched by hand since the last time.")
@as_json_too
def learn(if_due: bool, as_json: bool) -> None:
    """Learn from what dispatchers chose, and from what was rightly sent back."""
    setup.ready()
    os.nice(KINDLY)
    from huying.events.sequence import Sequencer  # likewise
    from huying.kernel import learned, lessons, teaching
    from huying.kernel.errors import Refused

    Sequencer().run_dry()
    while lessons.run():
        pass
    if if_due and not learned.due():
        return
    try:
        tell(teaching.from_lessons(), as_json)
    except (teaching.NothingToLearn, Refused) as fault:
        raise click.ClickException(str(fault)) from fault
