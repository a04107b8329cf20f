"""What must hold of the calendar and the settings."""

import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell, Pair
from huying.city.pack.columns import Reader, Wrong, digits, nearest, number, text, truth, whole
from huying.city.pack.faults import START, Faults, shown
from huying.city.pack.layout import Pack
from huying.city.pack.rules import check_keys

_FILE = "settings.yaml"


def check_calendar(pack: Pack, faults: Faults) -> None:
    """Each day once, in a published year; published years without a gap between them, each with its holidays."""
    check_keys(pack.days.rows, faults, "date")
    check_keys(pack.years.rows, faults, "year")
    published = dict(sorted(pack.years.by_key("year").items()))
    with_days = {row["date"].year for row in pack.days.rows if row["date"]}
    for row in pack.days.rows:
        if row["date"] and row["date"].year not in published and pack.years.known:
            message = _("calendar_years.csv 里没有 {year} 年；请补上这一年和它的通知，或删去这一天").format(
                year=row["date"].year
            )
            faults.add(row.file, row.at("date"), message)
    for year, row in published.items():
        if year not in with_days and pack.days.known:
            message = _("calendar.csv 里没有 {year} 年的任何一天；请按通知填上放假和调休的日子").format(year=year)
            faults.add(row.file, row.at("year"), message)
        if year - 1 not in published and year != min(published):
            message = _("日历缺 {year} 年；请补上它，公布的年份要连着").format(year=year - 1)
            faults.add(row.file, row.at("year"), message)


# --- Settings ---------------------------------------------------------------------------------------------------------

Shape = Callable[[Cell], Iterator[Wrong]]


def _one(read: Reader, kind: type | tuple[type, ...]) -> Shape:
    """A single value of a YAML type that `read` accepts: "0.9" in quotes is no number."""

    def check(cell: Cell) -> Iterator[Wrong]:
        # bool is an int to Python, and nowhere meant as one
        if not isinstance(cell.value, kind) or (isinstance(cell.value, bool) and kind is not bool):
            yield Wrong(_("类型不对：数字和 true、false 不加引号，文字可以加"), cell)
            return
        try:
            read(cell)
        except Wrong as wrong:
            yield wrong

    return check


def _danger(cell: Cell) -> Iterator[Wrong]:
    """A list of {number, label, words}: the words that call for a number, each number once."""
    if not isinstance(cell.value, list) or not cell.value:
        yield Wrong(_("这里应当是列表，每项写 number、label 和 words"), cell)
        return
    seen: set[str] = set()
    for item in cell.value:
        if not isinstance(item.value, dict):
            yield Wrong(_("这里应当是列表，每项写 number、label 和 words"), item)
            continue
        yield from _row(item, _DANGER)
        if (pair := item.value.get("number")) and pair.cell.text in seen:
            yield Wrong(_("号码“{number}”写了两次；请合成一项").format(number=shown(pair.cell.text)), pair.cell)
        elif pair:
            seen.add(pair.cell.text)


_DANGER: dict[str, Shape] = {}


def _words(cell: Cell) -> Iterator[Wrong]:
    if not isinstance(cell.value, list) or not cell.value:
        yield Wrong(_("这里应当是词的列表，例如 [着火, 冒烟]，至少一个"), cell)
        return
    for item in cell.value:
        if item.blank or isinstance(item.value, (list, dict)):
            yield Wrong(_("这里应当是一个词；请填上或删掉"), item)


def _named(cell: Cell, fields: dict[str, Shape]) -> Iterator[Wrong]:
    """A list of rows with just these fields, no first field twice."""
    first, seen = next(iter(fields)), set[str]()
    rows = cell.value if isinstance(cell.value, list) else []
    if not rows or not all(isinstance(item.value, dict) for item in rows):
        yield Wrong(_("这里应当是列表，每项写 {names}").format(names="、".join(fields)), cell)
        return
    for item in rows:
        yield from _row(item, fields)
        if pair := item.value.get(first):
            if pair.cell.text in seen:
                yield Wrong(_("“{name}”写了两次；请删去一项").format(name=shown(pair.cell.text)), pair.cell)
            seen.add(pair.cell.text)


def _row(item: Cell, fields: dict[str, Shape]) -> Iterator[Wrong]:
    for name, pair in item.value.items():
        if name not in fields:
            yield Wrong(_("不认识“{name}”；可用的名称：{names}").format(name=shown(name), names=", ".join(fields)), pair.name)
    for name, shape in fields.items():
        if name in item.value:
            yield from shape(item.value[name].cell)
        else:
            yield Wrong(_("缺少“{name}”；请补上").format(name=name), item)


def _remedies(cell: Cell) -> Iterator[Wrong]:
    return _named(cell, {"name": _one(text(32), str), "text": _one(text(300), str)})


def _excluded(cell: Cell) -> Iterator[Wrong]:
    return _named(cell, {"name": _one(text(32), str), "label": _one(text(60), str)})


def _groups(cell: Cell) -> Iterator[Wrong]:
    """Names, each with its words: 孩子: [娃儿, 小孩]."""
    if not isinstance(cell.value, dict) or not cell.value:
        yield Wrong(_("这里应当是一组一组的词，例如 孩子: [娃儿, 小孩]"), cell)
        return
    for pair in cell.value.values():
        yield from _words(pair.cell)


def _plainer(cell: Cell) -> Iterator[Wrong]:
    return _named(cell, {"word": _one(text(32), str), "plain": _one(text(60), str)})


def _moment(cell: Cell) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-4]):[0-5][0-9]", cell.text):
        raise Wrong(_("请写 '09:00' 这样的时间，要加引号"), cell)
    return cell.text


