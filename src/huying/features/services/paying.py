"""缴费: an item that costs something is granted once it is paid: online by the city's cashier, or at the counter, receipted.

A bill has a row once somebody touched it; until then what the item's version says is due. What was paid for an item that is
refused, or taken back, is given back.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import catalogue
from huying.city.things import Whole
from huying.events import rows
from huying.features.services.events import FeeDue, FeePaid, FeeReturned, FeeSet
from huying.features.services.models import Bill, Branch, Case, Outcome
from huying.features.services.ports import NotDelivered, Order, Paid, TakesMoney
from huying.kernel import gaps, moves, said
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.record import Work
from huying.kernel.work import on_call, on_task
from huying.people.actors import SYSTEM, Actor

MOST_YUAN, SHORTEST, LONGEST, LONGEST_SLIP = 1_000_000, 4, 200, 64
ASK_AFTER, ASK_UNTIL = timedelta(minutes=2), timedelta(days=3)  # who did not come back from the cashier
AT_ONCE = 50
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """What one item costs, and how that stands. `bill` is None while nobody touched it."""

    yuan: int
    bill: Bill | None

    @property
    def state(self) -> str:
        """due, paid or returned."""
        return self.bill.state if self.bill else Bill.State.DUE


def due_of(branch: Branch, whole: Whole, bill: Bill | None) -> Due | None:
    """What the item costs; None where nothing."""
    fee = whole.items[branch.item].fee
    if bill is not None:
        return Due(bill.yuan, bill) if bill.yuan or bill.ground else None
    return Due(fee.yuan, None) if fee is not None and fee.yuan else None


def bills_of(case_id: int) -> dict[int, Bill]:
    """By branch, the bills of a case that somebody touched."""
    return {row.branch_id: row for row in Bill.objects.filter(branch__case=case_id).select_related("by")}


def fall_due(work: Work, branch: Branch) -> None:
    """Within another verb's work: a branch opens after others, and from now on its fee waits for her."""
    whole = catalogue.whole(branch.case.version_id)
    due = due_of(branch, whole, None) if whole else None
    if due is not None:
        work.tell(FeeDue(*_about(work, branch), due.yuan))


def unpaid(branches: Mapping[int, Branch]) -> dict[int, int]:
    """Of these branches (by task, with their case), those that may not be granted yet: what is still due, in yuan."""
    bills = {row.branch_id: row for row in Bill.objects.filter(branch__in=[one.pk for one in branches.values()])}
    found = {}
    for task, branch in branches.items():
        whole = catalogue.whole(branch.case.version_id)
        due = due_of(branch, whole, bills.get(branch.pk)) if whole else None
        if due is not None and due.yuan and due.state != Bill.State.PAID:
            found[task] = due.yuan
    return found


def of_task(task_id: int) -> Branch | None:
    """The branch of a task, with its case."""
    return Branch.objects.select_related("case").filter(task=task_id).first()


# --- Online -----------------------------------------------------------------------------------------------------------


def online() -> bool:
    """Whether the city has a cashier."""
    return bool(settings.CASHIER)


def begin(actor: Actor, call_id: int, item: str, back: str) -> str:
    """The cashier's address on which she pays for this item; she comes back to `back`.

    Raises NotThere, Refused (nothing is due, or nobody takes money online).
    """
    with on_call(actor, "pay", call_id) as (work, call):
        branch = _branch(call.pk, item)
        bill = _bill(branch)
        if not bill.yuan or bill.state != Bill.State.DUE:
            raise Refused("not_due", _("这一件不用再缴费。"))
        if branch.ended_at is not None or work.matter.state not in moves.OPEN_MATTER:
            raise Refused("over", _("这一件已经办完了，不用再缴费。"))
        bill.asked_at = work.at
        bill.save()
        title = _title(branch)
    order = Order(bill.number, bill.yuan * 100, title, branch.bearer.name, back)
    try:
        return _cashier().begin(order)
    except NotDelivered as fault:
        raise Refused("cashier_silent", _("收款平台这会儿没有应答，请过几分钟再缴，或者到窗口缴。")) from fault


