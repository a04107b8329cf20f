"""The one clock: whoever asks for the time elsewhere would not move with the demo's days, nor stand still in a test."""

import ast
from pathlib import Path

from tools.guards.tree import PACKAGE, Breach, parse, python_files

THE_CLOCK = "base/clock.py"
# Owner and method as they are written: datetime.now(), datetime.datetime.now(), date.today(), timezone.now() ...
_ASKS = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "timezone": {"now", "localdate", "localtime"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}


def clock_breaches(root: Path = PACKAGE) -> list[Breach]:
    """Places outside base/clock that ask the machine for the time or let the database layer do so (auto_now), and those
    that take a moment's day without asking where."""
    found = []
    for path in python_files(root):
        place = path.relative_to(root).as_posix()
        if place == THE_CLOCK:
            continue
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Attribute) and _owner(node.value) in _ASKS and node.attr in _ASKS[_owner(node.value)]:
                found.append(Breach(place, node.lineno, f"{ast.unparse(node)}: ask huying.base.clock"))
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "date"
                and not node.args
            ):
                found.append(Breach(place, node.lineno, f"{ast.unparse(node)}: the day in the city is clock.day_of()"))
            elif isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                found.append(Breach(place, node.lineno, f"{node.arg}: use default=clock.now"))
    return found


def _owner(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""
