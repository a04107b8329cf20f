"""`huying check` and `huying load`: is a city pack sound, and bring it into the database."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

import huying
from huying.city import pack
from huying.city.pack.changes import KEPT, OVER, TAKEN, Changes
from huying.city.pack.faults import Fault, shown
from huying.config.commands.speaking import speak
from huying.config.environment import BadSetting

PACKAGE = Path(huying.__file__).resolve().parent
CITY_PACK = PACKAGE.parents[1] / "packs" / "chongqing"
_argument = click.argument(
    "path", metavar="[PACK]", envvar="HUYING_PACK", default=CITY_PACK, type=click.Path(path_type=Path, file_okay=True)
)
_json = click.option("--json", "as_json", is_flag=True, help="Tell it as JSON, for machines.")


@click.command()
@_argument
@_json
def check(path: Path, as_json: bool) -> None:
    """Name every fault of the city pack in the folder PACK, as file:line:column: what is wrong and what to do.

    Needs no database. Ends with 0 when there is no fault, else with 1.
    """
    speak()
    found = pack.check(path)
    if as_json:
        _tell({"pack": str(path), "ok": not found.faults, "counts": found.counts, "faults": _plain(found.faults)})
    else:
        for line in _fault_lines(path, found.faults):
            click.echo(line)
        if found.pack is not None:
            click.echo(_counted(found.counts))
        click.echo(_ending(len(found.faults)))
    raise SystemExit(1 if found.faults else 0)


@click.command()
@_argument
@click.option("--dry-run", is_flag=True, help="Show each change, write nothing.")
@click.option("--over", multiple=True, metavar="CODE", help="Let the pack have its way with a thing published at the desk.")
@_json
def load(path: Path, dry_run: bool, over: tuple[str, ...], as_json: bool) -> None:
    """Bring the database in step with the city pack in the folder PACK, all or nothing.

    Rows that are gone from the pack are closed, not deleted. Loading twice changes nothing. A pack with faults is refused: then
    it ends with 1. So is one that changes a thing which was changed at the desk too, unless --over names it.
    """
    speak()
    # `check` stands in this file too and needs no database: only here is there one
    from huying.config.commands import changes as succeeding

    try:
        if dry_run:
            changes, lines = succeeding.foretell(path, over)
            told: dict[str, Any] = {"open_matters": succeeding.plain(lines)}
            said = [*_change_lines(changes), *succeeding.lines_of(lines)]
        else:
            changes, followed = succeeding.load(path, over)
            told, said = {"succession": succeeding.told(followed)}, list(succeeding.said(followed))
    except pack.PackHasFaults as refused:
        _refuse(path, refused.faults, as_json)
        raise SystemExit(1) from refused
    except DatabaseError as fault:
        detail = (str(fault).splitlines() or [""])[0]
        raise BadSetting(
            _("数据库写不进去（{detail}），什么都没有改；请检查磁盘和数据库后再试").format(detail=detail)
        ) from fault
    if as_json:
        _tell(_as_data(path, dry_run, changes) | told)
        return
    for line in (*_made_lines(changes), *said):
        click.echo(line)
    click.echo(_loaded(changes))
    if dry_run:
        click.echo(_("这是试算，没有写入任何内容。"))


def _as_data(path: Path, dry_run: bool, changes: Changes) -> dict[str, Any]:
    told = {"counts": changes.counts(), "changes": list(_changes(changes))}
    made = [{"thing": one.code, "how": one.how} for one in changes.made]
    return {"pack": str(path), "ok": True, "dry_run": dry_run, **told, "made_here": made}


def _made_lines(changes: Changes) -> Iterator[str]:
    """What became of the things that were published at the desk."""
    said = {
        KEPT: _("“{code}”是在工作台上发布的，保留不动；用 huying things export {code} 可以取出它的文件"),
        TAKEN: _("“{code}”在工作台上发布过，城市包里有了同样的文件，以后以城市包为准"),
        OVER: _("“{code}”在工作台上发布过，这次以城市包为准"),
    }
    yield from (said[one.how].format(code=one.code) for one in changes.made)


# --- Faults -----------------------------------------------------------------------------------------------------------


def _fault_lines(path: Path, faults: list[Fault]) -> Iterator[str]:
    """Each fault with the path as it leads there from where the command was called."""
    for fault in faults:
        yield f"{os.path.normpath(path / fault.file)}:{fault.line}:{fault.column}: {fault.message}"


def _plain(faults: list[Fault]) -> list[dict[str, Any]]:
    return [{"file": f.file, "line": f.line, "column": f.column, "message": f.message} for f in faults]


def _refuse(path: Path, faults: list[Fault], as_json: bool) -> None:
    if as_json:
        _tell({"pack": str(path), "ok": False, "faults": _plain(faults)})
        return
    for line in _fault_lines(path, faults):
        click.echo(line, err=True)
    click.echo(_("共 {count} 处问题，什么都没有载入；改好后再试。").format(count=len(faults)), err=True)


def _ending(count: int) -> str:
    return _("共 {count} 处问题。").format(count=count) if count else _("没有问题。")


def _counted(counts: dict[str, Any]) -> str:
    areas, departments = counts["areas"], counts["departments"]
    return _(
        "区域：市 {city}，区县 {district}，镇街 {street}，村社 {community}；部门：市 {city_bodies}，区县 {district_bodies}，"
        "镇街 {street_bodies}；职责 {duties}；时限 {terms}；日历 {days} 天；设置 {settings}；答复模板 {replies}；"
        "外地伙伴 {partners}；事项 {items}；一件事 {things}"
    ).format(
        **areas,
        city_bodies=departments["city"],
        district_bodies=departments["district"],
        street_bodies=departments["street"],
        duties=counts["duties"],
        terms=counts["terms"],
        days=counts["days"],
        settings=counts["settings"],
        replies=counts["replies"],
        partners=counts["partners"],
        items=counts["items"],
        things=counts["things"],
    )


# --- Changes ----------------------------------------------------------------------------------------------------------


def _table(name: str) -> str:
    labels = {
        "areas": _("区域"),
        "departments": _("部门"),
        "duties": _("职责"),
        "partners": _("外地伙伴"),
        "items": _("事项"),
        "things": _("一件事"),
        "terms": _("时限"),
        "days": _("日历"),
        "settings": _("设置"),
    }
    return labels[name]


def _loaded(changes: Changes) -> str:
    line = _("{table}：新增 {added}，变更 {changed}，关闭 {closed}")
    return "\n".join(line.format(table=_table(name), **counts) for name, counts in changes.counts().items())


def _change_lines(changes: Changes) -> Iterator[str]:
    """+ for a row that is new, ~ for each field that changes, - for a row that is closed."""
    for name in changes:
        table = changes[name]
        for key, fields in table.added.items():
            yield f"+ {_table(name)} {key} {fields.get('name') or ''}".rstrip()
        for key, changed in table.changed.items():
            for field, (old, new) in changed.items():
                yield f"~ {_table(name)} {key} {field}: {_value(old)} → {_value(new)}"
        for key, end in table.closed.items():
            yield f"- {_table(name)} {key} {end or ''}".rstrip()


def _value(value: Any) -> str:
    return _("（空）") if value in (None, "", []) else shown(value)


def _changes(changes: Changes) -> Iterator[dict[str, Any]]:
    for name in changes:
        table = changes[name]
        yield from ({"table": name, "key": key, "change": "added"} for key in table.added)
        for key, fields in table.changed.items():
            told = {field: {"old": old, "new": new} for field, (old, new) in fields.items()}
            yield {"table": name, "key": key, "change": "changed", "fields": told}
        yield from ({"table": name, "key": key, "change": "closed", "valid_to": end} for key, end in table.closed.items())


# --- Saying it --------------------------------------------------------------------------------------------------------


def _tell(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))