def settle(number: str) -> Bill | None:
    """Ask the cashier about a bill, and write down what he took; None where there is no such bill. Asked again, no harm."""
    bill = Bill.objects.select_related("branch__case").filter(number=number).first()
    if bill is None or bill.state != Bill.State.DUE or bill.asked_at is None or not online():
        return bill
    try:
        paid = _cashier().ask(bill.number)
    except NotDelivered as fault:
        _log.warning("the cashier did not answer about a bill: %s", fault)
        return bill
    return _paid_online(bill, paid) if paid is not None else bill


def settle_asked(limit: int = AT_ONCE) -> int:
    """Bills whose payers did not come back from the cashier: asked about again; how many were paid."""
    now = clock.now()
    waiting = Bill.objects.filter(state=Bill.State.DUE, asked_at__lt=now - ASK_AFTER, asked_at__gt=now - ASK_UNTIL)
    numbers = list(waiting.order_by("asked_at").values_list("number", flat=True)[:limit]) if online() else []
    return sum((row := settle(number)) is not None and row.state == Bill.State.PAID for number in numbers)


def give_back_due(limit: int = AT_ONCE) -> int:
    """Whatever was paid online for what is not given is given back; how many that were."""
    done = 0
    for bill in to_give_back().filter(how=Bill.How.ONLINE).order_by("paid_at")[:limit] if online() else ():
        try:
            reference = _cashier().give_back(bill.number)
        except NotDelivered as fault:
            _log.warning("the cashier did not give back a fee: %s", fault)
            break
        with on_call(SYSTEM, "pay", bill.branch.case.call_id) as (work, _call):
            done += _given_back(work, bill.pk, reference)
    return done


def to_give_back() -> QuerySet[Bill]:
    """What was paid for an item that was refused, or whose case was taken back before it was decided."""
    lost = Q(branch__outcome__in=(Outcome.REFUSED, Outcome.FALLEN), branch__ended_at__isnull=False)
    dropped = Q(branch__ended_at__isnull=True, branch__case__matter__ended_at__isnull=False)
    found = Bill.objects.filter(lost | dropped, state=Bill.State.PAID)
    return found.select_related("branch__case__call", "branch__bearer")


# --- By the department ------------------------------------------------------------------------------------------------


def set_fee(actor: Actor, task_id: int, yuan: int | None, ground: str) -> Bill:
    """Another amount than the item's, or nothing: why, she reads. Raises NotThere, Refused (paid already), BadInput."""
    ground, faults = ground.strip(), {}
    if yuan is None or not 0 <= yuan <= MOST_YUAN:
        faults["yuan"] = _("请写整数，单位是元；不收就写 0。")
    if len(ground) < SHORTEST:
        faults["ground"] = _("请写明为什么是这个数、依据哪一条，申请人看得到。")
    if faults or yuan is None:
        raise BadInput(faults)
    gaps.refuse(ground=ground)
    with on_task(actor, "answer", task_id) as (work, _task):
        branch = _of_task(task_id)
        bill = _bill(branch)
        if bill.state != Bill.State.DUE:
            raise Refused("paid", _("申请人已经缴了，不能再改金额。"))
        before, bill.yuan, bill.ground = bill.yuan, yuan, said.of_officer(work.matter, ground, LONGEST)
        bill.asked_at = None  # what the cashier was told is another amount
        bill.number = Bill._meta.get_field("number").get_default()
        bill.save()
        work.tell(FeeSet(*_about(work, branch), bill.number, yuan, before), ground)
    return bill


def record_payment(actor: Actor, task_id: int, slip: str) -> Bill:
    """She paid at the counter: the number of the slip is written down, and a receipt is hers at once.

    Raises NotThere, Refused (nothing is due), BadInput.
    """
    slip = slip.strip()
    if not slip or len(slip) > LONGEST_SLIP:
        raise BadInput({"slip": _("请写窗口票据的号码，最多 %(n)s 个字。") % {"n": LONGEST_SLIP}})
    with on_task(actor, "answer", task_id) as (work, _task):
        branch = _of_task(task_id)
        bill = _bill(branch)
        if not bill.yuan or bill.state != Bill.State.DUE:
            raise Refused("not_due", _("这一件不用再缴费。"))
        bill.by = actor.officer
        _keep_paid(work, branch, bill, Bill.How.COUNTER, (slip, work.at))
    return bill


