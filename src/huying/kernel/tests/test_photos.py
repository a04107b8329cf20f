"""Pictures: known by content, cleaned, kept whole under their SHA-256, refused by name with what to do."""

import errno
import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.kernel import actions, photos
from huying.kernel.photos import PhotoRefused, stored, take_up
from huying.kernel.tests.conftest import Story, new_call


@pytest.fixture(autouse=True)
def store(settings: Settings, tmp_path: Path) -> Path:
    """An empty store of its own."""
    settings.PHOTOS = tmp_path / "photos"
    return tmp_path / "photos"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b6a63").save(out, kind, **how)
    return out.getvalue()


def from_a_camera() -> bytes:
    """A picture that tells where it was taken, by whom, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x013B] = "the photographer"
    exif.get_ifd(0x8825)[2] = (29.0, 33.0, 47.0)
    return picture(exif=exif, comment=b"a secret remark", xmp=b"<x>a secret place</x>")


def left_over(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.parametrize(("kind", "media_type"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_picture_is_stored_under_the_hash_of_its_bytes(kind: str, media_type: str) -> None:
    taken = take_up("lamp", picture(kind))
    assert (taken.media_type, taken.width, taken.height) == (media_type, 60, 40)
    body = stored(taken.sha256).read_bytes()
    assert photos.hashlib.sha256(body).hexdigest() == taken.sha256 and len(body) == taken.size
    assert Image.open(io.BytesIO(body)).format == kind


def test_the_type_is_that_of_the_content_whatever_the_name_says() -> None:
    assert take_up("lamp.gif", picture("PNG")).media_type == "image/png"


def test_nothing_a_camera_added_is_kept_and_the_picture_stands_upright() -> None:
    taken = take_up("lamp.jpg", from_a_camera())
    body = stored(taken.sha256).read_bytes()
    image = Image.open(io.BytesIO(body))
    assert not image.getexif() and not {"exif", "comment", "xmp"} & set(image.info)
    assert b"secret" not in body and b"photographer" not in body
    assert (image.width, image.height) == (40, 60)


def test_text_inside_a_png_is_not_kept() -> None:
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "a secret name")
    assert b"secret" not in stored(take_up("lamp.png", picture("PNG", pnginfo=note)).sha256).read_bytes()


def test_the_same_picture_is_stored_once(store: Path) -> None:
    assert take_up("a.jpg", picture()) == take_up("b.jpg", picture())
    assert len(left_over(store)) == 2  # itself and its small version


def test_a_huge_side_is_made_smaller_and_lists_have_a_small_one() -> None:
    taken = take_up("wide.jpg", picture(size=(4000, 1000)))
    assert (taken.width, taken.height) == (photos.LONGEST_SIDE, 640)
    assert Image.open(stored(taken.sha256, small=True)).width == photos.SMALL_SIDE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"MZ this is a program", "这不是照片"),
        (b"", "这不是照片"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "这不是照片"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, "HEIC"),
        (picture()[:400], "不完整"),
    ],
)
def test_what_is_no_picture_is_refused_by_name(data: bytes, why: str, store: Path) -> None:
    with pytest.raises(PhotoRefused) as refusal:
        take_up("strange.jpg", data)
    assert refusal.value.name == "strange.jpg" and why in refusal.value.message
    assert not left_over(store)


def test_a_gif_is_refused() -> None:
    with pytest.raises(PhotoRefused, match="JPG"):
        take_up("moving.gif", picture("GIF"))


def test_a_file_above_the_limit_is_refused_with_the_limit(settings: Settings) -> None:
    settings.PHOTO_MAX_BYTES = 3 * 1024**2
    with pytest.raises(PhotoRefused, match="3 MB"):
        take_up("big.jpg", b"\xff" * (3 * 1024**2 + 1))


def test_a_small_file_that_unpacks_to_a_flood_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    small = picture("PNG")
    monkeypatch.setattr(photos, "MOST_PIXELS", 60 * 40 - 1)
    monkeypatch.setattr(Image.Image, "load", lambda *_: pytest.fail("the pixels were decoded"))
    with pytest.raises(PhotoRefused, match="尺寸太大"):
        take_up("bomb.png", small)


def test_on_a_full_disk_nothing_is_half_written_and_the_reader_is_told(monkeypatch: pytest.MonkeyPatch, store: Path) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PhotoRefused, match="磁盘满了"):
        take_up("lamp.jpg", picture())
    assert not left_over(store)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_a_hash_leads_into_the_store(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        stored(name)


@pytest.mark.django_db
def test_a_sweep_removes_what_was_never_sent_and_nothing_else(story: Story, store: Path) -> None:
    left, sent, fresh = (take_up("x.jpg", picture(size=(60, n))) for n in (40, 41, 42))
    actions.open_calls(story.she, [new_call(caller=story.caller, photos=[sent])])
    clock.set_offset(timedelta(days=2))
    assert take_up("x.jpg", picture(size=(60, 42))) == fresh  # chosen again today
    assert photos.sweep(clock.now() - timedelta(days=1)) == 1
    assert not stored(left.sha256).exists() and not stored(left.sha256, small=True).exists()
    assert stored(sent.sha256).exists() and stored(fresh.sha256).exists()
    assert photos.sweep(clock.now() - timedelta(days=1)) == 0
