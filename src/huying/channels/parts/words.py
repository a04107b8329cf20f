"""Days, moments, spans and promises as people say them, in the reader's language."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.base import clock
from huying.city import calendar
from huying.kernel import promise


class Left(NamedTuple):
    """What is left of a promise, in words, and the class that colours them ('' while there is time)."""

    words: str
    css: str

    def __str__(self) -> str:
        return self.words


def said(text: str) -> str:
    """What was written in Chinese as data, in the reader's language."""
    return _(text) if text else ""


def day(value: date | datetime) -> str:
    """11 月 25 日; another year is named."""
    at = clock.day_of(value) if isinstance(value, datetime) else value
    parts = {"year": at.year, "month": at.month, "day": at.day, "name": MONTHS[at.month]}
    if at.year != clock.today().year:
        return _("%(year)s 年 %(month)s 月 %(day)s 日") % parts
    return _("%(month)s 月 %(day)s 日") % parts


def hour(value: datetime) -> str:
    """09:20 in the city."""
    return f"{value.astimezone(clock.CITY_TIME):%H:%M}"


def moment(value: datetime) -> str:
    """11 月 18 日 09:20."""
    return _("%(day)s %(hour)s") % {"day": day(value), "hour": hour(value)}


def span(seconds: float) -> str:
    """2 分钟, 5 小时 28 分, 3 天 4 小时: two units at most, rounded down."""
    minutes = int(seconds) // 60
    days, hours = divmod(minutes // 60, 24)
    minutes %= 60
    if days:
        return _days(days) if not hours else _join(_days(days), _hours(hours))
    if hours:
        return _hours(hours) if not minutes else _join(_hours(hours), _short_minutes(minutes))
    return _minutes(minutes) if minutes else _("不到 1 分钟")


def used(seconds: float) -> str:
    """用时 19 分钟; nothing for less than a minute, which is how long a person's two clicks take."""
    return _("用时 %(span)s") % {"span": span(seconds)} if seconds >= 60 else ""


def by_day(due_at: datetime) -> str:
    """By when: 11 月 25 日前 where a whole day ends, 今天 18:00 前 where an hour was promised."""
    if _ends_a_day(due_at):
        return _("%(day)s前") % {"day": day(promise.last_day(due_at))}
    return _("%(day)s %(hour)s 前") % {"day": _near(due_at), "hour": hour(due_at)}


def soon(value: datetime) -> str:
    """今天 18:00, 明天 07:00; farther days by their date."""
    return _("%(day)s %(hour)s") % {"day": _near(value), "hour": hour(value)}


def _near(value: datetime) -> str:
    at = clock.day_of(value)
    near = {clock.today(): _("今天"), clock.today() + timedelta(days=1): _("明天")}
    return near.get(at) or day(at)


def by_date(due_at: datetime) -> str:
    """By when, on paper that is read on other days too: never 今天 or 明天."""
    if _ends_a_day(due_at):
        return _("%(day)s前") % {"day": day(promise.last_day(due_at))}
    return _("%(day)s %(hour)s 前") % {"day": day(due_at), "hour": hour(due_at)}


def left(due_at: datetime, now: datetime | None = None) -> Left:
    """剩 2 个工作日, 剩 3 小时 34 分, 超 2 小时: amber within a day, red when over."""
    now = now or clock.now()
    rest = promise.remaining(due_at, now, calendar.current())
    if rest.workdays:
        words = ngettext("剩 %(n)s 个工作日", "剩 %(n)s 个工作日", rest.workdays) % {"n": rest.workdays}
        return Left(words, "")
    natural = span(rest.days * 86400 + rest.hours * 3600 + rest.minutes * 60)
    if rest.over:
        return Left(_("超 %(span)s") % {"span": natural}, "urgent-t")
    return Left(_("剩 %(span)s") % {"span": natural}, "wait-t" if not rest.days else "")


def budget(count: int, unit: str) -> str:
    """What was promised: 5 个工作日, 24 小时."""
    if unit == promise.WORKDAYS:
        return ngettext("%(n)s 个工作日", "%(n)s 个工作日", count) % {"n": count}
    return _days(count) if unit == promise.DAYS else _hours(count)


def _ends_a_day(due_at: datetime) -> bool:
    local = due_at.astimezone(clock.CITY_TIME)
    return (local.hour, local.minute, local.second) == (0, 0, 0)


def _join(large: str, small: str) -> str:
    return _("%(large)s %(small)s") % {"large": large, "small": small}


def _days(n: int) -> str:
    return ngettext("%(n)s 天", "%(n)s 天", n) % {"n": n}


def _hours(n: int) -> str:
    return ngettext("%(n)s 小时", "%(n)s 小时", n) % {"n": n}


def _minutes(n: int) -> str:
    return ngettext("%(n)s 分钟", "%(n)s 分钟", n) % {"n": n}


def _short_minutes(n: int) -> str:
    return ngettext("%(n)s 分", "%(n)s 分", n) % {"n": n}


def grade_words(grade: int) -> str:
    """A grade in words."""
    return (_("非常\u200b不满意"), _("不满意"), _("基本满意"), _("满意"), _("非常满意"))[grade - 1]
