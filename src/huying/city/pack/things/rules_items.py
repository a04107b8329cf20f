"""What must hold of every item: a bearer that exists, days that add up, papers, fields, grounds and a remedy that are known."""

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.rules import check_days, check_keys, check_within, refer
from huying.city.pack.tables import Row
from huying.city.pack.things.grounds import check_grounds
from huying.city.pack.things.layout import Catalogue, strings
from huying.city.pack.things.rules_common import Types
from huying.city.pack.words import LEVELS


def check_items(things: Catalogue, types: Types | None, faults: Faults) -> None:
    """Every item by itself."""
    check_keys(things.items.rows, faults, "code")
    check_days(things.items.rows, faults)
    for row in things.items.rows:
        _check_bearer(row, things, types, faults)
        _check_numbers(row, faults)
        check_grounds(row, things, faults)
        refer(row, "remedy", things.common["remedies"], things.common["remedies"].by_key(), faults)
        _check_named(row, "materials", set(things.common["materials"].by_key()), faults)
        own = set(row["define"].value) if row["define"] and isinstance(row["define"].value, dict) else set()
        _check_named(row, "fields", set(things.fields) | own, faults)
        _check_holder(row, faults)


def _check_bearer(row: Row, things: Catalogue, types: Types | None, faults: Faults) -> None:
    department, level, partner = row["department"], row["level"], row["partner"]
    if {"department", "level", "partner"} & row.bad:
        return
    if partner:
        if row["down_to"]:
            faults.add(row.file, row.at("down_to"), _("外地伙伴办的事项不能交给下级；请删去 down_to"))
        if department or level:
            faults.add(row.file, row.at("partner"), _("写了 partner 就不写 department 和 level；请留一种"))
        outer = refer(row, "partner", things.partners, things.partners.by_key(), faults)
        if outer is not None:
            check_within(row, outer, "partner", faults)
        return
    if not department or not level:
        faults.add(row.file, row, _("没有承办单位；请写 department 和 level，或者 partner"))
        return
    _check_down(row, types, faults)
    if types is not None and department not in types[level]:
        message = _("{level} 一级没有类型为“{type}”的部门{hint}；请改 department 或 level，或补上部门")
        hint = nearest(department, types[level])
        faults.add(row.file, row.at("department"), message.format(level=level, type=department, hint=hint))
    if department not in things.common["bodies"].by_key():
        message = _("bodies.yaml 里没有“{type}”；请补上它的中英文名称").format(type=department)
        faults.add(row.file, row.at("department"), message)


def _check_down(row: Row, types: Types | None, faults: Faults) -> None:
    """An item is passed down to a level below its own, where there is a body that could bear it."""
    level, lowest = row["level"], row["down_to"]
    if not lowest or "down_to" in row.bad:
        return
    between = LEVELS[LEVELS.index(level) + 1 : LEVELS.index(lowest) + 1]
    if not between:
        message = _("down_to 要低于 level（{level}）；请改成下面的一级，或者删去").format(level=level)
        faults.add(row.file, row.at("down_to"), message)
    elif types is not None and "street" not in between and not any(row["department"] in types[one] for one in between):
        message = _("{lowest} 一级没有类型为“{type}”的部门，交不下去；请改 down_to，或补上部门")
        faults.add(row.file, row.at("down_to"), message.format(lowest=lowest, type=row["department"]))


def _check_numbers(row: Row, faults: Faults) -> None:
    promised, statutory = row["promised"], row["statutory"]
    if promised is not None and statutory is not None and promised > statutory:
        message = _("承诺 {promised} 个工作日，比法定的 {statutory} 个还长；请改短承诺").format(
            promised=promised, statutory=statutory
        )
        faults.add(row.file, row.at("promised"), message)
    here, alone = row["visits_here"], row["visits"]
    if here is not None and alone is not None and here > alone:
        message = _("一起办要跑 {here} 次，单独办只跑 {alone} 次；请改成不多于单独办").format(here=here, alone=alone)
        faults.add(row.file, row.at("visits_here"), message)
    for column in ("who", "ground"):
        if row[column] == []:
            faults.add(row.file, row.at(column), _("“{name}”至少写一项").format(name=column))


def _check_holder(row: Row, faults: Faults) -> None:
    """Whose the result is, the form of this very item says, and has to."""
    holder = row["holder"]
    if not holder or {"holder", "fields"} & row.bad:
        return
    asked = {str(one.value) for one in row["fields"].value} if row["fields"] else set()
    if holder not in asked:
        message = _("holder 写的“{name}”不在这一项必填的 fields 里；请改成其中一个，或者删去").format(name=holder)
        faults.add(row.file, row.at("holder"), message)


def _check_named(row: Row, column: str, known: set[str], faults: Faults) -> None:
    """Each name of a list is known, and stands there once. A field that may stay empty ends in `?`."""
    seen: set[str] = set()
    for text, place in strings(row[column], row.file, faults):
        name = text.removesuffix("?") if column == "fields" else text
        if name not in known:
            message = _("没有“{name}”{hint}；请先补上，或改成已有的").format(name=shown(name), hint=nearest(name, known))
            faults.add(row.file, place, message)
        elif name in seen:
            faults.add(row.file, place, _("“{name}”写了两次；请留一个").format(name=name))
        seen.add(name)
