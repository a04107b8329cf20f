"""The pack's templates of answers: each for a step, for duties that exist, with gaps that are opened and closed."""

import re

from django.utils.translation import gettext as _

from huying.city.pack.faults import Faults, shown
from huying.city.pack.layout import Pack
from huying.city.pack.rules import check_keys
from huying.city.pack.tables import Row

FILE, LONGEST, GAP = "replies.yaml", 2000, 20
_GAP = re.compile(r"〔([^〔〕]*)〕")


def check_replies(pack: Pack, faults: Faults) -> None:
    """Every template of answers."""
    check_keys(pack.replies.rows, faults)
    duties = [row["key"] for row in pack.duties.rows if row["key"]]
    for row in pack.replies.rows:
        begin = row["duty"]
        if begin and pack.duties.known and not any(key == begin or key.startswith(f"{begin}.") for key in duties):
            faults.add(FILE, row.at("duty"), _("没有“{key}”开头的职责；请写职责的 key 或它的前几段").format(key=shown(begin)))
        if row["text"]:
            _check_text(row, faults)
    if pack.settings and "replies" in pack.settings:
        faults.add("settings.yaml", pack.settings["replies"].name, _("答复模板写在 replies.yaml 里，不写在这里"))


def _check_text(row: Row, faults: Faults) -> None:
    text, at = row["text"], row.at("text")
    if len(text) > LONGEST:
        faults.add(FILE, at, _("有 {count} 个字，最多 {limit} 个；请写短些").format(count=len(text), limit=LONGEST))
    rest = _GAP.sub("", text)
    if "〔" in rest or "〕" in rest:
        faults.add(FILE, at, _("〔和〕没有成对；空写成〔日期〕这样"))
    for name in _GAP.findall(text):
        if not name or len(name) > GAP or "\n" in name or name[-1].isdigit():
            faults.add(FILE, at, _("空“{name}”没有名字、太长，或者以数字结尾；请写成〔日期〕这样").format(name=shown(name)))