def record_return(actor: Actor, task_id: int, slip: str) -> Bill:
    """What she paid at the counter was given back there. Raises NotThere, Refused (nothing is to be given back), BadInput."""
    slip = slip.strip()
    if not slip or len(slip) > LONGEST_SLIP:
        raise BadInput({"slip": _("请写退费票据的号码，最多 %(n)s 个字。") % {"n": LONGEST_SLIP}})
    with on_task(actor, "answer", task_id) as (work, _task):
        bill = to_give_back().filter(branch__task=task_id, how=Bill.How.COUNTER).first()
        if bill is None:
            raise Refused("not_owed", _("没有要退的费。"))
        _given_back(work, bill.pk, slip)
    return Bill.objects.get(pk=bill.pk)


# --- Inside -----------------------------------------------------------------------------------------------------------


def _cashier() -> TakesMoney:
    if not online():
        raise Refused("no_cashier", _("本市还没有接通网上缴费，请到窗口缴。"))
    made: TakesMoney = import_string(settings.CASHIER)()
    return made


def _branch(call_id: int, item: str) -> Branch:
    found = Branch.objects.select_related("case__call", "bearer", "task")
    row = found.filter(case__call=call_id, item=item, task__isnull=False).first()
    if row is None:
        raise NotThere
    return row


def _of_task(task_id: int) -> Branch:
    row = Branch.objects.select_related("case__call", "bearer", "task").filter(task=task_id).first()
    if row is None:
        raise NotThere
    return row


def _bill(branch: Branch) -> Bill:
    """The bill of a branch whose matter is locked; unsaved where there is none yet."""
    row = Bill.objects.filter(branch=branch).first()
    if row is None:
        whole = catalogue.whole(branch.case.version_id)
        fee = whole.items[branch.item].fee if whole else None
        row = rows.fresh(Bill, branch=branch, yuan=fee.yuan if fee else 0)
    return row


def _title(branch: Branch) -> str:
    whole = catalogue.whole(branch.case.version_id)
    return whole.items[branch.item].name.zh if whole else branch.item


def _about(work: Work, branch: Branch) -> tuple[int, int, str, str]:
    return work.matter.pk, branch.task_id or 0, branch.item, branch.bearer.key


def _paid_online(bill: Bill, paid: Paid) -> Bill:
    with on_call(SYSTEM, "pay", bill.branch.case.call_id) as (work, _call):
        row = Bill.objects.select_related("branch__bearer").get(pk=bill.pk)
        if row.state != Bill.State.DUE or row.number != bill.number:
            return row
        if paid.fen != row.yuan * 100:
            _log.error("the cashier took %s fen for bill %s of %s yuan", paid.fen, row.number, row.yuan)
            return row
        _keep_paid(work, row.branch, row, Bill.How.ONLINE, (paid.reference, paid.at))
    return row


def _keep_paid(work: Work, branch: Branch, bill: Bill, how: str, taken: tuple[str, datetime]) -> None:
    bill.state, bill.how, (bill.reference, bill.paid_at) = Bill.State.PAID, how, taken
    bill.save()
    work.tell(FeePaid(*_about(work, branch), bill.number, bill.yuan, how))


def _given_back(work: Work, bill_id: int, reference: str) -> int:
    row = Bill.objects.select_related("branch__bearer").get(pk=bill_id)
    if row.state != Bill.State.PAID:
        return 0
    row.state, row.returned_at, row.returned_as = Bill.State.RETURNED, work.at, reference[:LONGEST_SLIP]
    row.save()
    work.tell(FeeReturned(*_about(work, row.branch), row.number, row.yuan))
    return 1


def case_of(number: str) -> Case | None:
    """The case of a bill, by the bill's number."""
    row = Bill.objects.select_related("branch__case__call").filter(number=number).first()
    return row.branch.case if row else None
