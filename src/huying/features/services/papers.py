"""Files of materials: known by content, cleaned of what a camera adds, sealed under her key outside the database."""

import errno
import hashlib
import logging
import os
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from huying.base import clock
from huying.features.services.models import Upload
from huying.features.services.ports import NotDelivered, ScansFiles
from huying.kernel import photos
from huying.kernel.photos import NoPhoto, PhotoRefused
from huying.people import private
from huying.people.models import Party

log = logging.getLogger(__name__)
PDF = "application/pdf"
MOST_A_MATERIAL = 9
SWEPT_AT_ONCE = 200  # files asked about in one question


class PaperRefused(ValueError):
    """This file cannot be taken up. `name` is the file's as it was sent, the message is for people."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name, self.message = name, message


def take_up(party: Party, name: str, data: bytes) -> Upload:
    """Check a file by its content, look for viruses, clean and store it; an unsaved row. Raises PaperRefused, KeyTrouble."""
    name = name.strip()[-120:] or _("文件")
    if len(data) > settings.PAPER_MAX_BYTES:
        raise PaperRefused(name, too_large())
    if not data:
        raise PaperRefused(name, _("这个文件是空的，请换一个。"))
    scanned = _scanned(name, data)
    body, media_type = _cleaned(name, data)
    sha256 = hashlib.sha256(body).hexdigest()
    _keep(name, _path(party, sha256), private.seal_bytes(party, body))
    row = Upload(party=party, sha256=sha256, media_type=media_type, size=len(body), scanned=scanned, taken_at=clock.now())
    row.name = private.seal(party, name)
    return row


def too_large() -> str:
    """What to tell somebody whose file has too many bytes."""
    return _("这个文件超过 %(n)s MB。照片可以拍小一点，PDF 可以分成几份。") % {"n": settings.PAPER_MAX_BYTES // 1024**2}


def scans() -> bool:
    """Whether the city has a scanner for viruses."""
    return bool(settings.FILE_SCANNER)


def body_of(row: Upload) -> bytes | None:
    """The file; None where it is gone. Raises private.KeyTrouble."""
    try:
        return private.unseal_bytes(row.party, _path(row.party, row.sha256).read_bytes())
    except (FileNotFoundError, private.CannotOpen):
        return None


def name_of(row: Upload) -> str:
    """The file's name as it was sent; '' once her key was destroyed. Raises private.KeyTrouble."""
    try:
        return private.unseal(row.party, row.name)
    except private.Erased:
        return ""


def remove(party: Party, sha256: str) -> None:
    """Her copy of the file goes, where no row of hers names it any more."""
    if not Upload.objects.filter(party=party, sha256=sha256).exists():
        _path(party, sha256).unlink(missing_ok=True)


def sweep(before: datetime) -> int:
    """Remove files that no row names any more and that were written before then, and drafts of files; how many.

    A form that is being sent stores its file first and its row at once after: `before` leaves it the time.
    """
    removed = 0
    for folder in sorted(path for path in Path(settings.PAPERS).glob("??") if path.is_dir()):
        old = [path for path in folder.iterdir() if _is_old(path, before)]
        for start in range(0, len(old), SWEPT_AT_ONCE):
            removed += _swept(old[start : start + SWEPT_AT_ONCE])
    return removed


def _swept(paths: Sequence[Path]) -> int:
    named = {path: _named(path) for path in paths}
    tokens, hashes = {token for _sha, token in named.values()}, {sha for sha, _token in named.values()}
    kept = set(Upload.objects.filter(party__token__in=tokens, sha256__in=hashes).values_list("sha256", "party__token"))
    gone = [path for path in paths if named[path] not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _named(path: Path) -> tuple[str, str]:
    """The hash and the owner's token that `_path` made the name of; of anything else what no row has."""
    rest, _dot, token = path.name.rpartition(".")
    return path.parent.name + rest, token


def _is_old(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:  # somebody took it out of the draft just now
        return False


def _path(party: Party, sha256: str) -> Path:
    """Her own copy: the same file of two people lies there twice, each under its owner's key."""
    return Path(settings.PAPERS) / sha256[:2] / f"{sha256[2:]}.{party.token}"


def _scanned(name: str, data: bytes) -> bool:
    if not settings.FILE_SCANNER:
        return False
    scanner: ScansFiles = import_string(settings.FILE_SCANNER)()
    try:
        found = scanner.scan(data)
    except NotDelivered as fault:
        log.error("a file could not be scanned: %s", fault)
        raise PaperRefused(name, _("查毒的服务这会儿没有应答，文件没有收。填好的都在，请过几分钟再传。")) from fault
    if found:
        raise PaperRefused(name, _("这个文件里查出了病毒，没有收。请换一个，或者拍照上传。"))
    return True


def _cleaned(name: str, data: bytes) -> tuple[bytes, str]:
    """The bytes to keep, and what they are: a picture without its metadata, or a PDF as it came."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        if b"%%EOF" not in data[-2048:]:
            raise PaperRefused(name, _("这份 PDF 不完整，打不开。请换一份。"))
        return data, PDF
    try:
        return photos.cleaned(name, data)
    except NoPhoto as fault:
        raise PaperRefused(name, _("只收照片（JPG、PNG、WebP）和 PDF。请换一个，或者拍照上传。")) from fault
    except PhotoRefused as fault:
        raise PaperRefused(name, fault.message) from fault


def _keep(name: str, path: Path, sealed: bytes) -> None:
    """Whole or not at all: a temporary file beside it, flushed to the disk, then renamed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(sealed)
                out.flush()
                os.fsync(out.fileno())
            os.utime(draft, (clock.now().timestamp(),) * 2)  # the city's clock, by which `sweep` judges
            Path(draft).rename(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as fault:
        log.error("%s: a file could not be stored (%s)", settings.PAPERS, fault.strerror)
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        words = _("存文件的磁盘满了，这个没有收到。") if full else _("这个文件没有存下来。请再试一次。")
        raise PaperRefused(name, words) from fault
