"""One appeal through HTTP: parsed, validated, cut, dispatched, promised, logged, committed. CPU-ms and SQL statements each.

    huying bench create [--reader] --json

With --reader a model of the city's types of department runs, learned from letters made of its duties' texts.
The request goes through the WSGI application as a server would hand it over (no test client), with cookie and CSRF token.
"""

import argparse
import io
import time
import urllib.parse
import uuid
from collections.abc import Callable
from typing import Any

import history
from common import city, floor_cpu_ms, own_folder, peak_mb, percentile, show, texts

TEXTS = texts()
STRIDE = 101  # prime to the number of texts: neighbours in time write about different things
QUESTION = "不是这件，继续提交".encode()
TOKEN = "a" * 32


def environ(body: bytes) -> dict[str, Any]:
    """A POST as a WSGI server hands it over."""
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/appeal/",
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_COOKIE": f"csrftoken={TOKEN}",
        "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }


def form(n: int, area: str) -> bytes:
    """A filled form, a caller of her own each time."""
    fields = {
        "csrfmiddlewaretoken": TOKEN,
        "key": uuid.uuid4().hex,
        "sort": "help",
        "text": TEXTS[n * STRIDE % len(TEXTS)],
        "area": area,
        "place": "校门口",
        "openness": "named",
        "phone": f"138{n:08d}",
    }
    return urllib.parse.urlencode(fields).encode()


def send(application: Callable[..., Any], body: bytes) -> int:
    """Hand one request over; the status, 200 where she is asked whether she means one that is there already.

    Raises AssertionError unless the appeal was taken or the question asked.
    """
    got: list[str] = []
    parts = application(environ(body), lambda status, headers: got.append(status))
    answer = b"".join(parts)
    close = getattr(parts, "close", None)
    if close:
        close()
    status = int(got[0][:3])
    assert status in (302, 303) or QUESTION in answer, f"{got[0]}: {answer[:2000].decode(errors='replace')}"
    return status


def statements(application: Callable[..., Any], body: bytes) -> list[str]:
    """Every statement of one create, transaction control included."""
    from django.db import connection

    seen: list[str] = []
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    send(application, body)
    seen = [q["sql"] for q in connection.queries_log]
    connection.force_debug_cursor = False
    return seen


def measure(times: int, reader: bool = False) -> dict[str, Any]:
    """Warm up, then create `times` appeals one by one."""
    with own_folder() as folder:
        counts = city()
        if reader:
            history.write(folder / "history.csv")
            assert history.train(folder / "history.csv").wait() == 0
            history.let_run()
        from huying.city.models import Area
        from huying.config.wsgi import application
        from huying.kernel.models import Call, Task

        streets = list(Area.objects.filter(level="street", valid_to=None).order_by("key").values_list("key", flat=True))
        for n in range(20):
            send(application, form(n, streets[n * STRIDE % len(streets)]))
        sql = statements(application, form(20, streets[20]))
        each, asked = [], 0
        for n in range(21, 21 + times):
            body = form(n, streets[n * STRIDE % len(streets)])
            began = time.process_time()
            asked += send(application, body) == 200
            each.append((time.process_time() - began) * 1000)
        assert Call.objects.count() + asked == times + 21
        dispatched = Task.objects.count() / (times + 21)
        floor = floor_cpu_ms(folder)
    mean = sum(each) / len(each)
    return {
        "cpu_ms": round(mean, 3),
        "cpu_ms_p50": round(percentile(each, 0.5), 3),
        "operations_per_cpu_second": round(1000 / mean),
        "sql_statements": len(sql),
        "floor_cpu_ms": floor,
        "ratio_to_floor": round(mean / floor, 1),
        "peak_memory_mb": peak_mb(),
        "dispatched_by_itself": round(dispatched, 3),
        "asked_whether_the_same": asked,
        "times": times,
        "reader": reader,
        "pack": counts,
        "statements": sql,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    parser.add_argument("--reader", action="store_true", help="with a model that runs")
    parser.add_argument("--statements", action="store_true", help="name the statements too")
    arguments = parser.parse_args()
    figures = measure(arguments.times, arguments.reader)
    if not arguments.statements:
        figures.pop("statements")
    show(figures)
