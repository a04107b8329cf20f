"""好差评: five grades of each item and of the whole, said once; a poor one is a promise to speak with her and to answer."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.city import calendar
from huying.city import queries as city
from huying.features.services.events import CaseRated, RatingAnswered, RatingContacted
from huying.features.services.models import Branch, Case, Grade, Outcome, Rating
from huying.kernel import clocks, gaps, moves, promise, rules, said
from huying.kernel.ending import close_voice
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.models import Call, CallState, Promise, Response, ResponseState, Task
from huying.kernel.record import Work
from huying.kernel.work import on_call, on_task
from huying.people.actors import Actor

CONTACT, ANSWER = "rate_contact", "rating"  # the two clocks of a poor grade
CONTACT_DAYS, ANSWER_DAYS = 1, 5  # working days, where the pack does not say
POOR = 2  # this grade or a lower one, where the pack does not say
BASIS = "差评要联系、查清、整改并告诉本人"  # read, not said: it stands in rows beside the other grounds of promises
LONGEST_WORDS, SHORTEST, LONGEST = 500, 5, 500
REASONS = {
    "late": gettext_lazy("没有按承诺的时间办好"),
    "told": gettext_lazy("没有一次讲清楚要什么"),
    "papers": gettext_lazy("材料重复交、交得多"),
    "visits": gettext_lazy("还是跑了腿"),
    "manner": gettext_lazy("态度不好"),
    "online": gettext_lazy("网上不好用"),
    "result": gettext_lazy("结果不对，或者没有说清理由"),
}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What she says: a grade of 1 to 5; of a poor one the reasons she ticked, or her words."""

    grade: int | None
    reasons: Sequence[str] = ()
    text: str = ""

    def faults(self) -> dict[str, str]:
        """What is missing, by field."""
        if self.grade not in Grade.values:
            return {"grade": _("请在五个等级里选一个。")}
        if is_poor(self.grade) and not self.known and not self.text.strip():
            return {"reasons": _("请勾一勾哪里不好，或者写一句，办事的单位照着改。")}
        if len(self.text) > LONGEST_WORDS:
            return {"text": _("最多 %(n)s 个字，请删短一些。") % {"n": LONGEST_WORDS}}
        return {}

    @property
    def known(self) -> tuple[str, ...]:
        """The reasons that there are, in their order."""
        return tuple(key for key in REASONS if key in self.reasons)


def is_poor(grade: int | None) -> bool:
    """Whether a grade is a promise to her."""
    return grade is not None and grade <= int(city.setting("rate.poor", POOR))


def rate(actor: Actor, call_id: int, item: str, opinion: Opinion) -> Rating:
    """Say how an item went (`item` its code), or the whole (''). Said once; it cannot be changed by anybody.

    Raises NotThere, Refused (no result yet, or rated already), BadInput.
    """
    if faults := opinion.faults():
        raise BadInput(faults)
    with on_call(actor, "rate_case", call_id) as (work, call):
        case = Case.objects.get(call=call)
        branch = _branch(case, item) if item else None
        if branch is None:
            _over(case)
        if Rating.objects.filter(case=case, branch=branch).exists():
            raise Refused("rated", _("这一件您已经评价过了，评价不能改。"))
        row = Rating(case=case, branch=branch, unit=branch.bearer if branch else None, rated_at=work.at)
        row.grade = opinion.grade or 0
        row.reasons, row.text = list(opinion.known), said.of_caller(call, opinion.text.strip(), LONGEST_WORDS)
        work.tell_call(call, CaseRated(*_about(row), row.grade, opinion.known))
        if is_poor(row.grade):
            row.contact = _promised(work, row, call, CONTACT, int(city.setting("rate.contact_days", CONTACT_DAYS)))
            row.promise = _promised(work, row, call, ANSWER, int(city.setting("rate.answer_days", ANSWER_DAYS)))
        row.save()
        if branch is None and call.state == CallState.ANSWERED:
            close_voice(work, call, "rated")
        call.save()
    return row


def of_case(case: Case) -> list[Rating]:
    """What was said of a case and its items, with what was promised then."""
    return list(Rating.objects.filter(case=case).select_related("branch", "unit", "promise").order_by("pk"))


def _branch(case: Case, item: str) -> Branch:
    branch = case.branches.select_related("bearer", "task").filter(item=item).first()
    if branch is None:
        raise NotThere
    if branch.ended_at is None or branch.outcome == Outcome.FALLEN:
        raise Refused("no_result", _("这一件还没有结果，有了结果再评。"))
    return branch


def _over(case: Case) -> None:
    if case.call.state not in (CallState.ANSWERED, CallState.CLOSED):
        raise Refused("no_result", _("还没有全部办完，都有了结果再评。"))


