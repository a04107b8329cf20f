"""Find what one needs in everyday words: things first, and the items that stand alone or are asked for by name.

`find` answers a question; `browse` lists the things of an event, of a department, for a person or a firm; `begun` says what was
begun lately, from whoever tells it.
"""

from huying.kernel.finding.begun import DAYS, Popular, popular, teller
from huying.kernel.finding.browse import Shelf, departments, events, shelf
from huying.kernel.finding.find import MOST_ASKED, Hit, Hits, find

__all__ = [
    "DAYS",
    "MOST_ASKED",
    "Hit",
    "Hits",
    "Popular",
    "Shelf",
    "departments",
    "events",
    "find",
    "popular",
    "shelf",
    "teller",
]
