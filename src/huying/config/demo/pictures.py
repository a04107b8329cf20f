"""Drawn photos for the demo: flat scenes in the colours of the look, a little different for each call."""

import io
import random
import zlib

from PIL import Image, ImageDraw

from huying.config.demo.scenes import SCENES, Canvas
from huying.kernel.photos import TakenPhoto, take_up

WIDTH, HEIGHT = 960, 720
OVER = 2  # drawn twice as large and made smaller, for smooth edges


def taken(scene: str, seed: str) -> TakenPhoto:
    """The scene as a photo that lies in the store. Raises KeyError for an unknown scene, PhotoRefused (no room)."""
    return take_up(f"{scene}.png", drawn(scene, seed))


def drawn(scene: str, seed: str) -> bytes:
    """The scene as PNG; the same seed gives the same picture."""
    image = Image.new("RGB", (WIDTH * OVER, HEIGHT * OVER))
    dice = random.Random(zlib.crc32(seed.encode()))  # nosec B311  # no secret is drawn
    SCENES[scene](Canvas(ImageDraw.Draw(image), image.width / 100, image.height / 100, dice))
    out = io.BytesIO()
    image.reduce(OVER).quantize(64).save(out, "PNG")
    return out.getvalue()
