"""The officers of the demo: made once, found by department and post."""

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password

from huying.city import queries as city
from huying.config.demo.story import OfficerLine
from huying.config.environment import BadSetting
from huying.people import officers
from huying.people.actors import Actor, officer_actor
from huying.people.models import Account, Officer

PASSWORD = "huying-demo"  # printed at every start: a demo has nothing to protect  # nosec B105  # a demo hides nothing


class Nobody(LookupError):
    """No officer of the demo holds such a post."""


def appoint(lines: Iterable[OfficerLine]) -> None:
    """Make the officers, each with one post from today on. Raises BadSetting where the pack has no such department."""
    lines = list(lines)
    for line in lines:
        department = city.department_by_key(line.department)
        if department is None:
            raise BadSetting(f"demo/people.yaml: {line.login}: the pack has no department {line.department}")
        officers.appoint(line.login, line.name, None, [(department, line.role)])
    # one password for all, so it is worked out once: that takes a tenth of a second by design
    Account.objects.filter(username__in=[line.login for line in lines]).update(password=make_password(PASSWORD))


class Staff:
    """Who acts for a department. Looked up once; posts of the demo do not change within its week."""

    def __init__(self) -> None:
        rows = Officer.objects.filter(posts__isnull=False).distinct().order_by("id").prefetch_related("posts__department")
        self._held: dict[tuple[str, str], Actor] = {}
        for officer in rows:
            actor = officer_actor(officer, officer.posts.all())
            for post in officer.posts.all():
                self._held.setdefault((post.department.key, post.role), actor)

    def actor(self, department: str, *roles: str) -> Actor:
        """The first officer who holds one of the roles there. Raises Nobody."""
        for role in roles:
            if found := self._held.get((department, role)):
                return found
        raise Nobody(f"{department}: nobody is {' or '.join(roles)}")
