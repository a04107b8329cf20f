"""Pages that one channel offers to the others. No channel knows another: whoever has a page says so here when it starts."""

from django.urls import reverse

_pages: dict[str, str] = {}


def offer(page: str, address: str) -> None:
    """This address, by its name, shows that page."""
    _pages[page] = address


def way(page: str, *places: object) -> str:
    """The path to a page; '' where no channel of this city has it."""
    return reverse(_pages[page], args=places) if page in _pages else ""
