"""`huying things`: what was made at the desk, as the files of a pack."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from huying.city import catalogue
from huying.city.models import MadeThing
from huying.city.pack import standing
from huying.config.commands.speaking import speak


@click.group()
def things() -> None:
    """Things in force that were published at the desk, and their files."""


@things.command("list")
def listed() -> None:
    """Each thing that was published at the desk: its code, since when, its name."""
    speak()
    for row in MadeThing.objects.order_by("code"):
        found = catalogue.thing(row.code)
        click.echo(f"{row.code}\t{row.made_at:%Y-%m-%d %H:%M}\t{found.whole.thing.name.zh if found else ''}")


@things.command()
@click.argument("code")
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Write it there; by default it is printed.")
def export(code: str, to: Path | None) -> None:
    """The file of the thing in force CODE, word for word: put into a pack's things/ it loads as the very same version."""
    speak()
    try:
        text = standing.text_of(code)
    except standing.NothingLoaded:
        raise click.ClickException(_("城市包还没有载入；请先运行 huying load。")) from None
    if text is None:
        raise click.ClickException(_("没有“{code}”这件事；huying things list 列出在工作台上发布过的。").format(code=code))
    if to is None:
        click.echo(text, nl=False)
        return
    to.write_text(text, encoding="utf-8")
    click.echo(_("写到 {path} 了。").format(path=to))
