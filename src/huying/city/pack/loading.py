"""Bring the database in step with a pack: in one transaction, in bulk, and never deleting what something may point at."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from huying.base import clock
from huying.city import loaded
from huying.city.models import Area, Dated, Day, Department, Duty, Item, MadeThing, PackState, Partner, Setting, Term, Thing
from huying.city.pack import made, versions
from huying.city.pack import wanted as rows
from huying.city.pack.changes import TABLES, Changes, Fields, TableChanges, close, compare
from huying.city.pack.checking import check
from huying.city.pack.faults import PackHasFaults
from huying.city.pack.layout import Pack
from huying.city.pack.things import wanted as of_things
from huying.city.pack.words import LEVELS

BATCH = 500
_LOCK = zlib.crc32(b"huying load")
_MODELS: dict[str, type[Dated]] = {"areas": Area, "departments": Department, "duties": Duty, "terms": Term}
_MODELS |= {"partners": Partner, "items": Item, "things": Thing}
_FIELDS = {
    "areas": rows.AREA_FIELDS,
    "departments": rows.DEPARTMENT_FIELDS,
    "duties": rows.DUTY_FIELDS,
    "terms": rows.TERM_FIELDS,
    "partners": of_things.PARTNER_FIELDS,
    "items": of_things.ITEM_FIELDS,
    "things": of_things.THING_FIELDS,
}
_REFERENCES = {"parent", "successor", "area", "partner"}


def load(path: Path, dry_run: bool = False, over: Collection[str] = ()) -> Changes:
    """Load the pack at `path`; with `dry_run` only work out what would change. Raises PackHasFaults.

    `over`: the codes of things made here where the pack shall have its way.
    """
    checked = check(path)
    if checked.faults or checked.pack is None:
        raise PackHasFaults(checked.faults)
    pack = checked.pack
    with transaction.atomic():
        wait_for_turn()
        settled = made.settle(pack, over)
        said = of_things.contents(pack.things)
        changes = _changes(pack, said, clock.today())
        changes.made = settled
        if not dry_run:
            made.let_go(settled)
            made.keep_texts(pack.texts)
            _write(pack, changes)
            versions.keep(said)
    if not dry_run:
        loaded.forget()
    return changes


def wait_for_turn() -> None:
    """Two loads at once go one after the other. SQLite lets one writer in anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


# --- What differs -----------------------------------------------------------------------------------------------------


def _changes(pack: Pack, said: of_things.Contents, today: date) -> Changes:
    wanted = rows.wanted(pack, said)
    tables: dict[str, TableChanges] = {}
    for name in TABLES:
        current = _current(name)
        tables[name] = compare(wanted[name], current)
        gone = {key: fields for key, fields in current.items() if key not in wanted[name]}
        if name in _MODELS:
            close(tables[name], wanted[name], current, today)
        elif name == "settings":
            tables[name].closed = dict.fromkeys(gone)
        else:
            # days that have been are history; days to come of a year no longer published are not known any more
            tables[name].closed = {key: None for key in gone if key >= today.isoformat()}
    return Changes(tables)


def _current(name: str) -> dict[str, Fields]:
    """The rows of a table as they are, with keys in place of references."""
    if name == "settings":
        return {key: {"value": value} for key, value in Setting.objects.values_list("key", "value")}
    if name == "days":
        return {
            day.isoformat(): dict(zip(rows.DAY_FIELDS, rest, strict=True))
            for day, *rest in Day.objects.values_list("date", *rows.DAY_FIELDS)
        }
    fields = _FIELDS[name]
    columns = [f"{field}__key" if field in _REFERENCES else field for field in fields]
    return {
        key: dict(zip(fields, rest, strict=True)) for key, *rest in _MODELS[name]._default_manager.values_list("key", *columns)
    }


# --- Writing ----------------------------------------------------------------------------------------------------------


