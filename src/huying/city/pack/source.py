"""The files of a pack, each read once: their text, and one digest of them all."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext as _

from huying.city.pack.faults import START, Faults, Spot

# Part of the digest: raise it when the same files would be read differently, so that caches notice.
FORMAT = 1
# Control characters have no place in a pack, and PostgreSQL stores no NUL.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Source:
    """A folder with a pack. A file that is missing or not text is a fault, never an exception."""

    def __init__(self, root: Path, faults: Faults) -> None:
        self.root, self.faults = root, faults
        self._read: dict[str, bytes] = {}
        self.texts: dict[str, str] = {}  # what was read so far

    def there(self) -> bool:
        """Whether the pack is a folder at all; if not, that is the only fault."""
        if self.root.is_dir():
            return True
        self.faults.add(".", START, _("没有这个文件夹；请写出城市包所在的文件夹，例如 packs/chongqing"))
        return False

    def has(self, name: str) -> bool:
        """Whether there is such a file: for those that a pack may leave out."""
        return (self.root / name).exists()

    def text(self, name: str) -> str | None:
        """The text of one file without a byte order mark, or None after noting why there is none."""
        try:
            data = (self.root / name).read_bytes()
        except FileNotFoundError:
            self.faults.add(name, START, _("缺少这个文件；请按城市包的格式补上"))
            return None
        except OSError as fault:
            self.faults.add(name, START, _("文件打不开（{detail}）；请检查它的类型和权限").format(detail=fault.strerror))
            return None
        self._read[name] = data
        text = self._decoded(name, data)
        if text is not None:
            self.texts[name] = text
        return text

    def names(self, folder: str, suffix: str) -> list[str]:
        """The files of a folder of the pack by name, sorted; none is a fault."""
        found = sorted(f"{folder}/{path.name}" for path in (self.root / folder).glob(f"*{suffix}"))
        if not found:
            self.faults.add(folder, START, _("文件夹里没有 {suffix} 文件；请至少放一个").format(suffix=suffix))
        return found

    def digest(self) -> str:
        """SHA-256 over the names and bytes of all files read."""
        total = hashlib.sha256(f"huying pack {FORMAT}".encode())
        for name, data in sorted(self._read.items()):
            total.update(f"\0{name}\0{len(data)}\0".encode())
            total.update(data)
        return total.hexdigest()

    def _decoded(self, name: str, data: bytes) -> str | None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            # with utf-8-sig the position counts from after the mark
            body = data.removeprefix(b"\xef\xbb\xbf")
            at = _spot(body[: fault.start].decode("utf-8", errors="replace"))
            self.faults.add(name, at, _("这里不是 UTF-8 文字；请把文件另存为 UTF-8 编码"))
            return None
        return text if clean(text, name, self.faults) else None


class Texts(Source):
    """The same of files that lie in memory."""

    def __init__(self, texts: Mapping[str, str], faults: Faults) -> None:
        super().__init__(Path(), faults)
        self.texts = dict(texts)

    def there(self) -> bool:
        """There is always a folder."""
        return True

    def has(self, name: str) -> bool:
        """Whether there is such a file, or a folder with any."""
        return name in self.texts or any(one.startswith(f"{name}/") for one in self.texts)

    def text(self, name: str) -> str | None:
        """The text of one file."""
        if name not in self.texts:
            self.faults.add(name, START, _("缺少这个文件；请按城市包的格式补上"))
        return self.texts.get(name)

    def names(self, folder: str, suffix: str) -> list[str]:
        """The files of a folder by name, sorted."""
        return sorted(name for name in self.texts if name.rpartition("/")[0] == folder and name.endswith(suffix))


def clean(text: str, name: str, faults: Faults) -> bool:
    """Whether no control character stands in a text; the first one is noted."""
    found = _CONTROL.search(text)
    if found:
        code = f"U+{ord(found[0]):04X}"
        faults.add(name, _spot(text[: found.start()]), _("有看不见的控制字符 {code}；请删掉它").format(code=code))
    return found is None


def _spot(before: str) -> Spot:
    lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Spot(len(lines), len(lines[-1]) + 1)
