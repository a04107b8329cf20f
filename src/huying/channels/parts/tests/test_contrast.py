"""Every pair of text and ground in every look: 4.5 to 1, and 7 to 1 in high contrast. Computed from tokens.css itself."""

import re
from pathlib import Path

import pytest

from huying.channels import parts

pytestmark = pytest.mark.once
TOKENS = (Path(parts.__file__).parent / "static" / "parts" / "tokens.css").read_text(encoding="utf-8")
DARK, MORE = '[data-theme="dark"]', '[data-contrast="more"]'
LOOKS = {"light": [":root"], "dark": [":root", DARK], "more": [":root", MORE], "dark, more": [":root", DARK, MORE, MORE + DARK]}
GROUNDS = ("bg", "surface", "surface-sunk")
# text, and the grounds it may stand on
TEXTS: dict[str, tuple[str, ...]] = {
    "text": (*GROUNDS, "brand-soft", "wait-soft", "urgent-soft", "sky-1", "sky-2", "ridge-far"),
    "text-soft": (*GROUNDS, "brand-soft", "sky-1", "sky-2"),
    "brand": GROUNDS,
    "brand-strong": (*GROUNDS, "brand-soft", "sky-1"),
    "link": (*GROUNDS, "brand-soft"),
    "urgent": (*GROUNDS, "urgent-soft"),
    "wait": (*GROUNDS, "wait-soft"),
    "on-brand": ("brand", "brand-strong"),
    "ink-700": ("mist-200",),
    "ink-800": ("mist-200", "sky-1", "sky-2"),
    "surface": ("text", "urgent"),
    "on-appeal": ("appeal",),
    "on-appeal-soft": ("appeal",),
}
# what is drawn and must be seen: 3 to 1 (WCAG 1.4.11)
SHAPES: dict[str, tuple[str, ...]] = {"control-line": ("bg", "surface"), "brand": ("bg", "surface"), "focus": ("bg", "surface")}


def block(selector: str) -> dict[str, str]:
    """The tokens that a selector sets, by name."""
    found = re.search(r"(?m)^ *" + re.escape(selector) + r" \{(.*?)\}", TOKENS, re.DOTALL)
    assert found, selector
    return dict(re.findall(r"--([\w-]+): ([^;]+);", found.group(1)))


def tokens(look: str) -> dict[str, str]:
    return {name: value for selector in LOOKS[look] for name, value in block(selector).items()}


def luminance(colour: str) -> float:
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_every_text_can_be_read_on_every_ground(look: str) -> None:
    least, colours = (7 if "more" in look else 4.5), tokens(look)
    pairs = [(text, ground) for text, grounds in TEXTS.items() for ground in grounds]
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert not {pair: ratio for pair, ratio in faint.items() if ratio < least}


@pytest.mark.parametrize("look", LOOKS)
def test_every_line_of_a_control_can_be_seen(look: str) -> None:
    colours = tokens(look)
    pairs = [(shape, ground) for shape, grounds in SHAPES.items() for ground in grounds]
    assert not [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < 3]


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_system_s_dark_is_the_chosen_dark() -> None:
    assert block(":root:not([data-theme], [data-contrast])") == block(DARK)


def test_every_look_sets_the_same_colours() -> None:
    assert set(block(DARK)) == set(block(MORE)) == set(block(MORE + DARK)) <= set(block(":root"))
