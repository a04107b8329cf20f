"""What must hold of every thing: items that exist, in an order without a circle, for people who may apply."""

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.rules import check_days, check_keys, ends, refer
from huying.city.pack.tables import Row
from huying.city.pack.things.grounds import check_grounds
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.pack.things.rules_conditions import check_conditions
from huying.city.pack.things.rules_days import check_cases
from huying.city.pack.things.rules_finding import check_synonyms
from huying.city.pack.things.rules_order import check_circle
from huying.city.pack.things.rules_questions import check_questions


def check_things(things: Catalogue, faults: Faults) -> None:
    """Every thing."""
    for file in things.things:
        _check_alone(file, things, faults)
    _check_between(things, faults)


def check_thing(file: ThingFile, things: Catalogue, faults: Faults) -> None:
    """One thing of the catalogue, and that it gets on with the others, which are sound."""
    _check_alone(file, things, faults)
    _check_between(things, faults)


def _check_between(things: Catalogue, faults: Faults) -> None:
    rows = [file.row for file in things.things]
    check_keys(rows, faults, "code")
    check_days(rows, faults)
    check_synonyms(things, faults)


def _check_alone(file: ThingFile, things: Catalogue, faults: Faults) -> None:
    if "." in (file.row["code"] or ""):
        faults.add(file.row.file, file.row.at("code"), _("code 要放进网址；只用英文字母、数字、_ 和 -"))
    check_grounds(file.row, things, faults)
    refer(file.row, "event", things.common["events"], things.common["events"].by_key(), faults)
    check_questions(file, faults)
    _check_entries(file, things, faults)
    check_conditions(file, faults)
    check_cases(file, things, faults)


def _check_entries(file: ThingFile, things: Catalogue, faults: Faults) -> None:
    check_keys(file.entries.rows, faults, "item")
    if not file.entries.rows:
        faults.add(file.row.file, file.row.at("items"), _("一件事至少要有一个事项"))
    items, own = things.items.by_key("code"), file.entries.by_key("item")
    for entry in file.entries.rows:
        item = refer(entry, "item", things.items, items, faults)
        if item is not None:
            _check_item(entry, item, file.row, faults)
        for earlier in entry["after"] or ():
            if earlier not in own:
                message = _("after 里的“{code}”不在这件事里{hint}；请改，或先把它加进来").format(
                    code=shown(earlier), hint=nearest(earlier, own)
                )
                faults.add(entry.file, entry.at("after"), message)
    check_circle(file, faults)


def _check_item(entry: Row, item: Row, thing: Row, faults: Faults) -> None:
    """The item is for everybody the thing is for, and what is asked in some cases only is asked by the item at all."""
    for who in thing["who"] or ():
        if item["who"] and who not in item["who"]:
            message = _("“{item}”不能由 {who} 申请，这件事却可以；请改一处").format(item=item["code"], who=who)
            faults.add(entry.file, entry.at("item"), message)
    if item["valid_to"] and ends(thing) > item["valid_to"]:
        message = _("“{item}”到 {day} 为止，这件事却更晚；请换一个事项，或给这件事填上 valid_to").format(
            item=item["code"], day=item["valid_to"]
        )
        faults.add(entry.file, entry.at("item"), message)
    _check_without(entry, item, faults)
    for column in ("materials", "fields"):
        asked = {part.text.removesuffix("?") for part in _parts(item, column)}
        for name, pair in entry[column].value.items() if entry[column] and isinstance(entry[column].value, dict) else ():
            if name not in asked:
                message = _("“{item}”不要“{name}”{hint}；请改成它要的").format(
                    item=item["code"], name=shown(name), hint=nearest(name, asked)
                )
                faults.add(entry.file, pair.name, message)


def _check_without(entry: Row, item: Row, faults: Faults) -> None:
    asked = {part.text.removesuffix("?") for column in ("materials", "fields") for part in _parts(item, column)}
    for name in entry["without"] or ():
        if name not in asked:
            message = _("“{item}”不要“{name}”{hint}；请改成它要的").format(
                item=item["code"], name=shown(name), hint=nearest(name, asked)
            )
            faults.add(entry.file, entry.at("without"), message)


def _parts(item: Row, column: str) -> list:
    cell = item[column]
    return cell.value if cell is not None and isinstance(cell.value, list) else []
