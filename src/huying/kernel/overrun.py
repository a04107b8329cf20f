"""A branch stands still by law beyond the day that was named: told once, at the end of that day, whoever comes by first."""

from datetime import date, datetime

from django.db.models import QuerySet

from huying.base import clock
from huying.kernel import kinds
from huying.kernel.events import PauseOverran
from huying.kernel.models import Pause, Task
from huying.kernel.pauses import midnight
from huying.kernel.record import Work


def end_of(day: date) -> datetime:
    """The moment that ends a day of the city."""
    return midnight(day.toordinal() + 1)


def watched(at: datetime) -> QuerySet[Pause]:
    """Open pauses whose day has passed at `at`, and of which that was not told yet; the oldest day in front."""
    day = clock.day_of(at)
    standing = Pause.objects.filter(to_at__isnull=True, overran_at__isnull=True, expected__lt=day)
    return standing.filter(promise__ended_at__isnull=True).order_by("expected", "pk")


def of_matter(work: Work) -> list[Pause]:
    """Those of the locked matter; asked only where there are branches."""
    if not kinds.get(work.matter.kind).parted:
        return []
    return list(watched(work.at).filter(promise__matter=work.matter).select_related("promise"))


def tell(work: Work, row: Pause) -> None:
    """Within another verb's work: the day named has passed."""
    assert row.expected and row.promise.task_id
    row.overran_at = end_of(row.expected)
    row.save(update_fields=["overran_at"])
    bearer = Task.objects.select_related("bearer").get(pk=row.promise.task_id).bearer
    due = int(row.overran_at.timestamp())
    work.tell(PauseOverran(work.matter.pk, row.promise.task_id, bearer.key, due))
