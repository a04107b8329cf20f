"""Figures are what their names say, and no near copy of what is asked was learned."""

import gzip
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading import evaluating, figures, tables
from huying.reading.evaluating import Message
from huying.reading.likeness import Likeness
from huying.reading.tests.letters import PLACES, SAID, letters
from huying.reading.twins import clusters

pytestmark = pytest.mark.once


def test_figures_of_each_label_are_reckoned_by_hand() -> None:
    found = figures.per_label(["灯", "灯", "灯", "水"], ["灯", "灯", "水", "水"])
    assert found["灯"] == figures.OfLabel(1.0, 0.6667, 0.8, 3)
    assert found["水"] == figures.OfLabel(0.5, 1.0, 0.6667, 1)
    assert figures.macro_f1(found) == pytest.approx((0.8 + 0.6667) / 2)


def test_a_label_that_was_only_said_lowers_nothing_but_the_precision_of_none() -> None:
    assert figures.macro_f1(figures.per_label(["灯"], ["水"])) == 0


def test_coverage_counts_the_surest_answers_while_the_promise_holds() -> None:
    sure = np.linspace(1, 0.01, 100)
    right = np.ones(100, dtype=bool)
    right[[50, 80, 81, 99]] = False
    coverage, threshold = figures.coverage_at(0.97, sure, right)
    assert coverage == pytest.approx(0.81)
    assert threshold == pytest.approx(sure[80])


def test_nothing_is_covered_where_the_surest_are_wrong() -> None:
    assert figures.coverage_at(0.97, np.linspace(1, 0, 60), np.zeros(60, dtype=bool)) == (0.0, float("inf"))


@given(st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.9]), st.booleans()), min_size=1, max_size=80))
def test_whoever_keeps_to_the_threshold_gets_the_coverage_and_the_precision(pairs: list[tuple[float, bool]]) -> None:
    sure, right = np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs], dtype=bool)
    coverage, threshold = figures.coverage_at(0.9, sure, right)
    taken = sure >= threshold
    assert taken.mean() == pytest.approx(coverage)
    assert not taken.any() or right[taken].mean() >= 0.9


def test_a_copy_without_its_common_words_lies_in_its_cluster() -> None:
    texts = [
        "文化路三号楼下的路灯从上个月就一直不亮了，请你们快来修一修",
        "文化路 三号楼 路灯 上个月 不亮 修",
        "老板拖欠我们工资三个月了，请劳动部门管一管这件事情",
        "公交车等了一个钟头也不来，司机还到站不停",
        "文化路三号楼下的路灯从上个月就一直不亮了，请你们快来修一修",
    ]
    found = clusters(texts)
    assert found[0] == found[1] == found[4]
    assert len({found[0], found[2], found[3]}) == 3


def test_a_copy_of_common_words_alone_is_found_among_many() -> None:
    others = [f"{text}第{n}次" for n in range(3) for text, _ in letters()]  # every pair below stands in more than RARE of them
    copy = "楼下烧烤油烟熏得开不了窗，路灯不亮了"
    found = clusters([*others, copy, "楼下烧烤 油烟 熏 开不了窗 路灯 不亮"])
    assert found[-1] == found[-2]


def test_few_words_are_no_copy_of_a_long_letter_that_holds_them() -> None:
    long = "。".join(said for some in SAID.values() for said in some)
    found = clusters([long, "公交车等了一个钟头不来", "老板拖欠工资三个月不发"])
    assert len(set(found)) == 3


def test_what_is_asked_was_learned_from_no_copy_of_it() -> None:
    learned = [Message(text, label) for text, label in letters()]
    asked = [Message(f"求求你们了，{said[0]}，快来看看吧", label) for label, said in SAID.items()]
    found = evaluating.held_apart(learned, asked)
    assert found.dropped >= len(PLACES) * len(asked)
    assert len(found.truth) == len(asked)
    with pytest.raises(evaluating.NothingLeft):
        evaluating.held_apart(asked, asked)


