"""What may be said where: Chinese for people goes through gettext; nothing of one machine stands in the project."""

import ast
import re
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from tools.guards.tree import PACKAGE, ROOT, Breach, called, docstrings, parse, python_files, template_files
from tools.texts import KEYWORDS

# 呼应 is the name of the whole, and a language is named in itself: the two are said alike in every language.
_CHINESE = re.compile(r"(?!呼应|(?<=呼)应|中文|(?<=中)文)[\u3400-\u9fff]")
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Chinese that the machine reads in what people wrote, or that stands for data: not said to anybody.
READ_NOT_SAID = "# read, not said"


def loose_chinese(root: Path = PACKAGE, exempt: Collection[str] = ()) -> list[Breach]:
    """Chinese strings in code and templates that do not go through gettext, outside the files of `exempt`.

    An assignment or line of data that is never shown can say so with the comment `# read, not said` on its first line.
    """
    found: list[Breach] = []
    for path in python_files(root):
        place = path.relative_to(root).as_posix()
        if not any(place == name or place.startswith(name.rstrip("/") + "/") for name in exempt):
            found.extend(_loose_in_code(path, place))
    for path in template_files(root):
        found.extend(_loose_in_template(path, path.relative_to(root).as_posix()))
    for path in sorted(root.rglob("static/**/*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if _CHINESE.search(re.sub(r"//.*|/\*.*?\*/", "", line)):
                found.append(
                    Breach(path.relative_to(root).as_posix(), number, "Chinese in a script: hand it over from the template")
                )
    return found


def _loose_in_code(path: Path, place: str) -> Iterator[Breach]:
    tree, lines = parse(path), path.read_text(encoding="utf-8").splitlines()
    passed = docstrings(tree)
    for node in ast.walk(tree):
        through_gettext = isinstance(node, ast.Call) and called(node) in KEYWORDS
        read = isinstance(node, ast.stmt) and READ_NOT_SAID in lines[node.lineno - 1]
        if through_gettext or read:
            passed |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
            and _CHINESE.search(node.value)
        ):
            yield Breach(place, node.lineno, f"Chinese outside gettext: {node.value[:24]!r}")


def _loose_in_template(path: Path, place: str) -> Iterator[Breach]:
    source = _HTML_COMMENT.sub(lambda m: "\n" * m[0].count("\n"), path.read_text(encoding="utf-8"))
    inside = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents.split() else ""
        if inside:
            inside = "" if word == f"end{inside}" else inside
        elif word in {"blocktranslate", "blocktrans", "comment"}:
            inside = word
        elif token.token_type == TokenType.TEXT:
            yield from _loose_lines(token.contents, token.lineno or 1, place)


def _loose_lines(text: str, first: int, place: str) -> Iterator[Breach]:
    for number, line in enumerate(text.split("\n"), first):
        if _CHINESE.search(line):
            yield Breach(place, number, f"Chinese outside translate: {line.strip()[:24]!r}")


# --- Every tracked file -----------------------------------------------------------------------------------------------

# Folders in which people keep checkouts: a path into one of them holds on one machine only.
_HOMES = tuple(f"/{name}/" for name in ("root", "home", "Users", "work", "mnt", "workspace"))
_MACHINE_PATH = re.compile(r"(?<![\w.$}~-])(?:" + "|".join(map(re.escape, _HOMES)) + r")[\w.-]+")
_LEFT_BEHIND = re.compile(r"^(?:<{7} |>{7} )|\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY")
_TEXT_SUFFIXES = {".py", ".md", ".html", ".css", ".js", ".toml", ".yaml", ".csv", ".po", ".txt", ".sh", ".svg", ""}


def tracked(root: Path = ROOT) -> list[Path]:
    """The files git knows, those not committed yet included, ignored ones apart."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\0")
    return [root / name for name in sorted(filter(None, names)) if (root / name).is_file()]


def machine_words(paths: Collection[Path], root: Path = ROOT) -> list[Breach]:
    """Paths of one machine, forgotten marks and private keys in text files."""
    found: list[Breach] = []
    for path in paths:
        if path.suffix not in _TEXT_SUFFIXES or path.stat().st_size > 2_000_000:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for rule, what in ((_MACHINE_PATH, "a path of one machine"), (_LEFT_BEHIND, "left behind")):
                if hit := rule.search(line):
                    found.append(Breach(path.relative_to(root).as_posix(), number, f"{what}: {hit[0]}"))
    return found


# --- Documents --------------------------------------------------------------------------------------------------------

_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)")
_PATH_IN_TICKS = re.compile(
    r"`((?:src|tests|tools|packs|docs|bench|\.ci)/[\w./-]*|[A-Z][A-Za-z]+(?:\.md)?|pyproject\.toml|conftest\.py)`"
)


def dead_paths(document: Path, root: Path = ROOT) -> list[Breach]:
    """Links and paths in back-ticks of a document that lead to no file."""
    found: list[Breach] = []
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), 1):
        named = [(document.parent / link.split("#")[0], link) for link in _LINK.findall(line)]
        named += [(root / path, path) for path in _PATH_IN_TICKS.findall(line) if "/" in path or "." in path]
        found.extend(
            Breach(document.relative_to(root).as_posix(), number, f"{name} is not there")
            for path, name in named
            if not path.exists()
        )
    return found


def settings_read(root: Path = ROOT) -> set[str]:
    """The HUYING_… variables that the code reads."""
    texts = [path.read_text(encoding="utf-8") for path in python_files(root / "src" / "huying")]
    return {name for text in texts for name in re.findall(r"[\"'](HUYING_[A-Z_]+)", text)}


def settings_told(document: Path) -> set[str]:
    """The HUYING_… variables that a document explains, each in the first cell of a row."""
    return set(re.findall(r"^\|\s*`(HUYING_[A-Z_]+)`", document.read_text(encoding="utf-8"), re.MULTILINE))
