"""What pages need of cases: the applicant's own, with its days; a department's share of one, and no more."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from huying.base import clock
from huying.city import calendar, catalogue
from huying.city.things import Asked, Decided, Item, Paper, Whole
from huying.features.services import awaiting, fetching, looking, papers, planning, sealing, visiting
from huying.features.services.models import Branch, Case, Fetched, Upload, Visit
from huying.features.services.moving import line_of
from huying.features.services.planning import Span
from huying.features.services.stages import STANDING, Stage, Standing, stage_of
from huying.kernel import branches, moves, rules, said, standing
from huying.kernel.errors import NotThere
from huying.kernel.models import Ask, Call, Extension, Look, Pause, Promise, Task
from huying.kernel.queries import Hop, hops
from huying.people import private
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class BranchView:
    """One item of a case as its applicant sees it: where it stands, by which day, what it waits for, what came of it."""

    branch: Branch
    item: Item
    stage: Stage
    span: Span | None  # None once it has fallen
    by: datetime | None  # promised: of an open branch its own day, of one that waits the planned one
    late: bool
    waits_for: tuple[Item, ...]
    because: Item | None  # the refused item with which it fell
    asks: tuple[Ask, ...]
    pause: Pause | None = None  # for what by law does not count, while it stands
    extension: Extension | None = None  # that was granted
    comes: Visit | None = None  # the time that is kept for her at the counter for which it stands

    @property
    def booked(self) -> bool:
        """Whether that time is still to come."""
        return self.comes is not None and not self.comes.passed


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case for its applicant."""

    case: Case
    call: Call
    whole: Whole
    branches: tuple[BranchView, ...]
    promise: Promise | None
    standing: bool
    uploads: Mapping[int | None, list[Upload]]  # by what asked for them; None: came with the form
    began: int  # the city's day
    last: int
    hops: tuple[Hop, ...] = ()  # all that was done about it, oldest first, as she may read it

    @property
    def done(self) -> int:
        """How many of its items are over."""
        return sum(view.branch.ended_at is not None for view in self.branches)

    @property
    def waits_by_law(self) -> bool:
        """Whether one of its items stands still for what by law does not count: the day of the whole will move with it."""
        return any(view.stage == Stage.PAUSED for view in self.branches)

    @property
    def visits(self) -> list[BranchView]:
        """The items that wait for her at the counter."""
        return [view for view in self.branches if view.stage == Stage.VISITING]

    @property
    def all_booked(self) -> bool:
        """Whether for each of them a time is kept that is still to come."""
        return all(view.booked for view in self.visits)

    @property
    def time_passed(self) -> bool:
        """Whether she had booked a time for one of them that has passed, and nobody has written down whether she came."""
        return any(view.comes is not None and view.comes.passed for view in self.visits)

    @property
    def open_asks(self) -> list[tuple[BranchView, Ask]]:
        """What she is asked for now."""
        return [
            (view, ask) for view in self.branches for ask in view.asks if ask.replied_at is None and view.stage == Stage.ASKING
        ]


def is_case(call_id: int) -> bool:
    """Whether the call is a case of one thing."""
    return Case.objects.filter(call=call_id).exists()


def case_page(actor: Actor, call_id: int) -> CaseView:
    """A case for its applicant, or for who holds its number and secret. Raises NotThere."""
    scope = rules.visible_to(actor, "call") if actor.officer is None else None
    calls = Call.objects.none() if scope is None else Call.objects.filter(scope, pk=call_id)
    case = Case.objects.select_related("call", "matter", "party").filter(call__in=calls).first()
    whole = catalogue.whole(case.version_id) if case else None
    if case is None or whole is None:
        raise NotThere
    rows = list(case.branches.select_related("task", "bearer").order_by("place"))
    hers = said.Hers(case.call, proven=actor.party == case.party)
    for row in rows:
        row.result, row.ground = _result(row, actor, case), hers.read(row.ground)
    clocks = list(Promise.objects.filter(matter=case.pk).order_by("id"))
    due = {row.task_id: row.due_at for row in clocks if row.task_id and row.what == branches.DECIDE}
    due |= (expected := awaiting.expected(rows))
    spans = planning.plan([line_of(row, due) for row in rows], case.began_at, calendar.current())
    asks = list(Ask.objects.filter(call=case.call_id).order_by("id"))
    over = case.matter.state not in moves.OPEN_MATTER
    visits = visiting.of_case(case) if expected else {}
    kept = {pk: row for pk, row in visits.items() if row.state == Visit.State.BOOKED}
    known = _Known(due, spans, asks, _pauses(case), _extensions(case), expected, kept)
    views = tuple(_branch_view(row, rows, whole, known, over) for row in rows)
    promise = next((row for row in reversed(clocks) if row.what == "answer"), None)
    began = planning.ordinal(case.began_at)
    return CaseView(
        case=case,
        call=case.call,
        whole=whole,
        branches=views,
        promise=promise,
        standing=any(view.stage == Stage.ASKING for view in views),
        uploads=_by_ask(case),
        began=began,
        last=max((span.end for span in spans.values()), default=began),
        hops=tuple(replace(hop, note=hers.read(hop.note)) for hop in hops(case.matter, [case.call_id], for_caller=True)),
    )


