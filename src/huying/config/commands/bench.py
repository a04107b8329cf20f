"""`huying bench NAME`: run one benchmark of bench/ and print its figures as JSON."""

import subprocess
import sys

import click

from huying.config.settings import ROOT

FOLDER = ROOT / "bench"


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("name")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(name: str, arguments: tuple[str, ...]) -> None:
    """Run bench/NAME.py with its own options (`huying bench create --json`)."""
    file = FOLDER / f"{name}.py"
    if not file.is_file():
        names = ", ".join(sorted(f.stem for f in FOLDER.glob("*.py") if f.stem != "common")) or "none: this is not a checkout"
        raise click.ClickException(f"no benchmark {name}. There are: {names}")
    # a process of its own: its memory is the benchmark's, and its settings are read afresh
    sys.exit(subprocess.run([sys.executable, str(file), *arguments], check=False).returncode)  # nosec B603  # our own script
