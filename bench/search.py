"""Search among many documents: what a question of two characters costs, for whoever asks, on either database.

    huying bench search --documents 1000000 --json

Matters, tasks and calls are filled by statement, documents laid in bulk (bench/lay.py). Each figure is the whole question:
index, rules and the rows of a page; but for `the index alone`. CPU is that of this process and, on PostgreSQL, of the server
for it. BENCH_DIR=/dev/shm spares the disk: what is measured reads only.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import lay
from common import city, own_folder, peak_mb, percentile, show
from fill import fill
from server import server, spent

TIMES = 200
# asked by everybody: a word of every document, a common one, a rare one, one that nobody wrote, one character, a story
QUESTIONS = {
    "in every document": "派人",
    "common": "路灯",
    "rare": "窨井",
    "nowhere": "鲸鱼",
    "one character": "灯",
    "four characters": "路灯不亮",
    "a story": "晚上回家路灯全是黑的台阶看不清，老人走路怕摔倒，找了好几次没人来修",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true", help="figures as JSON (they always are)")
    asked = parser.parse_args()
    with own_folder():
        figures: dict[str, Any] = {"city": city(), "documents": asked.documents}
        from huying.kernel.search import documents

        fill(asked.documents)
        lay.calls()
        documents.refresh_duties()
        figures["put"] = lay.documents()
        figures["questions"] = {who: ask(actor) for who, actor in actors().items()}
        figures["the index alone"] = {name: measured(lambda q=asked_for: _newest(q)) for name, asked_for in QUESTIONS.items()}
        figures["duties, for everybody"] = measured(lambda: _duties("路灯"))
        figures["peak_mb"] = peak_mb()
        from django.db import connection

        figures["database"] = connection.vendor
        show(figures)


def actors() -> dict[str, Any]:
    """The city's desk, the unit with the most, a unit with few, a district's supervisor, and a caller."""
    from django.db.models import Count

    from huying.city.models import Department
    from huying.kernel.models import Call, Task
    from huying.people.actors import Actor, Held, party_actor

    def officer(role: str, unit: Department) -> Actor:
        return Actor("officer:1", None, (Held(role, unit.pk, unit.type, unit.level, unit.area_id),), roles=frozenset({role}))

    loads = list(Task.objects.values_list("bearer").annotate(n=Count("id")).order_by("-n"))
    unit = {pk: Department.objects.get(pk=pk) for pk in (loads[0][0], loads[-1][0])}
    centre = Department.objects.filter(type="governance-centre", level="district", valid_to=None).first()
    desk = Department.objects.filter(type="hotline").first()
    caller = Call.objects.order_by("-id").select_related("caller").first()
    assert centre and desk and caller
    return {
        "the city's desk": officer("dispatcher", desk),
        f"a unit of {loads[0][1]}": officer("handler", unit[loads[0][0]]),
        f"a unit of {loads[-1][1]}": officer("handler", unit[loads[-1][0]]),
        "a district's supervisor": officer("supervisor", centre),
        "a caller": party_actor(caller.caller),
    }


def ask(actor: Any) -> dict[str, Any]:
    """What each question costs this actor."""
    from huying.kernel import search

    return {
        name: measured(lambda question=question: len(search.calls(actor, question).calls))
        for name, question in QUESTIONS.items()
    }


def _newest(question: str) -> int:
    """What the index takes of it, for the city's desk: without the rules and the rows of a page."""
    from huying.kernel.search import index
    from huying.reading import terms

    return len(index.newest(terms.parse(question), ["call"], None, 21))


def _duties(question: str) -> int:
    from huying.kernel import search

    return len(search.duties(question))


def measured(question: Callable[[], int]) -> dict[str, Any]:
    """CPU milliseconds of one question: the mean of many, and of this process alone the one of a hundred that took longest."""
    found = question()
    before, at_server, each = spent(), server(), []
    for _ in range(TIMES):
        at = time.process_time()
        question()
        each.append((time.process_time() - at) * 1000)
    whole, served = spent() - before, server() - at_server
    told = {"found": found, "cpu_ms": round(whole / TIMES * 1000, 2), "p99_here": round(percentile(each, 0.99), 2)}
    return told | ({"of it the server": round(served / TIMES * 1000, 2)} if served else {})


if __name__ == "__main__":
    main()
