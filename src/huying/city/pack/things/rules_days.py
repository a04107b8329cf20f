"""What is proved of a thing over every set of answers: conditions can be true, questions are reached, the promise adds up."""

from django.utils.translation import gettext as _

from huying.city.pack.faults import Faults
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.pack.things.rules_conditions import sound, written
from huying.city.pack.things.skeleton import Skeleton, skeleton
from huying.city.things.cases import TooMany, every
from huying.city.things.conditions import Answer, holds
from huying.city.things.ordering import Circle, Path, longest_path
from huying.city.things.shape import Thing
from huying.city.things.walking import parts

MOST_CASES = 20_000
Cases = list[dict[str, Answer]]


def check_cases(file: ThingFile, things: Catalogue, faults: Faults) -> None:
    """Everything that hangs on the answers, tried with all of them."""
    bones = skeleton(file, things)
    try:
        cases = every(bones.whole.thing, MOST_CASES)
    except TooMany:
        message = _("回答的组合超过 {limit} 种，没有人看得完；请少问几问，或分成两件事").format(limit=MOST_CASES)
        faults.add(file.row.file, file.row.at("questions"), message)
        return
    if bones.questions and cases:
        _check_possible(file, cases, faults)
        _check_reached(file, cases, faults)
        _check_promise(file, bones, cases, faults)


def _check_possible(file: ThingFile, cases: Cases, faults: Faults) -> None:
    """Every condition holds for some answers, and so does every part of it: a part that never does is a mistake."""
    for cell, before in written(file):
        condition = sound(cell, before, file)
        if condition is not None and any(not any(holds(part, case) for case in cases) for part in parts(condition)):
            message = _("这个条件（或其中一部分）无论怎么回答都不会成立；请改条件，或看看前一问是不是挡住了它")
            faults.add(file.row.file, cell, message)


def _check_reached(file: ThingFile, cases: Cases, faults: Faults) -> None:
    for row in file.questions.rows:
        if not any(row["key"] in case for case in cases):
            faults.add(row.file, row.at("key"), _("这一问永远问不到；请改它的 when"))


def _check_promise(file: ThingFile, bones: Skeleton, cases: Cases, faults: Faults) -> None:
    """No set of answers is without an item, and none takes longer than the thing promises."""
    sets = {_done(bones.whole.thing, case) for case in cases}
    if bones.entries and frozenset() in sets:
        faults.add(file.row.file, file.row.at("items"), _("有一种回答什么事项都不用办；请让每种回答都有事可办"))
    try:
        longest: Path = max((longest_path(bones.whole, codes) for codes in sets), key=lambda path: path.days)
    except Circle:
        return  # told where it stands
    promise = file.row["promise"]
    if promise is not None and longest.days > promise:
        message = _("承诺 {promise} 个工作日，最长的一条却要 {days} 个：{way}；请改长承诺，或改短其中的事项").format(
            promise=promise, days=longest.days, way=" → ".join(longest.codes)
        )
        faults.add(file.row.file, file.row.at("promise"), message)


def _done(thing: Thing, case: dict[str, Answer]) -> frozenset[str]:
    return frozenset(entry.item for entry in thing.entries if holds(entry.done, case))
