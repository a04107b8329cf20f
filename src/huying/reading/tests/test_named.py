"""Names that people write are known by their endings, and as the same in other writings."""

import pytest

from huying.reading.named import named, strangers


def cores(title: str) -> list[str]:
    return [core for _, core in named(title)]


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("渝中区枣子岚垭路路灯不亮", ["枣子岚垭路"]),
        ("投诉魅影之城小区油烟扰民", ["魅影之城小区"]),
        ("长青东路云顶之城小区夜里施工", ["长青东路", "长青东路云顶之城小区"]),
        ("请让77路公交车改走春晖路", ["春晖路", "77路"]),
        ("88快贷跑路了", ["88快贷"]),
        ("在大坪街道办事处办不了居住证", []),
        ("2019年3月起12栋没有水", []),
        ("附近小区太吵", []),
    ],
)
def test_names_are_known_by_their_endings(title: str, names: list[str]) -> None:
    assert [name for name, _ in named(title)] == names


def test_a_name_without_its_ending_is_the_same() -> None:
    one, other = "魅影之城小区一楼油烟", "万科魅影之城楼下烧烤"
    assert strangers(cores(one), cores(other), one, other) == 0.0


def test_messages_that_name_different_places_are_strangers() -> None:
    one, other = "云顶之城小区油烟扰民", "春晖苑小区油烟扰民"
    assert strangers(cores(one), cores(other), one, other) == 1.0


def test_nobody_knows_of_messages_that_name_nothing() -> None:
    assert strangers([], cores("云顶之城小区"), "油烟", "云顶之城小区") == strangers([], [], "油烟", "油烟") == 0.5


def test_what_is_asked_for_is_no_part_of_a_name() -> None:
    assert named("能否设立南塘城轨公交站") == named("建议增设南塘城轨公交站") == [("南塘城", "南塘")]
