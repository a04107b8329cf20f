"""Who did what: one's own, one's unit's, for the auditor all; never what the viewer may not see, never a word of a call."""

import sys
from datetime import timedelta

import pytest
from django.db import connection, transaction

from huying.base import clock
from huying.events import log
from huying.events.sequence import Sequencer
from huying.kernel import actions, queries
from huying.kernel.models import Matter
from huying.kernel.queries import Asked
from huying.kernel.tests.conftest import BUREAU, DESK, Story, new_call
from huying.people.actors import Actor
from tests.people import MakeActor

pytestmark = pytest.mark.django_db(transaction=True)


def pk(actor: Actor) -> int:
    assert actor.officer
    return actor.officer.pk


def did(actor: Actor, **asked: object) -> list[str]:
    return [row.called for row in queries.history(actor, Asked(**asked)).rows]  # type: ignore[arg-type]


@pytest.fixture
def auditor(story: Story, actor: MakeActor) -> Actor:
    return actor("auditor", story.city.department(DESK))


def test_what_i_did_is_told_the_newest_first(story: Story) -> None:
    story.until("submitted")
    assert did(story.handler, officer=pk(story.handler)) == [
        "task.submitted",
        "task.answer_written",
        "task.contacted",
        "task.signed",
    ]


def test_a_row_names_the_matter_by_its_number_alone(story: Story) -> None:
    story.until("signed")
    (row,) = queries.history(story.handler, Asked(officer=pk(story.handler))).rows
    assert row.matter is not None and (row.matter.pk, row.number) == (story.matter.pk, story.call.number)
    assert story.handler.officer and row.officer == story.handler.officer.name


def test_a_head_sees_his_unit_and_nobody_of_another(story: Story) -> None:
    story.until("submitted")
    assert "task.signed" in did(story.head)
    assert did(story.head, officer=pk(story.centre)) == []
    assert did(story.handler, officer=pk(story.head)) == []


def test_the_auditor_sees_all_of_it(story: Story, auditor: Actor) -> None:
    story.until("answered")
    Sequencer().run_dry()
    found = did(auditor)
    assert found[0] == "task.approved" and {"task.given", "task.signed", "task.submitted"} <= set(found)
    assert did(auditor, officer=pk(story.handler))[0] == "task.submitted"


def test_by_day_and_by_what_was_done(story: Story, auditor: Actor) -> None:
    story.until("signed")
    today = clock.today()
    clock.set_offset(timedelta(days=1))
    story.until("submitted")
    Sequencer().run_dry()
    for viewer, officer in ((story.handler, pk(story.handler)), (auditor, None)):
        assert "task.signed" in did(viewer, officer=officer, day=today)
        assert "task.submitted" not in did(viewer, officer=officer, day=today)
        assert did(viewer, officer=officer, day=today + timedelta(days=1), called="task.submitted") == ["task.submitted"]
        assert did(viewer, officer=officer, day=today - timedelta(days=9)) == []


def test_page_after_page_tells_every_deed_once(story: Story, auditor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    story.until("answered")
    Sequencer().run_dry()
    for viewer, officer in ((story.handler, pk(story.handler)), (auditor, None)):
        whole = did(viewer, officer=officer)
        with monkeypatch.context() as smaller:
            smaller.setattr(sys.modules["huying.kernel.queries.history"], "PAGE", 2)  # the package shows the function
            found, after = [], ""
            while True:
                page = queries.history(viewer, Asked(officer=officer, after=after))
                found += [row.called for row in page.rows]
                after = page.more
                if not after:
                    break
        assert found == whole and len(whole) > 2


def test_what_complains_about_one_s_own_body_is_left_out_whoever_did_it(story: Story, actor: MakeActor, auditor: Actor) -> None:
    new = new_call(caller=story.caller, sort="complaint", about_key=BUREAU)
    matter = Matter.objects.get(pk=actions.open_calls(story.she, [new])[0].matter_id)
    task = actions.dispatch(story.dispatcher, matter.pk, story.city.department("500106.housing").pk)
    worker = actor("handler", story.city.department("500106.housing"))
    actions.sign(worker, [task.pk])
    Sequencer().run_dry()
    assert "task.signed" in did(worker, officer=pk(worker)) and "task.given" in did(auditor)
    # the same officer comes to hold a post in that body: then what he did there is closed to him as well
    both = Actor(worker.name, worker.officer, (*worker.posts, *story.head.posts), roles=worker.roles | story.head.roles)
    assert "task.signed" not in did(both, officer=pk(worker)) and did(both) == []


def test_a_place_that_cannot_be_is_the_beginning(story: Story, auditor: Actor) -> None:
    story.until("signed")
    Sequencer().run_dry()
    for after in ("x", "n", "1e400:3", "n-3", "::"):
        assert did(story.handler, officer=pk(story.handler), after=after) == ["task.signed"]
        assert "task.signed" in did(auditor, after=after)


def test_who_did_what_is_one_walk_of_the_index(story: Story) -> None:
    story.until("answered")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # a table of a test is too small to be worth an index
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(
            ("EXPLAIN " if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN ")
            + "SELECT at, id FROM events_fact WHERE actor = 'officer:1' ORDER BY at DESC, id DESC LIMIT 50"
        )
        plan = " ".join(str(cell) for row in cursor.fetchall() for cell in row)
    index, sorting = ("facts_of_actor", "TEMP B-TREE") if connection.vendor == "sqlite" else ("actor_at_id_idx", "Sort  (")
    assert index in plan and sorting not in plan, plan


def test_the_number_at_a_moment_is_found_by_halving(story: Story) -> None:
    story.until("answered")
    Sequencer().run_dry()
    last = log.before(None, 1)[0]
    assert last.seq is not None
    assert log.number_at(story.matter.opened_at - timedelta(days=1)) == log.after(0, 1)[0].seq
    assert log.number_at(last.at + timedelta(seconds=1)) == last.seq + 1
