"""The hops in words, along a real call from a dark street to its answer."""

import pytest

from huying.channels.parts import hops
from huying.kernel import actions
from huying.kernel.queries import call_page, timeline
from huying.kernel.tests.conftest import Story, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db


def said(story: Story) -> list[str]:
    return [line.what for line in hops.lines(call_page(story.she, story.opened.call_id).hops, for_caller=True)]


def test_every_hop_names_who_and_what(story: Story) -> None:
    story.until("answered")
    told = said(story)
    assert told[0] == "收到您的诉求"
    assert told[1] == f"12345 {story.dispatcher.officer.name}受理"
    assert told[2] == "派给沙坪坝区社会治理中心，因为“路灯不亮”由它管"
    assert told[3] == "沙坪坝区社会治理中心交给沙坪坝区城市管理局办"
    assert told[4] == f"沙坪坝区城市管理局{story.handler.officer.name}接手"
    assert told[5] == f"沙坪坝区城市管理局{story.handler.officer.name}给您打了电话"
    assert told[-1].endswith("答复了您")


def test_the_words_said_with_a_move_stand_beside_it(story: Story) -> None:
    story.until("contacted")
    lines = hops.lines(call_page(story.she, story.opened.call_id).hops, for_caller=True)
    assert lines[-1].note == "说好今晚来修" and lines[-1].now


def test_an_officer_reads_of_the_caller_not_of_himself(story: Story) -> None:
    told = timeline.hops(story.matter, [story.opened.call_id], for_caller=False)
    assert hops.lines(told, for_caller=False)[0].what == "收到来电人的诉求"


def test_her_word_is_a_hop_too(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.opened.call_id, False, 2)
    assert "您说没解决" in said(story) and "第 1 次重新办理" in said(story)


def test_every_fact_a_caller_reads_has_a_sentence() -> None:
    assert set(timeline.FOR_CALLERS) <= set(hops._SAY)
