"""The scenes themselves. A canvas is 100 by 100 wherever it lies; x to the right, y down."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PIL import ImageDraw

DAY = {"sky": "#d9e9e6", "far": "#b4d3cd", "near": "#8fbdb4", "house": "#c5d2ce", "glass": "#e9f4f1", "ground": "#a9b8b3"}
NIGHT = {"sky": "#0e2221", "far": "#12302d", "near": "#1d4540", "house": "#182c29", "glass": "#f2c46d", "ground": "#223733"}
LAMP, GLOW, STEEL, DARK = "#ffd36b", "#6b6a42", "#4d5f5b", "#0f211f"
STONE, STONE_LINE, GREEN, LEAF, EARTH = "#c5d2ce", "#9fb0ab", "#6f9f86", "#4f8a6d", "#8c7a5e"
WATER, WHITE, AMBER, RED = "#5f8f93", "#f5f8f7", "#f2c46d", "#b3283a"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Canvas:
    """Draws in hundredths of the picture."""

    on: ImageDraw.ImageDraw
    x: float
    y: float
    dice: random.Random

    def box(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """A rectangle."""
        self.on.rectangle((left * self.x, top * self.y, right * self.x, bottom * self.y), fill)

    def oval(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """An ellipse around a point; width and height are halves."""
        self.on.ellipse(((x - width) * self.x, (y - height) * self.y, (x + width) * self.x, (y + height) * self.y), fill)

    def shape(self, points: list[Point], fill: str) -> None:
        """A polygon."""
        self.on.polygon([(x * self.x, y * self.y) for x, y in points], fill)

    def stroke(self, points: list[Point], fill: str, width: float = 1) -> None:
        """A line through points."""
        self.on.line([(x * self.x, y * self.y) for x, y in points], fill, round(width * self.x), "curve")

    def between(self, low: float, high: float) -> float:
        """A number that differs from picture to picture."""
        return self.dice.uniform(low, high)


def _view(c: Canvas, night: bool = False, horizon: float = 58) -> None:
    """Sky, two ridges, houses on the slope, and the ground in front."""
    look = NIGHT if night else DAY
    c.box(0, 0, 100, 100, look["sky"])
    _ridge(c, c.between(22, 34), 14, look["far"])
    _ridge(c, c.between(38, 46), 8, look["near"])
    for left in range(-2, 100, 13):
        _house(c, left + c.between(0, 4), horizon - c.between(12, 30), horizon, look)
    c.box(0, horizon, 100, 100, look["ground"])


def _ridge(c: Canvas, height: float, rough: float, fill: str) -> None:
    tops = [(x, height + c.between(-rough, rough)) for x in range(0, 101, 10)]
    c.shape([(0, 100), *tops, (100, 100)], fill)


def _house(c: Canvas, left: float, top: float, bottom: float, look: dict[str, str]) -> None:
    c.box(left, top, left + 9, bottom, look["house"])
    for row in range(int(top) + 3, int(bottom) - 2, 5):
        for column in (1.5, 4, 6.5):
            if c.dice.random() < 0.45:
                c.box(left + column, row, left + column + 1.2, row + 2.2, look["glass"])


def lamps(c: Canvas, lit: bool) -> None:
    """A slope with three street lamps at night."""
    _view(c, night=True)
    c.shape([(30, 100), (46, 58), (58, 58), (92, 100)], "#2d4540")
    for x, top, foot in ((14, 14, 96), (38, 28, 78), (49, 38, 66)):
        _lamp(c, x + c.between(-1, 1), top, foot, lit)


def _lamp(c: Canvas, x: float, top: float, foot: float, lit: bool) -> None:
    size = (foot - top) / 82
    if lit:
        c.oval(x + 10 * size, foot - 1, 26 * size, 6 * size, GLOW)
        c.oval(x + 10.5 * size, top + 3 * size, 7 * size, 8 * size, GLOW)
    c.stroke([(x, foot), (x, top), (x + 11 * size, top)], STEEL, 1.1 * size)
    c.box(x + 7 * size, top, x + 14 * size, top + 4 * size, LAMP if lit else "#35504a")


def manhole(c: Canvas, mended: bool) -> None:
    """A cover in the road: broken, with a cone beside it, or new."""
    _view(c, horizon=40)
    c.stroke([(0, 50), (100, 46)], WHITE, 0.8)
    x, y = c.between(44, 56), c.between(68, 74)
    c.oval(x, y, 25, 16, STEEL)
    c.oval(x, y, 22.5, 14, STONE_LINE if mended else DARK)
    if mended:
        for step in range(-9, 10, 3):
            c.stroke([(x - 17, y + step), (x + 17, y + step)], STEEL, 0.6)
        return
    c.shape([(x - 20, y + 4), (x - 2, y - 12), (x + 19, y - 7), (x + 5, y + 9)], "#6f827d")
    c.shape([(x + 27, y + 6), (x + 31, y - 16), (x + 33, y - 16), (x + 37, y + 6)], "#d9702f")
    c.box(x + 29, y - 6, x + 35, y - 2, WHITE)


def drain(c: Canvas, clear: bool) -> None:
    """A grate at the kerb: under water with leaves, or swallowing it."""
    _view(c, horizon=44)
    c.shape([(0, 60), (100, 52), (100, 57), (0, 66)], STONE)
    if not clear:
        c.oval(52, 80, 44, 15, WATER)
    c.shape([(34, 72), (66, 69), (70, 84), (36, 88)], STEEL)
    for step in range(6):
        c.stroke([(37 + step * 5.4, 73), (40 + step * 5.4, 86)], DARK if clear else WATER, 1.3)
    for _ in range(0 if clear else 22):
        c.oval(c.between(24, 80), c.between(70, 92), 1.6, 0.9, c.dice.choice((LEAF, EARTH, AMBER)))


def wall(c: Canvas) -> None:
    """A retaining wall of stones with a crack."""
    _view(c, horizon=88)
    c.box(0, 26, 100, 88, STONE)
    for row in range(8):
        y = 26 + row * 7.8
        c.stroke([(0, y), (100, y)], STONE_LINE, 0.5)
        for x in range(row % 2 * 6, 100, 12):
            c.stroke([(x, y), (x, y + 7.8)], STONE_LINE, 0.5)
    line = [(48.0 + c.between(-8, 8), 26.0)]
    while line[-1][1] < 88:
        line.append((line[-1][0] + c.between(-5, 6), line[-1][1] + 6))
    c.stroke(line, DARK, 1.4)
    c.oval(line[-1][0], 89, 14, 3, EARTH)


def room(c: Canvas) -> None:
    """A room with a stain under its window."""
    c.box(0, 0, 100, 100, "#eef2ef")
    c.box(0, 84, 100, 100, "#b9a888")
    c.box(18, 10, 54, 46, STONE_LINE)
    c.box(20, 12, 52, 44, DAY["sky"])
    c.stroke([(36, 12), (36, 44)], WHITE, 1.2)
    for step, shade in enumerate(("#dcd8c4", "#cfc8ac", "#c2b894")):
        c.oval(44 + c.between(-2, 2), 60 + step * 2, 26 - step * 7, 17 - step * 5, shade)
    c.box(72, 40, 98, 84, "#a78f6b")


def street(c: Canvas, lane: bool) -> None:
    """A clear street: a bus stop without stalls, or a fire lane with its yellow lines."""
    _view(c, horizon=50)
    c.shape([(20, 100), (42, 50), (58, 50), (96, 100)], "#8b9c97")
    for step in range(5 if lane else 0):
        y = 58 + step * 8
        c.stroke([(44 - step * 4, y + 6), (56 + step * 6, y)], AMBER, 1.2)
    c.stroke([(80, 84), (80, 34)], STEEL, 1.2)
    c.box(74, 30, 86, 42, RED if lane else "#0b6a63")
    c.box(76, 34, 84, 37, WHITE)


def rail(c: Canvas) -> None:
    """Steps up a slope with a mended handrail."""
    _view(c, horizon=46)
    for step in range(9):
        c.box(10 + step * 8, 92 - step * 6, 100, 98 - step * 6, STONE if step % 2 else STONE_LINE)
    c.stroke([(8, 70), (80, 16)], "#dde6e3", 1.6)
    for step in range(6):
        x = 10 + step * 13
        c.stroke([(x, 68 - step * 9.7), (x, 92 - step * 9.7)], STEEL, 1)


def green(c: Canvas, what: str) -> None:
    """Green places: a lawn with tents, a bed of flowers, or trees cut back from a traffic light."""
    _view(c, horizon=52)
    c.box(0, 52, 100, 100, GREEN)
    for x in (8, 30, 88) if what != "trees" else (10, 34, 58):
        _tree(c, x + c.between(-3, 3), 6 if what == "trees" else 9)
    if what == "lawn":
        for x, fill in ((26, AMBER), (52, WHITE), (74, "#0b6a63")):
            c.shape([(x - 9, 86), (x, 70), (x + 9, 86)], fill)
    elif what == "bed":
        c.oval(50, 82, 44, 13, EARTH)
        for _ in range(70):
            c.oval(c.between(12, 88), c.between(74, 90), 1.2, 1.4, c.dice.choice((LEAF, LEAF, RED, "#d98aa0")))
    else:
        c.stroke([(82, 96), (82, 30), (70, 30)], STEEL, 1.2)
        c.box(66, 26, 71, 42, DARK)
        c.oval(68.5, 38, 1.6, 2.1, "#7fd1a0")


def _tree(c: Canvas, x: float, size: float) -> None:
    c.box(x - 0.9, 52, x + 0.9, 72, EARTH)
    for dx, dy in ((-0.6, 0), (0.6, 0), (0, -0.9)):
        c.oval(x + dx * size, 50 + dy * size, size * 0.8, size, LEAF)


def corner(c: Canvas, clean: bool) -> None:
    """A corner below a wall: heaped with rubble, or swept."""
    _view(c, horizon=30)
    c.shape([(0, 14), (56, 26), (56, 72), (0, 92)], STONE)
    c.shape([(56, 26), (100, 14), (100, 88), (56, 72)], STONE_LINE)
    c.shape([(0, 92), (56, 72), (100, 88), (100, 100), (0, 100)], "#8b9c97")
    if clean:
        c.stroke([(84, 80), (92, 44)], EARTH, 1)
        c.shape([(80, 80), (88, 82), (87, 90), (76, 88)], AMBER)
        return
    for _ in range(46):
        x, y = c.between(20, 84), c.between(66, 94)
        w, h = c.between(2, 6), c.between(1.5, 4)
        c.shape(
            [(x, y), (x + w, y - h / 2), (x + w + 1, y + h), (x - 1, y + h)], c.dice.choice((EARTH, "#a45a45", WHITE, STEEL))
        )


SCENES: dict[str, Callable[[Canvas], None]] = {
    "lamp-dark": partial(lamps, lit=False),
    "lamp-lit": partial(lamps, lit=True),
    "manhole-open": partial(manhole, mended=False),
    "manhole-fixed": partial(manhole, mended=True),
    "drain-blocked": partial(drain, clear=False),
    "drain-clear": partial(drain, clear=True),
    "wall-crack": wall,
    "wall-leak": room,
    "stalls-clear": partial(street, lane=False),
    "lane-clear": partial(street, lane=True),
    "rail-fixed": rail,
    "lawn-open": partial(green, what="lawn"),
    "flower-bed": partial(green, what="bed"),
    "tree-trimmed": partial(green, what="trees"),
    "corner-rubbish": partial(corner, clean=False),
    "corner-clean": partial(corner, clean=True),
}
