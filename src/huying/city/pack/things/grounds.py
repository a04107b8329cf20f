"""Legal grounds: `household.7` is article 7 of the law `household`, said in both languages."""

import re

from django.utils.translation import gettext as _

from huying.city.pack.columns import nearest
from huying.city.pack.faults import Faults, shown
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import Catalogue

_GROUND = re.compile(r"([a-z0-9-]+)(?:\.([1-9][0-9]{0,3})(?:-([1-9]))?)?")
_DIGITS = "〇一二三四五六七八九"  # read, not said
_ONE, _GAP = "一", "零"  # read, not said
_STEPS = ("", "十", "百", "千")  # read, not said


def spoken(number: int) -> str:
    """A number of an article as Chinese laws write it: 12 is 十二, 1105 is 一千一百零五."""
    parts: list[str] = []
    gap = False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit == "0":
            gap = bool(parts)
            continue
        parts.append((_GAP if gap else "") + _DIGITS[int(digit)] + _STEPS[place])
        gap = False
    text = "".join(parts)
    return text.removeprefix(_ONE) if 10 <= number < 20 else text


def check_grounds(row: Row, things: Catalogue, faults: Faults) -> None:
    """Every ground names a law of laws.yaml, and an article that can be a number."""
    laws = things.common["laws"]
    known = laws.by_key()
    for ground in row["ground"] or ():
        found = _GROUND.fullmatch(ground)
        if not found:
            message = _("“{ground}”不是依据；请写成 法律.条，例如 household.7").format(ground=shown(ground))
            faults.add(row.file, row.at("ground"), message)
        elif found[1] not in known and laws.known:
            hint = nearest(found[1], known)
            message = _("laws.yaml 里没有“{law}”{hint}；请先补上这部法律").format(law=shown(found[1]), hint=hint)
            faults.add(row.file, row.at("ground"), message)


def grounds(row: Row, things: Catalogue) -> list[dict[str, str]]:
    """The grounds of a sound row as people read them."""
    laws = things.common["laws"].by_key()
    return [_said(ground, laws) for ground in row["ground"] or ()]


def _said(ground: str, laws: dict[str, Row]) -> dict[str, str]:
    found = _GROUND.fullmatch(ground)
    assert found is not None  # the row is sound
    law = laws[found[1]]
    number = f"（{law['number']}）" if law["number"] else ""
    zh, en = f"《{law['zh']}》{number}", law["en"]
    if found[2]:
        # a Chinese text of data with its English beside it, like the rest of a pack
        more = f"之{spoken(int(found[3]))}" if found[3] else ""  # read, not said
        zh += f"第{spoken(int(found[2]))}条{more}"  # read, not said
        en += f", art. {found[2]}" + (f"-{found[3]}" if found[3] else "")
    return {"zh": zh, "en": en}
