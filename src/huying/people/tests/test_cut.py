"""Identifiers leave the text and come back to those who may; everything else stays as it was written."""

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.people import private
from huying.people.cutting import find
from huying.people.cutting.folding import fold, numerals
from huying.people.tests.cut_cases import CUT_CASES, KEEP_CASES

# Pieces that rules look for, so that random texts come near identifiers and near tokens too.
PIECES = st.sampled_from(
    [
        "138",
        "00138000",
        "-",
        " ",
        "我是",
        "李明",
        "，",
        "3栋",
        "2单元",
        "501",
        "室",
        "〔电话1〕",
        "〔姓名",
        "1〕",
        "渝A",
        "１２３",
        "一三八",
        "\n",
        "x",
        "微信",
        "@a.cn",
    ]
)
NEAR_IDENTIFIERS = st.lists(PIECES, max_size=30).map("".join)


@pytest.mark.parametrize(("text", "marked"), CUT_CASES, ids=[text for text, _ in CUT_CASES])
def test_what_is_marked_is_cut_and_nothing_else(text: str, marked: list[tuple[str, str]]) -> None:
    assert [(span.kind, text[span.start : span.end]) for span in find(text)] == marked


@pytest.mark.parametrize("text", KEEP_CASES)
def test_what_identifies_nobody_stays(text: str) -> None:
    assert private.cut(text) == private.Cut(text, {})


@given(st.one_of(st.text(), NEAR_IDENTIFIERS))
def test_nothing_is_ever_lost(text: str) -> None:
    cut = private.cut(text)
    assert private.restore(cut.text, cut.found) == text


@given(NEAR_IDENTIFIERS)
def test_cutting_again_keeps_the_tokens(text: str) -> None:
    once = private.cut(text)
    again = private.cut(once.text, once.found)
    assert private.restore(again.text, again.found) == private.restore(once.text, once.found)


@given(st.one_of(st.text(), NEAR_IDENTIFIERS))
def test_cutting_a_cut_text_changes_nothing(text: str) -> None:
    once = private.cut(text)
    assert private.cut(once.text, once.found) == once


@given(st.one_of(st.text(), NEAR_IDENTIFIERS))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    spans = find(text)
    ends = [0, *(span.end for span in spans)]
    assert all(end <= span.start < span.end <= len(text) for end, span in zip(ends, spans, strict=False))


MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
READ_OUT = [
    str.maketrans("0123456789", digits) for digits in ("零一二三四五六七八九", "〇幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖")
]
WRITINGS = st.sampled_from(
    [
        lambda n: n,
        lambda n: f"+86{n}",
        lambda n: f"+86 {n[:3]} {n[3:7]} {n[7:]}",
        lambda n: f"0086-{n}",
        lambda n: " ".join(n),
        lambda n: f"{n[:3]}-{n[3:7]}-{n[7:]}",
        lambda n: f"{n[:3]} {n[3:7]} {n[7:]}",
        lambda n: f"{n[:3]}.{n[3:7]}.{n[7:]}",
        lambda n: f"{n[:3]}，{n[3:7]}，{n[7:]}",
        lambda n: f"{n[:3]}、{n[3:7]}、{n[7:]}",
        lambda n: f"{n[:3]}_{n[3:7]}_{n[7:]}",
        lambda n: f"{n[:3]}—{n[3:7]}—{n[7:]}",
        lambda n: f"{n[:7]} {n[7:]}",
        lambda n: f"{n[:5]} {n[5:]}",
        lambda n: f"{n[:3]}\u200b{n[3:]}",
        lambda n: n.translate(FULL),
        lambda n: n[:5] + n[5:].translate(FULL),
        lambda n: n.translate(READ_OUT[0]),
        lambda n: n.translate(READ_OUT[1]),
        lambda n: n.translate(READ_OUT[2]),
        lambda n: f"{n[:3]}，{n[3:7]}，{n[7:]}".translate(READ_OUT[0]),
        lambda n: (
            n[:4] + n[4:].replace("0", "o").replace("1", "l")
            if len(set(n[4:]) & {"0", "1"}) and n[4:].count("0") + n[4:].count("1") < 4
            else n
        ),
    ]
)


@given(
    MOBILE,
    WRITINGS,
    st.sampled_from(["", "我", "电话", "手机号是", "请打", "微信", "（", "，"]),
    st.sampled_from(["", "。", "谢谢", "）", "，打不通"]),
)
def test_a_mobile_number_is_cut_in_every_writing(number: str, write: Callable[[str], str], before: str, after: str) -> None:
    cut = private.cut(f"{before}{write(number)}{after}")
    left = numerals(fold(cut.text)).lower().translate(str.maketrans("ol", "01"))
    assert len(re.sub("[^0-9]", "", re.sub("〔[^〕]*〕", "", left))) < 4, cut.text


@given(MOBILE, st.integers(1, 120), st.sampled_from(["", "…"]))
def test_a_text_cut_short_holds_no_half_of_a_number(number: str, most: int, dots: str) -> None:
    whole = private.cut(f"路灯三天不亮，请打{number}找我，谢谢")
    typed = f"路灯三天不亮，请打{number}找我，谢谢"[:most] + dots
    short = private.shortened(private.cut(typed, whole.found).text, most + 9, whole.found)
    assert number[:4] not in short and len(short) <= most + 9


def test_a_text_cut_short_splits_no_token() -> None:
    assert private.shortened("请打〔电话1〕找我", 5) == "请打"
    assert private.shortened("请打〔电话1〕找我", 7) == "请打〔电话1〕"


