"""A document on paper: A4 with the Chinese characters it uses embedded, and the QR by which anybody checks it."""

from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from fpdf import FPDF

from huying.base import ids
from huying.channels.parts.drawn import qr_picture
from huying.channels.web.exported import add_font
from huying.features.services.verifying import Checked, Standing

QR_MM = 38
LABEL_MM = 34


def as_pdf(found: Checked, address: str) -> bytes:
    """The paper as it is today, in the city's own language: revoked or past its day it says so. Raises NoFont."""
    with translation.override(settings.LANGUAGE_CODE):
        return _drawn(found, address)


def _drawn(found: Checked, address: str) -> bytes:
    sheet = FPDF(format="A4")
    sheet.set_margin(24)
    sheet.set_auto_page_break(True, 20)
    sheet.set_title(found.says["title"])
    add_font(sheet)
    sheet.add_page()
    _text(sheet, 11, 6, found.document.issuer.name, "C")
    sheet.ln(6)
    _text(sheet, 26, 14, found.says["title"], "C")
    if note := over(found.standing):
        sheet.set_text_color(160, 30, 30)
        _text(sheet, 14, 10, note, "C")
        sheet.set_text_color(0, 0, 0)
    sheet.ln(10)
    for label, value in lines(found):
        _line(sheet, label, value)
    _foot(sheet, found, address)
    return bytes(sheet.output())


def over(standing: Standing) -> str:
    """What stands across the head of a paper that holds no longer; '' for one that does."""
    return {
        Standing.EXPIRED: _("已过有效期"),
        Standing.REVOKED: _("已作废"),
        Standing.REPLACED: _("已作废，另有新的一份"),
    }.get(standing, "")


def lines(found: Checked) -> list[tuple[str, str]]:
    """Label and value of every field that the paper shows, as on its page."""
    row, says = found.document, found.says
    shown = [
        (_("持有人"), says["holder"]),
        (_("内容"), says["words"]),
        (_("颁发单位"), row.issuer.name),
        (_("颁发日期"), _day(row.issued_on)),
        (_("有效期到"), _day(row.valid_until) if row.valid_until else ""),
        (_("编号"), ids.spoken(row.number)),
        (_("办件查询号"), ids.spoken(row.case.call.number)),
    ]
    return [(label, value) for label, value in shown if value]


def _day(value: date) -> str:
    return _("%(year)s 年 %(month)s 月 %(day)s 日") % {"year": value.year, "month": value.month, "day": value.day}


def _foot(sheet: FPDF, found: Checked, address: str) -> None:
    if sheet.will_page_break(QR_MM + 12):
        sheet.add_page()
    sheet.ln(12)
    top = sheet.get_y()
    sheet.image(qr_picture(address), x=sheet.l_margin, y=top, w=QR_MM, h=QR_MM, link=address)
    sheet.set_left_margin(24 + QR_MM + 8)
    sheet.set_y(top + 4)
    sheet.set_x(sheet.l_margin)
    _text(sheet, 11, 6, _("扫码核对：是不是真的、谁颁发的、现在还管不管用。"))
    _text(sheet, 11, 6, _("存证编号 %(code)s") % {"code": found.short})
    _text(sheet, 9, 5, _("内容的指纹写在公开账本里，改动任何一处，核对时就看得出来。"))


def _line(sheet: FPDF, label: str, value: str) -> None:
    top = sheet.get_y()
    sheet.set_font("cjk", size=11)
    sheet.set_text_color(90, 90, 90)
    sheet.multi_cell(LABEL_MM, 9, label, new_x="RIGHT", new_y="TOP")
    sheet.set_text_color(0, 0, 0)
    sheet.set_xy(sheet.l_margin + LABEL_MM, top)
    sheet.set_font("cjk", size=13)
    sheet.multi_cell(0, 9, value, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(2)


def _text(sheet: FPDF, size: float, height: float, text: str, align: str = "L") -> None:
    sheet.set_font("cjk", size=size)
    sheet.multi_cell(0, height, text, align=align, new_x="LMARGIN", new_y="NEXT")
