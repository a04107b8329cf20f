"""Whoever of several voices goes, at whatever point: the others keep promise, answer, rating and history."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.kernel import actions, queries, rebuild
from huying.kernel.errors import Refused
from huying.kernel.intake import Opened
from huying.kernel.models import Call, Promise
from huying.kernel.tests.conftest import Story
from huying.kernel.tests.voices import joining, share
from huying.people.actors import holder_actor
from tests.people import MakeCaller
from tests.tries import tries

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = st.sampled_from([None, (True, 5), (True, 2), (False, 1), (False, None)])
_KEPT = ("state", "response_id", "solved", "grade", "rating_text", "answered_at", "closed_at", "reopened", "version")


def kept(call: Call) -> dict[str, Any]:
    """All that a voice has of her own."""
    promises = Promise.objects.filter(call=call).order_by("id").values_list("pk", "what", "due_at", "met_at", "ended_at")
    hops = queries.call_page(holder_actor(call.pk), call.pk).hops
    return {name: getattr(call, name) for name in _KEPT} | {"promises": list(promises), "hops": hops}


@given(
    joined=st.sampled_from(["dispatched", "signed", "submitted"]),
    until=st.sampled_from(["submitted", "answered"]),
    said=st.lists(WORDS, min_size=3, max_size=3),
    order=st.permutations([0, 1, 2]),
    widened=st.booleans(),
)
@settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
def test_a_voice_that_goes_leaves_the_others_whole(
    story: Story, caller: MakeCaller, joined: str, until: str, said: list[Any], order: list[int], widened: bool
) -> None:
    begun, tasks = list(story.done), (story.top, story.child)
    with transaction.atomic():
        share("lamp")
        story.until(joined)
        voices = [story.opened, joining(story, caller), joining(story, caller)]
        story.until(until)
        _say(voices, said)
        if widened:
            _widen(story)
        for gone in order:
            _withdraw_and_compare(voices, gone)
        transaction.set_rollback(True)  # the next example begins where this one did
    story.done[:], (story.top, story.child) = begun, tasks


def _say(voices: list[Opened], said: list[Any]) -> None:
    for voice, word in zip(voices, said, strict=True):
        if word and Call.objects.get(pk=voice.call_id).state == "answered":
            actions.rate(holder_actor(voice.call_id), voice.call_id, *word, "她的话")


def _widen(story: Story) -> None:
    try:
        with transaction.atomic():
            actions.widen(story.dispatcher, story.matter.pk, "整条街一根线")
    except Refused:
        return


def _withdraw_and_compare(voices: list[Opened], gone: int) -> None:
    others = [voice.call_id for n, voice in enumerate(voices) if n != gone]
    before = {pk: kept(Call.objects.get(pk=pk)) for pk in others}
    try:
        with transaction.atomic():
            actions.withdraw(holder_actor(voices[gone].call_id), voices[gone].call_id)
    except Refused:
        return
    for pk in others:
        assert kept(Call.objects.get(pk=pk)) == before[pk]
    assert list(rebuild.differences()) == []
