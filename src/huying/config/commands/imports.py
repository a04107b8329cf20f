"""`huying import appeals FILE`: take over the messages of other systems."""

import json
import os
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NoReturn

import click
from django.conf import settings
from django.utils.translation import gettext as _
from tqdm import tqdm

from huying.city import queries as city
from huying.features.appeals.importing import columns, reasons
from huying.features.appeals.importing.run import BATCH, Options, Report, run
from huying.features.appeals.importing.table import Unusable
from huying.features.appeals.kind import APPEAL

INTERRUPTED = 130


class Bar:
    """The progress bar, on stderr so that stdout holds the report alone."""

    def __init__(self, quiet: bool) -> None:
        # a log file gets a line every few seconds, a terminal a bar that moves
        pace = 0.1 if sys.stderr.isatty() else 5.0
        self._bar = tqdm(unit=_("行"), file=sys.stderr, disable=quiet, mininterval=pace, dynamic_ncols=True)

    def expect(self, rows: int | None) -> None:
        self._bar.reset(rows)

    def done(self, rows: int) -> None:
        self._bar.update(rows)

    def close(self) -> None:
        self._bar.close()


@click.group()
def import_group() -> None:
    """Take over what other systems hold."""


@import_group.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--column", "chosen", multiple=True, metavar="FIELD=HEADER", help="Which column holds a field.")
@click.option("--sheet", default="", help="Only this sheet of a workbook.")
@click.option("--source", default="", help="Name of the system the file comes from, where two systems use the same numbers.")
@click.option("--sort", type=click.Choice([s.name for s in APPEAL.sorts]), help="Kind of the rows that name none.")
@click.option("--batch", default=BATCH, show_default=True, type=click.IntRange(1, 5000), help="Rows in one transaction.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--refused", type=click.Path(dir_okay=False, path_type=Path), help="Where refused rows go [FILE.refused.csv].")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def appeals(file: Path, chosen: tuple[str, ...], refused: Path | None, as_json: bool, quiet: bool, **how: Any) -> None:
    """Import appeals from a CSV or XLSX file, gzipped or not.

    Columns are known by their Chinese or English names. Rows that are there already are passed over, so the same command
    goes on after an interruption. Refused rows go to a file with row number, column and reason; replies are not imported.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ready_pack()
    place = refused or (None if how["dry_run"] else _beside(file))
    how["sort"] = how["sort"] or ""
    options = Options(columns=_given(chosen), refused=place, **how)
    try:
        with closing(Bar(quiet)) as bar:
            report = run(file, options, bar)
    except Unusable as fault:
        _fail(f"{file}: {reasons.of_file(fault)}")
    click.echo(_json(file, options, report) if as_json else _told(file, options, report))
    if report.stopped:
        click.echo(f"{file}: {reasons.of_file(report.stopped)}", err=True)
        sys.exit(1)
    if report.interrupted:
        click.echo(_("已中断。再运行同样的命令，就接着做。"), err=True)
        sys.exit(INTERRUPTED)


def ready_pack() -> None:
    """Load the city's pack when none is loaded: without a city nobody answers for a call."""
    if not city.digest():
        # reads every file of the pack: only when it is needed
        from huying.city import pack

        click.echo(_("还没有载入城市包，先载入 %(pack)s。") % {"pack": settings.PACK}, err=True)
        pack.load(settings.PACK)


def _given(chosen: tuple[str, ...]) -> dict[str, str]:
    try:
        return columns.given(chosen)
    except columns.NoSuchField as fault:
        fields = reasons.listed(columns.FIELDS)
        _fail(_("--column %(option)s：写成 字段=列名，字段是 %(fields)s 之一。") % {"option": fault, "fields": fields})


def _beside(file: Path) -> Path:
    """FILE.refused.csv; in the data folder where FILE's own folder cannot be written."""
    name = f"{file.name}.refused.csv"
    if os.access(file.parent, os.W_OK):
        return file.with_name(name)
    folder = Path(settings.DATA) / "refused"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _fail(line: str) -> NoReturn:
    click.echo(f"huying: {line}", err=True)
    sys.exit(2)


def _json(file: Path, options: Options, report: Report) -> str:
    return json.dumps(
        {
            "file": str(file),
            "form": report.form,
            "encoding": report.encoding,
            "delimiter": report.delimiter,
            "sheets": report.sheets,
            "dry_run": options.dry_run,
            "read": report.read,
            "opened": report.opened,
            "joined": report.joined,
            "refused": report.refused,
            "joined_as": {"known": report.known, "repeated": report.repeated},
            "dispatched": report.dispatched,
            "refused_file": report.refused_file or None,
            "first_refused": report.first_refused,
            "unknown_sorts": dict(report.unknown_sorts.most_common(20)),
            "interrupted": report.interrupted,
            "stopped": reasons.of_file(report.stopped) if report.stopped else None,
            "seconds": round(report.seconds, 2),
            "cpu_seconds": round(report.cpu_seconds, 2),
        },
        ensure_ascii=False,
        indent=1,
    )


def _told(file: Path, options: Options, report: Report) -> str:
    lines = [f"{file}: {_form(report)}", *map(_sheet, report.sheets)]
    if report.unknown_sorts:
        words = reasons.listed(word for word, _n in report.unknown_sorts.most_common(5))
        lines.append(_("不认识的类型按内容判断：%(words)s。") % {"words": words})
    if options.dry_run:
        lines.append(_("试运行，什么也没有写："))
    lines.append(
        _("读了 %(read)s 行：新记 %(opened)s 件（自动派单 %(dispatched)s 件），并入 %(joined)s 行，退回 %(refused)s 行。")
        % {**_counts(report), "dispatched": report.dispatched}
    )
    lines += [_refusal(found) for found in report.first_refused[:5]]
    if report.refused_file:
        lines.append(_("退回的行都在 %(file)s，改好可以直接导入它。") % {"file": report.refused_file})
    return "\n".join(lines)


def _counts(report: Report) -> dict[str, int]:
    return {"read": report.read, "opened": report.opened, "joined": report.joined, "refused": report.refused}


def _form(report: Report) -> str:
    parts = [report.form.upper(), report.encoding, {"\t": "TAB"}.get(report.delimiter, report.delimiter)]
    return " ".join(filter(None, parts))


def _sheet(sheet: dict[str, Any]) -> str:
    named = reasons.listed(f"{reasons.FIELDS[field]}←{header}" for field, header in sheet["columns"].items())
    ignored = reasons.listed(sheet["ignored"])
    line = f"  {sheet['sheet']} {named}" if sheet["sheet"] else f"  {named}"
    return line + (_("；没有用到 %(columns)s") % {"columns": ignored} if ignored else "")


def _refusal(found: dict[str, Any]) -> str:
    return _("  第 %(row)s 行 %(column)s：%(reason)s") % found
