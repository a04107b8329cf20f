"""From everyday words to what they mean: phrases of each label in, labels for a question out, with the words that told."""

from huying.reading.everyday.alike import Alike
from huying.reading.everyday.finder import Finder, Found, Phrase

__all__ = ["Alike", "Finder", "Found", "Phrase"]
