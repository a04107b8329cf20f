"""Pages of applications while many are running: the inbox and the share of an officer, the page and the list of an applicant.

    huying bench cases [--cases N] [--json]

Each case has five open branches at five departments of the city (the thing of `bench things`), so that N cases are 5N open
tasks, N in each department's inbox. Measured when a hundredth of them run, and when all do. On SQLite, or HUYING_DATABASE_URL.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from common import city, own_folder, peak_mb, percentile, show
from inbox import cpu_ms, page
from things import news, people, thing_of_five

BATCH, APPLICANTS = 250, 500


def _applicants() -> list[Any]:
    from huying.people import parties

    return [parties.party_of_phone(f"139{n:08d}") for n in range(APPLICANTS)]


def _opened(applicants: list[Any], thing: Any, of: range) -> None:
    """Open the cases of these numbers, each applicant his own, in batches."""
    from huying.features.services.opening import open_cases
    from huying.people.actors import party_actor

    for start in range(of.start, of.stop, BATCH):
        party = applicants[start // BATCH % APPLICANTS]
        open_cases(party_actor(party), news(party, thing, min(BATCH, of.stop - start), str(start)))


def _page_of(party: Any, address: str) -> Callable[[], object]:
    from django.test import Client

    from huying.people import parties

    client = Client()
    client.force_login(parties.account_of(party))

    def get() -> object:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer

    return get


def _figures(applicants: list[Any], staff: dict[int, tuple[Any, Any]]) -> dict[str, Any]:
    from huying.features.services import queries as services
    from huying.features.services.models import Branch
    from huying.kernel import queries
    from huying.people.actors import party_actor

    handler, head = next(iter(staff.values()))
    branch = Branch.objects.filter(bearer__in=handler.departments("handler")).select_related("case__call", "task").latest("id")
    call = branch.case.call
    party = next(one for one in applicants if one.pk == call.caller_id)
    boxes = {f"{post}, {box}": (actor, queries.Filters(box=box)) for post, actor in (("handler", handler), ("head", head))
             for box in queries.boxes(actor)}  # fmt: skip
    asked = {name: cpu_ms(partial(queries.inbox, actor, chosen)) for name, (actor, chosen) in boxes.items()}
    pages = {
        "inbox": page(handler, "mine"),
        "case": _page_of(party, f"/case/{call.number}/"),
        "my_cases": _page_of(party, "/mine/"),
    }
    walls: dict[str, list[float]] = {}
    for name, get in pages.items():
        for _ in range(25):
            began = time.perf_counter()
            get()
            walls.setdefault(name, []).append((time.perf_counter() - began) * 1000)
    return {
        "inbox_query_cpu_ms": asked,
        "case_query_cpu_ms": cpu_ms(partial(services.case_page, party_actor(party), call.pk), 25),
        "share_query_cpu_ms": cpu_ms(partial(services.share_of, handler, branch.task), 25),
        "page_cpu_ms": {name: cpu_ms(get, 25) for name, get in pages.items()},
        "page_ms_p50": {name: round(percentile(values, 0.5), 2) for name, values in walls.items()},
        "page_ms_p99": {name: round(percentile(values, 0.99), 2) for name, values in walls.items()},
    }


def measure(cases: int) -> dict[str, Any]:
    """Fill to a hundredth, measure; fill to all, measure again; the log and the tables agree at the end of the first."""
    with own_folder():
        city()
        from django.db import connection

        from huying.kernel import rebuild
        from huying.kernel.models import Task

        thing = thing_of_five()
        _one, staff = people(thing)
        applicants, few = _applicants(), max(cases // 100, 1)
        _opened(applicants, thing, range(few))
        assert not list(rebuild.differences())
        at_few = _figures(applicants, staff)
        began = time.process_time()
        _opened(applicants, thing, range(few, cases))
        spent = time.process_time() - began
        at_all = _figures(applicants, staff)
        return {
            "database": connection.vendor,
            "cases": cases,
            "open_tasks": Task.objects.filter(is_open=True).count(),
            "opened_per_cpu_second": round((cases - few) / spent, 1),
            f"with_{few}": at_few,
            f"with_{cases}": at_all,
            "peak_mb": peak_mb(),
        }


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    show(measure(parser.parse_args().cases))


if __name__ == "__main__":
    main()
