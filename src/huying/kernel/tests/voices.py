"""Several voices for tests: calls of one dark street, each with its own caller."""

from huying.city import queries as city
from huying.city.models import Setting
from huying.kernel import actions
from huying.kernel.intake import Opened
from huying.kernel.models import Call, Promise
from huying.kernel.tests.conftest import Story, new_call
from huying.people.actors import party_actor
from tests.people import MakeCaller


def another(caller: MakeCaller, **changes: object) -> Opened:
    """One more call by one more caller."""
    party = caller()
    return actions.open_calls(party_actor(party), [new_call(caller=party, **changes)])[0]


def joining(story: Story, caller: MakeCaller, **changes: object) -> Opened:
    """Somebody who also meets it joins the story's matter."""
    party = caller()
    return actions.follow(party_actor(party), new_call(caller=party, **changes), story.opened.matter_id)


def share(*begins: str) -> None:
    """Let matters of these duties be shown to others."""
    Setting.objects.update_or_create(key="voices.duties", defaults={"value": list(begins)})
    city.reset()


def call_of(opened: Opened) -> Call:
    return Call.objects.select_related("matter").get(pk=opened.call_id)


def answer_promise(opened: Opened) -> Promise:
    return Promise.objects.get(call=opened.call_id, what="answer", ended_at__isnull=True)
