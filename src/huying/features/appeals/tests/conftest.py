"""The kernel's story, for what the feature does with it."""

from huying.kernel.tests.conftest import story

__all__ = ["story"]
