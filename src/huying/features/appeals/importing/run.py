"""Import appeals from a file: batch by batch, each in one transaction, every row once however often the file comes.

A row is *opened* (it became a call), *joined* (it is there: under the same key, or as the same sender's same words about a
matter still open) or *refused*. Rows that are there are passed over without work, so an import that was interrupted, even
by kill -9, goes on where it was when the same command is given again. Replies that a table may hold are not imported:
an answer here is an officer's, reviewed and on time or not, and the log could not say who gave the old one.
"""

import gc
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from django.db import OperationalError

from huying.base import clock
from huying.city import queries as city
from huying.features.appeals.importing import readers, rows
from huying.features.appeals.importing.areas import Areas, Named
from huying.features.appeals.importing.calls import call_of, imported_fields
from huying.features.appeals.importing.known import Item, Known, item_of, known
from huying.features.appeals.importing.refusals import Refusals
from huying.features.appeals.importing.senders import callers
from huying.features.appeals.importing.table import Fault, Table, Unusable
from huying.features.appeals.models import ImportedRow
from huying.kernel.actions import NewCall, Opened, open_calls
from huying.people import private
from huying.people.actors import SYSTEM

BATCH = 300
SORTS_COUNTED = 200  # a column of free words is no column of kinds: enough to see that


@dataclass(frozen=True, slots=True)
class Options:
    """How to import. `columns` is field -> header; `source` keeps numbers of different systems apart."""

    columns: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    source: str = ""
    sort: str = ""
    batch: int = BATCH
    dry_run: bool = False
    refused: Path | None = None


@dataclass(slots=True)
class Report:
    """What became of the rows. read = opened + joined + refused; joined = known + repeated."""

    opened: int = 0
    known: int = 0  # there already under the same key
    repeated: int = 0  # the same sender's same words
    refused: int = 0
    dispatched: int = 0  # of the opened, those given to a bearer at once
    first_refused: list[dict[str, Any]] = field(default_factory=list)
    refused_file: str = ""
    sheets: list[dict[str, Any]] = field(default_factory=list)
    form: str = ""
    encoding: str = ""
    delimiter: str = ""
    unknown_sorts: Counter[str] = field(default_factory=Counter)
    interrupted: bool = False
    stopped: Unusable | None = None  # why it could not go on to the end
    seconds: float = 0.0
    cpu_seconds: float = 0.0

    @property
    def joined(self) -> int:
        return self.known + self.repeated

    @property
    def read(self) -> int:
        return self.opened + self.joined + self.refused


class Progress(Protocol):
    """Somebody who watches."""

    def expect(self, rows: int | None) -> None: ...

    def done(self, rows: int) -> None: ...


def run(path: Path, options: Options, progress: Progress) -> Report:
    """Import the file. Raises Unusable when nothing of it can be read; what goes wrong later stands in the report."""
    began, cpu = time.monotonic(), time.process_time()
    report = Report()
    with readers.opened(path, options.columns, options.sheet) as source:
        report.form, report.encoding, report.delimiter = source.form, source.encoding, source.delimiter
        report.sheets = [_sheet(table) for table in source.tables]
        totals = [table.total for table in source.tables]
        progress.expect(None if None in totals else sum(total or 0 for total in totals))
        _Import(options, report, progress).all(source.tables)
    report.seconds, report.cpu_seconds = time.monotonic() - began, time.process_time() - cpu
    return report


def _sheet(table: Table) -> dict[str, Any]:
    return {"sheet": table.sheet, "columns": table.columns.named, "ignored": table.columns.ignored}


def areas_of_city() -> Areas:
    """The areas of the loaded pack, closed ones too."""
    found = city.areas()
    parents = {area.pk: area.key for area in found}
    return Areas(
        Named(a.key, (a.name, *a.aliases), a.level, parents.get(a.parent_id or 0, ""), a.valid_from, a.valid_to) for a in found
    )


