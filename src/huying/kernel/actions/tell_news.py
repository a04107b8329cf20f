"""说新情况: how an incident stands, until when, and when the next news come. Who says so has promised it."""

from datetime import datetime

from django.utils.translation import gettext as _

from huying.kernel import incidents, moves
from huying.kernel.errors import BadInput
from huying.kernel.models import Incident
from huying.kernel.work import on_matter
from huying.people.actors import Actor


def tell_news(actor: Actor, matter_id: int, news: str, news_at: datetime | None, until_at: datetime | None = None) -> Incident:
    """Tell all who wait how it stands; `news_at` is when they hear again, `until_at` None that nobody can say yet.

    Raises NotThere, Refused (it is no known incident), BadInput.
    """
    news, errors = incidents.public(news), incidents.moments(news_at, until_at)
    if not 4 <= len(news) <= incidents.WORDS:
        errors["news"] = _("请说说现在怎么样了，四到三百个字。")
    if errors:
        raise BadInput(errors)
    assert news_at is not None
    with on_matter(actor, "tell_news", matter_id) as work:
        moves.target("matter", "tell_news", work.matter.state)
        row = incidents.running(work)
        incidents.tell(work, row, incidents.speaker(actor, work.matter), news, news_at, until_at)
    return row