def _hours(cell: Cell) -> Iterator[Wrong]:
    """A list of {begins, ends, places}: when counters are open on working days, and for how many at the same time."""
    yield from _named(cell, {"begins": _one(_moment, str), "ends": _one(_moment, str), "places": _one(whole(1, 99), int)})
    for item in cell.value if isinstance(cell.value, list) else ():
        row = item.value if isinstance(item.value, dict) else {}
        if "begins" in row and "ends" in row and row["begins"].cell.text >= row["ends"].cell.text:
            yield Wrong(_("结束要晚于开始"), row["ends"].cell)


_DANGER.update({"number": _one(digits(12), str), "label": _one(text(32), str), "words": _words})
SHAPES: dict[str, Shape] = {
    "dispatch.confidence": _one(number(0, 1), (int, float)),
    "dispatch.by_itself": _one(truth, bool),
    # what share of what goes out by itself must be right, and after how many chosen by hand a new reader is made
    "dispatch.precision": _one(number(0.5, 1), (int, float)),
    "dispatch.learn_after": _one(whole(1, 10_000), int),
    "danger": _danger,
    # groups that its words may name as @name
    "danger.groups": _groups,
    "rate.days": _one(whole(1, 365), int),
    # natural days in which a caller may correct what the desk wrote down; the grade from which down somebody looks again
    "rate.correct_days": _one(whole(1, 365), int),
    "rate.poor": _one(whole(1, 5), int),
    # working days in which who gave a poor grade of an item is spoken with, and told what follows
    "rate.contact_days": _one(whole(1, 30), int),
    "rate.answer_days": _one(whole(1, 60), int),
    # how often the desk tries to reach her before it may close her call as silent, and how many hours apart
    "callback.tries": _one(whole(1, 20), int),
    "callback.gap_hours": _one(whole(0, 168), int),
    # after how many reopenings a panel may end a call, of how many members, and how many days she has to be heard
    "conclude.after": _one(whole(1, 20), int),
    "conclude.members": _one(whole(2, 20), int),
    "conclude.hear_days": _one(whole(0, 60), int),
    "conclude.remedies": _remedies,
    # why a call may stand beside the rates: what is not named here is never excluded
    "rates.excluded": _excluded,
    # from how many people within thirty days on a cause stands, with an owner
    "hot.people": _one(whole(2, 10_000), int),
    # why an officer may open who a caller is, and for how many minutes; from how many callers in how many hours, from which
    # hours on, and from how many callers of his own street on the auditor is told
    "looks.reasons": _excluded,
    "looks.minutes": _one(whole(1, 1440), int),
    "looks.window_hours": _one(whole(1, 720), int),
    "looks.many": _one(whole(1, 1000), int),
    "looks.street": _one(whole(1, 1000), int),
    "looks.day_from": _one(whole(0, 23), int),
    "looks.day_to": _one(whole(1, 24), int),
    "looks.always": _words,
    # how long after a promise is broken each step comes, in its own unit: hours, or working days
    "late.remind": _one(whole(0, 365), int),
    "late.supervise": _one(whole(0, 365), int),
    "late.raise": _one(whole(0, 365), int),
    # working days in which a dispatcher rules on an item of a case that a body says is not its own
    "branches.adjudicate": _one(whole(1, 30), int),
    # when counters are open on working days, where their department says nothing else
    "counter.hours": _hours,
    "public.board": _one(truth, bool),
    # natural days after its end for which a call's words and photos are kept
    "retention.appeal.closed_days": _one(whole(30, 36_500), int),
    # and for which it is kept that something was offered and looked at; longer than any occasion lasts
    "retention.offers.days": _one(whole(400, 36_500), int),
    # duties, or the beginnings of their keys, of which anybody may be shown that somebody told them already
    "voices.duties": _words,
    # words that officials write, each with one that everybody reads: offered beside an answer
    "answers.plain": _plainer,
}
NEEDED_SETTINGS = ("danger",)


def check_settings(pack: Pack, faults: Faults) -> None:
    """Every setting is known and of its shape."""
    settings: dict[str, Pair] | None = pack.settings
    if settings is None:
        return
    for name in NEEDED_SETTINGS:
        if name not in settings:
            faults.add(_FILE, START, _("缺少“{name}”；请补上").format(name=name))
    for name, pair in settings.items():
        shape = SHAPES.get(name)
        if shape is None:
            hint, names = nearest(name, SHAPES), ", ".join(SHAPES)
            faults.add(
                _FILE,
                pair.name,
                _("不认识“{name}”{hint}；可用的名称：{names}").format(name=shown(name), hint=hint, names=names),
            )
            continue
        for wrong in shape(pair.cell):
            at = wrong.cell or pair.cell
            faults.add(_FILE, at, f"{name}: {wrong}")
    _check_groups(settings, faults)


def _check_groups(settings: dict[str, Pair], faults: Faults) -> None:
    """Every @name in a word of danger is a group that there is."""
    groups = settings["danger.groups"].cell.value if "danger.groups" in settings else {}
    rules = settings["danger"].cell.value if "danger" in settings else []
    for rule in rules if isinstance(rules, list) and isinstance(groups, dict) else []:
        words = rule.value["words"].cell.value if isinstance(rule.value, dict) and "words" in rule.value else []
        for word in words if isinstance(words, list) else []:
            for name in re.findall(r"@([^+|]*)", word.text):
                if name not in groups:
                    faults.add(_FILE, word, _("danger: 没有“{name}”这组词；请在 danger.groups 里补上").format(name=shown(name)))
