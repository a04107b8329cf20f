"""Who acts: every verb and every query takes an Actor first."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from huying.base import clock
from huying.people.models import Officer, Party, Post


@dataclass(frozen=True, slots=True)
class Held:
    """A post as rules see it: the role and the department (id, type, level, area id) in which it is held."""

    role: str
    department_id: int
    department_type: str
    department_level: str
    area_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """An officer with posts, a party, somebody who holds one call's number and secret, or the system itself."""

    name: str  # as facts name it: officer:17, party:9f…, call:12 (by number and secret), system
    officer: Officer | None = None
    posts: tuple[Held, ...] = ()
    party: Party | None = None
    held_call: int | None = None
    is_system: bool = False
    roles: frozenset[str] = field(default=frozenset())

    def departments(self, *roles: str) -> set[int]:
        """Ids of the departments in which the actor holds one of `roles` (any, when none is named)."""
        return {p.department_id for p in self.posts if not roles or p.role in roles}


SYSTEM = Actor(name="system", is_system=True)


def officer_actor(officer: Officer, posts: Iterable[Post] | None = None) -> Actor:
    """The actor of an officer with the posts he holds today."""
    rows = posts if posts is not None else officer.posts.select_related("department")
    today = clock.today()
    held = tuple(
        Held(p.role, p.department_id, p.department.type, p.department.level, p.department.area_id)
        for p in rows
        if (p.valid_from is None or p.valid_from <= today) and (p.valid_to is None or today < p.valid_to)
    )
    return Actor(name=f"officer:{officer.pk}", officer=officer, posts=held, roles=frozenset(p.role for p in held))


def party_actor(party: Party) -> Actor:
    """The actor of a signed-in (or just recorded) caller."""
    return Actor(name=f"party:{party.token}", party=party)


def holder_actor(call_id: int) -> Actor:
    """The actor of somebody who showed the number and the secret of one call."""
    return Actor(name=f"call:{call_id}", held_call=call_id)