@given(NEAR_IDENTIFIERS, NEAR_IDENTIFIERS)
def test_a_mobile_number_is_cut_whatever_stands_around_it(before: str, after: str) -> None:
    assert "，13800138000。" not in private.cut(f"{before}，13800138000。{after}").text


def test_tokens_are_numbered_by_kind() -> None:
    cut = private.cut("我是李明，电话13800138000，妻子的是13900139000")
    assert cut.text == "我是〔姓名1〕，电话〔电话1〕，妻子的是〔电话2〕"
    assert cut.found == {"〔姓名1〕": "李明", "〔电话1〕": "13800138000", "〔电话2〕": "13900139000"}


def test_the_same_number_keeps_its_token() -> None:
    assert private.cut("13800138000，再说一遍，13800138000").text == "〔电话1〕，再说一遍，〔电话1〕"


def test_a_second_part_goes_on_counting() -> None:
    first = private.cut("电话13800138000")
    second = private.cut("还有13900139000和13800138000", first.found)
    assert second.text == "还有〔电话2〕和〔电话1〕"
    assert private.restore(second.text, second.found) == "还有13900139000和13800138000"


def test_a_name_known_from_an_earlier_part_is_cut_wherever_it_stands() -> None:
    first = private.cut("我是李明明，")
    assert private.cut("物业找李明明要钱", first.found).text == "物业找〔姓名1〕要钱"


def test_a_typed_token_is_not_taken_for_ours() -> None:
    cut = private.cut("〔电话1〕是我写的，13800138000才是真的")
    assert cut.text == "〔电话1〕是我写的，〔电话2〕才是真的"
    assert private.restore(cut.text, cut.found) == "〔电话1〕是我写的，13800138000才是真的"


@pytest.mark.parametrize(
    "said",
    [
        "请拨打我局电话023-63671234咨询。",
        "咨询电话：67891234，工作日上午九点到十二点。",
        "请与我街道城管科联系，电话023-6367 1234转801。",
        "可拨打12345或者96016。",
        "夜间请打值班手机13800138000。",
        "经办人：石磊，电话023-67893314。",
    ],
)
def test_what_an_office_says_of_itself_stays(said: str) -> None:
    assert private.cut(said, office=True) == private.Cut(said, {})


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("楼上住户电话023-63671234，已告知。", "楼上住户电话〔电话·1〕，已告知。"),
        ("已与您家中电话67891234联系。", "已与您家中电话〔电话·1〕联系。"),
        ("请联系李工13800138000。", "请联系〔姓名·1〕〔电话·1〕。"),
        ("业主赵晓敏，住3栋2单元501。", "业主〔姓名·1〕，住〔门牌·1〕。"),
        ("对方身份证500103199003071234已核实。", "对方身份证〔身份证·1〕已核实。"),
    ],
)
def test_what_an_officer_says_of_somebody_is_cut(said: str, left: str) -> None:
    assert private.cut(said, office=True).text == left


def test_a_callers_and_an_officers_tokens_are_never_one() -> None:
    hers, his = private.cut("电话13800138000"), private.cut("邻居的13900139000", office=True)
    assert not hers.found.keys() & his.found.keys()
    assert private.restore(his.text, hers.found) == his.text


def test_tokens_nobody_knows_stay() -> None:
    assert private.restore("〔电话1〕和〔电话2〕", {"〔电话2〕": "13800138000"}) == "〔电话1〕和13800138000"


@pytest.mark.once
@pytest.mark.parametrize(
    "piece",
    [
        "1 2 ",
        "1-",
        "13800138000 ",
        "我叫李明，",
        "3栋2单元",
        "一二三四五六七",
        "账号1",
        "我是的",
        "a.a@",
        "1,",
        "李伟",
        "业主",
        "渝A1 ",
        "1-2-",
        "o1",
        "号附1号",
        "·李",
        "〔电话1",
        "电话 ",
    ],
)
def test_a_hostile_text_of_four_thousand_characters_does_not_hold_anybody_up(piece: str) -> None:
    def took(length: int) -> float:
        text = (piece * length)[:length]
        begun = time.process_time()
        private.cut(text)
        return time.process_time() - begun

    # four times as long may take four times as long, and something for chance: not sixteen times
    assert min(took(4000), took(4000)) < 10 * max(took(1000), took(1000), 0.02)


@pytest.mark.parametrize(
    ("length", "begun"),
    [(0, ""), (3, "我叫〔姓名1〕"), (6, "我叫〔姓名1〕，"), (9, "我叫〔姓名1〕，电话〔电话1〕"), (99, None)],
)
def test_the_beginning_of_a_cut_text_holds_an_identifier_whole(length: int, begun: str | None) -> None:
    whole = private.cut("我叫张桂花，电话13800138000，路灯坏了")
    assert private.begun(whole, length) == (whole.text if begun is None else begun)


@given(
    st.lists(st.sampled_from(["我叫张桂花，", "13800138000", "〔电话1〕", "路灯不亮。", "的"]), max_size=6).map("".join),
    st.integers(0, 40),
)
def test_what_a_beginning_stands_for_begins_the_text(text: str, length: int) -> None:
    whole = private.cut(text)
    begun = private.begun(whole, length)
    assert whole.text.startswith(begun)
    assert private.restore(begun, whole.found).startswith(text[:length])


def test_half_of_a_pair_of_utf_16_beside_a_number_breaks_nothing() -> None:
    assert private.cut("电话13800138000\ud800，路灯坏了").text == "电话〔电话1〕\ud800，路灯坏了"
