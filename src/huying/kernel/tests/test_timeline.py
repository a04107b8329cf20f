import pytest

from huying.kernel import queries
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_she_sees_every_hop_with_who_what_and_why(story: Story) -> None:
    story.until("answered")
    hops = queries.call_page(story.she, story.call.pk).hops
    assert [h.name for h in hops] == [
        "call.opened",
        "matter.accepted",
        "task.given",
        "task.given",
        "task.signed",
        "task.contacted",
        "task.submitted",
        "matter.answered",
    ]
    given, passed, signed, contacted = hops[2:6]
    assert given.bearer == "沙坪坝区社会治理中心" and passed.giver == given.bearer
    assert passed.bearer == "沙坪坝区城市管理局" and passed.note == "请市政科今天看"
    assert story.handler.officer and signed.by == story.handler.officer.name
    assert contacted.note == "说好今晚来修" and contacted.detail["how"] == "phone"
    assert all(h.used_seconds >= 0 for h in hops)


def test_an_officer_sees_the_reviews_too(story: Story) -> None:
    story.until("answered")
    hops = queries.matter_page(story.handler, story.matter.pk).hops
    assert "task.approved" in [h.name for h in hops]


def test_another_voice_of_the_matter_does_not_show_in_hers(story: Story) -> None:
    story.until("answered")
    hops = queries.call_page(story.she, story.call.pk).hops
    assert {h.detail["call"] for h in hops if "call" in h.detail} == {story.call.pk}
