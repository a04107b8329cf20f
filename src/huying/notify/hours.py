"""Civil hours: nobody is woken for what can wait until morning."""

from datetime import datetime, time, timedelta

from huying.base import clock


def is_quiet(moment: datetime, quiet_from: int, quiet_to: int) -> bool:
    """Whether a moment lies in the quiet hours from `quiet_from` up to `quiet_to` o'clock in the city, over midnight or not."""
    hour = moment.astimezone(clock.CITY_TIME).hour
    if quiet_from <= quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to


def civil(moment: datetime, quiet_from: int, quiet_to: int) -> datetime:
    """The first moment from `moment` on that is not quiet."""
    if not is_quiet(moment, quiet_from, quiet_to):
        return moment
    local = moment.astimezone(clock.CITY_TIME)
    end = datetime.combine(clock.day_of(local), time(quiet_to), clock.CITY_TIME)
    return end if end > local else end + timedelta(days=1)
