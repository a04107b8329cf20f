"""`huying dispatch …`: measure, train, promote and roll back what reads which office a message belongs to."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from huying.config import setup

_file = click.Path(path_type=Path, dir_okay=False)
_json = click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")


@click.group()
def dispatch() -> None:
    """What reads which office a message belongs to."""


@dispatch.command("eval")
@click.option("--train", "learned", multiple=True, type=_file, help="Learn from this CSV or CSV.gz; may be named again.")
@click.option("--test", "asked", required=True, type=_file, help="Measure on this one.")
@click.option("--label", required=True, help="The column that holds the label.")
@click.option("--tree", type=_file, help="A CSV whose first column is the label, the others its own words.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2, 50), help="Parts, where --test is learned from.")
@_json
def evaluate(learned: tuple[Path, ...], asked: Path, label: str, tree: Path | None, folds: int, as_json: bool) -> None:
    """How right and how sure a reader is, on messages of which it has seen no near copy.

    Where --test is among the --train files, each of its parts is asked after learning from all others. Without --train nothing
    but the words of --tree is known.
    """
    from huying.reading import evaluating, tables  # SciPy takes a second to be read; other commands need none of it

    try:
        figures = measured(learned, asked, label, tree, folds)
    except (tables.BadTable, evaluating.NothingLeft) as fault:
        raise click.ClickException(str(fault)) from fault
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        _show(figures)


def measured(learned: Sequence[Path], asked: Path, label: str, tree: Path | None, folds: int) -> dict[str, Any]:
    """What `eval` prints. Raises tables.BadTable, evaluating.NothingLeft."""
    from huying.reading import evaluating, tables  # as above
    from huying.reading.likeness import Likeness

    test = tables.messages_of(asked, label)
    labels = sorted({message.label for message in test})
    if not learned:
        if tree is None:
            raise tables.BadTable(
                "nothing to learn from: name labelled messages with --train, or the labels' words with --tree"
            )
        found = evaluating.unlabelled(test, Likeness(tables.tree_of(tree, labels)))
        figures = {name: _without_labels(answers) for name, answers in found}
        return {"labels_seen": 0, **figures["taught_itself"], **figures}
    files = [(path, n) for n, path in enumerate(learned, 1) if path.resolve() != asked.resolve()]
    others = [message for path, n in files for message in tables.messages_of(path, label, n)]
    names = sorted({message.label for message in [*test, *others]})
    like = Likeness(tables.tree_of(tree, names)) if tree else None
    if len(files) < len(learned):
        answers, how = evaluating.in_folds([*test, *others], 0, folds, like), f"{folds} folds by cluster"
    else:
        answers, how = evaluating.held_apart(others, test, like), "held apart"
    return {"how": how, **answers.figures()}


def _without_labels(answers: Any) -> dict[str, Any]:
    kept = ("messages", "macro_f1", "accuracy", "per_class")
    return {name: value for name, value in answers.figures().items() if name in kept}


def _show(figures: dict[str, Any]) -> None:
    for name, value in figures.items():
        if name == "per_class":
            for label, of in value.items():
                said = f"precision {of['precision']:.3f}  recall {of['recall']:.3f}  F1 {of['f1']:.3f}  of {of['count']}"
                click.echo(f"  {label}: {said}")
        elif isinstance(value, dict):
            inner = ", ".join(f"{key} {one}" for key, one in value.items() if not isinstance(one, dict))
            click.echo(f"{name}: {inner}")
        else:
            click.echo(f"{name}: {value}")


@dispatch.command()
@click.argument("file", type=_file)
@click.option("--label", default="department", show_default=True, help="The column that says who bore it.")
@click.option("--map", "mapped", type=_file, help="A CSV of label,department where the labels are no departments or duties.")
@_json
def train(file: Path, label: str, mapped: Path | None, as_json: bool) -> None:
    """Learn from a labelled history (CSV or CSV.gz): who bore which message.

    A label is a department's name or type, or a duty's key. The new model runs at once if it is better than what runs.
    """
    setup.ready()
    from huying.kernel import teaching  # needs Django, which is ready only now
    from huying.reading import tables

    try:
        messages = tables.messages_of(file, label)
        given = {row["label"]: row["department"] for row in tables.rows_of(mapped)} if mapped else {}
        row = teaching.from_file(messages, file.name, given)
    except KeyError as fault:
        raise click.ClickException(f"{mapped}: has no column {fault}. Its first line must be label,department.") from fault
    except (tables.BadTable, teaching.NothingToLearn) as fault:
        raise click.ClickException(str(fault)) from fault
    _tell(row, as_json)


@dispatch.command()
@click.option("--if-due", is_flag=True, help="Only where enough was dispatched by hand since the last time.")
@_json
def learn(if_due: bool, as_json: bool) -> None:
    """Learn from what dispatchers chose, and from what was rightly sent back."""
    setup.ready()
    from huying.events.sequence import Sequencer  # likewise
    from huying.kernel import learned, lessons, teaching

    Sequencer().run_dry()
    lessons.run()
    if if_due and not learned.due():
        return
    try:
        _tell(teaching.from_lessons(), as_json)
    except teaching.NothingToLearn as fault:
        raise click.ClickException(str(fault)) from fault


@dispatch.command()
@_json
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


@dispatch.command()
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


@dispatch.command()
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


def _tell(row: Any, as_json: bool) -> None:
    click.echo(json.dumps(_card(row), ensure_ascii=False, indent=1) if as_json else _line(row))


def _card(row: Any) -> dict[str, Any]:
    card = {name: value for name, value in row.card.items() if name != "measured"}
    return {"number": row.pk, "how": row.how, "runs": row.runs, "lessons": row.lessons, **card}


def _line(row: Any) -> str:
    card, state = row.card, "runs" if row.runs else ("ran" if row.promoted_at else "does not run")
    said = f"model {row.pk} of {card['date']} from {card['data']} ({card['messages']} messages): {state}"
    if "accuracy" in card:
        said += f"; right {card['accuracy']:.1%}, by the duties alone {card['by_duties_alone']:.1%}"
    if judged := card.get("judged"):
        said += f"; of {judged['lessons']} held back right {judged['right']}, before {judged['running']}"
    return said
