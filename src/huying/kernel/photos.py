"""Pictures taken up: known by their content, cleaned of what a camera adds, kept under their SHA-256 outside the database."""

import errno
import hashlib
import io
import logging
import os
import re
import tempfile
import warnings
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from huying.base import clock
from huying.kernel.models import Photo

log = logging.getLogger(__name__)

# Pillow's name of a format: media type and how it is written again.
FORMATS: dict[str, tuple[str, dict[str, int]]] = {
    "JPEG": ("image/jpeg", {"quality": 85}),
    "PNG": ("image/png", {}),
    "WEBP": ("image/webp", {"quality": 85}),
}
MOST_PIXELS = 64_000_000  # more than any phone takes; checked before a single pixel is decoded
LONGEST_SIDE = 2560  # enough to read a number plate or a sign; what is larger is made smaller
SMALL_SIDE = 480
_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_BROKEN = (OSError, SyntaxError, ValueError, EOFError)  # what Pillow raises on damaged files


class PhotoRefused(ValueError):
    """This picture cannot be taken up. `name` is the file's as it was sent, the message is for people."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


class NoPhoto(PhotoRefused):
    """It is none of the pictures that are taken up, whatever its name says."""


@dataclass(frozen=True, slots=True)
class TakenPhoto:
    """A picture that lies in the store. Size in bytes, width and height in pixels."""

    sha256: str
    media_type: str
    size: int
    width: int
    height: int

    def fields(self) -> dict[str, str | int]:
        """As columns of a Photo row."""
        return asdict(self)


def take_up(name: str, data: bytes) -> TakenPhoto:
    """Check a picture by its content, remove EXIF and all other metadata, store it. The same picture is stored once.

    Raises PhotoRefused: too large, no picture, HEIC, damaged, too many pixels, or no room left on the disk.
    """
    if len(data) > settings.PHOTO_MAX_BYTES:
        raise PhotoRefused(name, too_large())
    kind, image = _opened(name, data)
    try:
        image = _clean(image)
    except _BROKEN as fault:
        raise PhotoRefused(name, _("这张照片不完整，打不开。请换一张。")) from fault
    media_type, how = FORMATS[kind]
    body = _written(image, kind, how)
    taken = TakenPhoto(hashlib.sha256(body).hexdigest(), media_type, len(body), image.width, image.height)
    image.thumbnail((SMALL_SIDE, SMALL_SIDE))
    _keep(name, taken.sha256, body, _written(image, kind, how))
    return taken


def cleaned(name: str, data: bytes) -> tuple[bytes, str]:
    """A picture as it would be kept, and its media type, for who keeps it elsewhere. Raises PhotoRefused."""
    kind, image = _opened(name, data)
    try:
        image = _clean(image)
    except _BROKEN as fault:
        raise PhotoRefused(name, _("这张照片不完整，打不开。请换一张。")) from fault
    media_type, how = FORMATS[kind]
    return _written(image, kind, how), media_type


def too_large() -> str:
    """What to tell somebody whose picture has too many bytes."""
    return _("这张照片超过 %(n)s MB。请选小一点的，或者截一部分。") % {"n": settings.PHOTO_MAX_BYTES // 1024**2}


def stored(sha256: str, small: bool = False) -> Path:
    """Where a picture lies, or its small version for lists. Raises ValueError for anything that is no SHA-256."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return Path(settings.PHOTOS) / sha256[:2] / (sha256[2:] + ("-small" if small else ""))


def sweep(before: datetime) -> int:
    """Remove pictures stored before a moment that belong to no call and no answer: forms that were never sent. How many."""
    removed = 0
    for folder in sorted(path for path in Path(settings.PHOTOS).glob("??") if path.is_dir()):
        old = {
            folder.name + p.name[:62] for p in folder.iterdir() if _SHA256.match(folder.name + p.name) and _is_old(p, before)
        }
        for sha256 in old - set(Photo.objects.filter(sha256__in=old).values_list("sha256", flat=True)):
            for path in (stored(sha256), stored(sha256, small=True)):
                path.unlink(missing_ok=True)
            removed += 1
    return removed


def _is_old(path: Path, before: datetime) -> bool:
    return path.stat().st_mtime < before.timestamp()


def _opened(name: str, data: bytes) -> tuple[str, Image.Image]:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        raise PhotoRefused(name, _("这是 HEIC 格式，还打不开。请在手机相机设置里选“兼容性最佳”，或者发截图。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged below, by our own limit
            image = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except Image.DecompressionBombError as fault:
        raise PhotoRefused(name, _too_many_pixels()) from fault
    except UnidentifiedImageError as fault:
        raise NoPhoto(name, _("这不是照片。请发 JPG、PNG 或 WebP 格式的图片。")) from fault
    except _BROKEN as fault:
        raise PhotoRefused(name, _("这张照片不完整，打不开。请换一张。")) from fault
    if image.width * image.height > MOST_PIXELS:
        raise PhotoRefused(name, _too_many_pixels())
    return str(image.format), image


def _too_many_pixels() -> str:
    return _("这张照片的尺寸太大，打不开。请发小一点的，或者截一部分。")


def _clean(image: Image.Image) -> Image.Image:
    """The pixels alone: turned upright, in sRGB, within LONGEST_SIDE, without metadata of any kind."""
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG is then decoded at half or a quarter where that is enough
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    image = image.convert("RGBA" if image.has_transparency_data and image.format != "JPEG" else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if profile:
        image = _in_srgb(image, profile)
    image.info = {}  # comments, XMP and profiles would be written again from here
    image.getexif().clear()
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=image.mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that cannot be read changes colours a little, no more


def _written(image: Image.Image, kind: str, how: dict[str, int]) -> bytes:
    out = io.BytesIO()
    (image.convert("RGB") if kind == "JPEG" else image).save(out, kind, **how)
    return out.getvalue()


def _keep(name: str, sha256: str, body: bytes, small: bytes) -> None:
    try:
        for path, data in ((stored(sha256, small=True), small), (stored(sha256), body)):
            _write(path, data)
    except OSError as fault:
        log.error("%s: a photo could not be stored (%s)", settings.PHOTOS, fault.strerror)
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        words = (
            _("存照片的磁盘满了，这张没有收到。文字可以先提交。")
            if full
            else _("这张照片没有存下来。请再试一次，文字可以先提交。")
        )
        raise PhotoRefused(name, words) from fault


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all: a temporary file beside it, flushed to the disk, then renamed, then the folder flushed."""
    stamp = (clock.now().timestamp(),) * 2  # the city's clock, by which `sweep` judges
    if path.exists():
        os.utime(path, stamp)  # taken up again: a sweep must not remove it now
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.utime(draft, stamp)
        Path(draft).rename(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
