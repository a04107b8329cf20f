"""The configured way to send text messages."""

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from huying.base.faults import ForOperator
from huying.people.ports import NotDelivered, Texts


class NoTexts(ForOperator, RuntimeError):
    """No way to send texts is configured: one line for the operator."""


def adapter() -> Texts:
    """The adapter that is named. Raises NoTexts, also for the demo's adapter in a city that is no demo."""
    if not settings.TEXTS:
        raise NoTexts("HUYING_TEXTS is not set: name the adapter that sends text messages, people cannot sign in without it.")
    return _made(settings.TEXTS, settings.DEMO)


def forget() -> None:
    """Make the adapter anew: after its settings changed, in tests."""
    _made.cache_clear()


@lru_cache(maxsize=4)
def _made(path: str, demo: bool) -> Texts:
    try:
        made: Texts = import_string(path)()
    except (ImportError, NotDelivered) as fault:
        raise NoTexts(f"HUYING_TEXTS={path}: {fault}") from fault
    return made
