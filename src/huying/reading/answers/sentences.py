"""Text as sentences and clauses, and how long they are to a reader."""

import re

from huying.reading.segment import HAN

_SENTENCE = re.compile(r"[^。！？!?；;\n…]+[。！？!?；;…]*|[。！？!?；;…]+")
_CLAUSE = re.compile(r"[，,：:、]")
_COUNTED = re.compile(rf"[{HAN}]|[A-Za-z0-9.]+")
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|（[^（）]*）|\([^()]*\)|﹝[^﹝﹞]*﹞|〔[^〔〕]*〕")


def sentences(text: str) -> list[str]:
    """The sentences of a text with the marks that end them, without blanks around them."""
    return [found for part in _SENTENCE.findall(text) if (found := part.strip())]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, without what parts them."""
    return [found for part in _CLAUSE.split(sentence) if (found := part.strip())]


def length(text: str) -> int:
    """How many characters a reader reads: a number or a foreign word counts as one, marks as none."""
    return len(_COUNTED.findall(text))


def bare(text: str) -> str:
    """Without names of documents, quotations and what stands in brackets: they are as long as they are."""
    return _QUOTED.sub("", text)


def short(text: str, most: int) -> str:
    """The beginning of a text, for quoting it."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
