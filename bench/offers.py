"""A day's run over many who agreed: their birthdays asked of the register, each look written down, offers made for those due.

huying bench offers --json
"""

import argparse
import json
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from common import city, own_folder, peak_mb, show

BATCH, DUE_EVERY = 1000, 100  # one in a hundred turns 80 within the days of the rule


def people(count: int, today: date) -> Iterator[dict[str, Any]]:
    """That many of the register: most of any age, one in a hundred of 80 next week."""
    from huying.features.services.offering.registers import check_figure

    for number in range(count):
        born = date(today.year - 80, 6, 1) + timedelta(days=400 + number * 7 % 20_000)
        if number % DUE_EVERY == 0:
            born = (today + timedelta(days=7)).replace(year=today.year - 80)
        body = f"50{number // 1000:04d}{born:%Y%m%d}{number % 1000:03d}"
        home = {"area": "liangjiang-500105006", "address": f"观音桥街道建新北路 {number} 号"}
        yield {"identity": body + check_figure(body), "name": "石秀英", "phone": "", "born": born.isoformat(), **home}


def lay(count: int, file: Path) -> None:
    """The register, and as many parties who have shown who they are and agreed, due today."""
    from django.conf import settings

    from huying.base import clock
    from huying.features.services import sealing
    from huying.features.services.offering.models import Consent, Proven, Watch
    from huying.people.models import Party

    settings.PEOPLE_FILE, settings.PEOPLE_REGISTER = file, "huying.adapters.file_people.FilePeople"
    now, rows = clock.now(), people(count, clock.today())
    with file.open("w", encoding="utf-8") as out:
        for _begin in range(0, count, BATCH):
            part = [row for _place, row in zip(range(BATCH), rows, strict=False)]
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in part)
            parties = Party.objects.bulk_create([Party() for _row in part])
            pairs = list(zip(parties, part, strict=True))
            seals = [(party, sealing.seal(party, {"identity": row["identity"]})) for party, row in pairs]
            Proven.objects.bulk_create([Proven(party=party, sealed=sealed, proven_at=now) for party, sealed in seals])
            kinds = ("birth", "residence")
            Consent.objects.bulk_create([Consent(party=party, kind=kind, given_at=now) for party in parties for kind in kinds])
            Watch.objects.bulk_create([Watch(party=party, rule="great-age", look_on=clock.today()) for party in parties])


def timed(count: int) -> dict[str, Any]:
    """One whole run: CPU milliseconds a person, and what it did."""
    from huying.features.services.offering import running

    began = time.process_time()
    run = running.whole()
    spent = time.process_time() - began
    looked = sum(run.looked.values())
    return {
        "looked": looked,
        "offered": sum(run.offered.values()),
        "cpu_seconds": round(spent, 2),
        "cpu_ms_per_person": round(spent / max(looked, 1) * 1000, 3),
        "people_per_cpu_second": round(looked / spent) if looked else 0,
    }


def measure(count: int) -> dict[str, Any]:
    """Lay, run the day, and run it again: nothing is due any more."""
    with own_folder() as folder:
        counts = city()
        from django.db import connection

        from huying.events.models import Fact
        from huying.features.services.offering import running

        lay(count, folder / "people.jsonl")
        before = peak_mb()
        figures: dict[str, Any] = {"database": connection.vendor, "people": count, "day": timed(count)}
        began = time.process_time()
        running.whole()
        figures["again_cpu_ms"] = round((time.process_time() - began) * 1000, 2)
        figures["facts"] = Fact.objects.count()
        figures |= {"peak_memory_mb": peak_mb(), "peak_memory_before_run_mb": before}
    return {**figures, "pack": counts}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="as JSON (the only form there is)")
    show(measure(parser.parse_args().people))
