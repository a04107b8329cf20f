"""What must hold of the questions of a thing: a kind, options to choose from, and something that hangs on each."""

from django.utils.translation import gettext as _

from huying.city.pack.faults import Faults
from huying.city.pack.rules import check_keys
from huying.city.pack.tables import Row
from huying.city.pack.things.layout import ThingFile
from huying.city.things.answering import MANY_LIMIT
from huying.city.things.conditions import WORDS


def check_questions(file: ThingFile, faults: Faults) -> None:
    """Every question by itself."""
    check_keys(file.questions.rows, faults)
    for row in file.questions.rows:
        if row["key"] in WORDS:
            faults.add(row.file, row.at("key"), _("{words} 是条件里的话，不能作问题的 key").format(words=", ".join(WORDS)))
        if row["kind"] == "number":
            _check_number(row, file, faults)
        elif row["kind"]:
            _check_options(row, file, faults)


def _check_number(row: Row, file: ThingFile, faults: Faults) -> None:
    if row["options"] is not None:
        faults.add(row.file, row.at("options"), _("填数字的问题没有选项；请删去 options"))
    if row["least"] is not None and row["most"] is not None and row["least"] >= row["most"]:
        faults.add(row.file, row.at("most"), _("most 要大于 least；填数字的问题两个都要写"))


def _check_options(row: Row, file: ThingFile, faults: Faults) -> None:
    options = file.options.get(row["key"] or "")
    if options is None:
        return
    check_keys(options.rows, faults)
    if len(options.rows) < 2:
        faults.add(row.file, row.at("options"), _("至少要有两个选项"))
    if row["kind"] == "many" and (row["least"] or 0) > len(options.rows):
        message = _("至少要选 {least} 个，却只有 {count} 个选项").format(least=row["least"], count=len(options.rows))
        faults.add(row.file, row.at("least"), message)
    if row["kind"] == "many" and len(options.rows) > MANY_LIMIT:
        message = _("可以多选的问题最多 {limit} 个选项；请合并几个").format(limit=MANY_LIMIT)
        faults.add(row.file, row.at("options"), message)
