"""How the labelled sentences are judged: the pack's own duties, and which departments a good dispatcher would accept."""

import functools
from collections.abc import Sequence
from pathlib import Path

from huying.base import yaml12
from huying.city.models import Duty
from huying.kernel.desks import best_desks
from huying.kernel.routing import desk_of, document
from huying.reading.similar import Index, Letter

PACK = Path(__file__).resolve().parents[4] / "packs" / "chongqing"
# The words of the labelled sentences, and the types of department that they mean in the pack.
DEPARTMENTS: dict[str, set[str]] = {
    "城管": {"urban-management"},
    "住建": {"housing-construction"},
    "人社": {"human-resources"},
    "教育": {"education"},
    "卫健": {"health", "disease-control"},
    "医保": {"medical-insurance"},
    "市场监管": {"market-supervision", "consumer-council", "drug"},
    "交通": {"transport"},
    "公安": {"police", "traffic-police", "exit-entry"},
    "消防": {"fire"},
    "生态环境": {"ecology-environment"},
    "经信": {"economy-informatization"},
    "水利": {"water"},
    "民政": {"civil-affairs"},
    "公积金": {"housing-fund"},
    "规划": {"planning"},
    "农业": {"agriculture"},
    "文旅": {"culture-tourism"},
    "发改": {"development-reform"},
    "商务": {"commerce"},
    "残联": {"disabled"},
    "退役军人": {"veterans"},
    "街道": {"street-office"},
}


@functools.cache
def duties() -> dict[str, Duty]:
    """The duties of the pack, read from its files."""
    found: dict[str, Duty] = {}
    for file in sorted((PACK / "duties").glob("*.yaml")):
        for row in yaml12.load(file.read_text("utf-8")) or []:
            found[row["key"]] = Duty(**row)
    return found


@functools.cache
def _index() -> Index:
    return Index([document(duty) for duty in duties().values()])


def departments_for(sentence: str, k: int) -> list[str]:
    """The types of the first `k` different departments that the ranking names for `sentence`."""
    listed = list(duties().values())
    desks = best_desks(listed, [desk_of(duty) for duty in listed], _index().scores(Letter(sentence)), 2 * k)
    return list(dict.fromkeys(duty.lead for duty, _ in desks))[:k]


def share_in_first(sentences: Sequence[tuple[str, str]], k: int) -> float:
    """The share of labelled `sentences` of which an accepted department is among the first `k`."""
    hits = 0
    for sentence, accepted in sentences:
        types = set().union(*(DEPARTMENTS[word] for word in accepted.split("|")))
        hits += not types.isdisjoint(departments_for(sentence, k))
    return hits / len(sentences)
