"""The working days of 2024 to 2026 as the State Council's notices give them: a small table for tests, apart from any pack.

Only days that differ from Monday-to-Friday.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from huying.city.calendar import Calendar

YEARS = (2024, 2025, 2026)

# (first, last) days off that are not already a weekend may lie inside a weekend too: naming them does no harm
OFF = (
    # 国办发明电〔2023〕7号
    ("2024-01-01", "2024-01-01"),  # 元旦
    ("2024-02-10", "2024-02-17"),  # 春节 (除夕, 9 February, was a working day)
    ("2024-04-04", "2024-04-06"),  # 清明节
    ("2024-05-01", "2024-05-05"),  # 劳动节
    ("2024-06-10", "2024-06-10"),  # 端午节
    ("2024-09-15", "2024-09-17"),  # 中秋节
    ("2024-10-01", "2024-10-07"),  # 国庆节
    # 国办发明电〔2024〕12号
    ("2025-01-01", "2025-01-01"),  # 元旦
    ("2025-01-28", "2025-02-04"),  # 春节
    ("2025-04-04", "2025-04-06"),  # 清明节
    ("2025-05-01", "2025-05-05"),  # 劳动节
    ("2025-05-31", "2025-06-02"),  # 端午节
    ("2025-10-01", "2025-10-08"),  # 国庆节、中秋节
    # 国办发明电〔2025〕7号
    ("2026-01-01", "2026-01-03"),  # 元旦
    ("2026-02-15", "2026-02-23"),  # 春节
    ("2026-04-04", "2026-04-06"),  # 清明节
    ("2026-05-01", "2026-05-05"),  # 劳动节
    ("2026-06-19", "2026-06-21"),  # 端午节
    ("2026-09-25", "2026-09-27"),  # 中秋节
    ("2026-10-01", "2026-10-07"),  # 国庆节
)

MAKE_UP = (
    # 国办发明电〔2023〕7号
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
    # 国办发明电〔2024〕12号
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    # 国办发明电〔2025〕7号
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip


def _days() -> Iterator[tuple[date, bool]]:
    for first, last in OFF:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            yield day, False
            day += timedelta(days=1)
    for text in MAKE_UP:
        yield date.fromisoformat(text), True


DAYS = dict(_days())
CALENDAR = Calendar.of(DAYS, YEARS)
