"""One character for one: full-width letters and digits, all sorts of dashes and blanks, so that places stay the same."""

from typing import NamedTuple

from huying.base.codes import Folding


class Span(NamedTuple):
    """Where an identifier stands, and of what kind it is (as the token names it)."""

    start: int
    end: int
    kind: str


_FOLD = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD |= {ord(c): "-" for c in "‐‑‒–—―−－ｰ﹣~～"}
_FOLD |= {ord(c): " " for c in "\u3000\u00a0\u2002\u2003\u2009\u202f\t"}
for _row in ("①②③④⑤⑥⑦⑧⑨", "⒈⒉⒊⒋⒌⒍⒎⒏⒐", "❶❷❸❹❺❻❼❽❾", "⑴⑵⑶⑷⑸⑹⑺⑻⑼", "➊➋➌➍➎➏➐➑➒", "¹²³⁴⁵⁶⁷⁸⁹"):
    _FOLD |= {ord(c): str(i) for i, c in enumerate(_row, 1)}
_FOLD |= {ord(c): "0" for c in "⓪⓿⁰"}
_folding = Folding(_FOLD)
_NUMERALS = {
    ord(c): str(i)
    for i, chars in enumerate(("零〇○", "一幺壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in chars
}
NUMERALS = "".join(map(chr, _NUMERALS))


def fold(text: str) -> str:
    """The text with full-width forms as ASCII; every character keeps its place."""
    return text if text.isascii() else _folding(text)


def numerals(text: str) -> str:
    """Chinese numerals as digits, one for one: 一三八 is 138. For numbers that are read out, not for amounts."""
    return text.translate(_NUMERALS)
