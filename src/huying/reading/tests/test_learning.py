"""A reader learns from labelled letters, says which words decided, and is moved by corrections."""

import subprocess
import sys
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reading import training
from huying.reading.adapting import adapted
from huying.reading.grams import BITS, chosen, counted, counts_of, learn, runs_of, stacked
from huying.reading.likeness import Likeness
from huying.reading.linear import Linear, Unreadable, empty, loaded, saved
from huying.reading.tests.letters import SAID, letters

pytestmark = pytest.mark.once
NAMES = tuple(SAID)


@pytest.fixture(scope="module")
def trained() -> training.Trained:
    texts, labels = zip(*letters(), strict=True)
    # the places make near copies of each sentence: those are left out together
    sentence = [next(n for n, said in enumerate(sum(SAID.values(), ())) if said in text) for text in texts]
    return training.train(training.examples(texts, labels, sentence), NAMES, folds=4)


def said(model: Linear, text: str) -> str:
    return model.labels[int(model.shares(model.read([text])).argmax())]


def test_it_knows_what_it_was_not_told(trained: training.Trained) -> None:
    assert said(trained.model, "我们院子门口的路灯全黑了") == "灯"
    assert said(trained.model, "厂里欠我们工资过年都没发") == "工资"
    assert said(trained.model, "公交司机甩站不停车") == "公交"


def test_it_names_the_words_that_decided(trained: training.Trained) -> None:
    text = "您好，我想说说门口的路灯不亮这件事，谢谢"
    found = trained.model.phrases(text, "灯")
    assert found and all(phrase in text for phrase in found)
    assert "灯" in found[0]
    assert not any("谢" in phrase for phrase in found)


def test_what_was_saved_reads_as_before_and_holds_no_text(trained: training.Trained) -> None:
    data = saved(trained.model)
    again = loaded(data)
    texts = [text for text, _ in letters()]
    assert (again.read(texts).argmax(axis=1) == trained.model.read(texts).argmax(axis=1)).all()
    assert again.labels == trained.model.labels
    assert "路灯".encode() not in data


@pytest.mark.parametrize("data", [b"", b"no model", b"PK\x03\x04 cut off"])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        loaded(data)


def test_ten_corrections_move_what_it_says_and_nothing_else(trained: training.Trained) -> None:
    text = "河沟里排污水，水面发臭"
    assert said(trained.model, text) == "油烟"
    corrections = [f"{place}河沟排污水发臭" for place in ("一村", "二村", "三村", "四村", "五村")] + ["河里有污水"] * 5
    given_ = training.examples(corrections, ["水"] * 10, range(10))
    moved = adapted(trained.model, given_, (*NAMES, "水"))
    assert said(moved, text) == "水"
    kept = [label for text, label in letters() if "污水" not in text]
    now = [said(moved, text) for text, _ in letters() if "污水" not in text]
    assert now == kept


def test_a_reader_that_learned_nothing_goes_by_likeness_and_learns_from_corrections() -> None:
    names = ("灯", "工资")
    like = Likeness({"灯": [("路灯不亮", 1.0)], "工资": [("拖欠工资", 1.0)]})
    blank = empty(names, 5.0, 1.0)
    texts = ["路灯不亮", "拖欠工资"]
    assert blank.shares(blank.read(texts), like.read(texts)).argmax(axis=1).tolist() == [0, 1]
    odd = ["发廊招牌太亮，照得睡不着"] * 6
    moved = adapted(blank, training.examples(odd, ["工资"] * 6, range(6), like.read(odd)), names)
    asked = ["招牌太亮，照得睡不着觉"]
    assert moved.shares(moved.read(asked), like.read(asked)).argmax() == 1


def test_a_mark_of_the_place_decides_where_the_words_do_not() -> None:
    texts, marks = ["路面坏了请修一修"] * 40, [["area:1"]] * 20 + [["area:2"]] * 20
    labels = ["东"] * 20 + ["西"] * 20
    model = training.fit(training.examples(texts, labels, range(40), marks=marks), ("东", "西"))
    found = model.read(["路面坏了请修一修"] * 2, [["area:1"], ["area:2"]])
    assert found.argmax(axis=1).tolist() == [0, 1]


def test_without_any_label_it_teaches_itself_from_what_is_like_the_labels_words() -> None:
    texts = [text for text, _ in letters()]
    like = Likeness(
        {
            label: [(label, 1.0), (words, 1.0)]
            for label, words in zip(NAMES, ("路灯照明", "工资工钱", "公交车司机", "油烟污水"), strict=True)
        }
    )
    model = training.taught_itself(counts_of(texts), like.read(texts), NAMES)
    right = sum(said(model, text) == label for text, label in letters())
    alone = sum(NAMES[int(row.argmax())] == label for row, (_, label) in zip(like.read(texts), letters(), strict=True))
    assert right >= alone


def test_the_confidence_stands_for_the_share_that_is_right(trained: training.Trained) -> None:
    labels = [label for _, label in letters()]
    right = np.array([s == t for s, t in zip(trained.said, labels, strict=True)])
    assert abs(float(trained.confidence.mean()) - right.mean()) < 0.15


def test_reading_needs_numpy_alone_and_begins_within_a_second(trained: training.Trained) -> None:
    code = (
        "import re, sys, time; began = time.process_time()\n"
        "from huying.reading.linear import loaded\n"
        "model = loaded(sys.stdin.buffer.read()); model.read(['路灯不亮了'])\n"
        "assert not {'scipy', 'sklearn'} & {name.split('.')[0] for name in sys.modules}, 'too much is read'\n"
        # the system's own count: that of getrusage begins with what the parent held
        "held = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read()).group(1)\n"
        "print(time.process_time() - began, int(held) / 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=saved(trained.model), capture_output=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    assert seconds < 1
    assert megabytes < 200


def test_two_thousand_messages_take_less_than_a_cpu_second(trained: training.Trained) -> None:
    text = "尊敬的领导，我们小区门口的路灯不亮了。" + "从上个月开始就坏了，晚上孩子放学看不见路，老人也摔过。" * 8
    began = time.process_time()
    trained.model.read([text] * 2000)
    assert time.process_time() - began < 1


_texts = st.lists(st.text(alphabet="路灯不亮 aA1９。\n😀𠮷\0\ud800", max_size=30), max_size=5)


@given(_texts)
def test_any_text_can_be_counted_each_run_where_it_stands(texts: list[str]) -> None:
    runs = runs_of(texts)
    for text, start, length in zip(runs.text, runs.start, runs.length, strict=True):
        assert all(char.isalnum() for char in texts[text][start : start + length])
    assert (runs.hash < 1 << BITS).all()


@given(_texts, _texts)
def test_texts_counted_apart_are_counted_as_together(one: list[str], other: list[str]) -> None:
    whole = counted(runs_of([*one, *other]), len(one) + len(other))
    parts = stacked([counted(runs_of(one), len(one)), counted(runs_of(other), len(other))])
    assert [column.tolist() for column in whole] == [column.tolist() for column in parts]
    picked = chosen(whole, np.arange(len(one), len(one) + len(other)))
    assert picked.columns.tolist() == counted(runs_of(other), len(other)).columns.tolist()


def test_a_vector_has_length_one_and_an_unknown_text_none() -> None:
    vocabulary = learn(counts_of(["路灯不亮", "路灯坏了"]))
    rows = vocabulary.vectors(["路灯", "别的"])
    assert np.square(rows.values[: rows.starts[1]]).sum() == pytest.approx(1)
    assert rows.starts[1] == rows.starts[2]
