"""Dispatchers' choices become lessons, lessons move what is suggested, and nothing runs that is not better."""

import itertools

import pytest

from huying.base import clock
from huying.city import queries
from huying.city.models import Setting
from huying.events.sequence import Sequencer
from huying.kernel import actions, dispatch, learned, lessons, proving, teaching
from huying.kernel.errors import Refused
from huying.kernel.models import Learned, Lesson, Matter
from huying.kernel.tests.conftest import new_call
from huying.people.actors import Actor
from huying.reading.evaluating import Message
from tests.people import MakeActor
from tests.small_city import SmallCity

pytestmark = pytest.mark.django_db
PLACES = itertools.cycle(("文化路", "桃花巷", "东门口", "滨河小区", "老车站", "青石坡"))
# No two are near copies: of twelve in a row four are held back, wherever their numbers begin.
GLARE = (
    "广告屏晃眼睛，整面墙白花花",
    "霓虹招牌一夜闪到亮，睡不着觉",
    "射灯正对到卧室，窗帘挡不住",
    "幕墙反光，中午开车啥都看不清",
    "楼顶发光的大字太刺眼，老人头晕",
    "球场探照灯十一点还开起，照到床上",
    "酒吧门口激光乱扫，娃儿眼睛遭不住",
    "对面商场外墙灯带太亮，像白天一样",
    "工地塔吊上强光灯直射我家客厅",
    "加油站顶棚灯光晃得司机看不到路",
    "电子屏半夜还在放，屋头一闪一闪",
    "洗车场的白炽灯泡照得人心烦",
)


@pytest.fixture
def dispatcher(actor: MakeActor, small_city: SmallCity) -> Actor:
    return actor("dispatcher", small_city.department("city.hotline"))


def dispatched(city: SmallCity, dispatcher: Actor, text: str, duty: str, bearer: str) -> Matter:
    """A call about `text`, given by hand to `bearer`."""
    opened = actions.open_calls(dispatcher, [new_call(title=text[:20], text=text)])[0]
    matter = Matter.objects.get(pk=opened.matter_id)
    if matter.state == "working":
        return matter
    actions.dispatch(dispatcher, matter.pk, city.department(bearer).pk, duty)
    return Matter.objects.get(pk=matter.pk)


def teach(city: SmallCity, dispatcher: Actor, times: int) -> None:
    """Glaring lights are given to the environment's bureau, `times` over."""
    for n, sentence in zip(range(times), itertools.cycle(GLARE), strict=False):
        dispatched(city, dispatcher, f"{sentence}。{n}" if n >= len(GLARE) else sentence, "noise", "500106.ecology")


def read_log() -> None:
    Sequencer().run_dry()
    lessons.run()


def first(city: SmallCity, text: str) -> dispatch.Suggestion:
    return dispatch.suggest(text, city.area("500106001"))[0]


def test_a_choice_by_hand_is_a_lesson_and_through_a_centre_its_duty_says_whose(
    small_city: SmallCity, dispatcher: Actor
) -> None:
    one = dispatched(small_city, dispatcher, "广告屏晃眼睛，亮得刺眼", "stall", "500106.ecology")
    other = dispatched(small_city, dispatcher, "霓虹招牌一夜闪到亮", "stall", "500106.governance-centre")
    read_log()
    found = dict(Lesson.objects.values_list("matter", "label"))
    assert found == {one.pk: "ecology", other.pk: "street-office"}
    assert lessons.count() == 2


def test_what_went_out_by_itself_teaches_nothing_until_somebody_moves_it(small_city: SmallCity, dispatcher: Actor) -> None:
    Setting.objects.filter(key="dispatch.by_itself").update(value=True)
    Setting.objects.filter(key="dispatch.confidence").update(value=0.2)
    queries.reset()
    opened = actions.open_calls(dispatcher, [new_call()])[0]
    assert opened.bearer_id is not None
    read_log()
    assert lessons.count() == 0
    found = lessons.alone()
    assert (found.all, found.count, found.right) == (1, 1, 1)


