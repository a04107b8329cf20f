"""What somebody asks in a message: the questions, and the wishes that name something."""

from dataclasses import dataclass

from huying.reading import terms
from huying.reading.answers import lexicon as words
from huying.reading.answers.sentences import clauses, length, sentences

MOST = 5
FEWEST, FEWEST_WISHED = 1, 3  # pieces that say what it is about; a wish is spoken of in many words
ALONE = 2  # with fewer, what stands before it says what it is about
LONGEST = 60  # characters of an ask
_QUOTES = frozenset("“”「」")  # what somebody else said

WHEN, MUCH, WHY, WHERE, WHETHER, HOW, WISH = "when", "much", "why", "where", "whether", "how", "wish"
_SORTS = (
    (WHEN, words.WHEN_ASKED),
    (WHY, words.WHY_ASKED),
    (MUCH, words.MUCH_ASKED),
    (WHERE, words.WHERE_ASKED),
    (WHETHER, words.WHETHER_ASKED),
    (HOW, words.HOW_ASKED),
)
_ANGER = frozenset({WHY, WHETHER, HOW})  # not asked plainly, they are asked of nobody


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked, in the words of who asked; `sort` is what kind of answer it looks for, `around` what it is asked of."""

    text: str
    sort: str
    pieces: tuple[str, ...]
    around: tuple[str, ...] = ()


def asks(message: str, title: str = "") -> list[Ask]:
    """What is asked in a message, at most MOST. The title only says what it is about."""
    found: dict[str, Ask] = {}
    told = sentences(message)
    plainly = words.PLAINLY.search(f"{title} {message}") is not None or 2 * sum(map(_asks, told)) >= len(told)
    before = ""
    for sentence in told:
        ask = _ask(sentence, f"{title} {before}")
        if ask and (plainly or ask.sort not in _ANGER):
            found[ask.text] = ask
        before = sentence
    return list(found.values())[:MOST]


def about(text: str) -> tuple[str, ...]:
    """The pieces that say what a text is about."""
    kept = words.EMPTY_WISH.sub(" ", text)
    for _, pattern in _SORTS:
        kept = pattern.sub(" ", kept)
    pieces = terms.telling(terms.parse(kept))
    return tuple(piece for piece in pieces if len(piece) > 1)


def _ask(sentence: str, before: str) -> Ask | None:
    if words.RHETORIC.search(sentence) or not _QUOTES.isdisjoint(sentence):
        return None
    parts, asked = clauses(sentence), _asks(sentence) or words.PLAINLY.search(sentence) is not None
    at = next((i for i in range(len(parts) - 1, -1, -1) if _sort(parts[i], asked)), None)
    if at is None:
        return None
    text, sort = parts[at], _sort(parts[at], asked)
    if sort != WISH and len(about(text)) < ALONE and at and length(parts[at - 1]) + length(text) <= LONGEST:
        text = f"{parts[at - 1]}，{text}"  # 「路灯坏了，什么时候修？」 is about what stands before it
    pieces, least = about(text), FEWEST_WISHED if sort == WISH else 0 if sort == WHEN else FEWEST
    around = about(f"{before} {sentence}")
    return Ask(text, sort, pieces, around) if len(pieces) >= least and length(text) <= LONGEST else None


def _asks(sentence: str) -> bool:
    return sentence.endswith(("？", "?"))


def _sort(clause: str, asked: bool) -> str:
    for sort, pattern in _SORTS if asked else _SORTS[:0]:
        if pattern.search(clause):
            return sort
    return WISH if words.WISHED.search(clause) else ""
