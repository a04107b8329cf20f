"""The log: facts checked a CPU-second, the time of one proof, facts put into the tree a second, memory.

    huying bench log --json                       verify 1 million facts, proofs among 10 million
    huying bench log --facts 100000 --leaves 0    quick: the same log for both

Facts are filled in bulk, as record() would write them; a sample of them is compared with record()'s own rows first. `--leaves`
is the size of the log for the proofs: the facts that are verified are the beginning of it.
"""

import argparse
import hashlib
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from common import city, own_folder, peak_mb, percentile, show

PART = 50_000
BEGIN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
PROOFS = 300


def rows(first: int, last: int) -> Iterator[tuple[Any, ...]]:
    """Facts first to last, six to a matter, as columns of the table."""
    from huying.events import log  # its models need Django, which is ready only now

    encoder = log._encoder
    noise = random.Random(first)
    for n in range(first, last + 1):
        matter, version = (n - 1) // 6 + 1, (n - 1) % 6 + 1
        at = BEGIN + timedelta(seconds=n * 4, microseconds=n % 1_000_000)
        body = encoder.encode({"bearer": "500106.urban-management", "task": n}).decode()
        salt = noise.randbytes(16)
        whole = {"actor": "officer:7", "at": f"{at.timestamp():.6f}", "body": body, "name": "task.signed", "schema": 1}
        whole |= {"subject": f"matter:{matter}", "version": version}
        leaf = hashlib.sha256(b"\x00" + salt + encoder.encode(whole)).digest()
        yield n, at, "task.signed", 1, whole["subject"], version, "officer:7", body, salt, leaf


def fill(first: int, last: int) -> float:
    """Write facts and their numbers in bulk; CPU seconds. The sequencer's mark follows."""
    from django.db import connection, transaction

    from huying.events.models import FactOrder, Lease

    began = time.process_time()
    moment: Callable[[Any], Any] = connection.ops.adapt_datetimefield_value
    columns = "id, at, name, schema, subject, version, actor, body, salt, leaf"
    for begin in range(first, last + 1, PART):
        part = [(n, moment(at), *rest) for n, at, *rest in rows(begin, min(begin + PART - 1, last))]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO events_fact ({columns}) VALUES ({', '.join(['%s'] * 10)})", part)
            table = FactOrder._meta.db_table
            order = [(row[0], row[0], row[1]) for row in part]
            cursor.executemany(f"INSERT INTO {table} (seq, fact_id, at) VALUES (%s, %s, %s)", order)
    Lease.objects.update_or_create(name="sequencer", defaults={"low": last})
    return time.process_time() - began


def like_record(count: int = 200) -> int:
    """Record facts as verbs do, and fill the same: every column but the salt and what it hides must be equal."""
    from django.db import connection, transaction

    from huying.events import log
    from huying.events.models import Fact, FactOrder, Lease
    from huying.events.sequence import Sequencer
    from huying.kernel.events import TaskSigned

    facts = list(rows(1, count))
    with transaction.atomic():
        log.record(
            [
                log.Entry(TaskSigned(n, "500106.urban-management"), subject, version, actor, at, salt)
                for n, at, _name, _schema, subject, version, actor, _body, salt, _leaf in facts
            ]
        )
    Sequencer("bench").run_dry()
    recorded = _held(connection)
    for model in (FactOrder, Fact, Lease):
        model.objects.all().delete()
    fill(1, count)
    filled = _held(connection)
    assert recorded == filled, next((a, b) for a, b in zip(recorded, filled, strict=True) if a != b)
    for model in (FactOrder, Fact, Lease):
        model.objects.all().delete()
    return count


def _held(connection: Any) -> list[tuple[Any, ...]]:
    """Facts in their order, as the database holds them, without their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.seq, o.at, f.at, f.name, f.schema, f.subject, f.version, f.actor, f.body, f.salt, f.leaf"
            " FROM events_factorder o JOIN events_fact f ON f.id = o.fact_id ORDER BY o.seq"
        )
        return [tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in cursor.fetchall()]


def append(count: int) -> float:
    """Put what is numbered into the tree, then sign it; facts a CPU-second."""
    from huying.events import checkpoints, tiles

    began = time.process_time()
    done = 0
    while more := tiles.append():
        done += more
    rate = done / (time.process_time() - began)
    assert done == count, (done, count)
    checkpoints.sign()
    return rate


def proofs() -> dict[str, float]:
    """Milliseconds of one inclusion proof as a receipt asks for it, anywhere in the log; each one is checked."""
    from huying.events import checkpoints, evidence, merkle
    from huying.events.models import Fact, FactOrder

    newest = checkpoints.newest()
    assert newest is not None
    cpu, wall, places = [], [], random.Random(1)
    for _ in range(PROOFS):
        seq = places.randint(1, newest.size)
        began, clock = time.process_time(), time.perf_counter()
        found = evidence.prove([seq])
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - clock) * 1000)
        leaf = Fact.objects.values_list("leaf", flat=True).get(id=FactOrder.objects.get(seq=seq).fact_id)
        assert found is not None
        led = merkle.root_of_inclusion(bytes(leaf), seq - 1, found.checkpoint.size, found.steps[seq])
        assert led == found.checkpoint.root
    return {
        "proof_cpu_ms_p50": round(percentile(cpu, 0.5), 2),
        "proof_cpu_ms_p99": round(percentile(cpu, 0.99), 2),
        "proof_wall_ms_p50": round(percentile(wall, 0.5), 2),
        "proof_wall_ms_p99": round(percentile(wall, 0.99), 2),
    }


def verified(count: int) -> dict[str, Any]:
    """CPU seconds of `huying log verify`."""
    from huying.events.verify import verify

    began = time.process_time()
    found = verify()
    seconds = time.process_time() - began
    assert found.faults == 0 and found.facts == found.in_tree == count, found
    return {"verify_cpu_s": round(seconds, 1), "verify_facts_per_cpu_second": round(count / seconds), "memory_mb": peak_mb()}


def measure(facts: int, leaves: int) -> dict[str, Any]:
    """Fill, append, verify; then fill on and prove."""
    with own_folder():
        city()
        from django.db import connection

        checked = like_record()
        filling = fill(1, facts)
        figures: dict[str, Any] = {"database": connection.vendor, "facts": facts, "filler_checked_rows": checked}
        figures["append_facts_per_cpu_second"] = round(append(facts))
        figures |= verified(facts)
        whole = max(leaves, facts)
        if whole > facts:
            filling += fill(facts + 1, whole)
            figures["append_facts_per_cpu_second"] = round(append(whole - facts))
        figures |= {"leaves": whole, **proofs(), "memory_mb_in_all": peak_mb(), "fill_cpu_s": round(filling, 1)}
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--leaves", type=int, default=10_000_000)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    arguments = parser.parse_args()
    show(measure(arguments.facts, arguments.leaves))
