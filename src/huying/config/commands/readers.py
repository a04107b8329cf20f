"""`huying dispatch models`, `promote`, `rollback`: which reader runs."""

import json
from typing import Any

import click

from huying.config import setup

as_json_too = click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")


@click.command()
@as_json_too
def models(as_json: bool) -> None:
    """Every model with its card, the newest first."""
    setup.ready()
    from huying.kernel.models import Learned  # likewise

    rows = list(Learned.objects.defer("data").order_by("-pk"))
    if as_json:
        click.echo(json.dumps([_card(row) for row in rows], ensure_ascii=False, indent=1))
    elif not rows:
        click.echo("none: the words of the duties decide alone. huying dispatch train FILE makes one.")
    else:
        for row in rows:
            click.echo(_line(row))


@click.command()
@click.argument("number", type=int)
def promote(number: int) -> None:
    """Let model NUMBER run, if it was found better than what runs."""
    setup.ready()
    from huying.kernel import learned  # likewise
    from huying.kernel.errors import Refused

    try:
        click.echo(_line(learned.promote(number)))
    except Refused as fault:
        raise click.ClickException(str(fault)) from fault


@click.command()
def rollback() -> None:
    """Let the model run that ran before; where there was none, the words of the duties decide alone."""
    setup.ready()
    from huying.kernel import learned  # likewise
    from huying.kernel.errors import Refused

    try:
        before = learned.rollback()
    except Refused as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(_line(before) if before else "none runs: the words of the duties decide alone")


def tell(row: Any, as_json: bool) -> None:
    """Say of a reader what it is and how good."""
    click.echo(json.dumps(_card(row), ensure_ascii=False, indent=1) if as_json else _line(row))


def _card(row: Any) -> dict[str, Any]:
    card = {name: value for name, value in row.card.items() if name != "measured"}
    return {"number": row.pk, "how": row.how, "runs": row.runs, **card}


def _line(row: Any) -> str:
    card, state = row.card, "runs" if row.runs else ("ran" if row.promoted_at else "does not run")
    said = f"model {row.pk} of {card['date']} from {card['data']} ({card['messages']} messages): {state}"
    if "accuracy" in card:
        said += f"; right {card['accuracy']:.1%}, by the duties alone {card['by_duties_alone']:.1%}"
    if "coverage" in card:
        said += f"; {card['coverage']:.1%} could go out by itself with {card['promise']:.0%} right"
    if judged := card.get("judged"):
        said += f"; of {judged['lessons']} not learned right {judged['right']}, before {judged['running']}"
    return said
