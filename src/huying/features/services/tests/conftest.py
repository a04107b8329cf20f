"""A birth on its way: the applicant, the officers of each department, and the steps that take a case to its end."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from huying.city.catalogue import InForce
from huying.city.things import decide
from huying.features.services.deciding import Decision
from huying.features.services.deciding import decide as decide_branch
from huying.features.services.models import Branch, Case
from huying.features.services.opening import NewCase, open_cases
from huying.kernel import actions
from huying.kernel.intake import Opened
from huying.kernel.models import Call, Matter
from huying.people import private
from huying.people.actors import Actor, party_actor
from huying.people.models import Party
from tests.people import MakeActor, MakeCaller
from tests.small_city import SmallCity
from tests.small_things import ALLOWANCE, ANSWERS, CERTIFICATE, FORM, REGISTRATION

_keys = itertools.count(1)
AREA = "500106001"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    settings.PAPERS = tmp_path / "papers"
    settings.PHOTOS = tmp_path / "photos"
    settings.FILE_SCANNER = settings.REGISTERS = ""


@dataclass
class Birth:
    """A case and everybody who has a part in it."""

    city: SmallCity
    thing: InForce
    caller: Party
    make: MakeActor
    opened: Opened | None = None
    officers: dict[tuple[str, str], Actor] = field(default_factory=dict)

    @property
    def she(self) -> Actor:
        return party_actor(self.caller)

    @property
    def case(self) -> Case:
        return Case.objects.get(call=self.the.call_id)

    @property
    def the(self) -> Opened:
        assert self.opened
        return self.opened

    @property
    def matter(self) -> Matter:
        return Matter.objects.get(pk=self.the.matter_id)

    @property
    def call(self) -> Call:
        return Call.objects.get(pk=self.the.call_id)

    def new(self, answers: dict[str, Any] | None = None, skipped: Sequence[str] = (), **changes: Any) -> NewCase:
        decided = decide(self.thing.whole, answers or ANSWERS, frozenset(skipped))
        wanted = {one.field.name for one in decided.fields}
        values = {name: value for name, value in FORM.items() if name in wanted}
        new = NewCase(f"case-{next(_keys)}", self.caller, self.thing, decided, values, AREA, skipped)
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def open(self, answers: dict[str, Any] | None = None, skipped: Sequence[str] = (), **changes: Any) -> "Birth":
        self.opened = open_cases(self.she, [self.new(answers, skipped, **changes)])[0]
        return self

    def branch(self, item: str) -> Branch:
        return Branch.objects.select_related("task", "bearer", "case").get(case=self.the.matter_id, item=item)

    def task(self, item: str) -> int:
        found = self.branch(item).task_id
        assert found, f"{item} is not open"
        return found

    def officer(self, item: str, role: str = "handler") -> Actor:
        bearer = self.branch(item).bearer
        if (bearer.key, role) not in self.officers:
            self.officers[bearer.key, role] = self.make(role, bearer)
        return self.officers[bearer.key, role]

    def signed(self, item: str) -> "Birth":
        actions.sign(self.officer(item), [self.task(item)])
        return self

    def written(self, item: str, decision: Decision | None = None) -> "Birth":
        if self.branch(item).task.state == "given":  # type: ignore[union-attr]
            self.signed(item)
        decide_branch(self.officer(item), self.task(item), decision or Decision("granted", f"{item} 已制发"))
        return self

    def granted(self, *items: str) -> "Birth":
        for item in items:
            self.written(item)
            actions.approve(self.officer(item, "head"), self.task(item))
        return self

    def granted_only(self, item: str) -> "Birth":
        """What was written stands."""
        actions.approve(self.officer(item, "head"), self.task(item))
        return self

    def refused_later(self) -> "Birth":
        """To its end: the certificate is granted, all that follows is refused."""
        return self.granted(CERTIFICATE).refused(REGISTRATION).refused(ALLOWANCE)

    def refused(self, item: str, ground: str = "材料和登记的对不上，依据办法第三条。") -> "Birth":
        self.written(item, Decision("refused", ground=ground))
        actions.approve(self.officer(item, "head"), self.task(item))
        return self


@pytest.fixture
def case(small_city: SmallCity, birth: InForce, caller: MakeCaller, actor: MakeActor) -> Birth:
    """A birth that nobody has applied for yet."""
    party = caller()
    party.name_sealed = private.seal(party, "李梅")
    party.save()
    return Birth(small_city, birth, party, actor)
