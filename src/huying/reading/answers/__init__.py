"""An answer looked over before it is sent: what its reader would miss in it. Advice only; nothing here refuses anything.

`look_over` says what to think of, in an order of weight; `asks` finds what was asked; `copied` how much stood elsewhere.
"""

from huying.reading.answers.advice import LIGHT, Advice, Earlier, Looked, look_over
from huying.reading.answers.asks import Ask, asks
from huying.reading.answers.copies import copied

__all__ = ["LIGHT", "Advice", "Ask", "Earlier", "Looked", "asks", "copied", "look_over"]
