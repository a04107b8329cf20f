"""Words that people write about a call: cut like the call itself, what was cut sealed under the key of whose it is.

Whoever writes, one of three applies: a caller's own words (`of_caller`), an officer's on a matter (`of_officer`), and
what everybody will read (`for_all`). Tokens read back as what they stand for to her alone who said it (`Hers`).
"""

from collections.abc import Iterable

import msgspec
from django.db.models import Q

from huying.kernel.models import Call, Matter, Sealed
from huying.people import private
from huying.people.cutting import OFFICERS
from huying.people.models import Party

_TOKEN_MARK = "〔"  # nosec B105  # no password


def of_caller(call: Call, text: str, most: int | None = None) -> str:
    """Her words with tokens; what was cut joins what her call holds, under her key. The call is not saved here.

    Raises private.KeyTrouble. After her erasure nothing can be kept: the tokens stand for nothing then.
    """
    held = held_by(call)
    cut = private.cut(text, held)
    if cut.found != held and call.caller.data_key is not None:
        call.sealed = _seal(call.caller, cut.found)
    return _short(cut, most)


def of_officer(matter: Matter, text: str, most: int | None = None) -> str:
    """An officer's words on a matter with tokens; an office's own telephone stays. Raises private.KeyTrouble.

    Usually nothing is found, and nothing is read or written.
    """
    first = private.cut(text, office=True)
    if not first.found:
        return _short(first, most)
    rows = list(Sealed.objects.filter(matter=matter).select_related("party"))
    held = _together(_opened(row.party, row.sealed) for row in rows)
    cut = private.cut(text, held, office=True)
    _keep(matter, rows, {token: value for token, value in cut.found.items() if token not in held})
    return _short(cut, most)


def for_all(text: str, most: int | None = None) -> str:
    """Words that everybody will read. What is cut is kept nowhere: the call and its answer, from which they are, hold it."""
    return _short(private.cut(text, office=True), most)


def held_by(call: Call) -> dict[str, str]:
    """What was cut out of the caller's own words, by token; empty after her erasure. Raises private.KeyTrouble."""
    return _opened(call.caller, call.sealed) if call.sealed else {}


class Hers:
    """What a caller may read in full again: the identifiers that she herself said, wherever they stand in her call.

    What an officer wrote of somebody else stays a token, for her too. `proven`: she signed in. Who only holds number and
    secret, or sits at the same computer, reads tokens: a receipt may be lost.
    """

    def __init__(self, call: Call, *, proven: bool) -> None:
        self._call, self._proven = call, proven
        self._own: dict[str, str] | None = None
        self._all: dict[str, str] | None = None

    def read(self, text: str) -> str:
        """The text with her own identifiers in the place of their tokens."""
        if not self._proven or _TOKEN_MARK not in text:
            return text
        if self._own is None:
            self._own = held_by(self._call)
        return private.restore(text, self._with_officers() if OFFICERS in text else self._own)

    def _with_officers(self) -> dict[str, str]:
        if self._all is None:
            own = self._own or {}
            theirs: dict[str, set[str]] = {}
            for row in Sealed.objects.filter(self._where_she_was()).select_related("party"):
                for token, value in _opened(row.party, row.sealed).items():
                    theirs.setdefault(token, set()).add(value)
            # a token that stands for two things in two of her matters is left as it is
            mine = {
                token: values.copy().pop() for token, values in theirs.items() if len(values) == 1 and values <= {*own.values()}
            }
            self._all = own | mine
        return self._all

    def _where_she_was(self) -> Q:
        """Her matter, those merged into it, and the one in which her answer was written."""
        answer = self._call.response
        here = Q(matter=self._call.matter_id) | Q(matter__merged_into=self._call.matter_id)
        return here | Q(matter=answer.matter_id) if answer else here


def _keep(matter: Matter, rows: list[Sealed], new: dict[str, str]) -> None:
    calls = list(Call.objects.filter(matter=matter).select_related("caller").order_by("id"))
    living = [call for call in calls if call.caller.data_key is not None]
    owns = [(call.caller, set(held_by(call).values())) for call in living]
    by_party: dict[Party, dict[str, str]] = {}
    for token, value in new.items():
        party = next((party for party, values in owns if value in values), owns[0][0] if owns else None)
        if party is not None:  # nobody called, or all were erased: there is no key, and it is kept nowhere
            by_party.setdefault(party, {})[token] = value
    there = {row.party_id: row for row in rows}
    for party, found in by_party.items():
        row = there.get(party.pk) or Sealed(matter=matter, party=party)
        row.sealed = _seal(party, (_opened(party, row.sealed) if row.pk else {}) | found)
        row.save()


def _together(parts: Iterable[dict[str, str]]) -> dict[str, str]:
    return {token: value for part in parts for token, value in part.items()}


def _opened(party: Party, sealed: bytes | memoryview) -> dict[str, str]:
    try:
        return msgspec.json.decode(private.unseal(party, sealed), type=dict[str, str])
    except private.Erased:
        return {}


def _seal(party: Party, found: dict[str, str]) -> bytes:
    return private.seal(party, msgspec.json.encode(found).decode())


def _short(cut: private.Cut, most: int | None) -> str:
    return cut.text if most is None else private.shortened(cut.text, most, cut.found)
