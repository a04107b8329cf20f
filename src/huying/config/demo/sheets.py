"""Drawn papers for the demo: a sheet with lines and a seal, a little different for each."""

import io

from PIL import Image, ImageDraw

PAPER = (840, 1180)


def drawn(seed: str) -> bytes:
    """A sheet as a phone would take a picture of it, as JPEG; the same seed gives the same sheet."""
    image, number = Image.new("RGB", PAPER, "#f6f3ea"), int.from_bytes(seed.encode()[-8:], "big")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 70, PAPER[0] - 60, 130), fill="#0b6b62")
    for n in range(14):
        width = 420 + (number >> n) % 260
        pen.rectangle((80, 200 + n * 62, 80 + width, 216 + n * 62), fill="#b9c6c2")
    pen.ellipse((560, 930, 740, 1110), outline="#b4322b", width=9)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
