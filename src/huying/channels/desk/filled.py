"""A verb's form as it was sent: its fields by name, in the types the kernel's functions ask for."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from huying.base import ids
from huying.channels.parts.photos import Given
from huying.kernel.errors import BadInput
from huying.kernel.queries import MatterView
from huying.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Filled:
    """A verb's form as it was sent."""

    actor: Actor
    view: MatterView
    data: QueryDict
    photos: Given

    def text(self, name: str) -> str:
        """A field's text without blanks around it."""
        return str(self.data.get(name, "")).strip()

    def number(self, name: str) -> int:
        """A chosen row's id. Raises BadInput when nothing was chosen."""
        value = ids.row_id(self.text(name))
        if not value:
            raise BadInput({name: _("请选择一个单位。")})
        return value

    def count(self, name: str) -> int:
        """A count that was typed; 0 when it is none."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0

    def amount(self, name: str) -> int | None:
        """A whole number that was typed, 0 too; None when it is none."""
        value = self.text(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None

    def numbers(self, name: str) -> list[int]:
        """All rows that were chosen, each once."""
        return list(filter(None, map(ids.row_id, dict.fromkeys(self.data.getlist(name)))))

    def day(self, name: str) -> date | None:
        """A day; None when none was typed. Raises BadInput."""
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise BadInput({name: _("请写成 2026-12-01 这样的日期。")}) from None

    @property
    def task_id(self) -> int:
        """The task at hand. Raises BadInput when there is none."""
        if self.view.task is None:
            raise BadInput({"": _("您手上没有这件的任务。")})
        return self.view.task.pk

    def voice(self, verb: str) -> int:
        """The voice that was chosen; the only one, where there is but one. Raises BadInput where several could be meant."""
        chosen, calls = ids.row_id(self.text("call")), [call.pk for call in self.view.calls]
        if chosen in calls:
            return chosen
        on = self.view.on_voice.get(verb) or calls
        if len(on) != 1:
            raise BadInput({"call": _("请选一个人的诉求。")})
        return on[0]

    def grade(self) -> int | None:
        """A grade that was chosen; none is preselected."""
        value = self.text("grade")
        return int(value) if value.isascii() and value.isdigit() and len(value) == 1 else None
