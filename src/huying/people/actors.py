"""Who acts: every verb and every query takes an Actor first."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from huying.base import clock
from huying.people.asking import any_row
from huying.people.models import Officer, Party, Post, StandIn


@dataclass(frozen=True, slots=True)
class Held:
    """A post as rules see it: the role and the department (id, type, level, area id) in which it is held.

    `on_behalf` is the id of the officer who is away and for whom it is held; None where it is one's own.
    """

    role: str
    department_id: int
    department_type: str
    department_level: str
    area_id: int
    on_behalf: int | None = None


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

    @property
    def lent(self) -> tuple[Held, ...]:
        """The posts in which the actor stands in for somebody who is away."""
        return tuple(p for p in self.posts if p.on_behalf is not None)

    def holding(self, *lent: Held) -> "Actor":
        """The same actor with his own posts, and of those in which he stands in only the ones named."""
        return replace(self, posts=(*(p for p in self.posts if p.on_behalf is None), *lent))


SYSTEM = Actor(name="system", is_system=True)


def officer_actor(officer: Officer, posts: Iterable[Post] | None = None) -> Actor:
    """The actor of an officer with the posts he holds today, and those of who is away today and named him."""
    rows = posts if posts is not None else officer.posts.select_related("department")
    today = clock.today()
    own = tuple(_held(post) for post in rows if _of_the_day(post, today))
    posts_held = own + _lent_to(officer, today)
    return Actor(f"officer:{officer.pk}", officer, posts_held, roles=frozenset(p.role for p in posts_held))


def _lent_to(officer: Officer, today: date) -> tuple[Held, ...]:
    if not any_row("SELECT 1 FROM people_standin WHERE officer_id = %s LIMIT 1", [officer.pk]):
        return ()  # nearly always
    rows = StandIn.objects.filter(
        officer=officer, leave__cancelled=False, leave__first__lte=today, leave__last__gte=today
    ).select_related("post__department", "leave")
    return tuple(_held(row.post, row.leave.officer_id) for row in rows.order_by("pk") if _of_the_day(row.post, today))


def _held(post: Post, on_behalf: int | None = None) -> Held:
    at = post.department
    return Held(post.role, post.department_id, at.type, at.level, at.area_id, on_behalf)


def _of_the_day(post: Post, today: date) -> bool:
    return (post.valid_from is None or post.valid_from <= today) and (post.valid_to is None or today < post.valid_to)


def party_actor(party: Party) -> Actor:
    """The actor of a signed-in (or just recorded) caller."""
    return Actor(name=f"party:{party.token}", party=party)


def holder_actor(call_id: int) -> Actor:
    """The actor of somebody who showed the number and the secret of one call."""
    return Actor(name=f"call:{call_id}", held_call=call_id)