class _Import:
    """One run: the batch at hand and the counts."""

    def __init__(self, options: Options, report: Report, progress: Progress) -> None:
        self.options, self.report, self.progress = options, report, progress
        self.areas = areas_of_city()
        self.refusals = Refusals(options.refused)
        self.tried = Known()  # on a dry run, what would be there by now

    def all(self, tables: Sequence[Table]) -> None:
        """Every row of every table; an interruption or a fault of the file ends it, what is in stays in."""
        try:
            self._batches(chain.from_iterable(map(self._items, tables)))
        except KeyboardInterrupt:
            self.report.interrupted = True
        except (Unusable, private.KeyTrouble, OperationalError) as fault:
            self.report.stopped = fault if isinstance(fault, Unusable) else Unusable("stopped", why=_line(fault))
        finally:
            self.refusals.close()
            self.report.refused, self.report.first_refused = self.refusals.count, self.refusals.first
            self.report.refused_file = str(self.refusals.path or "") if self.refusals.count else ""

    def _items(self, table: Table) -> Iterator[Item]:
        now = clock.now()
        for record in rows.body(table):
            row = rows.read(record, table.columns, now, self.options.sort)
            if isinstance(row, list):
                self._refuse(table, record, row)
                continue
            if row.sort_unknown and len(self.report.unknown_sorts) < SORTS_COUNTED:
                self.report.unknown_sorts[row.sort_unknown[:20]] += 1
            yield item_of(table, record, row, self.options.source)

    def _batches(self, items: Iterable[Item]) -> None:
        batch: list[Item] = []
        first = True
        for item in items:
            batch.append(item)
            if len(batch) >= self.options.batch:
                self._take(batch)
                batch = []
                if first:
                    first = False
                    gc.freeze()  # the city and the dictionaries are read by now: nobody need look whether they are garbage
        self._take(batch)

    def _take(self, batch: list[Item]) -> None:
        """Sort a batch into what is there, what is said again, and what is new; the new goes in."""
        if not batch:
            return
        there = self.tried if self.options.dry_run else Known()
        before = known(batch)
        there.by_key.update(before.by_key)
        there.by_said.update(before.by_said)
        fresh: list[Item] = []
        again: list[tuple[Item, int]] = []  # a call's id, or minus the place in `fresh` of a row of this batch
        for item in batch:
            if (held := there.by_key.get(item.key)) is not None:
                self._known(item, held[1])
                continue
            call = there.by_said.get(item.said) if item.said else None
            if call is None:
                call = -len(fresh) - 1
                fresh.append(item)
            else:
                again.append((item, call))
            there.by_key[item.key] = (call, item.digest)
            if item.said:
                there.by_said[item.said] = call
        self._store(fresh, again)
        self.progress.done(len(batch))

    def _known(self, item: Item, digest: bytes) -> None:
        if digest == item.digest:
            self.report.known += 1
        else:
            self.refusals.add(item.table, item.record, [Fault("id", "number_taken")])

    def _store(self, fresh: list[Item], again: list[tuple[Item, int]]) -> None:
        if self.options.dry_run:
            self.report.opened += len(fresh)
            self.report.repeated += len(again)
            return
        opened = self._open(fresh)
        told = [done for done in opened if done]
        self.report.opened += sum(done.fresh for done in told)
        self.report.known += sum(not done.fresh for done in told)
        self.report.dispatched += sum(done.fresh and done.bearer_id is not None for done in told)
        self._join(again, opened)

    def _join(self, again: list[tuple[Item, int]], opened: list[Opened | None]) -> None:
        """Keep which call the repeats belong to; a repeat of a row that could not be stored shares its fate."""
        joined = []
        for item, call in again:
            first = opened[-call - 1] if call < 0 else None
            if call < 0 and first is None:
                self.refusals.add(item.table, item.record, [Fault("", "not_stored", {"why": "-"})])
                continue
            fields = imported_fields(item.key, item.digest, item.sender)
            joined.append(ImportedRow(call_id=first.call_id if first else call, **fields))
        ImportedRow.objects.bulk_create(joined, ignore_conflicts=True)
        self.report.repeated += len(joined)

    def _open(self, items: list[Item]) -> list[Opened | None]:
        """Record the calls in one transaction. Where that fails, the rows at fault are found by halves and refused."""
        try:
            return [*open_calls(SYSTEM, self._news(items))] if items else []
        except (private.KeyTrouble, OperationalError):
            raise
        except Exception as fault:  # whatever a row makes the kernel stumble over: the good rows still go in
            if len(items) == 1:
                self.refusals.add(items[0].table, items[0].record, [Fault("", "not_stored", {"why": _line(fault)})])
                return [None]
            half = len(items) // 2
            return self._open(items[:half]) + self._open(items[half:])

    def _news(self, items: list[Item]) -> list[NewCall]:
        news = []
        for item, caller in zip(items, callers([item.sender for item in items]), strict=True):
            call = call_of(item.key, item.row, item.sender, caller, self.areas)
            call.extra["imported"] = imported_fields(item.key, item.digest, item.sender)
            news.append(call)
        return news

    def _refuse(self, table: Table, record: Any, faults: list[Fault]) -> None:
        self.refusals.add(table, record, faults)
        self.progress.done(1)


def _line(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {(str(fault).splitlines() or [''])[0][:200]}"