def _about(row: Rating) -> tuple[int, int, int | None, str, str]:
    branch = row.branch
    item, bearer = (branch.item, branch.bearer.key) if branch else ("", "")
    return row.case.call_id, row.case_id, branch.task_id if branch else None, item, bearer


def _promised(work: Work, row: Rating, call: Call, what: str, days: int) -> Promise:
    reckoned = promise.reckon(work.at, days, promise.WORKDAYS, calendar.current())
    made = Promise(
        matter=work.matter, call=call, what=what, budget=days, unit=promise.WORKDAYS, started_at=work.at, basis=BASIS
    )
    made.task = row.branch.task if row.branch else None
    made.due_at, made.provisional, made.calendar_version = reckoned.due_at, reckoned.provisional, reckoned.calendar_version
    return clocks.keep(work, made)


def contacted(actor: Actor, rating_id: int) -> Rating:
    """先行联系: she was spoken with about her poor grade. Raises NotThere, Refused (done already)."""
    with _on(actor, rating_id) as (work, row, call):
        if row.contacted_at is not None:
            raise Refused("contacted", _("已经联系过了。"))
        row.contacted_at = work.at
        row.save(update_fields=["contacted_at"])
        work.tell_call(call, RatingContacted(*_about(row)))
        _kept(work, row, CONTACT)
    return row


def answer(actor: Actor, rating_id: int, found: str, follows: str) -> Rating:
    """What was found, and what is done now: she reads both. Who wrote the decision himself does not answer about it.

    Raises NotThere, Refused (nobody spoke with her yet, answered already, his own work), BadInput.
    """
    found, follows = found.strip(), follows.strip()
    _check(found, follows)
    with _on(actor, rating_id) as (work, row, call):
        if row.contacted_at is None:
            raise Refused("not_contacted", _("先和她联系，再写答复。"))
        if row.branch and _wrote(work, row.branch):
            raise Refused("own_work", _("这一件是您办的，请由另一位同事查、另一位同事答复。"))
        row.found, row.follows = said.of_officer(work.matter, found), said.of_officer(work.matter, follows)
        row.answered_at, row.answered_by = work.at, work.actor.officer
        row.save(update_fields=["found", "follows", "answered_at", "answered_by"])
        work.tell_call(call, RatingAnswered(*_about(row)))
        _kept(work, row, ANSWER)
    return row


def _check(found: str, follows: str) -> None:
    lengths = {"found": found, "follows": follows}
    words = {
        "found": _("请写明查到了什么，申请人看得到，5 到 500 个字。"),
        "follows": _("请写明怎么改，申请人看得到，5 到 500 个字。"),
    }
    if faults := {name: words[name] for name, text in lengths.items() if not SHORTEST <= len(text) <= LONGEST}:
        raise BadInput(faults)
    gaps.refuse(found=found, follows=follows)


def _wrote(work: Work, branch: Branch) -> bool:
    written = Response.objects.filter(task=branch.task_id, state=ResponseState.APPROVED)
    return any(work.is_his(officer) for officer in written.values_list("written_by", flat=True))


def answerable(actor: Actor) -> Q:
    """The grades that this actor may answer, by the rules on the task of the item, or on the call of the whole."""
    where = Q(pk__in=[])
    if (tasks := rules.scope(actor, "answer_rating", "task")) is not None:
        where |= Q(branch__task__in=Task.objects.filter(tasks))
    if (calls := rules.scope(actor, "answer_rating", "call")) is not None:
        where |= Q(branch__isnull=True, case__call__in=Call.objects.filter(calls))
    return where


@contextmanager
def _on(actor: Actor, rating_id: int) -> Iterator[tuple[Work, Rating, Call]]:
    """A verb on a poor rating that waits: permitted on the task of its item, or on the call of the whole."""
    rows = Rating.objects.filter(answerable(actor), pk=rating_id, promise__isnull=False)
    found = rows.values_list("branch__task", "case__call").first()
    if found is None:
        raise NotThere
    task_id, call_id = found
    opened = on_task(actor, "answer_rating", task_id) if task_id else on_call(actor, "answer_rating", call_id)
    with opened as (work, subject):
        if task_id:
            moves.target("task", "answer_rating", subject.state)
        row = Rating.objects.select_related("case", "branch__bearer", "contact", "promise").get(pk=rating_id)
        if row.answered_at is not None:
            raise Refused("answered", _("这条评价已经答复了。"))
        call = Call.objects.select_related("caller").get(pk=call_id)
        yield work, row, call
        call.save()


def _kept(work: Work, row: Rating, what: str) -> None:
    """The clock of that name of this grade stops; others of the same call run on."""
    running = row.contact if what == CONTACT else row.promise
    assert running is not None
    clocks.met(work, [Promise.objects.get(pk=running.pk)])