def test_ten_corrections_move_the_suggestion_and_the_better_reader_runs(small_city: SmallCity, dispatcher: Actor) -> None:
    text = "楼顶的广告屏亮得晃眼睛"
    before = dispatch.suggest(text, small_city.area("500106001"))
    assert not before or before[0].bearer_id != small_city.department("500106.ecology").pk
    teach(small_city, dispatcher, 12)
    read_log()
    row = teaching.from_lessons()
    judged = row.card["judged"]
    assert judged["lessons"] == 12  # those held back, and each that was learned, asked of a reader that had not learned it
    assert judged["right"] > judged["running"]
    assert row.runs
    after = first(small_city, text)
    assert after.bearer_id == small_city.department("500106.ecology").pk
    assert after.learned and all(phrase in text for phrase in after.learned)
    assert 0 < after.confidence <= 1


def test_whoever_is_asked_in_turns_answers_in_the_order_of_the_questions(small_city: SmallCity) -> None:
    def example(text: str, label: str) -> lessons.Example:
        return lessons.Example(text, "", label, clock.now())

    learned_from = [example(text, ("ecology", "street-office", "water")[n % 3]) for n, text in enumerate(GLARE)]
    others = [example("水管爆了，路上全是水", "water"), example("夜市占道", "street-office")]
    asked = proving.ask_in_turns(teaching._base(None), learned_from, others)
    assert [one.truth for one in asked] == [one.label for one in [*learned_from, *others]]


def test_near_copies_are_held_back_together(small_city: SmallCity, dispatcher: Actor) -> None:
    teach(small_city, dispatcher, 24)
    read_log()
    given = lessons.examples()
    assert len(given) == 24
    held = {said: {one.held for one in given if said in one.text} for said in GLARE}
    assert all(len(found) == 1 for found in held.values())
    assert sum(True in found for found in held.values()) == 4


def test_what_was_learned_is_not_learned_again(small_city: SmallCity, dispatcher: Actor) -> None:
    teach(small_city, dispatcher, 12)
    read_log()
    one = teaching.from_lessons()
    assert one.runs and one.card["messages"] == 8 and one.card["asked"] == 12
    with pytest.raises(teaching.NothingToLearn, match="since the last time"):
        teaching.from_lessons()
    dispatched(small_city, dispatcher, "夜市占道，小贩堵路", "stall", "500106001.street-office")
    dispatched(small_city, dispatcher, "推车摆起卖水果，人行道走不通", "stall", "500106001.street-office")
    dispatched(small_city, dispatcher, "烧烤摊把巷子口占完了", "stall", "500106001.street-office")
    read_log()
    other = teaching.from_lessons()
    assert other.card["messages"] == 2 and other.card["asked"] == 3
    assert other.card["against"] == one.pk
    assert other.card["measured"][3:] == one.card["measured"]


def test_a_history_wins_nothing_by_copies_of_what_judges_it(small_city: SmallCity, dispatcher: Actor) -> None:
    teach(small_city, dispatcher, 12)
    read_log()
    copies = [Message(f"{one.text}，请派人来看", "ecology") for one in lessons.examples() if one.held]
    plain = [Message(f"{next(PLACES)}{said}{n}", label) for n in range(3) for label, said in HISTORY[3:]]
    row = teaching.from_file([*plain, *copies], "history.csv", {})
    assert row.card["copies_of_judges"] == len(copies) == 4
    with pytest.raises(teaching.NothingToLearn, match="near copies"):
        teaching.from_file([*copies, Message("厂里拖欠工资不给", "wages")], "copies.csv", {})


@pytest.mark.parametrize("before_them", [0, 1, 2])
def test_what_was_clear_before_stays_clear(small_city: SmallCity, dispatcher: Actor, before_them: int) -> None:
    """Whichever of the twelve are held back: by the number of the matter."""
    for _ in range(before_them):
        actions.open_calls(dispatcher, [new_call()])
    lamp, wages = "路灯不亮了，街上黑得看不见路", "包工头跑了，工资没发"
    before = [first(small_city, text).duty_key for text in (lamp, wages)]
    teach(small_city, dispatcher, 12)
    read_log()
    teaching.from_lessons()
    assert [first(small_city, text).duty_key for text in (lamp, wages)] == before == ["lamp", "wages"]