def _result(row: Branch, actor: Actor, case: Case) -> str:
    """What she was given, with its numbers for her who signed in: a receipt may be lost."""
    if row.whole is None or actor.party != case.party:
        return row.result
    try:
        return private.unseal(case.party, row.whole)
    except private.Erased:
        return row.result


@dataclass(frozen=True, slots=True)
class _Known:
    due: Mapping[int, datetime]  # by task
    spans: Mapping[str, Span]
    asks: Sequence[Ask]
    pauses: Mapping[int | None, Pause]  # by task
    extensions: Mapping[int, Extension]
    expected: Mapping[int, datetime]  # by task, of what waits for her at the counter
    visits: Mapping[int, Visit]  # by branch


def _pauses(case: Case) -> dict[int | None, Pause]:
    rows = Pause.objects.filter(promise__matter=case.pk, promise__what=branches.DECIDE, promise__ended_at__isnull=True)
    by_law = rows.filter(to_at__isnull=True, reason__in=standing.BY_LAW).select_related("promise")
    return {row.promise.task_id: row for row in by_law}


def _extensions(case: Case) -> dict[int, Extension]:
    return {row.task_id: row for row in Extension.objects.filter(task__matter=case.pk, granted=True)}


def _branch_view(row: Branch, rows: list[Branch], whole: Whole, known: _Known, over: bool) -> BranchView:
    due, pause = known.due, known.pauses.get(row.task_id) if row.task_id else None
    own = tuple(ask for ask in known.asks if row.task_id and ask.task_id == row.task_id)
    visit = row.task_id in known.expected
    stage = stage_of(row, Standing(any(ask.replied_at is None for ask in own), over, pause is not None, visit))
    done = {one.item for one in rows if one.ended_at is not None}
    span = known.spans.get(row.item)
    by = due.get(row.task_id) if row.task_id else None
    kept = known.visits.get(row.pk) if stage == Stage.VISITING else None
    if by is None and span is not None and row.ended_at is None:
        by = planning.due_of(span)
    ended = row.ended_at
    runs = ended is None and row.task_id and stage not in STANDING and not visit
    late = bool(by and ((ended and ended >= by) or (runs and clock.now() >= by)))
    waits = tuple(whole.items[item] for item in row.waits if item not in done) if stage == Stage.WAITING else ()
    because = whole.items.get(row.because) if row.because else None
    extension = known.extensions.get(row.task_id) if row.task_id else None
    return BranchView(row, whole.items[row.item], stage, span, by, late, waits, because, own, pause, extension, kept)


def _by_ask(case: Case) -> dict[int | None, list[Upload]]:
    found: dict[int | None, list[Upload]] = {}
    for row in Upload.objects.filter(case=case).select_related("party").order_by("id"):
        found.setdefault(row.ask_id, []).append(row)
    return found


def cases_of(actor: Actor, call_ids: list[int]) -> dict[int, tuple[int, int]]:
    """Of these calls that are cases: how many of their items are over, and how many there are."""
    found: dict[int, tuple[int, int]] = {}
    for call_id, ended in Branch.objects.filter(case__call__in=call_ids).values_list("case__call", "ended_at"):
        done, all_ = found.get(call_id, (0, 0))
        found[call_id] = done + (ended is not None), all_ + 1
    return found


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in a list: how many items, of how many there is a result, whether one waits for what she is to add, or for her."""

    total: int
    done: int
    asked: bool
    visit: bool = False


def briefs(call_ids: Collection[int]) -> dict[int, Brief]:
    """By call, of those that are cases."""
    if not call_ids:
        return {}
    rows = Branch.objects.filter(case__call__in=call_ids).values_list("case__call", "ended_at")
    asked = set(Ask.objects.filter(call__in=call_ids, replied_at=None, call__state="open").values_list("call", flat=True))
    ended: dict[int, list[bool]] = {}
    for call, at in rows:
        ended.setdefault(call, []).append(at is not None)
    waits = awaiting.standing_still().filter(promise__matter__case__call__in=call_ids)
    visit = set(waits.values_list("promise__matter__case__call", flat=True))
    return {call: Brief(len(many), sum(many), call in asked, call in visit) for call, many in ended.items()}


# --- A department's share ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field of the share; `value` None: it says who somebody is, and is not open."""

    asked: Asked
    value: Any


