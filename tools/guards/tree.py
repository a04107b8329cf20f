"""What every guard needs: where the source lies, its files, and a breach that can be printed."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "huying"


@dataclass(frozen=True, slots=True)
class Breach:
    """One place that breaks a rule."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def python_files(root: Path = PACKAGE, *, tests: bool = False) -> list[Path]:
    """The Python files under `root` without migrations, and without tests unless asked for."""
    found = []
    for path in sorted(root.rglob("*.py")):
        rooms = path.relative_to(root).parts
        if "migrations" not in rooms and (tests or "tests" not in rooms):
            found.append(path)
    return found


def template_files(root: Path = PACKAGE) -> list[Path]:
    """The templates under `root`, in the templates folder of whichever room."""
    return sorted(path for path in root.rglob("*") if path.is_file() and "templates" in path.relative_to(root).parts)


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def called(node: ast.Call) -> str:
    """The name by which a call is made, without what stands before its last dot."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """The string literals of a tree, docstrings included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def docstrings(tree: ast.AST) -> set[int]:
    """Ids of the nodes that are docstrings (or other strings that stand alone)."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
