"""QR codes: as inline SVG on a page, as a picture in a PDF. Drawn when somebody looks."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(address: str) -> SafeString:
    """Dark on light in every look, or phones cannot read it."""
    drawn = segno.make(address, error="m", boost_error=False)
    picture = drawn.svg_inline(dark="#0f211f", light="#fff", border=3, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(picture)  # nosec B308, B703  # drawn by the library


def qr_picture(address: str) -> str:
    """The same as a PNG in a data address, eight dots a module."""
    return str(segno.make(address, error="m", boost_error=False).png_data_uri(scale=8, border=2))
