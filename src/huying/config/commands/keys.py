"""`huying keys …`: where the city's keys stand, a new one taken up while everything runs, erasures after a restore."""

import json
from dataclasses import asdict

import click

from huying.config.environment import BadSetting
from huying.people import erasures, holdings, rotating
from huying.people.keys import keeper, renew_phone_key


@click.group()
def keys() -> None:
    """The keys under which personal data are sealed (docs/keys.md)."""


@keys.command("status")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def status_(as_json: bool) -> None:
    """Which city key wraps how many data keys, and what a rotation has left to do."""
    found, back = rotating.status(), sum(1 for _party in erasures.come_back())
    if as_json:
        click.echo(json.dumps({**asdict(found), "left": found.left, "come_back": back}, ensure_ascii=False))
        return
    for key, n in sorted(found.wraps.items()):
        click.echo(f"city key {key} wraps {n} data keys{' (newest)' if key == found.newest else ''}")
    if found.newest not in found.wraps:
        click.echo(f"city key {found.newest} wraps 0 data keys (newest)")
    click.echo(f"still to be wrapped anew: {found.left}; parties erased: {found.erased}")
    click.echo(f"phone keys: {found.phone_keys}; parties found by an older one: {found.old_phones}")
    if back:
        click.echo(f"{back} erased parties have their keys again: run `huying keys reapply-erasures`")


@keys.command()
@click.option("--resume", is_flag=True, help="Make no new key; only finish what a rotation that was stopped left.")
@click.option("--phone", is_flag=True, help="The key by which phones are looked up, instead of the city's.")
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=rotating.BATCH, show_default=True, help="Data keys a transaction."
)
def rotate(resume: bool, phone: bool, batch: int) -> None:
    """Make a new key and wrap every data key anew, in batches, while everything runs. Killed? Run it with --resume."""
    if phone:
        if not resume:
            renew_phone_key()
        done, stayed = rotating.finish_phones(batch)
        click.echo(f"{done} phones are kept by the newest key; {stayed} stay under the older one and are found")
        return
    if not resume:
        click.echo(f"new city key {keeper().renew().hex()}")
    total = rotating.finish(lambda n: click.echo(f"{n} wrapped anew", err=True), batch)
    click.echo(f"{total} data keys wrapped anew; {rotating.status().left} left")


@keys.command()
@click.argument("key_id")
@click.option("--yes", is_flag=True, help="Do not ask.")
def retire(key_id: str, yes: bool) -> None:
    """Destroy an old city key by its id. Backups made before the rotation can then be read by nobody."""
    if not yes:
        click.confirm(f"Destroy city key {key_id}? Backups made before the rotation become unreadable", abort=True)
    try:
        rotating.retire(key_id)
    except (rotating.StillUsed, ValueError) as fault:
        raise BadSetting(str(fault)) from fault
    click.echo(f"city key {key_id} is gone")


@keys.command("reapply-erasures")
def reapply_erasures() -> None:
    """Erase again whoever was erased before a backup was put back. Run it before the site opens."""
    click.echo(f"{holdings.reapply()} parties erased again")
