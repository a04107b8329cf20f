"""`huying dispatch eval`: how right and how sure a reader is on labelled messages."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

_file = click.Path(path_type=Path, dir_okay=False)
_json = click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")


@click.command("eval")
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

    test, left_out = tables.messages_of(asked, label)
    labels = sorted({message.label for message in test})
    if not learned:
        if tree is None:
            raise tables.BadTable(
                "nothing to learn from: name labelled messages with --train, or the labels' words with --tree"
            )
        found = evaluating.unlabelled(test, Likeness(tables.tree_of(tree, labels)), folds)
        figures = {name: _without_labels(answers) for name, answers in found}
        return {"labels_seen": 0, "rows_left_out": left_out, **figures["taught_itself"], **figures}
    files = [(path, n) for n, path in enumerate(learned, 1) if path.resolve() != asked.resolve()]
    others = [message for path, n in files for message in tables.messages_of(path, label, n).messages]
    names = sorted({message.label for message in [*test, *others]})
    like = Likeness(tables.tree_of(tree, names)) if tree else None
    if len(files) < len(learned):
        answers, how = evaluating.in_folds([*test, *others], 0, folds, like), f"{folds} folds by cluster"
    else:
        answers, how = evaluating.held_apart(others, test, like), "held apart"
    return {"how": how, "rows_left_out": left_out, **answers.figures()}


def _without_labels(answers: Any) -> dict[str, Any]:
    kept = {"messages", "macro_f1", "accuracy", "per_class"}
    if any(answers.promised):  # measured as dispatch reckons what is sure; what taught itself is measured by its corrections
        kept |= {"calibration_error", "alone"}
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
