"""`huying dispatch hot FILE`: which causes many messages of a file tell of, the hottest first."""

import json
from pathlib import Path

import click
from django.utils.translation import gettext as _

from huying.base import clock
from huying.config import setup
from huying.reading import causes

SHOWN = 20


@click.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--json", "as_json", is_flag=True, help="Every cause as JSON: title, place, from, to, count, members.")
def hot(file: Path, as_json: bool) -> None:
    """Causes of which several messages of a CSV or XLSX file tell, gzipped or not. Nothing of them is recorded."""
    setup.ready()
    from huying.features.appeals.importing import reasons, told  # models are there only now
    from huying.features.appeals.importing.table import Unusable

    try:
        messages, refused = told.messages(file, clock.now())
    except Unusable as fault:
        raise click.ClickException(f"{file}: {reasons.of_file(fault)}") from fault
    found = causes.hot(messages, _troubles())
    if refused:
        click.echo(_("%(n)s 行读不出来，没有算进去。") % {"n": refused}, err=True)
    if as_json:
        click.echo(json.dumps([_as_json(cause) for cause in found], ensure_ascii=False, indent=1))
        return
    for cause in found[:SHOWN]:
        click.echo(f"{cause.people:4} {cause.since:%Y-%m-%d} – {cause.until:%Y-%m-%d} {cause.place or '—'}: {cause.title}")


def _troubles() -> frozenset[str]:
    from huying.config.commands.imports import ready_pack  # models are there only now
    from huying.kernel import hot as kernel

    ready_pack()
    return kernel.troubles()


def _as_json(cause: causes.Cause) -> dict[str, object]:
    return {
        "title": cause.title,
        "place": cause.place,
        "from": cause.since.isoformat(),
        "to": cause.until.isoformat(),
        "count": len(cause.members),
        "people": cause.people,
        "members": list(cause.members),
    }


@click.command("causes")
def refresh() -> None:
    """Find what open matters have in common, for the desk's hot view; causes past the pack's threshold stand from now on."""
    setup.ready()
    from huying.kernel import hot as kernel  # models are there only now

    click.echo(_("新立专项 %(n)s 个。") % {"n": kernel.refresh()})
