"""What is wrong with a draft, and whose consent it needs: the checks of `huying check`, on its text as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.city.pack import standing
from huying.city.pack.faults import Fault
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.features.services.making.models import ThingDraft
from huying.kernel.errors import Refused

SHOWN = 5  # faults that a refusal names; all stand on the page


@dataclass(frozen=True, slots=True)
class Proved:
    """The draft as it was read, the catalogue with it in, and its faults: of its own text, and those that lie elsewhere."""

    file: ThingFile | None
    things: Catalogue
    own: tuple[Fault, ...]
    other: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.file is not None and not self.own and not self.other

    @property
    def bodies(self) -> set[str]:
        """Types of departments and keys of partners that bear an item of it."""
        if self.file is None:
            return set()
        items = self.things.items.by_key("code")
        rows = [items[entry["item"]] for entry in self.file.entries.rows if entry["item"] in items]
        return {row["partner"] or row["department"] for row in rows}


def prove(row: ThingDraft) -> Proved:
    """Everything that is wrong with it now. Raises Refused where no pack is loaded."""
    try:
        file, things, faults = standing.proved(row.text, row.base)
    except standing.NothingLoaded:
        raise Refused("nothing_loaded", _("城市包还没有载入，或者载入得太早；请管理员先运行 huying load。")) from None
    name = standing.name_of(row.base)
    own = tuple(fault for fault in faults if fault.file == name)
    return Proved(file, things, own, tuple(fault for fault in faults if fault.file != name))


def refuse_faults(proved: Proved) -> None:
    """Raises Refused with what is wrong."""
    if not proved.sound:
        raise Refused("faulty", said([*proved.own, *proved.other]))


def said(faults: Sequence[Fault]) -> str:
    """The faults in words, the first few of many."""
    told = "；".join(f"{fault.line}:{fault.column} {fault.message}" for fault in faults[:SHOWN])
    return _("还有 %(n)s 处问题，改好才能送审和发布：%(told)s") % {"n": len(faults), "told": told}
