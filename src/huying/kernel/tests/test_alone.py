"""What goes out by itself is counted, and nothing goes out any more where too little of it stayed."""

import pytest

from huying.base import clock
from huying.city import queries
from huying.city.models import Setting
from huying.kernel import actions, learned, lessons
from huying.kernel.errors import Refused
from huying.kernel.models import Learned, Lesson, Matter
from huying.kernel.tests.conftest import new_call
from huying.people.actors import SYSTEM
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _by_itself(small_city: SmallCity) -> None:
    Setting.objects.filter(key="dispatch.by_itself").update(value=True)
    Setting.objects.filter(key="dispatch.confidence").update(value=0.2)
    queries.reset()


def gone_out(times: int, wrong: int) -> None:
    """So many went out by themselves; `wrong` of them were moved."""
    for n in range(times):
        opened = actions.open_calls(SYSTEM, [new_call()])[0]
        said = "ecology" if n < wrong else "urban-management"
        Lesson.objects.create(
            matter=Matter.objects.get(pk=opened.matter_id),
            label=said,
            alone="urban-management",
            by_hand=n < wrong,
            at=clock.now(),
            first_at=clock.now(),
        )
    learned.forget()


def test_while_what_went_out_stays_it_goes_on() -> None:
    gone_out(learned.FEWEST, wrong=0)
    assert actions.open_calls(SYSTEM, [new_call()])[0].bearer_id is not None


def test_where_less_stayed_than_promised_a_dispatcher_chooses() -> None:
    gone_out(learned.FEWEST, wrong=3)
    assert lessons.alone().precision == pytest.approx(0.9)
    assert actions.open_calls(SYSTEM, [new_call()])[0].bearer_id is None


@pytest.mark.parametrize(("gone", "wrong", "goes_on"), [(33, 2, True), (33, 3, False), (300, 14, True), (300, 15, False)])
def test_what_chance_explains_stops_nothing(gone: int, wrong: int, goes_on: bool) -> None:
    gone_out(gone, wrong)
    assert learned.keeps_promise(0.97) is goes_on


def test_a_few_wrong_ones_say_nothing_yet() -> None:
    gone_out(5, wrong=3)
    assert actions.open_calls(SYSTEM, [new_call()])[0].bearer_id is not None


def test_what_another_reader_did_is_held_against_none_after_it() -> None:
    now = clock.now()
    Learned.objects.create(made_at=now, how="file", card={}, data=b"numbers", runs=True, promoted_at=now)
    gone_out(learned.FEWEST, wrong=3)
    assert not learned.keeps_promise(0.97)
    assert learned.rollback() is None
    assert learned.keeps_promise(0.97)


def test_a_correction_counts_for_the_days_in_which_it_went_out(small_city: SmallCity) -> None:
    gone_out(2, wrong=1)
    Lesson.objects.filter(by_hand=True).update(first_at=clock.now() - lessons.MEASURED * 2)
    assert lessons.alone() == lessons.Alone(1, 1, 1)


def test_what_runs_is_never_let_go_of(small_city: SmallCity) -> None:
    now = clock.now()
    kept = Learned.objects.create(
        made_at=now, how="file", card={}, data=b"first", runs=True, promoted_at=now - lessons.MEASURED
    )
    for _ in range(learned.KEPT + 1):
        Learned.objects.create(made_at=now, how="file", card={}, data=b"numbers", promoted_at=now)
    learned.tidy()
    kept.refresh_from_db()
    assert bytes(kept.data) == b"first"


def test_of_old_readers_only_the_card_is_kept() -> None:
    for n in range(learned.KEPT + 3):
        Learned.objects.create(made_at=clock.now(), how="file", card={"n": n}, data=b"numbers")
    learned.tidy()
    kept = [bool(row.data) for row in Learned.objects.order_by("pk")]
    assert kept == [False] * 3 + [True] * learned.KEPT
    with pytest.raises(Refused):
        learned.promote(Learned.objects.order_by("pk")[0].pk)
