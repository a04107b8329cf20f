"""Finding the areas a text names, and saying so when it is not certain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading.places import Doubt, Entry, Gazetteer, bare_form, official_forms

ENTRIES = [
    Entry("50", ("重庆市", "重庆")),
    Entry("jb", ("江北区", "两江新区"), ("50",), ("北部新区", "红旗河沟")),
    Entry("jb-gyq", ("观音桥街道",), ("jb", "50")),
    Entry("jb-hx", ("回兴街道",), ("jb", "50")),
    Entry("na", ("南岸区",), ("50",)),
    Entry("na-np1", ("南坪街道",), ("na", "50")),
    Entry("na-np2", ("南坪镇",), ("na", "50")),
    Entry("spb", ("沙坪坝区",), ("50",)),
    Entry("spb-spb", ("沙坪坝街道",), ("spb", "50")),
    Entry("yc", ("永川区",), ("50",)),
    Entry("yc-zs", ("中山路街道",), ("yc", "50")),
    Entry("yc-lj", ("临江镇",), ("yc", "50")),
    Entry("kz", ("开州区",), ("50",)),
    Entry("kz-lj", ("临江镇",), ("kz", "50")),
    Entry("cs", ("长寿区",), ("50",)),
    Entry("bb", ("北碚区",), ("50",)),
    # moved from 江北 to 北碚: known under both
    Entry("bb-dw", ("大湾镇",), ("bb", "jb", "50")),
    Entry("sz", ("石柱土家族自治县",), ("50",)),
]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(ENTRIES)


CERTAIN = [
    ("江北区观音桥街道的路灯不亮", "jb-gyq"),
    ("观音桥步行街晚上太吵", "jb-gyq"),
    ("家住观音桥附近", "jb-gyq"),
    ("我住永川区临江镇", "yc-lj"),
    ("临江镇的水停了，我们在开州", "kz-lj"),
    ("南坪街道和南坪镇都在堵", "na"),
    ("在南坪商圈", "na"),
    ("沙坪坝三峡广场", "spb"),
    ("沙坪坝街道办", "spb-spb"),
    ("石柱县城停电", "sz"),
    ("石柱土家族自治县", "sz"),
    ("住在石柱", "sz"),
    ("江北区回兴小区", "jb-hx"),
    ("两江新区，回兴，楼下", "jb-hx"),
    ("江北区大湾镇的路", "bb-dw"),
    ("永川区中山路堵车", "yc-zs"),
    ("我在重庆永川出差", "yc"),
    ("红旗河沟转盘堵车", "jb"),
    ("重庆市江北区和重庆市观音桥", "jb-gyq"),
]


@pytest.mark.parametrize(("text", "area"), CERTAIN)
def test_a_place_is_settled(gazetteer: Gazetteer, text: str, area: str) -> None:
    assert gazetteer.settle(gazetteer.find(text)) == area


UNCERTAIN = [
    "临江镇的水停了",  # two districts have one
    "中山路堵车",  # a road first of all
    "祝您健康长寿，万事如意",
    "门口的桥梁石柱裂了",
    "小区石柱子倒了",
    "江北路上有个坑",
    "长寿村有个坑",
    "我从江北区到南岸区上班，路上太堵",
    "重庆市的公交车太少",
    "我国北部冬天要供暖",  # an alias (北部新区) is known as a whole only
    "",
]


@pytest.mark.parametrize("text", UNCERTAIN)
def test_a_doubtful_place_stays_open(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.settle(gazetteer.find(text)) == ""


def test_a_name_of_two_places_gives_both_as_candidates(gazetteer: Gazetteer) -> None:
    places = gazetteer.find("临江镇的水停了")
    assert {(place.area_key, place.certain) for place in places} == {("yc-lj", False), ("kz-lj", False)}


def test_the_area_that_was_picked_settles_the_doubt(gazetteer: Gazetteer) -> None:
    assert gazetteer.settle(gazetteer.find("临江镇的水停了", within="kz")) == "kz-lj"


def test_a_place_says_where_it_stands(gazetteer: Gazetteer) -> None:
    text = "请问江北区观音桥街道怎么走"
    assert [text[p.start : p.end] for p in gazetteer.find(text)] == ["江北区", "观音桥街道"]


def test_the_top_alone_settles_nothing_and_hides_nothing(gazetteer: Gazetteer) -> None:
    assert [place.area_key for place in gazetteer.find("重庆市民")] == ["50"]


@pytest.mark.parametrize(
    ("name", "short", "bare"),
    [
        ("石柱土家族自治县", "石柱县", "石柱"),
        ("秀山土家族苗族自治县", "秀山县", "秀山"),
        ("浩口苗族仡佬族乡", "浩口乡", "浩口"),
        ("忠县", "忠县", ""),
        ("解放碑街道", "解放碑街道", "解放碑"),
        ("新乡镇", "新乡镇", "新乡"),
    ],
)
def test_official_names_have_short_and_bare_forms(name: str, short: str, bare: str) -> None:
    assert official_forms(name)[-1] == short
    assert bare_form(name) == bare


@given(st.text() | st.lists(st.sampled_from(["江北", "区", "路", "临江", "镇", "，", "长寿", "在", "小区"])).map("".join))
def test_any_text_gives_places_inside_it(text: str) -> None:
    gazetteer = Gazetteer(ENTRIES)
    places = gazetteer.find(text)
    assert all(0 <= place.start < place.end <= len(text) for place in places)
    assert gazetteer.settle(places) in {"", *(entry.key for entry in ENTRIES)}


def test_a_name_of_two_districts_is_a_doubt_and_named_with_both(gazetteer: Gazetteer) -> None:
    assert gazetteer.doubts("临江镇停水了，临江镇的水管爆了") == [Doubt("临江镇", ("yc-lj", "kz-lj"))]


@pytest.mark.parametrize(
    "text",
    [
        "永川区临江镇停水",
        "临江镇停水，我们在开州",
        "南坪在堵",
        "沙坪坝停水",
        "中山路堵车",
        "路灯不亮",
        "",
        "江北区有个临江镇吗",
    ],
)
def test_where_the_text_settles_it_or_no_place_is_meant_there_is_no_doubt(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.doubts(text) == []
