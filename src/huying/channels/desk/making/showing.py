"""What the pages of a draft show."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.channels.desk.making.fields import Builder, body_of, item_name, paths
from huying.channels.desk.making.said import asked_of, both, words_of
from huying.channels.parts import offered
from huying.city.pack import standing
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import Catalogue
from huying.features.services.making import approving, preview, proving, publishing, seeing, yaml_text
from huying.features.services.making.form import names_of, rows_of, text_of
from huying.features.services.making.models import OPEN, Agreement, DraftState, ThingDraft, Word
from huying.features.services.making.placing import placed
from huying.features.services.making.proving import Proved
from huying.features.services.making.seeing import Seen
from huying.features.services.making.yaml_text import Data
from huying.kernel.errors import Refused
from huying.people.actors import Actor

FOUND = 12  # items that a search shows


@dataclass(frozen=True, slots=True)
class Share:
    """An item as a department reads it: when, after which, how long; whether it is the reader's, and asked of him."""

    name: str
    body: str
    days: int
    when: str
    after: str
    why: str
    may_skip: bool
    mine: bool
    wanted: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A consent as the page shows it: for which body, who speaks, what was said; whether this reader may say it now."""

    row: Agreement
    body: str
    may: bool
    letter: bool


def side(seen: Seen, proved: Proved | None) -> dict[str, Any]:
    """What stands beside every page of a draft."""
    whole = preview.sketch(proved) if proved else None
    row = seen.row
    names = {code: both_of(item.name) for code, item in whole.items.items()} if whole else {}
    figures = preview.figures(whole) if whole else None
    return {
        "page": "things",
        "draft": row,
        "seen": seen,
        "open": row.state in OPEN,
        "proved": proved,
        "count": len(proved.own) + len(proved.other) if proved else 0,
        "elsewhere": [f"{fault.file}:{fault.line}:{fault.column} {fault.message}" for fault in proved.other] if proved else [],
        "previews": whole is not None,
        "preview_at": offered.way("draft", row.pk),
        "public_at": offered.way("thing", row.code) if row.version else "",
        "figures": figures,
        "way": " → ".join(names[code] for code in figures.way) if figures else "",
        "outrun": row.state in OPEN and publishing.outrun(row),
    }


def both_of(text: Any) -> str:
    """A text of a thing in the reader's language."""
    return both({"zh": text.zh, "en": text.en})


def _proved(row: ThingDraft) -> Proved | None:
    try:
        return proving.prove(row)
    except Refused:
        return None


def form_context(seen: Seen, data: Data, seek: str, *, mine: bool) -> dict[str, Any]:
    """The form. `mine`: of what was typed and not kept, with nothing said of its faults."""
    proved = _proved(seen.row)
    things = proved.things if proved else Catalogue()
    fresh = seen.row.text == yaml_text.BLANK  # nobody has written anything yet: nothing is at fault
    faults = placed(seen.row.text, proved.own, paths(data)) if proved and not mine and not fresh else {}
    form = Builder(data, things, faults).form()
    there = {text_of(row.get("item")) for row in rows_of(data, "items")}
    found = sought(things, seek, there) if seek.strip() else []
    context = {"tab": "form", "form": form, "seek": seek, "found": found, "typed_file": yaml_text.write(data) if mine else ""}
    return side(seen, proved) | context | {"fresh": fresh}


def sought(things: Catalogue, words: str, there: set[str]) -> list[tuple[str, str, str, int]]:
    """Items of the catalogue in which all these words stand, in their name, their code or their department."""
    parts, found = words.split(), []
    for row in things.items.rows:
        code = row["code"] or ""
        text = f"{code} {row['name']['zh']} {row['name']['en']} {body_of(row, things)}".lower()
        if code not in there and all(part.lower() in text for part in parts):
            found.append((code, item_name(row, code), body_of(row, things), row["promised"]))
    return found[:FOUND]


def text_context(seen: Seen, typed: str) -> dict[str, Any]:
    """The file with its faults by line."""
    proved = _proved(seen.row)
    lines = [(fault.line, fault.column, fault.message) for fault in proved.own] if proved else []
    context = {"tab": "text", "typed": typed, "lines": lines, "count_lines": max(12, min(40, typed.count("\n") + 2))}
    return side(seen, proved) | context | {"readable": yaml_text.data_of(seen.row.text) is not None}


