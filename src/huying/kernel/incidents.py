"""Known incidents as their verbs share them: what is said, who speaks, the news that are promised, the end."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.kernel import clocks, known, overdue, said
from huying.kernel.errors import BadInput, Refused
from huying.kernel.events import IncidentDeclared, IncidentEnded, IncidentTold
from huying.kernel.models import Incident, Matter, Task
from huying.kernel.record import Work
from huying.kernel.rules import CENTRE_TYPE, DESK_TYPE
from huying.people.actors import Actor

LEADERS = ("dispatcher", "head")
FARTHEST = timedelta(days=7)  # nobody who waits should hear nothing for longer
TITLE, WORDS, DONE, SHORTEST = 80, 300, 1000, 10
BASIS = gettext_noop("已知事件：发布的单位自己说好下一次消息的时间，到时没有消息按超期处理")


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody is told of an incident; `until_at` None: nobody can say yet."""

    title: str
    cause: str
    area_key: str
    news_at: datetime | None
    until_at: datetime | None = None


def read(notice: Notice) -> Notice:
    """The notice without identifiers. Raises BadInput naming each field at fault."""
    errors = moments(notice.news_at, notice.until_at)
    title, cause = public(notice.title), public(notice.cause)
    if not 4 <= len(title) <= TITLE:
        errors["title"] = _("请用一句话说是什么事、在哪一带，四到八十个字。")
    if not 4 <= len(cause) <= WORDS:
        errors["cause"] = _("请说原因，正在查也请照实说，四到三百个字。")
    if city.area_by_key(notice.area_key) is None:
        errors["area_key"] = _("请选影响的范围：全市、区县或者镇街。")
    if errors:
        raise BadInput(errors)
    return replace(notice, title=title, cause=cause)


def moments(news_at: datetime | None, until_at: datetime | None) -> dict[str, str]:
    """What is wrong with when the next news come, and when it is expected to be over."""
    errors, now = {}, clock.now()
    if news_at is None or not now < news_at <= now + FARTHEST:
        errors["news_at"] = _("请选下一次什么时候说消息，要在现在以后、七天以内。")
    if until_at is not None and until_at <= now:
        errors["until_at"] = _("预计恢复的时间已经过了，请改一个，说不准就空着。")
    return errors


def public(text: str) -> str:
    """What everybody may read: without blanks around it, and with tokens for identifiers."""
    return said.for_all(text.strip())


def speaker(actor: Actor, matter: Matter) -> Department:
    """For whom the officer speaks: the department of his that bears the matter now, else his centre or the desk."""
    bearing = set(Task.objects.filter(matter=matter, is_open=True).values_list("bearer_id", flat=True))
    held = [post for post in actor.posts if post.role in LEADERS]
    held.sort(key=lambda post: (post.department_id not in bearing, post.department_type not in (CENTRE_TYPE, DESK_TYPE)))
    found = city.department_by_id(held[0].department_id) if held else overdue.desk()
    assert found is not None
    return found


def within(area_key: str, by: Department) -> Area:
    """The area, which must lie in the department's own. Raises BadInput."""
    area = city.area_by_key(area_key)
    assert area is not None
    if area.pk not in city.areas_within({by.area_id}):
        raise BadInput({"area_key": _("%(unit)s管不到这个范围，请选小一点的，或者请上一级来发布。") % {"unit": by.name}})
    return area


def running(work: Work) -> Incident:
    """The incident that the matter is. Raises Refused."""
    found = known.running(work.matter)
    if found is None:
        raise Refused("no_incident", _("这件现在不是已知事件，或者已经结束了。请刷新后再看。"))
    return found


def declare(work: Work, notice: Notice, by: Department, key: str | None = None) -> Incident:
    """Make the matter known. One that was known before and came back is known anew."""
    row = Incident.objects.filter(matter=work.matter).first() or Incident(matter=work.matter)
    row.area, row.title, row.cause = within(notice.area_key, by), notice.title, notice.cause
    row.key, row.teller = key or row.key, by
    row.until_at, row.news, row.done, row.opened_at, row.ended_at = notice.until_at, "", "", work.at, None
    assert notice.news_at is not None
    fact = (row.area.key, by.key, stamp(notice.until_at), int(notice.news_at.timestamp()), work.matter.voices)
    work.tell(IncidentDeclared(work.matter.pk, *fact), notice.cause)
    promise_news(work, row, notice.news_at)
    return row


def tell(work: Work, row: Incident, by: Department, news: str, news_at: datetime, until_at: datetime | None) -> None:
    """Say how it stands: what was promised is kept, and the next news are promised."""
    row.news, row.until_at, row.teller = news, until_at, by
    work.tell(IncidentTold(work.matter.pk, by.key, stamp(until_at), int(news_at.timestamp())), news)
    promise_news(work, row, news_at)


def promise_news(work: Work, row: Incident, news_at: datetime) -> None:
    """The news promised before are met by these, and the next are promised."""
    clocks.meet(work, "news")
    row.news_at = news_at
    row.save()
    clocks.start_until(work, "news", news_at, BASIS)
    clocks.settle_due(work)


def end(work: Work, row: Incident, by: Department, how: str, done: str = "") -> None:
    """It is over: nobody waits for news any longer. What was done is told with the answer."""
    clocks.meet(work, "news")
    row.done, row.ended_at, row.news_at, row.teller = done, work.at, None, by
    row.save()
    work.tell(IncidentEnded(work.matter.pk, by.key, how, work.matter.voices))


def stamp(moment: datetime | None) -> int | None:
    """Seconds since 1970, as facts tell a moment."""
    return int(moment.timestamp()) if moment else None
