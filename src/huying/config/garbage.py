"""How often Python looks for garbage that only circles hold: seldom, and not among what was loaded at the start.

Its own habit is a look after every 700 new objects, and every look of the deepest kind goes through the code, the texts and
the catalogue of the whole city, which stay. A verb over hundreds of cases spent a fifth of its time on that.
"""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 20


def settle() -> None:
    """What has been loaded until now is not looked at again; after that, looks are as seldom as fits rows by the thousand."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
