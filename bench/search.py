"""Search among many documents: what a question of two characters costs, for whoever asks, on either database.

    huying bench search --documents 1000000 --json

Matters, tasks and calls are filled by statement, documents through the index itself, as the reader puts them. Each figure
is the whole question: index, rules and the rows of a page. CPU is that of this process and, on PostgreSQL, of the server's
process that serves it.
"""

import argparse
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, percentile, show, texts
from fill import _moment, _series, fill

TIMES = 200
CALLERS_EVERY = 10  # so many calls has each caller
BATCH = 2_000
TICKS = os.sysconf("SC_CLK_TCK")
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
        fill_calls()
        documents.refresh_duties()
        figures["put"] = put_documents()
        figures["questions"] = {who: ask(actor) for who, actor in actors().items()}
        figures["duties, for everybody"] = measured(lambda: _duties("路灯"))
        figures["peak_mb"] = peak_mb()
        from django.db import connection

        figures["database"] = connection.vendor
        show(figures)


def fill_calls() -> None:
    """One call a matter, every ten of one caller."""
    from django.db import connection

    from huying.base import clock
    from huying.kernel.models import Matter
    from huying.people.models import Party

    last = Matter.objects.order_by("-id").values_list("id", flat=True)[0]
    parties = [Party(data_key=b"k") for _ in range(last // CALLERS_EVERY + 1)]
    Party.objects.bulk_create(parties, batch_size=500)
    first = Party.objects.order_by("id").values_list("id", flat=True)[0]
    text = "substr('000000000000' || s.n, -12)" if connection.vendor == "sqlite" else "lpad(s.n::text, 12, '0')"
    no = "FALSE" if connection.vendor == "postgresql" else "0"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO kernel_call (id, number, secret_hash, kind, sort, caller_id, matter_id, channel, title, text, place,
            openness, state, opened_at, rating_text, told_to_desk, reopened, tries, ended_how, excluded, version, area_id)
            SELECT s.n, {text}, '', 'appeal', m.sort, %(first)s + s.n / {CALLERS_EVERY}, m.id, 'web', m.title, m.title, '',
            'named', 'open', m.opened_at, '', {no}, 0, 0, '', '', 1, m.area_id
            FROM {_series()} JOIN kernel_matter m ON m.id = s.n""",
            {"start": 1, "end": last, "first": first, "now": _moment(clock.now())},
        )
        cursor.execute("ANALYZE")


def put_documents() -> dict[str, Any]:
    """Every call's document, through the index; how long one takes."""
    from django.db import connection, transaction

    from huying.kernel.search import index

    chance, said, began, n = random.Random(26), texts(), time.process_time(), 0
    for rows in batches():
        with transaction.atomic():
            index.put([_entry(row, chance, said) for row in rows])
        n += len(rows)
    spent = time.process_time() - began
    settling = time.process_time()
    while index.settle():
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE kernel_document")
    return {
        "cpu_ms_each, without the server": round(spent / n * 1000, 3),
        "settled, cpu_s": round(time.process_time() - settling, 1),
    }


def batches() -> Iterator[list[tuple[int, int, int, int]]]:
    """Call, caller, bearer and area of every call, in parts."""
    from huying.kernel.models import Call

    last = 0
    while rows := list(
        Call.objects.filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", "caller_id", "matter__tasks__bearer_id", "matter__area_id")[:BATCH]
    ):
        yield rows
        last = rows[-1][0]


def _entry(row: tuple[int, int, int, int], chance: random.Random, said: list[str]) -> Any:
    from huying.kernel.search.index import Entry
    from huying.kernel.search.scopes import _where
    from huying.reading import terms

    pk, caller, bearer, area = row
    words = f"{chance.choice(said)}第{pk}件。{chance.choice(said)[3:-8]}"
    return Entry(
        f"call:{pk}", " ".join(terms.pieces(words)), f"call d{bearer} p{caller} {' '.join(f'a{pk}' for pk in _where(area))}"
    )


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


def _duties(question: str) -> int:
    from huying.kernel import search

    return len(search.duties(question))


def measured(question: Callable[[], int]) -> dict[str, Any]:
    """CPU milliseconds of one question: the mean of many, and of this process alone the one of a hundred that took longest."""
    found = question()
    server, began, each = _server_cpu(), time.process_time(), []
    for _ in range(TIMES):
        at = time.process_time()
        question()
        each.append((time.process_time() - at) * 1000)
    whole = time.process_time() - began + _server_cpu() - server
    return {"found": found, "cpu_ms": round(whole / TIMES * 1000, 2), "p99_here": round(percentile(each, 0.99), 2)}


def _server_cpu() -> float:
    """CPU seconds of the server's process that serves this connection; 0 on SQLite, which is in this one."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICKS


if __name__ == "__main__":
    main()
