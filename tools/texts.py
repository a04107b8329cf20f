"""The texts people read: Chinese stands in the code, English beside it in locale/en.

python tools/texts.py compile    .po -> .mo, only where something changed (Babel: no gettext tools needed)
python tools/texts.py update     bring the catalogue in step with the code: new strings in, unused ones out
python tools/texts.py missing    list what has no English yet
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import extract, pofile
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huying"
ENGLISH = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One string marked for people: where it stands, and its plural and context where it has them."""

    file: str
    line: int
    singular: str
    plural: str = ""
    context: str | None = None


def texts_of(root: Path = PACKAGE) -> list[Text]:
    """Every marked string of the Python files and templates under `root`, tests apart, in order of place."""
    found: list[Text] = []
    for path in sorted(root.rglob("*")):
        if "tests" in path.relative_to(root).parts:
            continue
        name = path.relative_to(root).as_posix()
        if path.suffix == ".py":
            found.extend(_texts_in(path.read_bytes(), name))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found.extend(_texts_in(as_python(path.read_text(encoding="utf-8"), name).encode(), name))
    return found


def as_python(template: str, name: str = "") -> str:
    """A template as lines of Python in which only its marked strings are left (line numbers stay)."""
    # Imported here: compile runs before anything needs Django.
    from django.utils.translation.template import templatize

    return "\n".join(line.lstrip() for line in templatize(template, origin=name).split("\n"))


def _texts_in(source: bytes, name: str) -> Iterator[Text]:
    found = extract.extract("python", BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"})
    for line, message, _comments, context in found:
        parts = message if isinstance(message, tuple) else (message,)
        if parts and parts[0]:
            yield Text(name, line, parts[0], parts[1] if len(parts) > 1 else "", context)


def read(path: Path = ENGLISH) -> Catalog:
    """The catalogue in `path`; an empty English one where there is none yet."""
    if not path.exists():
        return Catalog(locale="en", project="Huying", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale="en")


def write(catalog: Catalog, path: Path = ENGLISH) -> None:
    """Write the catalogue, sorted and without dates, so that a diff shows only what changed."""
    out = BytesIO()
    pofile.write_po(out, catalog, width=0, omit_header=True, sort_output=True, no_location=True)
    header = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + out.getvalue().decode().strip() + "\n", encoding="utf-8")


def missing(texts: list[Text], catalog: Catalog) -> list[Text]:
    """The marked strings, each once, that the catalogue leaves without English (a plural needs both forms)."""
    gaps: dict[tuple[str | None, str], Text] = {}
    for text in texts:
        message = catalog.get(text.singular, context=text.context)
        english = message.string if message is not None and not message.fuzzy else ""
        whole = all(english) and len(english) == 2 if isinstance(english, (tuple, list)) else bool(english) and not text.plural
        if not whole:
            gaps.setdefault((text.context, text.singular), text)
    return list(gaps.values())


def update(texts: list[Text], catalog: Catalog) -> Catalog:
    """A catalogue of exactly these strings, with the English that is known already."""
    fresh = Catalog(locale="en", project="Huying", charset="utf-8", fuzzy=False)
    for text in texts:
        known = catalog.get(text.singular, context=text.context)
        string = known.string if known is not None else ""
        if text.plural and not isinstance(string, (tuple, list)):
            string = ("", "")
        key = (text.singular, text.plural) if text.plural else text.singular
        fresh.add(key, string=string, context=text.context)
    return fresh


def compile_all(root: Path = PACKAGE / "locale") -> list[Path]:
    """Write the .mo beside every .po that is newer; returns those written."""
    written = []
    for source in sorted(root.rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        out = BytesIO()
        write_mo(out, read(source))
        # Whole or not at all: several processes of a test run may come here at once.
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_bytes(out.getvalue())
        draft.replace(target)
        written.append(target)
    return written


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    match arguments:
        case ["compile"]:
            compile_all()
        case ["update"]:
            write(update(texts_of(), read()))
        case ["missing"]:
            gaps = missing(texts_of(), read())
            for gap in gaps:
                print(f"src/huying/{gap.file}:{gap.line}: no English for {gap.singular!r}")
            return 1 if gaps else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
