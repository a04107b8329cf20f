"""How long functions and files are, and whether a late import says why."""

import ast
import re
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.guards.tree import PACKAGE, Breach, parse, python_files

FUNCTION_MEDIAN, FUNCTION_MOST, FUNCTION_LONGEST = 8, 40, 60
FILE_MEDIAN, FILE_MOST, FILE_LONGEST = 80, 300, 500
MOST = 0.95
LINE_LONGEST = 128  # characters; a Chinese one counts once
# What a comment may hold without giving a reason: an instruction to a checker, and signs.
_NOT_A_REASON = re.compile(r"(?:noqa|type: ignore)\S*(?:\s+[A-Z]+\d+)*|[^\w]")


@dataclass(frozen=True, slots=True)
class Sized:
    """A function or a file with its number of lines."""

    file: str
    line: int
    name: str
    lines: int


def functions(root: Path = PACKAGE, *, tests: bool = False) -> list[Sized]:
    """Every function under `root`, from its `def` to its last line."""
    found = []
    for path in python_files(root, tests=tests):
        for node in ast.walk(parse(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                found.append(Sized(path.relative_to(root).as_posix(), node.lineno, node.name, length))
    return found


def files(root: Path = PACKAGE, *, tests: bool = False) -> list[Sized]:
    """Every file under `root` that holds anything."""
    counted = [(path, len(path.read_text(encoding="utf-8").splitlines())) for path in python_files(root, tests=tests)]
    return [Sized(path.relative_to(root).as_posix(), 1, path.name, lines) for path, lines in counted if lines]


def spread(sizes: Iterable[Sized], median: int, most: int) -> list[str]:
    """What is wrong with the middle and the 95th percentile of these sizes."""
    lines = sorted(size.lines for size in sizes)
    if not lines:
        return []
    middle, upper = statistics.median(lines), lines[min(len(lines) - 1, int(MOST * len(lines)))]
    faults = []
    if middle > median:
        faults.append(f"median {middle:g} lines, allowed {median}")
    if upper > most:
        faults.append(f"95% within {upper} lines, allowed {most}")
    return faults


def too_long(sizes: Iterable[Sized], longest: int) -> list[Breach]:
    """Those above the limit that none may pass."""
    return [Breach(s.file, s.line, f"{s.name} has {s.lines} lines, allowed {longest}") for s in sizes if s.lines > longest]


def long_lines(root: Path = PACKAGE) -> list[Breach]:
    """Lines above the limit."""
    found = []
    for path in python_files(root, tests=True):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > LINE_LONGEST:
                found.append(
                    Breach(path.relative_to(root).as_posix(), number, f"{len(line)} characters, allowed {LINE_LONGEST}")
                )
    return found


def late_imports(root: Path = PACKAGE) -> list[Breach]:
    """Imports inside functions without a comment on the line or just above that says why."""
    found = []
    for path in python_files(root):
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in _inner_imports(parse(path)):
            above, own = lines[node.lineno - 2].strip(), " ".join(lines[node.lineno - 1 : node.end_lineno])
            said = own.partition("#")[2] + (above if above.startswith("#") else "")
            if not _NOT_A_REASON.sub("", said):
                found.append(
                    Breach(path.relative_to(root).as_posix(), node.lineno, "an import inside a function without saying why")
                )
    return found


def _inner_imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """Imports inside functions; of several in a row only the first, whose comment speaks for all."""
    found: dict[int, ast.Import | ast.ImportFrom] = {}
    for function in ast.walk(tree):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(function):
            for block in ("body", "orelse", "finalbody"):
                found.update((id(first), first) for first in _first_imports(getattr(node, block, [])))
    return list(found.values())


def _first_imports(statements: object) -> Iterator[ast.Import | ast.ImportFrom]:
    before = False
    for statement in statements if isinstance(statements, list) else ():
        is_import = isinstance(statement, (ast.Import, ast.ImportFrom))
        if isinstance(statement, (ast.Import, ast.ImportFrom)) and not before:
            yield statement
        before = is_import
