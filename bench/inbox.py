"""The inbox among millions of tasks: the first page's query for every post and filter, and the whole page.

    huying bench inbox --tasks 5000000 --json

Uses HUYING_DATABASE_URL when it is set (an empty PostgreSQL database), else SQLite in a folder of its own.
"""

import argparse
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, percentile, show
from fill import fill, like_verbs

REPEATS = 60


def cpu_ms(act: Callable[[], object], times: int = REPEATS) -> float:
    """CPU milliseconds for one act, warm: of this process, and of the server process that answers it on PostgreSQL."""
    act()
    began = _cpu_seconds()
    for _ in range(times):
        act()
    return round((_cpu_seconds() - began) / times * 1000, 3)


def _cpu_seconds() -> float:
    return time.process_time() + _server_seconds()


def _server_seconds() -> float:
    """What the server process of this connection has used, read from the system; the server must run on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def wall_ms(act: Callable[[], object], times: int = REPEATS) -> float:
    """The median of wall milliseconds."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return round(percentile(taken, 0.5), 3)


def actors() -> dict[str, Any]:
    """One officer of each kind of post, and one who holds posts in 41 bureaus."""
    from huying.city.models import Department
    from huying.people.actors import officer_actor
    from huying.people.models import Account, Officer, Post

    def officer(name: str, posts: list[tuple[str, Department]]) -> Any:
        person = Officer.objects.create(account=Account.objects.create_user(name, None), name=name)
        for role, department in posts:
            Post.objects.create(officer=person, department=department, role=role)
        return officer_actor(person)

    live = Department.objects.filter(valid_to=None).order_by("id")
    bureaus = live.filter(level="district").exclude(type="governance-centre")
    centre, desk = live.filter(type="governance-centre").first(), live.get(type="hotline")
    return {
        "handler": officer("handler", [("handler", bureaus[100])]),
        "head": officer("head", [("head", bureaus[200])]),
        "handler of the busiest": officer("busy", [("handler", live.exclude(type="hotline")[0])]),
        "handler of 41 bureaus": officer("many", [("handler", d) for d in bureaus[300:341]]),
        "centre's dispatcher": officer("centre", [("dispatcher", centre)]),
        "district supervisor": officer("supervisor", [("supervisor", centre)]),
        "city desk": officer("desk", [("dispatcher", desk)]),
        "call-back desk": officer("callback", [("callback", desk)]),
        "auditor": officer("auditor", [("auditor", desk)]),
    }


def filters() -> dict[str, Any]:
    """Every filter the page offers."""
    from datetime import timedelta

    from huying.base import clock
    from huying.kernel.queries import Filters

    return {
        "none": Filters(),
        "sort": Filters(sort="praise"),
        "state": Filters(state="given"),
        "state that nothing has": Filters(state="submitted"),
        "due today": Filters(due_before=clock.now() + timedelta(hours=10)),
        "unknown kind": Filters(kind="order"),
    }


def page(actor: Any, box: str) -> Callable[[], object]:
    """A request for a box of the inbox through the WSGI application, signed in."""
    from django.conf import settings
    from django.test import Client

    from huying.base import clock
    from huying.channels.parts import entering
    from huying.config.wsgi import application

    client = Client()
    client.force_login(actor.officer.account)
    session = client.session
    session[entering.PROVED] = clock.now().timestamp()  # as after the second factor
    session.save()
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    base = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/desk/",
        "QUERY_STRING": f"box={box}",
        "HTTP_COOKIE": cookie,
        "HTTP_HOST": "127.0.0.1",
    }
    base |= {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1"}
    base |= {"wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False}
    base |= {"wsgi.run_once": False}

    def get() -> object:
        got: list[str] = []
        environ = base | {"wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO()}
        parts = application(environ, lambda status, headers: got.append(status))
        body = b"".join(parts)
        parts.close()
        assert got[0].startswith("200"), got
        return body

    return get


def measure(tasks: int, check: int) -> dict[str, Any]:
    """Fill, check the filler, measure."""
    with own_folder():
        counts = city()
        checked = like_verbs(check) if check else {}
        began = time.perf_counter()
        fill(tasks)
        filled_s = round(time.perf_counter() - began, 1)
        from dataclasses import replace
        from functools import partial

        from django.db import connection

        from huying.kernel import queries
        from huying.kernel.models import Task

        cpu: dict[str, dict[str, float]] = {}
        wall: dict[str, dict[str, float]] = {}
        everybody = actors()
        pages: dict[str, float] = {}
        page_cpu: dict[str, float] = {}
        for post, actor in everybody.items():
            boxes = [box for box in queries.boxes(actor) if box != "answered"]  # it is no inbox: the filler has no calls
            for box in boxes:
                for name, chosen in filters().items():
                    act = partial(queries.inbox, actor, replace(chosen, box=box))
                    cpu.setdefault(f"{post}, {box}", {})[name] = cpu_ms(act)
                    wall.setdefault(f"{post}, {box}", {})[name] = wall_ms(act, 20)
            if boxes:
                got = page(actor, boxes[0])
                pages[post], page_cpu[post] = wall_ms(got, 30), cpu_ms(got, 30)
        total, open_tasks = Task.objects.count(), Task.objects.filter(is_open=True).count()
        vendor = connection.vendor
    worst = max((value, f"{post}: {name}") for post, row in cpu.items() for name, value in row.items())
    return {
        "database": vendor,
        "tasks": total,
        "open": open_tasks,
        "fill_seconds": filled_s,
        "filler_checked": checked,
        "query_cpu_ms": cpu,
        "query_cpu_ms_worst": worst,
        "query_wall_ms": wall,
        "page_ms_p50": pages,
        "page_cpu_ms": page_cpu,
        "peak_memory_mb": peak_mb(),
        "pack": counts,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=200_000)
    parser.add_argument(
        "--check", type=int, default=10_000, help="rows of the filler compared with rows of the verbs; 0 for none"
    )
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    show(measure(arguments.tasks, arguments.check))
