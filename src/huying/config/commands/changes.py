"""What a loaded pack does to what is open: matters and posts that go on with other bodies, carried or only foretold."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import pack
from huying.city import queries as city
from huying.city.pack.changes import Changes
from huying.kernel import succession, timers
from huying.people import officers
from huying.people.models import Post, Role


@dataclass(frozen=True, slots=True)
class Followed:
    """What went on with others now, who must be appointed anew, and what will go on a day to come."""

    matters: int
    posts: int
    to_appoint: tuple[Post, ...]
    ahead: list[succession.Line]


def load(path: Path, over: Collection[str] = ()) -> tuple[Changes, Followed]:
    """Load the pack, and carry what is open to who took over. Raises PackHasFaults.

    The pack is loaded all or nothing; the carrying goes in batches after it, and the worker goes on with what is left.
    """
    changes = pack.load(path, over=over)
    posts = officers.follow_bodies()
    return changes, Followed(timers.succeed_dry(), len(posts.moved), posts.ended, _ahead())


def foretell(path: Path, over: Collection[str] = ()) -> tuple[Changes, list[succession.Line]]:
    """What loading would change, and how many open matters would go to whom. Nothing stays written. Raises PackHasFaults."""
    try:
        with transaction.atomic():
            changes = pack.load(path, over=over)
            lines = succession.forecast()
            transaction.set_rollback(True)
    finally:
        city.reset()  # what was read meanwhile was never true
    return changes, lines


def _ahead() -> list[succession.Line]:
    today = clock.today()
    return [line for line in succession.forecast() if line.day > today]


def lines_of(found: list[succession.Line]) -> Iterator[str]:
    """Each change of bodies in a line: the day, from whom, to whom, how many."""
    for line in found:
        said = {"day": line.day, "body": line.body.name, "count": line.matters, "to": line.to.name if line.to else ""}
        if line.to is None:
            yield _("{day} {body} 没有接替单位：{count} 件在办事项回到交办单位或市热线中心").format(**said)
        else:
            yield _("{day} {body} → {to}：{count} 件在办事项").format(**said)


def said(followed: Followed) -> Iterator[str]:
    """What was carried, who must be appointed, what comes; nothing where nothing changed."""
    if followed.matters or followed.posts:
        words = _("接替单位继续办理：{matters} 件在办事项，{posts} 个岗位")
        yield words.format(matters=followed.matters, posts=followed.posts)
    for post in followed.to_appoint:
        role = Role(post.role).label
        yield _("请另行任命：{officer}（{body}{role}），这个单位没有接替单位").format(
            officer=post.officer.name, body=post.department.name, role=role
        )
    yield from lines_of(followed.ahead)


def plain(found: list[succession.Line]) -> list[dict[str, Any]]:
    """The lines for machines."""
    return [
        {"day": line.day, "from": line.body.key, "to": line.to.key if line.to else None, "matters": line.matters}
        for line in found
    ]


def told(followed: Followed) -> dict[str, Any]:
    """What was carried, for machines."""
    appoint = [{"officer": p.officer.name, "department": p.department.key, "role": p.role} for p in followed.to_appoint]
    return {
        "matters": followed.matters,
        "posts": followed.posts,
        "to_appoint": appoint,
        "ahead": plain(followed.ahead),
    }
