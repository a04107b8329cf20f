"""The reader `notify`: facts in, notices and planned messages out, in one transaction with its cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from huying.base import clock
from huying.city import queries as city
from huying.events import log, rows
from huying.events.log import Told
from huying.notify import planner, rules, templates, undoing, ways
from huying.notify.models import Notice, Voice
from huying.notify.ports import About
from huying.notify.rules import Rule

NAME = "notify"
# A city that begins to tell, or whose worker stood still, does not tell old news: it stands on the portal for a while.
NOTICED_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Telling:
    """A fact that is told of one voice; without a call, of an offer."""

    told: Told
    call: int
    rule: Rule

    @property
    def about(self) -> tuple[str, int]:
        """What it is about."""
        return ("call", self.call) if self.call else ("offer", int(getattr(self.told.fact, "offer", 0)))


def run() -> int:
    """Read what is new; how many facts."""
    return log.consume(NAME, take)


def take(batch: Sequence[Told]) -> None:
    """Plan what a batch of facts gives to tell, and let go what holds no more."""
    oldest = clock.now() - NOTICED_WITHIN
    if recent := [telling for telling in _fold(batch) if telling.told.at > oldest]:
        _plan(recent)
    for told in batch:
        if names := rules.UNDONE.get(told.name):
            undoing.let_go(told, names, _at(told) if told.name in rules.TIMED else None)


def _plan(tellings: list[Telling]) -> None:
    abouts = _abouts({telling.about for telling in tellings})
    meant = [(telling, about) for telling in tellings for about in abouts.get(telling.about, ())]
    fresh = _untold([(telling, about) for telling, about in meant if not (about.acts and telling.rule.hers)])
    made = [(_notice(telling, about), telling.told, about) for telling, about in fresh]
    planner.carry(made)
    rows.insert([notice for notice, _told, _about in made])


def _abouts(wanted: set[tuple[str, int]]) -> dict[tuple[str, int], Sequence[About]]:
    calls, offers = ({pk for of, pk in wanted if of == kind} for kind in ("call", "offer"))
    found = {("call", pk): abouts for pk, abouts in ways.parties().about(calls).items()} if calls else {}
    return found | ({("offer", pk): [about] for pk, about in ways.parties().offered(offers).items()} if offers else {})


def _fold(batch: Sequence[Told]) -> list[Telling]:
    """Bring the voices up to date, fact by fact, and find for each fact the voices that are told."""
    voices = _voices(batch)
    found: list[Telling] = []
    for told in batch:
        _move(voices, told)
        if rule := rules.rule_of(told):
            calls = _voices_told(voices, told, rule) if rule.everybody else [int(getattr(told.fact, "call", 0))]
            found += [Telling(told, call, rule) for call in calls]
        _settle(voices, told)
    rows.upsert(list(voices.values()), ["call"])
    return found


def _voices(batch: Sequence[Told]) -> dict[int, Voice]:
    calls = {int(found) for told in batch if (found := getattr(told.fact, "call", None))}
    matters = {_matter(told) for told in batch if (rule := rules.rule_of(told)) and rule.everybody}
    known = Voice.objects.filter(matter__in=matters) | Voice.objects.filter(call__in=calls)
    return {voice.call: voice for voice in known}


def _move(voices: dict[int, Voice], told: Told) -> None:
    if told.name in rules.MOVES:
        call, matter = int(getattr(told.fact, "call", 0)), int(getattr(told.fact, "matter", 0))
        voices.setdefault(call, Voice(call=call)).matter = matter


def _settle(voices: dict[int, Voice], told: Told) -> None:
    waits, voice = rules.waits_after(told), voices.get(int(getattr(told.fact, "call", 0) or 0))
    if voice and waits is not None:
        voice.waits = waits


def _voices_told(voices: dict[int, Voice], told: Told, rule: Rule) -> list[int]:
    matter = _matter(told)
    return sorted(voice.call for voice in voices.values() if voice.matter == matter and (voice.waits or rule.late))


def _matter(told: Told) -> int:
    return int(told.subject.removeprefix("matter:"))


def _untold(meant: list[tuple[Telling, About]]) -> list[tuple[Telling, About]]:
    """Without what each party was told: a cursor that was set back tells nothing twice."""
    told = Notice.objects.filter(subject__in={telling.told.subject for telling, _about in meant})
    known = set(told.values_list("subject", "version", "call", "party"))
    return [(t, about) for t, about in meant if (t.told.subject, t.told.version, t.call, about.party.pk) not in known]


def _notice(telling: Telling, about: About) -> Notice:
    told = telling.told
    row = Notice(party=about.party, call=telling.call, subject=told.subject, version=told.version, at=told.at)
    row.template, row.number, row.who = templates.of_kind(telling.rule.template, about.kind), about.number, _who(told, about)
    row.by = _at(told) if templates.template(row.template).moment else about.by
    row.address, row.acts = about.address, about.acts
    return row


def _at(told: Told) -> datetime:
    """The moment that a fact names."""
    return datetime.fromtimestamp(int(getattr(told.fact, "at", 0)), UTC)


def _who(told: Told, about: About) -> str:
    """Of a branch the department that the fact names: a case lies with several at once."""
    key = getattr(told.fact, "bearer", "") if told.name in rules.OF_A_BRANCH else ""
    found = city.department_by_key(key) if key else None
    return found.short if found else about.who
