"""`huying log …`: check the whole log, print its newest checkpoint and its keys, take and give cosignatures."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO

import click

from huying.config import setup, witnessing
from huying.events.notes import BadNote, parse_key

_json = click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")


@click.group()
def log() -> None:
    """The log and what is signed over it."""


@log.command()
@_json
def verify(as_json: bool) -> None:
    """Check every fact, the order, the tree and every signature; name where it breaks. Ends with 1 when it does."""
    setup.ready()
    from huying.events.verify import verify as check  # needs Django, which is ready only now

    found = check()
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        click.echo(
            f"{found.facts} facts ({found.unnumbered} not numbered yet, {found.erased} with erased salts),"
            f" {found.in_tree} in the tree, {found.checkpoints} checkpoints, {found.cosignatures} cosignatures"
        )
        for line in found.named:
            click.echo(f"FAULT: {line}")
        if found.faults > len(found.named):
            click.echo(f"and {found.faults - len(found.named)} more")
        click.echo("the log is what was written" if not found.faults else f"{found.faults} faults")
    sys.exit(1 if found.faults else 0)


@log.command()
def checkpoint() -> None:
    """Print the newest checkpoint with its witnesses, as a signed note (C2SP tlog-checkpoint)."""
    setup.ready()
    from huying.events import checkpoints  # likewise

    found = checkpoints.newest()
    if found is None:
        raise click.ClickException("nothing is signed yet: `huying run` or `huying worker` signs when there are facts")
    click.echo(str(found), nl=False)


@log.command()
@click.option("--rotate", is_flag=True, help="Make a new key that signs from now on; the old public key stays.")
def key(rotate: bool) -> None:
    """Print the log's public keys, newest first."""
    setup.ready()
    from huying.events import signing  # likewise

    if rotate:
        signing.rotate()
    for public in signing.public_keys():
        click.echo(str(public))


@log.command()
@click.argument("witness_key", metavar="KEY")
def trust(witness_key: str) -> None:
    """Take the cosignatures of the witness with this public key from now on."""
    setup.ready()
    from huying.events import signing  # likewise

    try:
        click.echo(str(signing.trust(parse_key(witness_key))))
    except BadNote as fault:
        raise click.ClickException(f"{witness_key}: {fault}") from fault


@log.command()
@click.argument("file", type=click.File(encoding="utf-8"))
def cosigned(file: IO[str]) -> None:
    """Take up the witnesses' signatures of a cosigned checkpoint in FILE (- reads it from the standard input)."""
    setup.ready()
    from huying.events import checkpoints  # likewise

    try:
        taken = checkpoints.take(file.read())
    except BadNote as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"taken: {', '.join(taken)}" if taken else "known already")


@log.command()
@click.argument("url")
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="The witness's own folder.")
@click.option("--log-key", "keys", multiple=True, help="The log's public key; needed the first time.")
@click.option("--name", default="", help="The witness's name, given once: witness.example.org.")
@click.option("--no-send", is_flag=True, help="Print the cosigned checkpoint instead of sending it to the log.")
def witness(url: str, folder: Path, keys: tuple[str, ...], name: str, no_send: bool) -> None:
    """Be a witness of the log at URL: see that it only grew since the last time, then sign its checkpoint.

    Runs at another body, on a machine of its own. What it saw last and its key lie in its own folder. When the log has
    rewritten its past, nothing is signed, and both checkpoints are kept as evidence.
    """
    try:
        eye = witnessing.Witness.in_folder(folder, name, [parse_key(text) for text in keys])
        note = eye.look(witnessing.Remote(url))
    except (BadNote, witnessing.Refused, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
    if no_send:
        click.echo(note, nl=False)
        return
    try:
        click.echo(witnessing.Remote(url).send(note))
    except OSError as fault:
        raise click.ClickException(f"signed, but the log did not take it: {fault}. Its key: {eye.signer.verifier}") from fault
