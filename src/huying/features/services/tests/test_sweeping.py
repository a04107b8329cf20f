"""Files of forms that were never sent go after their time, row and sealed bytes; nothing that is in use goes."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.features.services import drafts, papers
from huying.features.services.models import Draft, Upload
from huying.features.services.tests.conftest import AREA, Birth
from tests.small_things import FORM

pytestmark = pytest.mark.django_db
DRAFTS_KEPT = timedelta(days=2)  # as the worker has it
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def on_disk(settings: Settings) -> int:
    return sum(path.is_file() for path in Path(settings.PAPERS).rglob("*"))


def swept(after: timedelta = DRAFTS_KEPT) -> int:
    with clock.showing(clock.now() + after + timedelta(minutes=1)):
        return drafts.sweep(clock.now() - DRAFTS_KEPT)


@pytest.fixture
def draft(case: Birth) -> Draft:
    found = drafts.draft_of(case.caller, case.thing)
    drafts.add_paper(found, "identity-card", "a.pdf", PDF)
    return found


def test_a_form_left_alone_loses_its_files_and_keeps_its_words(case: Birth, draft: Draft, settings: Settings) -> None:
    drafts.keep(draft, case.new().decided, {name: [value] for name, value in FORM.items()}, AREA, False)
    assert swept() == 1
    assert on_disk(settings) == 0
    assert not Upload.objects.exists()
    assert drafts.values_of(Draft.objects.get())["child_name"] == FORM["child_name"]


def test_before_its_time_nothing_goes(draft: Draft, settings: Settings) -> None:
    assert swept(timedelta(days=1)) == 0
    assert (on_disk(settings), Upload.objects.count()) == (1, 1)


def test_whoever_still_writes_keeps_her_files(draft: Draft, settings: Settings) -> None:
    Draft.objects.update(saved_at=clock.now() + DRAFTS_KEPT)
    assert swept() == 0
    assert on_disk(settings) == 1


def test_what_was_sent_stays_for_good(case: Birth, settings: Settings) -> None:
    draft = drafts.draft_of(case.caller, case.thing)
    new = case.new()
    drafts.answer(draft, case.thing, new.decided.answers, [])
    drafts.keep(draft, new.decided, {name: [value] for name, value in FORM.items()}, AREA, False)
    for material in ("birth-record", "identity-card", "no-longer-asked"):
        drafts.add_paper(draft, material, "a.pdf", PDF + material.encode() + b"\n%%EOF\n")
    drafts.send(case.she, draft, case.thing)
    assert swept() == 1, "the one that nobody asked for any more"
    assert on_disk(settings) == 2
    assert all(papers.body_of(row) for row in Upload.objects.all())


def test_one_file_of_two_people_goes_for_the_one_and_stays_for_the_other(
    case: Birth, draft: Draft, settings: Settings, caller: object
) -> None:
    assert callable(caller)
    other = drafts.draft_of(caller(), case.thing)
    theirs = drafts.add_paper(other, "identity-card", "a.pdf", PDF)
    Draft.objects.filter(pk=other.pk).update(saved_at=clock.now() + DRAFTS_KEPT)
    assert on_disk(settings) == 2
    assert swept() == 1
    assert papers.body_of(Upload.objects.get()) == papers.body_of(theirs)


def test_bytes_that_no_row_names_go_too(draft: Draft, settings: Settings) -> None:
    """Stored, and then the process died before the row was written; or in the middle of writing."""
    row = papers.take_up(draft.party, "b.pdf", PDF + b"more\n%%EOF\n")
    folder = Path(settings.PAPERS) / row.sha256[:2]
    (folder / ".draft-abc").write_bytes(b"half")
    before = on_disk(settings)
    with clock.showing(clock.now() + timedelta(days=1)):
        assert drafts.sweep(clock.now() - DRAFTS_KEPT) == 0
    assert on_disk(settings) == before
    Draft.objects.update(saved_at=clock.now() + DRAFTS_KEPT)
    assert swept() == 2
    assert on_disk(settings) == 1
