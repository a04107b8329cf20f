"""One instance of a thing with 5 parallel tasks: opened, signed, decided, looked over, answered, with all facts and receipts.

    huying bench things [--times N] [--json]

`instances_per_cpu_second`: whole instances in one process on SQLite. `one_by_one`: each verb by itself, as officers press it;
`in_crowds`: the same verbs over a list of cases, as a department's own system hands them over. `guidance_cpu_ms`: the page.
"""

import argparse
import time
from typing import Any

from common import city, own_folder, peak_mb, show

QUERY = "born=here&household=mother&married=yes&insured=yes&paid=settled"
ITEMS = 5


def thing_of_five() -> Any:
    """A thing made for the bench: five items of five bodies, none waits for another, a form of three fields."""
    import hashlib

    from huying.base import clock
    from huying.city import catalogue, queries
    from huying.city.models import Item, ItemVersion, Thing, ThingVersion

    def both(text: str) -> dict[str, str]:
        return {"zh": text, "en": text}

    fields = [
        {"name": name, "required": True, "schema": {"type": "string", "title": name, "minLength": 2, "maxLength": 40}}
        for name in ("name", "place", "wish")
    ]
    bodies = ("civil-affairs", "education", "health", "human-resources", "transport")
    rows = []
    for n, body in enumerate(bodies):
        content = {
            "code": f"bench-{n}",
            "name": both(f"事项{n}"),
            "body": {"key": body, "name": both(body)},
            "level": "city",
            "kind": "service",
            "who": ["person"],
            "ground": [],
            "statutory": 5,
            "promised": n + 1,
            "materials": [],
            "fields": fields,
            "visits": 1,
            "visits_here": 0,
            "fee": None,
            "result": both("证"),
            "remedy": both("复议"),
        }
        row = Item.objects.create(
            key=f"bench-{n}", name=f"事项{n}", name_en="item", department=body, level="city", digest=f"{n}" * 64
        )
        rows.append(ItemVersion.objects.create(item=row, digest=row.digest, number=1, content=content, loaded_at=clock.now()))
    entry = {"when": None, "after": [], "why": None, "may_skip": False, "without": [], "materials": {}, "fields": {}}
    content = {
        "code": "bench",
        "name": both("一件事"),
        "event": {"key": "x", "name": both("x")},
        "who": ["person"],
        "promise": 9,
        "text": both("一件事"),
        "synonyms": [],
        "ground": [],
        "questions": [],
        "entries": [{**entry, "item": f"bench-{n}"} for n in range(ITEMS)],
    }
    mark = hashlib.sha256(b"bench").hexdigest()
    thing = Thing.objects.create(key="bench", name="一件事", name_en="thing", event="x", digest=mark)
    version = ThingVersion.objects.create(thing=thing, digest=mark, number=1, content=content, loaded_at=clock.now())
    version.items.set(rows)
    queries.reset()
    return catalogue.thing("bench")


def people(thing: Any) -> tuple[Any, dict[int, tuple[Any, Any]]]:
    """An applicant, and by department a handler and a head."""
    from huying.city import queries
    from huying.people import officers
    from huying.people.actors import officer_actor
    from huying.people.models import Party

    staff = {}
    for item in thing.whole.items.values():
        department = queries.department_of(item.body.key, "city", None)
        assert department is not None, item.body.key
        two = []
        for role in ("handler", "head"):
            officer = officers.appoint(f"{item.body.key}.{role}.bench", "经办", None, [(department, role)])
            two.append(officer_actor(officer))
        staff[department.pk] = (two[0], two[1])
    return Party.objects.create(), staff


def news(party: Any, thing: Any, count: int, batch: str) -> list[Any]:
    from huying.city.things import decide
    from huying.features.services.opening import NewCase

    decided = decide(thing.whole, {})
    values = {"name": "李安安", "place": "江边的街", "wish": "寄到家里"}
    return [NewCase(f"bench-{batch}-{n}", party, thing, decided, values) for n in range(count)]


def _one_by_one(party: Any, thing: Any, staff: dict[int, tuple[Any, Any]], times: int, batch: str) -> float:
    from huying.features.services.deciding import Decision, decide
    from huying.features.services.models import Branch
    from huying.features.services.opening import open_cases
    from huying.kernel import actions
    from huying.people.actors import party_actor

    began = time.process_time()
    for new in news(party, thing, times, batch):
        opened = open_cases(party_actor(party), [new])[0]
        for task, bearer in Branch.objects.filter(case=opened.matter_id).values_list("task", "bearer"):
            handler, head = staff[bearer]
            actions.sign(handler, [task])
            decide(handler, task, Decision("granted", "已经制发，随下一批寄出"))
            actions.approve(head, task)
    return time.process_time() - began


def _in_crowds(party: Any, thing: Any, staff: dict[int, tuple[Any, Any]], times: int, batch: str) -> float:
    from huying.features.services import crowds
    from huying.features.services.deciding import Decision
    from huying.features.services.models import Branch
    from huying.features.services.opening import open_cases
    from huying.people.actors import party_actor

    began = time.process_time()
    opened = open_cases(party_actor(party), news(party, thing, times, batch))
    by_bearer: dict[int, list[int]] = {}
    matters = [one.matter_id for one in opened]
    for task, bearer in Branch.objects.filter(case__in=matters).values_list("task", "bearer"):
        by_bearer.setdefault(bearer, []).append(task)
    for bearer, tasks in by_bearer.items():
        handler, head = staff[bearer]
        crowds.sign(handler, tasks)
        crowds.decide(handler, {task: Decision("granted", f"已经制发，随第 {task} 批寄出") for task in tasks})
        crowds.approve(head, tasks)
    return time.process_time() - began


def _guidance() -> float:
    from django.test import Client

    client, each = Client(), []
    for _n in range(30):
        began = time.process_time()
        assert client.get(f"/things/newborn/?{QUERY}").status_code == 200
        each.append((time.process_time() - began) * 1000)
    return round(sorted(each[5:])[len(each[5:]) // 2], 2)


def measure(times: int) -> dict[str, Any]:
    """Warm up, run `times` instances each way, check that all of them ended and the log says the same as the tables."""
    with own_folder():
        city()
        from huying.events.sequence import Sequencer
        from huying.features.services.models import Case
        from huying.kernel import rebuild

        thing = thing_of_five()
        party, staff = people(thing)
        _one_by_one(party, thing, staff, 3, "warm")
        _in_crowds(party, thing, staff, 20, "warmer")
        alone = max(5, times // 10)
        singly = _one_by_one(party, thing, staff, alone, "single")
        crowd = _in_crowds(party, thing, staff, times, "crowd")
        open_ = Case.objects.exclude(matter__state="answered").count()
        assert open_ == 0, f"{open_} did not end"
        began = time.process_time()
        numbered = Sequencer().run_dry()
        sequenced = time.process_time() - began
        assert not list(rebuild.differences())
        return {
            "instances": times,
            "tasks_each": ITEMS,
            "instances_per_cpu_second": round(times / crowd, 1),
            "one_by_one_per_cpu_second": round(alone / singly, 1),
            "guidance_cpu_ms": _guidance(),
            "facts_numbered": numbered,
            "sequencing_cpu_s": round(sequenced, 3),
            "peak_mb": peak_mb(),
        }


def main() -> None:
    """Read the options and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    show(measure(parser.parse_args().times))


if __name__ == "__main__":
    main()