def test_rolled_back_the_duties_decide_as_before(small_city: SmallCity, dispatcher: Actor) -> None:
    text = "路灯不亮了，街上黑得看不见路"
    before = dispatch.suggest(text, small_city.area("500106001"))
    teach(small_city, dispatcher, 12)
    read_log()
    teaching.from_lessons()
    assert dispatch.suggest(text, small_city.area("500106001")) != before
    assert learned.rollback() is None
    assert dispatch.suggest(text, small_city.area("500106001")) == before
    with pytest.raises(Refused):
        learned.rollback()


def test_a_reader_that_is_no_better_does_not_run(small_city: SmallCity, dispatcher: Actor) -> None:
    for n in range(9):
        dispatched(
            small_city, dispatcher, f"{next(PLACES)}夜市占道第{n}回，小贩堵路，还有烧烤", "stall", "500106001.street-office"
        )
    read_log()
    row = teaching.from_lessons()
    assert not row.runs
    with pytest.raises(Refused):
        learned.promote(row.pk)
    assert learned.running() is None


def test_without_lessons_there_is_nothing_to_learn(small_city: SmallCity) -> None:
    with pytest.raises(teaching.NothingToLearn):
        teaching.from_lessons()
    with pytest.raises(Refused):
        learned.promote(99)


def test_a_labelled_history_is_learned_and_its_card_tells_each_class(small_city: SmallCity) -> None:
    history = [Message(f"{next(PLACES)}{said}{n}", label) for n in range(6) for label, said in HISTORY]
    row = teaching.from_file(history, "history.csv", {"环保": "ecology"})
    assert row.card["messages"] == len(history)
    assert set(row.card["per_class"]) >= {"ecology", "urban-management", "human-resources"}
    assert row.card["accuracy"] > row.card["by_duties_alone"]
    assert row.runs
    found = first(small_city, "对面楼的招牌亮得刺眼")
    assert found.bearer_id == small_city.department("500106.ecology").pk


HISTORY = [
    ("环保", "招牌亮得刺眼，光太强"),
    ("环保", "霓虹灯太亮，刺眼睛"),
    ("环保", "广告屏的亮光照进卧室，刺眼"),
    ("lamp", "路灯坏了，黑漆漆的"),
    ("urban-management", "灯杆倒了，路灯没电"),
    ("渝中区城市管理局", "街上的路灯一闪一闪"),
    ("wages", "厂里拖欠工资不给"),
    ("human-resources", "老板欠薪跑了，讨薪"),
    ("wages", "干了半年没给工资"),
]


def test_labels_that_name_nobody_are_refused_and_named(small_city: SmallCity) -> None:
    with pytest.raises(teaching.NothingToLearn, match="甲类"):
        teaching.from_file([Message("灯坏了", "甲类"), Message("欠薪", "乙类")], "x.csv", {})
    with pytest.raises(teaching.NothingToLearn, match="无此局"):
        teaching.from_file([Message("灯坏了", "lamp"), Message("欠薪", "乙类")], "x.csv", {"乙类": "无此局"})
    with pytest.raises(teaching.NothingToLearn, match="hotline"):  # it bears nothing itself
        teaching.from_file([Message("灯坏了", "lamp"), Message("欠薪", "hotline")], "x.csv", {})


def test_only_where_the_promise_was_kept_does_anything_go_out_by_itself(small_city: SmallCity) -> None:
    sure = [[0.99, True]] * 40 + [[0.8, False]] * 5 + [[0.6, True]] * 10
    Learned.objects.create(
        made_at="2026-01-01T00:00Z",
        how="file",
        card={"measured": sure},
        data=_blank(),
        runs=True,
        promoted_at="2026-01-01T00:00Z",
    )
    learned.forget()
    assert learned.alone_from() == 0.99
    assert learned.reached([(0.9, False)] * 40, 0.97) == float("inf")


def test_what_cannot_be_read_is_as_if_it_were_not_there(small_city: SmallCity) -> None:
    Learned.objects.create(made_at="2026-01-01T00:00Z", how="file", card={}, data=b"damaged", runs=True)
    learned.forget()
    assert learned.running() is None
    assert first(small_city, "路灯不亮了，街上黑").duty_key == "lamp"


def _blank() -> bytes:
    from huying.reading.linear import empty, saved  # beside its only use

    return saved(empty(("ecology", "housing"), 5.0, 1.0))