def review_context(actor: Actor, seen: Seen) -> dict[str, Any]:
    """Whose items stand in it, in which order and when; what each said; what the owner may do."""
    row = seen.row
    proved = _proved(row) if row.state in OPEN else None
    data = yaml_text.data_of(row.text) or {}
    names = seeing.names_of({one.body for one in seen.consents} | {row.owner.type})
    asked = [_asked(actor, seen, one, names) for one in seen.consents]
    mine = {one.row.body for one in asked if one.row.pk in seen.his}
    wanted = {one.row.body for one in asked if one.may}
    agreed = sum(one.word == Word.AGREED for one in seen.consents)
    return side(seen, proved) | {
        "tab": "review",
        "asked": asked,
        "agreed": agreed,
        "shares": shares(data, proved.things if proved else _things(), mine, wanted),
        "facts": data
        and {"name": both(data.get("name")), "text": both(data.get("text")), "promise": text_of(data.get("promise"))},
        "objections": [(one, names.get(one.body) or one.department.name) for one in seeing.objections(row)],
        "ready": publishing.ready(row),
        "sendable": row.state in (DraftState.DRAFTING, DraftState.RETURNED),
        "changes": changes(row) if row.base and row.state in OPEN else [],
        "tells_words": {"sent": DraftState.SENT, "returned": DraftState.RETURNED},
    }


def _asked(actor: Actor, seen: Seen, one: Agreement, names: Mapping[str, str]) -> Asked:
    may = one.pk in seen.his and one.word == Word.WAITING and seen.row.state in (DraftState.SENT, DraftState.RETURNED)
    return Asked(one, names[one.body], may and not approving.wrote(actor, seen.row), approving.by_letter(one))


def _things() -> Catalogue:
    try:
        return standing.standing()
    except standing.NothingLoaded:
        return Catalogue()


def shares(data: Data, things: Catalogue, mine: set[str], wanted: set[str]) -> list[Share]:
    """The items in the order of the thing. `mine`: bodies for which the reader speaks; `wanted`: those of which he is asked."""
    items, asked, found = things.items.by_key("code"), asked_of(data), []
    for entry in rows_of(data, "items"):
        code = text_of(entry.get("item"))
        row = items.get(code)
        found.append(
            Share(
                name=item_name(row, code),
                body=body_of(row, things) if row else "",
                days=row["promised"] or 0 if row else 0,
                when=words_of(entry.get("when"), asked),
                after=_("、").join(item_name(items.get(one), one) for one in names_of(entry.get("after")) or []),
                why=both(entry.get("why")),
                may_skip=text_of(entry.get("may_skip")).lower() == "true",
                mine=row is not None and _bearer(row) in mine,
                wanted=row is not None and _bearer(row) in wanted,
            )
        )
    return found


def _bearer(row: Row) -> str:
    return str(row["partner"] or row["department"])


def changes(row: ThingDraft) -> list[tuple[str, str]]:
    """Against the one in force: each line that went (-) or came (+), and a line between places (@)."""
    old = standing.text_of(row.base) or ""
    lines = list(difflib.unified_diff(old.splitlines(), row.text.splitlines(), n=0, lineterm=""))[2:]
    return [(line[0], line[1:] if line[0] != "@" else "") for line in lines if line]


def file_name(row: ThingDraft) -> str:
    """Under which name the file is handed out."""
    code = "".join(c for c in row.code if c.isascii() and (c.isalnum() or c in "._-"))
    return f"{code or 'thing'}.yaml"


def done(verb: str) -> str:
    """What was done, in words."""
    said = {
        "send": _("已送各单位，都同意了就能发布。"),
        "publish": _("已发布，现在就能搜到、能办理。"),
        "withdraw": _("已撤下。"),
        "catch-up": _("已记下：您看过新发布的那一版。"),
    }
    return said[verb]


def onward(draft_id: int, deed: str, given: Mapping[str, str]) -> str:
    """Back to the form, where the hand was."""
    address = reverse("desk:making", args=[draft_id])
    verb, _colon, rest = deed.partition(":")
    if verb == "seek" or rest.startswith("items"):
        words = given.get("seek", "").strip() if verb in ("seek", "add") else ""
        return address + (f"?{urlencode({'seek': words})}" if words else "") + ("#add" if verb in ("seek", "add") else "#items")
    if verb in ("add", "up", "down", "drop"):
        return f"{address}#{'q-' + rest.split(':')[1] if rest.startswith('options') else 'questions'}"
    return address