def test_in_folds_every_message_of_the_file_is_answered_once() -> None:
    messages = [Message(f"{text}{n}", label, n % 2) for n, (text, label) in enumerate(letters())]
    found = evaluating.in_folds(messages, 0, 3)
    assert sorted(found.truth) == sorted(message.label for message in messages if message.file == 0)
    told = found.figures()
    assert set(told) >= {"macro_f1", "accuracy", "per_class", "coverage_at_97", "messages_per_cpu_second"}


def test_without_labels_the_words_of_the_labels_decide() -> None:
    asked = [Message(text, label) for text, label in letters()]
    like = Likeness(
        {
            "灯": [("路灯 照明 灯杆", 1.0)],
            "工资": [("工资 工钱 加班费 合同", 1.0)],
            "公交": [("公交", 1.0)],
            "油烟": [("油烟 排烟", 1.0)],
        }
    )
    for _, answers in evaluating.unlabelled(asked, like, 4):
        assert answers.figures()["accuracy"] > 0.7


def test_a_table_is_read_zipped_or_not_and_cut_words_are_joined(tmp_path: Path) -> None:
    plain, zipped = tmp_path / "a.csv", tmp_path / "a.csv.gz"
    text = "title,body,kind\n灯坏了,晚上黑,灯\n欠薪,工资 没发,工资\n,,灯\n"
    plain.write_text(text, "utf-8-sig")
    zipped.write_bytes(gzip.compress(text.encode()))
    assert tables.messages_of(plain, "kind") == tables.messages_of(zipped, "kind")
    assert tables.messages_of(plain, "kind").left_out == 1
    assert [m.text for m in tables.messages_of(plain, "kind").messages] == ["灯坏了。晚上黑", "欠薪。工资 没发"]
    cut = tmp_path / "cut.csv"
    cut.write_text("text_seg,kind\n路灯 不亮 APP 报修,灯\n工资 没发,工资\n", "utf-8")
    assert tables.messages_of(cut, "kind").messages[0].text == "路灯不亮 APP 报修"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no rows"),
        (b"text,kind\n", "no rows"),
        (b"text,sort\na,b\n", "line 1: has no column kind"),
        (b"words,kind\na,b\n", "line 1: has no text"),
        (b"text,kind\na,b\nc, d,e\n", "line 3: more values"),
        (b'text,kind\na,b\n"c\rd"x,e\rf\n', "line 3: not CSV"),
        (b"text,kind\na,b\nc,b\n", "fewer than two labels"),
        ("text,kind\n灯,灯\n".encode("gb18030"), "line 2: not in UTF-8"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(tables.BadTable, match=words):
        tables.messages_of(file, "kind")
    with pytest.raises(tables.BadTable, match="cannot be read"):
        tables.messages_of(tmp_path / "none.csv", "kind")


def test_a_damaged_archive_is_said_in_a_line(tmp_path: Path) -> None:
    whole = gzip.compress(
        ("text,kind\n" + "".join(f"{text},{label}{n}\n" for n, (text, label) in enumerate(letters()))).encode()
    )
    file = tmp_path / "damaged.csv.gz"
    for damaged in (b"no archive", whole[: len(whole) // 2], whole[:200] + bytes(50) + whole[250:]):
        file.write_bytes(damaged)
        with pytest.raises(tables.BadTable, match="cannot be read"):
            tables.messages_of(file, "kind")


def test_a_tree_gives_each_label_its_own_words(tmp_path: Path) -> None:
    file = tmp_path / "tree.csv"
    file.write_text("one,two,three\n灯,照明,路灯\n灯,照明,灯杆\n水,供水,停水\n", "utf-8")
    assert tables.tree_of(file, ["灯"]) == {"灯": [("灯", tables.NAME), ("照明", 1.0), ("路灯", 1.0), ("灯杆", 1.0)]}
    with pytest.raises(tables.BadTable, match="does not name 火"):
        tables.tree_of(file, ["灯", "火"])
