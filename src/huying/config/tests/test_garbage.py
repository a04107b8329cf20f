"""Python looks for garbage seldom, and not among what a city has loaded."""

import gc
from collections.abc import Iterator

import pytest

from huying.config import garbage


@pytest.fixture
def habit() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


class Circle:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_what_was_loaded_is_left_alone_and_new_circles_are_still_found(habit: None) -> None:
    loaded = Circle()
    garbage.settle()
    assert gc.get_freeze_count() > 1000 and not any(held is loaded for held in gc.get_objects())
    assert gc.get_threshold() == (garbage.YOUNG, garbage.MIDDLE, garbage.OLD)
    gc.collect()
    Circle()
    assert gc.collect() > 0
