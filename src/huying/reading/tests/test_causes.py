"""Which messages tell of one cause: names and troubles apart, whatever the words. All sentences are the tests' own."""

from datetime import UTC, datetime, timedelta

import pytest

from huying.reading.causes import Message, Messages, busiest, hot
from huying.reading.similar import grams

pytestmark = pytest.mark.once
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
TROUBLES = frozenset(
    grams("搅拌站 噪音 灰尘 半夜 睡不着 油烟 烧烤 夜宵摊 路灯不亮 电梯故障 拖欠工资 退费 培训班 停水 井盖松动")
)
PLANT = (
    "丽景苑小区旁边的搅拌站半夜开工，噪音大灰尘多",
    "丽景苑边上搅拌站噪音大，灰尘飘进屋里",
    "搅拌站半夜噪音，丽景苑住户睡不着，灰尘也多",
)
SMOKE = ("桃花里楼下烧烤摊油烟太大", "桃花里小区夜宵摊油烟熏人，烧烤到半夜", "桃花里一楼烧烤夜宵摊油烟直排")
APART = (
    "丽景苑三栋电梯故障，老人上不了楼",
    "槐树街夜市占道烧烤，孩子咳嗽，盼城管来看",
    "青木镇培训班跑了，不肯退费",
    "北山路井盖松动，车过咣当响",
    "南门桥路灯不亮",
)


def read(*sentences: str, days: int = 1) -> list[Message]:
    made = enumerate(sentences)
    return [Message(str(n), text[:16], text, START + timedelta(days=n * days), f"caller {n}") for n, text in made]


def together(*sentences: str) -> list[set[str]]:
    return [{sentences[n] for n in group} for group in Messages(read(*sentences), TROUBLES).causes()]


def test_each_cause_holds_those_who_tell_of_it_and_nobody_else() -> None:
    found = together(*PLANT, *SMOKE, *APART)
    assert sorted(found, key=min) == sorted([set(PLANT), set(SMOKE)], key=min)


def test_the_same_trouble_elsewhere_is_another_cause() -> None:
    assert together(SMOKE[1], "槐树街夜市占道烧烤，油烟飘到教室，孩子咳嗽") == []


def test_another_trouble_at_the_same_place_is_another_cause() -> None:
    assert together(PLANT[0], APART[0]) == []


def test_another_trouble_is_apart_however_rare_the_name_that_is_shared() -> None:
    estate = [f"澜语江湾小区{told}" for told in ("旁边搅拌站噪音灰尘大", "搅拌站半夜噪音睡不着", "外搅拌站灰尘噪音太大")]
    (cause,) = together(*estate, "澜语江湾小区电梯故障多")
    assert cause == set(estate)


def test_districts_that_differ_speak_against_it() -> None:
    one = Messages(read("渝中区人民路井盖松动", "渝中区人民路井盖松动，很危险"), TROUBLES)
    two = Messages(read("渝中区人民路井盖松动", "沙坪坝区人民路井盖松动，很危险"), TROUBLES)
    assert one.sure(0, 1) > two.sure(0, 1)


def test_the_longer_ago_the_less_sure() -> None:
    near, far = (Messages(read(*PLANT[:2], days=days), TROUBLES) for days in (1, 300))
    assert near.sure(0, 1) > far.sure(0, 1)


def test_the_hottest_comes_first_with_its_place_time_and_members() -> None:
    messages = read(*PLANT, PLANT[0] + "，请查处", *SMOKE, *APART)
    first, second = hot(messages, TROUBLES)
    assert first.members == ("0", "1", "2", "3") and first.people == first.busiest == 4
    assert "丽景苑" in first.place and (first.since, first.until) == (START, START + timedelta(days=3))
    assert "桃花里" in second.place and second.people == 3


def test_one_person_counts_once_and_the_busiest_days_are_thirty() -> None:
    told = [
        Message(str(n), "", "", START + timedelta(days=day), who)
        for n, (day, who) in enumerate([(0, "a"), (1, "a"), (29, "b"), (30, "c"), (45, "d")])
    ]
    assert busiest(told) == 3


def test_nothing_gives_nothing() -> None:
    assert hot([], TROUBLES) == [] and hot(read("一"), TROUBLES) == [] and hot(read("", ""), TROUBLES) == []
