"""State rebuilt from the log equals the tables, and a difference is named."""

from datetime import UTC, datetime
from typing import Any

import pytest

from huying.events import names
from huying.kernel import actions, rebuild
from huying.kernel.models import Call, Matter, Promise, Task
from huying.kernel.tests.conftest import Story

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_fact_says_what_it_does_to_states() -> None:
    ours = {d.name for d in names.all_declared() if d.name.split(".")[0] in ("matter", "task", "call")}
    known = rebuild.SETS.keys() | rebuild.DOES.keys() | rebuild.KEEPS
    assert ours - known == set(), "say in kernel/rebuild.py what these do"


@pytest.mark.parametrize("step", ["dispatched", "passed", "signed", "contacted", "written", "submitted", "answered"])
def test_the_log_rebuilds_the_states_at_every_step(story: Story, step: str) -> None:
    story.until(step)
    assert list(rebuild.differences()) == []


def test_the_log_rebuilds_a_reopened_and_solved_matter(story: Story) -> None:
    story.until("answered")
    actions.rate(story.she, story.call.pk, False, 1)
    assert story.matter.state == "working" and list(rebuild.differences()) == []


def test_a_state_changed_behind_the_log_is_named(story: Story) -> None:
    story.until("signed")
    Task.objects.filter(pk=story.task().pk).update(state="done")
    Matter.objects.filter(pk=story.matter.pk).update(state="closed")
    found = list(rebuild.differences())
    assert [line.split(" ")[0] for line in found if line.endswith("(state)")] == [
        f"matter:{story.matter.pk}",
        f"task:{story.task().pk}",
    ]


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("task", {"turn": None}, "turn"),
        ("task", {"parent": None}, "parent"),
        ("matter", {"voices": 3}, "voices"),
        ("matter", {"reopened": 2}, "reopened"),
        ("call", {"solved": True}, "solved"),
        ("promise", {"due_at": datetime(2026, 1, 1, tzinfo=UTC)}, "due"),
        ("promise", {"ended_at": datetime(2026, 1, 1, tzinfo=UTC)}, "count"),
    ],
)
def test_so_is_a_bearer_a_turn_a_voice_or_a_day(story: Story, table: str, change: dict[str, object], column: str) -> None:
    story.until("signed")
    models = {"task": Task, "matter": Matter, "call": Call, "promise": Promise}
    model: Any = models[table]
    model.objects.filter(pk=model.objects.latest("pk").pk).update(**change)
    assert any(line.endswith(f"({column})") for line in rebuild.differences())