def _write(pack: Pack, changes: Changes) -> None:
    for name, model in _MODELS.items():
        _write_dated(name, model, changes[name])
    _write_days(changes["days"])
    _write_settings(changes["settings"])
    assert pack.about is not None  # a pack without faults has its pack.yaml
    state, digest = PackState.objects.filter(id=1).first(), _digest(pack)
    if len(changes) or state is None or state.digest != digest:
        told = {"name": pack.about["name"], "title": pack.about["title"], "digest": digest, "loaded_at": clock.now()}
        PackState.objects.update_or_create(id=1, defaults=told)


def _digest(pack: Pack) -> str:
    """The pack's own digest, where nothing was made here; else one of both."""
    texts = MadeThing.objects.order_by("code").values_list("text", flat=True)
    return hashlib.sha256("\0".join([pack.digest, *texts]).encode()).hexdigest() if texts else pack.digest


def _write_dated(name: str, model: type[Dated], changes: TableChanges) -> None:
    """Rows first without their successors, areas from the city down; then the successors, for which all rows must be there."""
    ids = _Ids(model)
    upper = ids if model is Area else _Ids(Partner if model is Item else Area)
    for level in LEVELS if model is Area else ("",):
        added = {key: fields for key, fields in changes.added.items() if not level or fields["level"] == level}
        _add(model, added, upper)
        if model is Area and added:
            ids.read()
    if changes.added:
        ids.read()
    after = {key: {"successor": fields["successor"]} for key, fields in changes.added.items() if fields.get("successor")}
    _update(model, after, ids, upper)
    _update(
        model,
        {key: {field: new for field, (_old, new) in fields.items()} for key, fields in changes.changed.items()},
        ids,
        upper,
    )
    for day in set(changes.closed.values()):
        for keys in _batches([key for key, end in changes.closed.items() if end == day]):
            model._default_manager.filter(key__in=keys).update(valid_to=day)


class _Ids:
    """The ids of a table by key."""

    def __init__(self, model: type[Dated]) -> None:
        self._model = model
        self.read()

    def read(self) -> None:
        self._ids: dict[str, int] = dict(self._model._default_manager.values_list("key", "pk"))

    def of(self, key: str | None) -> int | None:
        return None if key is None else self._ids[key]


def _add(model: type[Dated], added: dict[str, Fields], upper: _Ids) -> None:
    made = []
    for key, fields in added.items():
        plain = {name: value for name, value in fields.items() if name not in _REFERENCES}
        plain |= {f"{name}_id": upper.of(fields[name]) for name in ("parent", "area", "partner") if name in fields}
        made.append(model(key=key, **plain))
    model._default_manager.bulk_create(made, batch_size=BATCH)


def _update(model: type[Dated], changed: dict[str, Fields], ids: _Ids, upper: _Ids) -> None:
    """Rows that change the same fields are written together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, fields in changed.items():
        groups.setdefault(tuple(sorted(fields)), []).append(key)
    for names, keys in groups.items():
        columns = ["pk", *(f"{name}_id" if name in _REFERENCES else name for name in names)]
        values = ([ids.of(key), *_values(changed[key], names, ids, upper)] for key in keys)
        made = [model(**dict(zip(columns, row, strict=True))) for row in values]
        model._default_manager.bulk_update(made, names, batch_size=BATCH)


def _values(fields: Fields, names: Iterable[str], ids: _Ids, upper: _Ids) -> Iterator[Any]:
    for name in names:
        if name in _REFERENCES:
            yield (ids if name == "successor" else upper).of(fields[name])
        else:
            yield fields[name]


def _write_days(changes: TableChanges) -> None:
    for key in changes.closed:
        Day.objects.filter(date=key).delete()
    made = [Day(date=date.fromisoformat(key), **fields) for key, fields in changes.added.items()]
    Day.objects.bulk_create(made, batch_size=BATCH)
    for key, fields in changes.changed.items():
        Day.objects.filter(date=key).update(**{name: new for name, (_old, new) in fields.items()})


def _write_settings(changes: TableChanges) -> None:
    Setting.objects.filter(key__in=list(changes.closed)).delete()
    Setting.objects.bulk_create([Setting(key=key, **fields) for key, fields in changes.added.items()])
    for key, fields in changes.changed.items():
        Setting.objects.filter(key=key).update(value=fields["value"][1])


def _batches(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
