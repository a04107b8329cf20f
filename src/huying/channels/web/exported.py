"""What is held about a person as a file: canonical JSON (RFC 8785) for machines, PDF for people."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from fontTools.ttLib import TTCollection
from fpdf import FPDF

from huying.base.faults import ForOperator
from huying.city import queries as city
from huying.events import canonical
from huying.people.holdings import Section

FORM = "huying/my-data/1"


class NoFont(ForOperator):
    """There is no font with Chinese characters. One line: which file, and what to do."""


def as_json(sections: Sequence[Section], at: datetime) -> bytes:
    """Every section under its name."""
    held = {section.name: {"title": section.title, "rows": section.rows} for section in sections}
    return canonical.encode({"form": FORM, "at": at.isoformat(timespec="seconds"), "held": held})


def as_pdf(sections: Sequence[Section], at: datetime) -> bytes:
    """The same on A4, with the characters it uses embedded. Raises NoFont."""
    paper = FPDF(format="A4")
    paper.set_margin(18)
    paper.set_auto_page_break(True, 18)
    paper.set_title(_("我的信息"))
    add_font(paper)
    paper.add_page()
    _line(paper, 20, 10, _("我的信息"))
    _line(paper, 10, 6, _("由呼应导出，%(at)s") % {"at": f"{localtime(at):%Y-%m-%d %H:%M}"})
    for section in sections:
        paper.ln(4)
        _line(paper, 14, 8, section.title)
        for row in section.rows:
            for label, value in row.items():
                _line(paper, 10, 5.5, f"{label}：{value}")
            paper.ln(2)
        if not section.rows:
            _line(paper, 10, 5.5, _("没有。"))
    return bytes(paper.output())


def kept_days() -> int | None:
    """For how many days after its end the words of an appeal are kept; None where the pack names no end."""
    days = city.setting("retention.appeal.closed_days", None)
    return None if days is None else int(days)


def _line(paper: FPDF, size: float, height: float, text: str) -> None:
    paper.set_font("cjk", size=size)
    paper.multi_cell(0, height, text, new_x="LMARGIN", new_y="NEXT")


def add_font(paper: FPDF) -> None:
    """Embed the font with Chinese characters, as "cjk", in their Chinese shapes. Raises NoFont."""
    file = font()
    paper.add_font("cjk", fname=file, collection_font_number=face(file))


@lru_cache(maxsize=4)
def face(file: str) -> int:
    """Which face of a collection draws the characters as they are written in China; 0 where the file is none."""
    names = [str(one["name"].getDebugName(1)) for one in TTCollection(file, lazy=True)] if file.endswith(".ttc") else []
    return next((n for n, name in enumerate(names) if " SC" in name), 0)


def font() -> str:
    """The file of the font with Chinese characters. Raises NoFont."""
    file = Path(settings.PDF_FONT)
    if not file.is_file():
        raise NoFont(
            f"{file}: no such font. Install fonts-noto-cjk, or name a font with Chinese characters in HUYING_PDF_FONT."
        )
    return str(file)
