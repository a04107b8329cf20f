"""What must hold of every rule by which a thing is offered: its answers settle the thing, and what it fills from is there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from msgspec.structs import replace

from huying.city.pack.cells import Cell, Pair
from huying.city.pack.columns import Wrong, nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.rules import check_days, check_keys, ends, refer
from huying.city.pack.tables import Row
from huying.city.pack.things.columns import spread
from huying.city.pack.things.grounds import check_grounds
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.pack.things.offers import SOURCE, When, answers_of, when_of
from huying.city.pack.things.skeleton import skeleton
from huying.city.things.conditions import ALWAYS, holds
from huying.city.things.deciding import Decided, decide
from huying.city.things.offers import Expires, sources_of
from huying.city.things.shape import Question, Whole

BLANKS = ("day", "name")  # what a `why` may leave to be filled in


def check_offers(things: Catalogue, faults: Faults) -> None:
    """Every rule."""
    rows, by_code = things.offers.rows, {file.row["code"]: file for file in things.things if file.row["code"]}
    check_keys(rows, faults)
    check_days(rows, faults)
    for row in rows:
        check_grounds(row, things, faults)
        _check_why(row, faults)
        refer(row, "thing", things.items, {code: file.row for code, file in by_code.items()}, faults)
        when, file = _when(row, faults), by_code.get(row["thing"])
        if file is not None:
            _check_thing(row, file, things, when, faults)


def _when(row: Row, faults: Faults) -> When | None:
    if row["when"] is None:
        return None
    try:
        return when_of(row["when"])
    except Wrong as wrong:
        faults.add(row.file, wrong.cell or row.at("when"), f"when: {wrong}")
        return None


def _check_why(row: Row, faults: Faults) -> None:
    """Both languages leave the same blanks, and none that nobody fills."""
    if row["why"] is None:
        return
    used = {language: {part for part in BLANKS if f"{{{part}}}" in said} for language, said in row["why"].items()}
    bare = [said.replace("{day}", "").replace("{name}", "") for said in row["why"].values()]
    if used["zh"] != used["en"] or any("{" in said or "}" in said for said in bare):
        faults.add(row.file, row.at("why"), _("why 里只能用 {day} 和 {name}，中文和英文要用得一样").replace("{{", "{"))


def _check_thing(row: Row, file: ThingFile, things: Catalogue, when: When | None, faults: Faults) -> None:
    if file.row["who"] and "person" not in file.row["who"]:
        faults.add(row.file, row.at("thing"), _("“{code}”不是给个人办的，不能替个人备好").format(code=row["thing"]))
    if file.row["valid_to"] and ends(row) > file.row["valid_to"]:
        message = _("“{code}”到 {day} 为止，这条规则却更晚；请填上 valid_to")
        faults.add(row.file, row.at("thing"), message.format(code=row["thing"], day=file.row["valid_to"]))
    bones = skeleton(file, things)
    if not (bones.questions and bones.entries):
        return  # told where it stands
    asked = {question.key: question for question in bones.whole.thing.questions}
    sound = [_check_answer(row, name, pair, asked, faults) for name, pair in _given(row, faults)]
    _check_skip(row, file, faults)
    if not all(sound):
        return
    settled = answers_of(row["answers"]) | answers_of(row["assumed"])
    decided = decide(_with_skips(bones.whole, file), settled, frozenset(row["skip"] or ()))
    _check_settled(row, asked, settled, decided, faults)
    if decided.complete:
        _check_fill(row, _fields(file, things, decided), when, faults)
        if isinstance(when, Expires):
            _check_expires(row, when, things, decided, faults)


def _with_skips(whole: Whole, file: ThingFile) -> Whole:
    """The bones, with what may be left out: other proofs try all items."""
    rows = file.entries.by_key("item")
    entries = tuple(replace(entry, may_skip=bool(rows[entry.item]["may_skip"])) for entry in whole.thing.entries)
    return replace(whole, thing=replace(whole.thing, entries=entries))


def _given(row: Row, faults: Faults) -> Iterator[tuple[str, Pair]]:
    """Every answer with its place; one that is known is not assumed as well."""
    seen: set[str] = set()
    for column in ("answers", "assumed"):
        cell: Cell | None = row[column]
        if cell is not None and not isinstance(cell.value, dict):
            faults.add(row.file, cell, _("这里要写成 {form}").format(form=_("{问题: 选项}")))
            continue
        for name, pair in spread(cell) if cell is not None else ():
            if name in seen:
                faults.add(row.file, pair.name, _("“{name}”已经在 answers 里；一问只写一处").format(name=shown(name)))
            seen.add(name)
            yield name, pair


def _check_answer(row: Row, name: str, pair: Pair, asked: Mapping[str, Question], faults: Faults) -> bool:
    """Whether it answers a question that there is, with an option that it has or a number that it takes."""
    question = asked.get(name)
    if question is None:
        message = _("没有“{name}”这一问{hint}；请改成问过的").format(name=shown(name), hint=nearest(name, asked))
        faults.add(row.file, pair.name, message)
        return False
    value = answers_of(Cell({name: pair}, "", pair.cell.line, pair.cell.column))[name]
    if question.kind == "number":
        if isinstance(value, int) and not isinstance(value, bool) and question.least <= value <= question.most:
            return True
        message = _("“{text}”不行；请写 {least} 到 {most} 之间的整数")
        words = message.format(text=shown(value), least=question.least, most=question.most)
        faults.add(row.file, pair.cell, words)
        return False
    options = [option.key for option in question.options]
    given = value if isinstance(value, list) else [value]
    for one in given:
        if one not in options:
            message = _("“{name}”没有“{option}”这个选项{hint}")
            words = message.format(name=name, option=shown(one), hint=nearest(str(one), options))
            faults.add(row.file, pair.cell, words)
            return False
    return True


def _check_skip(row: Row, file: ThingFile, faults: Faults) -> None:
    entries = file.entries.by_key("item")
    for code in row["skip"] or ():
        if code not in entries or not entries[code]["may_skip"]:
            message = _("“{code}”不在这件事里，或者不能不办（may_skip）；请从 skip 里去掉").format(code=shown(code))
            faults.add(row.file, row.at("skip"), message)


def _check_settled(
    row: Row, asked: Mapping[str, Question], settled: Mapping[str, Any], decided: Decided, faults: Faults
) -> None:
    """No question is left open, none is answered that is not asked, and something is done."""
    for question in decided.waiting:
        message = _("“{name}”没有答；替人备好的事，每一问都要在 answers 或 assumed 里").format(name=question.key)
        faults.add(row.file, row.at("answers"), message)
    for name in settled.keys() - decided.answers.keys():
        if name in asked:
            message = _("照别的回答，“{name}”不会问到；请去掉，或改别的回答").format(name=name)
            faults.add(row.file, row.at("answers"), message)
    if decided.complete and not decided.steps:
        faults.add(row.file, row, _("照这些回答什么事项都不用办；请改回答"))


def _fields(file: ThingFile, things: Catalogue, decided: Decided) -> set[str]:
    """The fields that are asked under these answers."""
    rows, items = file.entries.by_key("item"), things.items.by_key("code")
    found: set[str] = set()
    for step in decided.steps:
        without = set(rows[step.entry.item]["without"] or ())
        listed = items[step.entry.item]["fields"]
        names = {part.text.removesuffix("?") for part in listed.value} if listed and isinstance(listed.value, list) else set()
        found |= {
            name for name in names - without if holds(step.entry.fills.get(name, ALWAYS), decided.answers)
        }  # fmt: skip
    return found


def _check_fill(row: Row, fields: set[str], when: When | None, faults: Faults) -> None:
    cell: Cell | None = row["fill"]
    if cell is None:
        return
    if not isinstance(cell.value, dict) or not cell.value:
        faults.add(row.file, cell, _("fill 要写成 {form}，至少一项").format(form=_("{字段: 来源}")))
        return
    for name, pair in spread(cell):
        if name not in fields:
            message = _("照这些回答不要填“{name}”{hint}；请改成要填的").format(name=shown(name), hint=nearest(name, fields))
            faults.add(row.file, pair.name, message)
        _check_source(row, pair.cell, when, faults)


def _check_source(row: Row, cell: Cell, when: When | None, faults: Faults) -> None:
    try:
        source = SOURCE(cell)
    except Wrong as wrong:
        faults.add(row.file, cell, f"fill: {wrong}")
        return
    if when is not None and source not in sources_of(when):
        message = _("这种规则里没有“{source}”；可以写 {known}")
        faults.add(row.file, cell, message.format(source=source, known=", ".join(sources_of(when))))


def _check_expires(row: Row, when: Expires, things: Catalogue, decided: Decided, faults: Faults) -> None:
    """What ends is given anew by this very thing, and ends at all."""
    items = things.items.by_key("code")
    place = row["when"].value["expires"].cell
    for code in when.items:
        if code not in items:
            message = _("没有“{code}”这个事项{hint}").format(code=shown(code), hint=nearest(code, items))
            faults.add(row.file, place, message)
        elif not items[code]["valid_years"]:
            faults.add(row.file, place, _("“{code}”的结果长期有效（没有 valid_years），不会到期").format(code=code))
        elif code not in decided.codes:
            faults.add(row.file, place, _("照这些回答不办“{code}”，到期了也换不了").format(code=code))
