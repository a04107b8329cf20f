"""In which encoding a text file is written, found by reading all of it once before anything is imported."""

import codecs
import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from huying.features.appeals.importing.table import Unusable

CHUNK = 1 << 20
GZIP_MAGIC = b"\x1f\x8b"
LONGEST_LINE = 4_000_000  # characters without a line break: no table of messages
# With this handler a byte that fits no character becomes a lone surrogate, and only its row is refused.
ESCAPE = "surrogateescape"
ESCAPED = re.compile("[\ud800-\udfff]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = re.compile("[^\x00-\x7f]")
_UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_RECORD_END = re.compile("\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading in one encoding showed. `records` counts lines whose quotes are closed."""

    encoding: str
    chars: int = 0
    foreign: int = 0  # characters beyond ASCII, the undecodable among them
    bad: int = 0
    unprinted: int = 0
    records: int = 0
    longest: int = 0

    @property
    def text(self) -> bool:
        """Whether this may be a text: a few broken bytes are borne, a picture is not."""
        return self.bad * 50 <= self.chars and self.unprinted * 50 <= self.chars + 400 and self.longest <= LONGEST_LINE

    @property
    def fits(self) -> bool:
        """Whether this is the encoding it was written in: nearly all that is not ASCII makes sense."""
        return self.bad * 20 <= self.foreign


def detect(opener: Callable[[], IO[bytes]]) -> Scan:
    """The encoding of the text that `opener` opens: by its mark, else UTF-8, else GB18030.

    Raises Unusable: empty, cut_off (a gzip that ends too early), not_a_table.
    """
    with opener() as stream:
        head = _read(stream, 4)
    if not head:
        raise Unusable("empty")
    marked = [name for mark, name in _MARKS if head.startswith(mark)]
    scans = []
    for encoding in marked or ("utf-8", "gb18030"):
        scans.append(_scan(opener, encoding))
        if scans[-1].fits:
            break
    best = min(scans, key=lambda scan: (not scan.fits, scan.bad))
    if not best.text:
        raise Unusable("not_a_table")
    return best


def errors_of(encoding: str) -> str:
    """How bytes that fit no character are decoded; UTF-16 has no room for the escape."""
    return "replace" if encoding == "utf-16" else ESCAPE


def _scan(opener: Callable[[], IO[bytes]], encoding: str) -> Scan:
    chars = foreign = bad = unprinted = records = 0
    longest = run = quotes = 0
    for text in _texts(opener, encoding):
        chars += len(text)
        unprinted += len(_UNPRINTED.findall(text))
        if not text.isascii():
            foreign += len(_FOREIGN.findall(text))
            bad += len(ESCAPED.findall(text))
        *lines, last = _RECORD_END.split(text)
        for line in lines:
            longest, run = max(longest, run + len(line)), 0
            quotes ^= line.count('"') & 1
            records += not quotes
        quotes ^= last.count('"') & 1
        run += len(last)
        longest = max(longest, run)
        if longest > LONGEST_LINE:
            break
    return Scan(encoding, chars, foreign, bad, unprinted, records + bool(run), longest)


def _texts(opener: Callable[[], IO[bytes]], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors_of(encoding))
    with opener() as stream:
        while chunk := _read(stream, CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
        raise Unusable("cut_off") from fault
    except OSError as fault:
        raise Unusable("cannot_read", why=fault.strerror or str(fault)) from fault
