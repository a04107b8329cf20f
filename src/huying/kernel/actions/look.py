"""阅: open one thing that says who a caller is, for a reason, for a time. Each look is a fact, and she sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from huying.city import queries as city
from huying.kernel import openness, rules, unusual
from huying.kernel.errors import BadInput, NotThere, Refused
from huying.kernel.events import CallLooked
from huying.kernel.models import Call, Look, Openness
from huying.kernel.record import Work
from huying.kernel.work import on_call
from huying.people.actors import Actor, Held

SETTING = "looks.reasons"
MINUTES = 15  # for which it stays open, where the pack does not say
SHORTEST, LIMIT = 4, 200


@dataclass(frozen=True, slots=True)
class Opened:
    """What was opened, and until when this officer sees it."""

    look: Look
    value: str
    until: datetime


def reasons() -> dict[str, str]:
    """The pack's reasons by name, with their labels; for another nobody may look."""
    return {str(row["name"]): str(row["label"]) for row in city.setting(SETTING, [])}


def minutes() -> int:
    """For how many minutes a look stays open."""
    return int(city.setting("looks.minutes", MINUTES))


def look(actor: Actor, call_id: int, field: str, reason: str, words: str) -> Opened:
    """Open `field` of a call: phone, name, or the token of what was cut out. Open already, it is not looked at twice.

    Raises NotThere, Refused (how openly she called does not allow it, or there is nothing), BadInput.
    """
    seen = rules.visible_to(actor, "call")
    # before anything is locked: a stranger neither holds up another's matter nor learns by the time it takes that it is there
    if seen is None or not Call.objects.filter(seen, pk=call_id).exists():
        raise NotThere
    errors = {}
    if reason not in reasons():
        errors["reason"] = _("请选一个理由，来电人看得到。")
    if len(words.strip()) < SHORTEST:
        errors["words"] = _("请写一句为什么要看，来电人看得到。")
    if errors:
        raise BadInput(errors)
    with on_call(actor, "look", call_id) as (work, call):
        post = openness.post_for(actor, call, field)
        if post is None:
            raise _closed(call)
        value = openness.value_of(call, field)
        if not value:
            raise _nothing(field)
        row = open_now(actor, call, field, work.at) or record(work, call, post, (field, reason, words.strip()[:LIMIT]))
    return Opened(row, value, row.until)


def record(work: Work, call: Call, post: Held, asked: tuple[str, str, str]) -> Look:
    """Within a verb on the call: this post looks at a field, for a reason, in these words. She sees it from here on."""
    field, reason, words = asked
    signs = unusual.signs(work.actor, post, call, work.at)
    until = work.at + timedelta(minutes=minutes())
    row = Look(call=call, version=call.version + 1, officer=work.actor.officer, department_id=post.department_id)
    row.role, row.field, row.reason, row.at, row.until, row.signs = post.role, field, reason, work.at, until, ",".join(signs)
    row.save()
    department = city.department_by_id(post.department_id)
    fact = CallLooked(
        call=call.pk,
        field=field,
        department=department.key if department else "",
        role=post.role,
        reason=reason,
        look=row.pk,
        until=int(until.timestamp()),
        signs=signs,
    )
    work.tell_call(call, fact, words)
    call.save(update_fields=["version"])
    return row


def open_now(actor: Actor, call: Call, field: str, at: datetime) -> Look | None:
    """The look by which this officer has it open at that moment."""
    return Look.objects.filter(call=call, officer=actor.officer, field=field, until__gt=at).order_by("-at").first()


def _closed(call: Call) -> Refused:
    if call.openness == Openness.NAMED:
        return Refused("not_yours", _("您的岗位不能做这一步。"))
    if call.openness == Openness.CONFIDENTIAL:
        return Refused("closed_identity", _("来电人要求保密，请用“留言”联系。"))
    return Refused("closed_identity", _("来电人没有留名，谁也看不到是谁，请用“留言”联系。"))


def _nothing(field: str) -> Refused:
    if field == openness.PHONE:
        return Refused("no_phone", _("来电人没有留电话，请用“留言”联系。"))
    return Refused("nothing_there", _("这里没有可以打开的内容，或者已经按来电人的意思删除了。"))
