"""Which things were begun lately: what is popular is what people did."""

from datetime import date, datetime, time
from functools import lru_cache
from time import monotonic

from django.db.models import Count

from huying.base import clock
from huying.city import loaded
from huying.features.services.models import Case
from huying.kernel import finding

KEPT_SECONDS = 60  # the portal's first page asks, and an order of what is popular may be a minute old


@finding.teller
def begun(since: date) -> dict[str, int]:
    """How many cases of each thing were begun on that day or later."""
    return counted(since, int(monotonic() // KEPT_SECONDS))


@lru_cache(maxsize=4)
def counted(since: date, minute: int) -> dict[str, int]:
    """The same, counted once in that minute."""
    start = datetime.combine(since, time(), clock.CITY_TIME)
    rows = Case.objects.filter(began_at__gte=start).values_list("thing").annotate(n=Count("pk")).order_by()
    return dict(rows)


loaded.on_forget(counted.cache_clear)