@dataclass(frozen=True, slots=True)
class PaperShown:
    """A material of the share: the files she sent, or what its register holds."""

    paper: Paper
    uploads: list[Upload]
    fetched: Fetched | None
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """What one department sees of a case: its item, the fields and papers of that item, and what it waited for."""

    branch: Branch
    item: Item
    thing: str
    fields: tuple[FieldShown, ...]
    papers: tuple[PaperShown, ...]
    supplied: list[Upload]
    open: Look | None
    personal: bool  # some of it is closed until it is opened
    held: bool  # some of its papers lie with the city
    before: tuple[tuple[Item, Branch], ...]  # what it waited for, and what came of it


def share_of(actor: Actor, task: Task | None) -> Share | None:
    """The share of the task's branch; None where there is none, or it is not this actor's to see. Raises KeyTrouble."""
    if task is None:
        return None
    branch = Branch.objects.select_related("case__party", "case__call", "bearer", "task").filter(task=task).first()
    whole = catalogue.whole(branch.case.version_id) if branch else None
    if branch is None or whole is None or not looking.sees_share(actor, branch):
        return None
    decided = fetching.decided_of(branch.case, whole)
    seen = looking.has_open(actor, branch)
    fields = _fields(branch, decided, seen is not None)
    before = {row.item: row for row in Branch.objects.filter(case=branch.case, item__in=branch.waits)}
    shown = _papers(branch, decided)
    return Share(
        branch=branch,
        item=whole.items[branch.item],
        thing=whole.thing.name.zh,
        fields=fields,
        papers=shown,
        supplied=list(Upload.objects.filter(case=branch.case, ask__task=task).select_related("party").order_by("id")),
        open=seen,
        personal=any(one.asked.field.schema.get("x-personal") for one in fields),
        held=any(one.paper.material.held for one in shown),
        before=tuple((whole.items[item], before[item]) for item in branch.waits if item in before),
    )


def _fields(branch: Branch, decided: Decided, is_open: bool) -> tuple[FieldShown, ...]:
    values = sealing.opened(branch.case.party, branch.case.sealed)
    own = [asked for asked in decided.fields if branch.item in asked.items]
    closed = [bool(asked.field.schema.get("x-personal")) and not is_open for asked in own]
    return tuple(
        FieldShown(asked, None if shut and asked.field.name in values else values.get(asked.field.name, ""))
        for asked, shut in zip(own, closed, strict=True)
    )


def _papers(branch: Branch, decided: Decided) -> tuple[PaperShown, ...]:
    uploads: dict[str, list[Upload]] = {}
    for row in Upload.objects.filter(case=branch.case, ask__isnull=True).select_related("party").order_by("id"):
        uploads.setdefault(row.material, []).append(row)
    fetched = {row.material: row for row in Fetched.objects.filter(branch=branch)}
    own = [paper for paper in decided.materials if branch.item in paper.items]
    return tuple(_paper(branch, paper, uploads.get(paper.material.key, []), fetched.get(paper.material.key)) for paper in own)


def _paper(branch: Branch, paper: Paper, uploads: list[Upload], fetched: Fetched | None) -> PaperShown:
    text = sealing.opened(branch.case.party, fetched.sealed) if fetched else {}
    return PaperShown(paper, uploads, fetched, text)


# --- Files ------------------------------------------------------------------------------------------------------------


def upload_for(actor: Actor, upload_id: int) -> Upload | None:
    """A file that this actor may open: her own, or one of a share of his department; never another department's."""
    if actor.party is not None:
        near = Q(party=actor.party) | Q(case__call__agent=actor.party, case__call__agent_until__gt=clock.now())
        near |= Q(draft__mandate__holder=actor.party)  # his own form for her; it goes with the mandate
    else:  # the same one question for whatever is not his, there or not
        near = Q(case__branches__bearer__in=actor.departments("handler", "head"))
        near |= Q(draft__mandate__officer=actor.officer, draft__mandate__until__gt=clock.now())  # at the counter, today
    row = Upload.objects.select_related("party", "case", "ask").filter(near, pk=upload_id).first()
    if row is None or actor.party is not None or row.case is None:
        return row
    return row if any(_in_share(actor, row, branch) for branch in row.case.branches.select_related("task", "case")) else None


def _in_share(actor: Actor, row: Upload, branch: Branch) -> bool:
    if branch.task is None or not looking.sees_share(actor, branch):
        return False
    if row.ask is not None:
        return row.ask.task_id == branch.task_id
    whole = catalogue.whole(branch.case.version_id)
    decided = fetching.decided_of(branch.case, whole) if whole else None
    return decided is not None and any(
        paper.material.key == row.material and branch.item in paper.items for paper in decided.materials
    )


def upload_names(rows: list[Upload]) -> dict[int, str]:
    """By file, what it was called. Raises KeyTrouble."""
    return {row.pk: papers.name_of(row) for row in rows}


def refused(view: CaseView) -> list[BranchView]:
    """The items that were refused."""
    return [one for one in view.branches if one.stage == Stage.REFUSED]
