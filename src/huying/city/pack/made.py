"""Things that were published here, and what a pack says of the same ones: brought together whenever a pack is loaded.

A thing made here is neither closed nor overwritten in silence. It stays as long as the pack says of it what it said when
it was made; once the pack says the same, the pack's file is the thing again; where both have changed, somebody must choose.
"""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from huying.city.models import MadeThing, PackText
from huying.city.pack.cells import Cell, plain, yaml_cell
from huying.city.pack.changes import KEPT, OVER, TAKEN, Settled
from huying.city.pack.faults import START, Fault, Faults, PackHasFaults
from huying.city.pack.layout import Pack
from huying.city.pack.things.content import digest
from huying.city.pack.things.layout import Catalogue, ThingFile, of_cell
from huying.city.pack.things.rules_things import check_things

FOLDER = "made"  # where a thing made here is said to lie, in a fault: the pack has no such folder


def said(text: str) -> str:
    """The digest of what a thing's file says, whatever its comments and its layout; '' where it cannot be read."""
    cell = yaml_cell(text, "", Faults())
    return "" if cell is None else _said(cell)


def _said(cell: Cell) -> str:
    return digest(plain(cell))


def made_file(code: str) -> str:
    """Under which name the file of a thing made here is spoken of."""
    return f"{FOLDER}/{code}.yaml"


def read_thing(text: str, name: str, faults: Faults) -> ThingFile | None:
    """The thing that a text says; None where it is no map, which is noted."""
    cell = yaml_cell(text, name, faults)
    if cell is not None and not isinstance(cell.value, dict):
        faults.add(name, cell, _("这里应当是“名称: 值”，一行一项"))
        return None
    return of_cell(cell, name, faults)


def put(things: Catalogue, code: str, file: ThingFile) -> Catalogue:
    """The same catalogue with this thing in it, in the place of the one of that code. The first one is left as it is."""
    others = [one for one in things.things if one.row["code"] != code]
    return Catalogue(
        things.partners, things.common, things.fields, things.items, [*others, file], words=things.words, alike=things.alike
    )


def settle(pack: Pack, over: Collection[str] = ()) -> list[Settled]:
    """Bring what was made here into the pack that is loaded; `over`: the codes where the pack shall have its way.

    Raises PackHasFaults: both have changed, or what was made here no longer holds with this pack.
    """
    rows, faults, kept = list(MadeThing.objects.order_by("code")), Faults(), False
    settled = [Settled(row.code, _how(row, pack, over, faults)) for row in rows]
    for code in sorted(set(over) - {row.code for row in rows}):
        faults.add(".", START, _("“{code}”没有在工作台上发布过，不用加 --over").format(code=code))
    for row, one in zip(rows, settled, strict=True):
        if one.how == KEPT:
            kept = True
            _bring_in(row, pack, faults)
    if kept:
        check_things(pack.things, faults)
    if len(faults):
        raise PackHasFaults([_told(fault) for fault in faults])
    return settled


def let_go(settled: Iterable[Settled]) -> None:
    """What the pack says again is no longer made here."""
    MadeThing.objects.filter(code__in=[one.code for one in settled if one.how != KEPT]).delete()


def keep_texts(texts: dict[str, str]) -> None:
    """The files of things as they were loaded, word for word."""
    there = dict(PackText.objects.values_list("name", "text"))
    PackText.objects.filter(name__in=there.keys() - texts.keys()).delete()
    PackText.objects.bulk_create([PackText(name=name, text=texts[name]) for name in sorted(texts.keys() - there.keys())])
    for name in sorted(texts.keys() & there.keys()):
        if texts[name] != there[name]:
            PackText.objects.filter(name=name).update(text=texts[name])


def _how(row: MadeThing, pack: Pack, over: Collection[str], faults: Faults) -> str:
    if row.code in over:
        return OVER
    file = next((one for one in pack.things.things if one.row["code"] == row.code), None)
    if file is None:
        return KEPT
    told = said(pack.texts[file.row.file])
    if told == said(row.text):
        return TAKEN
    if told != row.base:
        message = _(
            "“{code}”在工作台上发布过，城市包里的也改了，两边不一样；请用 huying things export {code} 取出来合到一起，"
            "或加 --over {code} 以城市包为准"
        )
        faults.add(file.row.file, START, message.format(code=row.code))
    return KEPT


def _bring_in(row: MadeThing, pack: Pack, faults: Faults) -> None:
    file = read_thing(row.text, made_file(row.code), faults)
    if file is not None:
        pack.things = put(pack.things, row.code, file)


def _told(fault: Fault) -> Fault:
    if not fault.file.startswith(f"{FOLDER}/"):
        return fault
    code = fault.file.removeprefix(f"{FOLDER}/").removesuffix(".yaml")
    way = _("（这件事是在工作台上发布的：在工作台改好再载入，或加 --over {code} 以城市包为准）").format(code=code)
    return Fault(fault.file, fault.line, fault.column, fault.message + way)
