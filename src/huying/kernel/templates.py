"""答复模板: of the pack, of a unit, of oneself; for a step and a duty, with named gaps. Kept here, filled on the page."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import queries as city
from huying.kernel import rules
from huying.kernel.errors import BadInput, NotThere
from huying.kernel.models import Matter, Response, ResponseState, Template
from huying.people import cutting
from huying.people.actors import Actor

STEPS = ("contact", "supplement", "answer", "decline", "refer", "send_back")  # the verbs whose words can come from one
SETTING = "replies"  # the pack's own, as city.pack.layout reads them
TITLE, TEXT = 40, 2000
PACK, UNIT, OWN = "pack", "unit", "own"
_TOKEN = re.compile(r"〔([^〔〕0-9·]+)·?[0-9]+〕")
_DAY = re.compile(r"(?:[0-9]{4} ?年 ?)?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日")  # read, not said


@dataclass(frozen=True, slots=True)
class Offered:
    """A template as a page offers it. `key` names it in an address; `source` is pack, unit or own."""

    key: str
    step: str
    title: str
    text: str
    source: str
    duty_key: str


def offered(actor: Actor, steps: Collection[str], duty_key: str = "") -> list[Offered]:
    """What this actor may use for these steps: what is for the duty in front, then one's own, the unit's, the pack's."""
    found = [*(_of_row(row) for row in _mine(actor).filter(step__in=steps)), *_of_pack(steps)]
    fitting = [row for row in found if duty_key.startswith(row.duty_key)]
    order = (OWN, UNIT, PACK)
    return sorted(fitting, key=lambda row: (-len(row.duty_key), order.index(row.source), row.title))


def get(actor: Actor, key: str) -> Offered | None:
    """The template of that key, None for what is not there, or not his."""
    return next((row for row in everything(actor) if row.key == key), None)


def everything(actor: Actor) -> list[Offered]:
    """Every template the actor may use, by step."""
    found = [*(_of_row(row) for row in _mine(actor)), *_of_pack(STEPS)]
    return sorted(found, key=lambda row: (STEPS.index(row.step), row.title))


def kept_by(actor: Actor) -> set[str]:
    """The keys of those that the actor may change: one's own, and as a head the unit's."""
    return {str(pk) for pk in _kept(actor).values_list("pk", flat=True)}


def keep(
    actor: Actor, title: str, step: str, text: str, *, duty_key: str = "", unit: int | None = None, key: str = ""
) -> Template:
    """Make a template of one's own, or of the `unit` that one leads; with `key` change one that is there.

    Raises NotThere, BadInput.
    """
    title, text = title.strip(), text.strip()
    if errors := _faults(title, step, text):
        raise BadInput(errors)
    row = _kept(actor).filter(pk=_pk(key)).first() if key else _fresh(actor, unit)
    if row is None:
        raise NotThere
    row.title, row.step, row.text, row.duty_key = title, step, text, duty_key
    row.save()
    return row


def remove(actor: Actor, key: str) -> None:
    """Take a template out. Raises NotThere."""
    row = _kept(actor).filter(pk=_pk(key)).first()
    if row is None:
        raise NotThere
    row.delete()


def from_answer(actor: Actor, response_id: int) -> Template:
    """One's own answer that was approved, as a template of one's own: what names somebody, and each day, is a gap.

    Raises NotThere.
    """
    scope = rules.visible_to(actor, "matter")
    mine = Response.objects.filter(pk=response_id, written_by=actor.officer, state=ResponseState.APPROVED)
    row = None if scope is None else mine.filter(matter__in=Matter.objects.filter(scope)).select_related("matter").first()
    if row is None:
        raise NotThere
    duty = city.duty(row.matter.duty_key)
    title = _("答复：%(what)s") % {"what": duty.name if duty else clock.today().isoformat()}
    return keep(actor, title[:TITLE], "answer", with_gaps(row.text)[:TEXT], duty_key=row.matter.duty_key)


def with_gaps(text: str) -> str:
    """The text with identifiers and days as named gaps."""
    return _DAY.sub("〔" + _("日期") + "〕", _TOKEN.sub(r"〔\1〕", cutting.cut(text).text))


def _faults(title: str, step: str, text: str) -> dict[str, str]:
    errors = {}
    if not title or len(title) > TITLE:
        errors["title"] = _("请起一个名字，四十字以内。")
    if step not in STEPS:
        errors["step"] = _("请选用在哪一步。")
    if not text or len(text) > TEXT:
        errors["text"] = _("请写模板的文字，两千字以内。")
    elif text.count("〔") != text.count("〕"):
        errors["text"] = _("〔和〕没有成对，请补上。")
    elif cutting.find(text):
        errors["text"] = _("里面有姓名、电话或者门牌，请换成〔姓名〕这样的空。")
    return errors


def _fresh(actor: Actor, unit: int | None) -> Template | None:
    if actor.officer is None or (unit is not None and unit not in actor.departments("head")):
        return None
    owner = None if unit is not None else actor.officer
    return Template(department_id=unit, officer=owner, made_by=actor.officer, made_at=clock.now())


def _mine(actor: Actor) -> QuerySet[Template]:
    own = Q(officer=actor.officer) | Q(department__in=actor.departments())
    return Template.objects.filter(own) if actor.officer else Template.objects.none()


def _kept(actor: Actor) -> QuerySet[Template]:
    led = Q(department__in=actor.departments("head"))
    return Template.objects.filter(Q(officer=actor.officer) | led) if actor.officer else Template.objects.none()


def _pk(key: str) -> int:
    return int(key) if key.isascii() and key.isdigit() and len(key) < 18 else 0


def _of_row(row: Template) -> Offered:
    return Offered(str(row.pk), row.step, row.title, row.text, OWN if row.officer_id else UNIT, row.duty_key)


def _of_pack(steps: Iterable[str]) -> list[Offered]:
    rows = city.setting(SETTING, [])
    return [
        Offered(f"pack.{row['key']}", row["step"], row["title"], row["text"], PACK, row["duty"])
        for row in rows
        if row["step"] in steps
    ]
