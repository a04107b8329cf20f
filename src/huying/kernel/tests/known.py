"""Incidents for tests: a burst pipe of the small city, declared on the story's matter or opened before anybody calls."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from huying.base import clock
from huying.kernel import actions
from huying.kernel.actions import Notice
from huying.kernel.intake import Opened
from huying.kernel.models import Incident, Promise
from huying.kernel.tests.conftest import BUREAU, Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeCaller

TITLE, CAUSE = "小龙坎一带路灯不亮", "线缆被施工挖断，正在接。"
NEWS, DONE = "已经找到断点，今晚接好。", "线缆接好了，晚上八点起路灯全部恢复。"
_keys = itertools.count(1)


def after(hours: float) -> datetime:
    """So many hours from now."""
    return clock.now() + timedelta(hours=hours)


def notice(**changes: Any) -> Notice:
    """What is told of the dark street, changed as a test needs it."""
    told: dict[str, Any] = {"title": TITLE, "cause": CAUSE, "area_key": "500106001", "news_at": after(2), "until_at": after(6)}
    return Notice(**{**told, **changes})


def declared(story: Story, **changes: Any) -> Incident:
    """The story's matter as an incident, by the city's desk."""
    return actions.declare_incident(story.dispatcher, story.opened.matter_id, notice(**changes))


def opened(story: Story, **changes: Any) -> Incident:
    """An incident that nobody called about, by the head of the bureau that bears it."""
    bureau = story.city.department(BUREAU).pk
    return actions.open_incident(
        story.head, bureau, notice(**changes), key=f"incident-{next(_keys)}", kind="appeal", sort="help"
    )


def joined(incident: Incident, caller: MakeCaller, **changes: Any) -> Opened:
    """Somebody meets it too."""
    party = caller()
    return actions.follow(party_actor(party), new_call(caller=party, **changes), incident.pk, while_known=True)


def owed(incident: Incident) -> list[Promise]:
    """The news that are promised now."""
    return list(Promise.objects.filter(matter=incident.pk, what="news", ended_at__isnull=True))
