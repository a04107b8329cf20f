"""Finding the text most like what somebody wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.similar import Document, Index, Letter, common, grams, likeness, shorten
from huying.reading.trust import trusts

DOCUMENTS = [
    Document("lamp", (("路灯不亮", 3.0), ("市政照明", 1.5), ("街上的路灯坏了、熄了，晚上黑漆漆看不清路", 1.0))),
    Document("water", (("停水", 3.0), ("供水", 1.5), ("家里没有水，水管爆了，水压太低，水是黄的", 1.0))),
    Document("wages", (("拖欠工资", 3.0), ("劳动监察", 1.5), ("老板欠薪不给工钱，工地干活拿不到钱", 1.0))),
    Document("base", (("5G基站", 3.0), ("通信", 1.5), ("手机信号差、辐射", 1.0))),
]
ids = st.sampled_from([document.id for document in DOCUMENTS])


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(DOCUMENTS)


def test_what_shares_most_words_comes_first(index: Index) -> None:
    assert index.rank("我家门口的路灯坏了，晚上看不清", 2)[0].id == "lamp"


def test_the_words_that_decided_are_given_heaviest_first(index: Index) -> None:
    best = index.rank("您好，我们村口路灯不亮好久了", 1)[0]
    assert best.phrases[0] == "路灯不亮"


def test_function_words_at_the_ends_of_a_phrase_are_cut(index: Index) -> None:
    assert index.phrases(Letter("这里的路灯坏了"), "lamp") == ["路灯坏"]


def test_the_name_weighs_more_than_the_description(index: Index) -> None:
    named, described = index.scores(Letter("停水"))[1], index.scores(Letter("水压"))[1]
    assert named > described > 0


def test_a_text_that_shares_nothing_finds_nothing(index: Index) -> None:
    assert index.rank("尊敬的领导，您好", 3) == []


def test_words_of_other_scripts_are_matched_whole_and_in_any_width(index: Index) -> None:
    assert index.rank("５Ｇ　基站", 1)[0].phrases[0] == "５Ｇ"
    assert index.rank("15G", 1) == []


def test_what_happened_to_a_thing_is_read_as_its_name(index: Index) -> None:
    assert index.rank("楼里水停了", 1)[0].id == "water"
    assert index.rank("楼里水停", 1) == []


def test_the_opening_says_most(index: Index) -> None:
    first, later = index.scores(Letter("停水。您好")), index.scores(Letter("您好。停水"))
    assert first[1] > later[1] > 0


def test_a_long_letter_is_read_at_both_ends_only(index: Index) -> None:
    filler = "无" * 2000
    assert index.rank(f"路灯不亮{filler}", 1)[0].id == index.rank(f"{filler}路灯不亮", 1)[0].id == "lamp"
    assert index.rank(f"{filler}路灯不亮{filler}", 1) == []
    assert len(shorten(filler)) < 700


def test_an_empty_index_finds_nothing() -> None:
    assert Index([]).rank("路灯不亮") == []


@given(st.text(), ids)
def test_a_phrase_is_always_a_part_of_the_text(text: str, id_: str) -> None:
    assert all(phrase in text for phrase in Index(DOCUMENTS).phrases(Letter(text), id_))


@given(st.lists(st.sampled_from(["路灯", "不亮", "停水", "，", "的", "工地", "5G", "水管爆了", "晚上", "x"])).map("".join))
def test_scores_fall_and_every_match_can_name_its_words(text: str) -> None:
    matches = Index(DOCUMENTS).rank(text, 4)
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert all(phrase in text for match in matches for phrase in match.phrases)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("我们街上的路灯三天不亮了，晚上接孩子看不清台阶", "小区外面这条街的路灯坏了不亮，晚上太黑"),
        ("松牌路水管爆了，水流了一街", "公交站旁边自来水管爆裂，马路上全是水"),
        ("半夜工地打桩吵得睡不着", "楼下工地夜里施工噪声太大，孩子睡不着"),
    ],
)
def test_two_who_say_the_same_are_more_alike_than_two_who_do_not(one: str, other: str) -> None:
    alike = likeness(Letter(one), Letter(other))
    assert alike >= 0.15 and alike == likeness(Letter(other), Letter(one))
    assert likeness(Letter(one), Letter("医院挂号难，希望多开几个窗口")) < 0.05
    assert common(Letter(one), Letter(other))[0] in one


def test_nothing_is_like_an_empty_letter() -> None:
    assert likeness(Letter(""), Letter("路灯不亮")) == 0.0 and common(Letter(""), Letter("路灯不亮")) == []


def test_what_stands_for_the_place_can_be_left_out_of_a_likeness() -> None:
    one, other = Letter("松牌路公交站对面路灯不亮"), Letter("松牌路公交站对面烧烤占道")
    place = frozenset(grams("松牌路公交站对面"))
    assert likeness(one, other) > 0.4
    assert likeness(one, other, without=place) < 0.05


@given(st.lists(st.floats(0.1, 500), min_size=1, max_size=8).map(lambda many: sorted(many, reverse=True)))
def test_trust_is_shared_among_the_best_and_never_whole(scores: list[float]) -> None:
    found = trusts(scores)
    assert found == sorted(found, reverse=True)
    assert 0 <= found[-1] <= found[0] < 1
    assert sum(found) < 1


def test_little_shared_is_little_known_however_far_the_next_is() -> None:
    assert trusts([1.0])[0] < 0.2
    assert trusts([100.0])[0] > 0.9
    assert trusts([100.0, 99.0])[0] < 0.5


def test_what_is_said_again_counts_again_but_less_each_time(index: Index) -> None:
    once, twice, often = (index.scores(Letter("。\n" + "停水，" * n))[1] for n in (1, 2, 9))
    assert once < twice < 2 * once
    assert often < 5 * once


def test_a_title_made_of_the_words_after_it_is_not_said_again(index: Index) -> None:
    told = "您好，家里停水了，一天了。麻烦看看"
    assert index.scores(Letter(f"家里停水了。{told}")) == index.scores(Letter(told))
    assert index.scores(Letter(f"家里停水…。{told}")) == index.scores(Letter(told))
    assert index.scores(Letter(f"水的事。{told}"))[1] != index.scores(Letter(told))[1]


def test_a_character_alone_helps_but_finds_nothing_by_itself(index: Index) -> None:
    assert index.scores(Letter("。\n灯"))[0] == 0
    assert index.scores(Letter("。\n路灯，灯"))[0] > index.scores(Letter("。\n路灯"))[0]
