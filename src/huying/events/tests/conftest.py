"""Keys of their own for the tests that need them."""

from huying.events.tests.logs import keys

__all__ = ["keys"]
