"""What must hold of the everyday words by which things are found."""

from django.utils.translation import gettext as _

from huying.city.pack.cells import Cell
from huying.city.pack.faults import Faults, shown
from huying.city.pack.rules import refer
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import Catalogue, strings

SHORTEST, LONGEST = 2, 60
Told = list[tuple[str, Cell, str, str]]  # words, where they stand, the file, and what they mean


def check_synonyms(things: Catalogue, faults: Faults) -> None:
    """Everyday words, each for one thing or item only: else nobody could say which is meant."""
    told: Told = []
    for file in things.things:
        words = strings(file.row["synonyms"], file.row.file, faults)
        if file.row["synonyms"] is not None and len(words) < 3:
            faults.add(file.row.file, file.row.at("synonyms"), _("至少写三种平常的说法，好让人找得到"))
        told += [(word, place, file.row.file, file.row["code"] or file.row.file) for word, place in words]
    for row in things.words.rows:
        told += _check_row(row, things, faults)
    _check_told(told, faults)
    _check_alike(things, faults)


def _check_row(row: Row, things: Catalogue, faults: Faults) -> Told:
    """The words of a row, which names one thing or one item that there is."""
    if {"thing", "item"} & row.bad:
        return []
    if bool(row["thing"]) == bool(row["item"]):
        faults.add(row.file, row, _("写 thing 或者 item，只写一种：这些话指的是哪一件"))
        return []
    if row["thing"]:
        known = {file.row["code"]: file.row for file in things.things if file.row["code"]}
        refer(row, "thing", things.items, known, faults)
    else:
        refer(row, "item", things.items, things.items.by_key("code"), faults)
    meant = row["thing"] or row["item"]
    return [(word, place, row.file, meant) for word, place in strings(row["words"], row.file, faults)]


def _check_told(told: Told, faults: Faults) -> None:
    first: dict[str, tuple[str, str]] = {}
    for word, place, file, meant in told:
        if not SHORTEST <= len(word) <= LONGEST:
            message = _("“{word}”有 {count} 个字；请写成 {least} 到 {most} 个字")
            faults.add(file, place, message.format(word=shown(word), count=len(word), least=SHORTEST, most=LONGEST))
        earlier, where = first.setdefault(word, (meant, file))
        if earlier != meant:
            message = _("“{word}”已经指 {file} 那件事；请换一种说法").format(word=shown(word), file=where)
            faults.add(file, place, message)


def _check_alike(things: Catalogue, faults: Faults) -> None:
    """No word is read as two, and none is read as a word that is itself read as another."""
    plain = {row["say"] for row in things.alike.rows if row["say"]}
    seen: dict[str, str] = {}
    for row in things.alike.rows:
        for word, place in strings(row["also"], row.file, faults):
            if word in plain:
                faults.add(row.file, place, _("“{word}”在另一处写在 say 里；一个词只放在一边").format(word=shown(word)))
            elif word in seen:
                message = _("“{word}”已经当作“{plain}”；请留一处").format(word=shown(word), plain=shown(seen[word]))
                faults.add(row.file, place, message)
            seen.setdefault(word, row["say"] or "")
