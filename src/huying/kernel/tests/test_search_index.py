"""The index answers on both databases what reckoning by hand answers: same documents, same order, nothing else."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huying.kernel.models import Document
from huying.kernel.search import index
from huying.kernel.search.index import Entry
from huying.reading import terms

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = (
    "我们街上的路灯三天不亮了，晚上接孩子看不清台阶",
    "修路，灯坏了",
    "小区门口的路灯杆倾斜，怕倒下来",
    "3号楼B栋的电梯坏了，路灯也不亮",
    "13号楼水管爆裂",
    "Wi-Fi 在Ａ栋连不上，㎡数不对，café 旁边",
    "楼上夜里施工打桩，吵得睡不着",
)
# question: which of the texts, the last to come first
GOLDEN = {
    "路灯": [3, 2, 0],
    "路": [3, 2, 1, 0],
    "灯": [3, 2, 1, 0],
    "修路灯": [],
    "修路 灯": [1],
    "3号": [3],
    "号楼": [4, 3],
    "13号楼": [4],
    "路灯 不亮": [3, 0],
    "不亮了": [0],
    "b栋": [3],
    "A栋": [5],
    "wi-fi": [5],
    "café": [5],
    "睡不着": [6],
    "没有这样的词": [],
}


def put(texts: tuple[str, ...], who: str = "call") -> None:
    index.put([Entry(f"call:{n}", " ".join(terms.pieces(text)), who) for n, text in enumerate(texts)])


def found(question: str, who: str = "call", before: int | None = None, limit: int = 50) -> list[int]:
    return [int(hit.urn.partition(":")[2]) for hit in index.newest(terms.parse(question), [who], before, limit)]


@pytest.fixture
def kept(db: None) -> None:
    put(TEXTS)


@pytest.mark.parametrize("question", GOLDEN)
def test_a_question_finds_these_the_newest_first(kept: None, question: str) -> None:
    assert found(question) == GOLDEN[question]


@given(
    st.lists(st.text(alphabet="路灯不亮号3a， ", max_size=8), max_size=6),
    st.text(alphabet="路灯不亮号3a ", min_size=1, max_size=5),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_finds_what_holds_it(db: None, texts: list[str], question: str) -> None:
    index.drop(Document.objects.values_list("urn", flat=True))
    put(tuple(texts))
    phrases = terms.parse(question)
    by_hand = [n for n, text in enumerate(texts) if phrases and terms.holds(terms.pieces(text), phrases)]
    assert (found(question) if phrases else []) == by_hand[::-1]


def test_only_what_has_the_mark_is_found(kept: None) -> None:
    index.put([Entry("call:90", " ".join(terms.pieces("路灯")), "call p7")])
    assert found("路灯", "p7") == [90] and found("路灯", "p77") == []
    assert [hit.urn for hit in index.newest(terms.parse("路灯"), ["p7", "p8"], None, 9)] == ["call:90"]


def test_a_mark_is_no_word_that_could_be_looked_for(kept: None) -> None:
    index.put([Entry("call:90", "路灯", "call p7")])
    assert found("p7") == [] and found("call") == []


def test_page_after_page_gives_each_once(kept: None) -> None:
    first = index.newest(terms.parse("路"), ["call"], None, 2)
    rest = index.newest(terms.parse("路"), ["call"], first[-1].place, 9)
    assert [hit.urn for hit in first + rest] == ["call:3", "call:2", "call:1", "call:0"]


def test_spans_of_ids_are_walked_to_the_first(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SPAN", 2)
    index.drop(Document.objects.values_list("urn", flat=True))
    put(tuple("路灯坏了" if n % 11 == 0 else "水管坏了" for n in range(120)))
    assert found("路灯", limit=5) == [110, 99, 88, 77, 66]
    assert found("路灯") == [*range(110, -1, -11)]


@pytest.mark.parametrize(
    ("held", "full", "spans"),
    [(0, 0.9, 16), (0, 0.1, 4), (1, 1.0, 30), (3, 0.002, 1), (20, 1.0, 1)],
    ids=["rare", "just begun", "seldom", "common in a span just begun", "one lacks"],
)
def test_the_last_span_says_how_wide_to_look(held: int, full: float, spans: int) -> None:
    """A word that many documents hold is never looked for in all of them because the last span has just begun."""
    assert index._likely(held, 21, full) == spans


def test_marks_of_one_person_and_of_many_together_give_each_once(kept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "SPAN", 2)
    index.drop(Document.objects.values_list("urn", flat=True))
    index.put([Entry(f"call:{n}", "路灯", "d1" if n % 2 else "p7") for n in range(12)])
    hits = index.newest(terms.parse("路灯"), ["p7", "d1"], None, 50)
    assert [hit.urn for hit in hits] == [f"call:{n}" for n in range(11, -1, -1)]


def test_what_is_put_again_is_found_by_its_new_words_alone(kept: None) -> None:
    assert index.put([Entry("call:0", " ".join(terms.pieces("水管爆裂")), "call")]) == 1
    assert found("路灯") == [3, 2] and found("水管") == [4, 0]
    assert index.put([Entry("call:0", " ".join(terms.pieces("水管爆裂")), "call")]) == 0


def test_what_is_dropped_is_found_no_more(kept: None) -> None:
    assert index.drop(["call:0", "call:2", "call:77"]) == 2 and found("路灯") == [3]


def analyzed() -> None:
    """PostgreSQL's statistics are of what stands here, not of what the tests before left when it last looked by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE kernel_document")


def test_the_rarest_pieces_come_first_and_unknown_ones_not_at_all(kept: None) -> None:
    analyzed()
    assert index.rarest(["路灯", "倾斜", "没有"]) == ["倾斜", "路灯"]


def test_statistics_of_what_was_there_before_hide_nothing(kept: None) -> None:
    analyzed()
    assert index.rarest(["没有", "路灯", "鲸鱼", "倾斜", "水管"])[:2] in (["倾斜", "水管"], ["水管", "倾斜"])
    assert "鲸鱼" not in index.rarest(["鲸鱼", *(f"没{n}" for n in range(9)), "路灯"])
    assert "路灯" in index.rarest(["鲸鱼", *(f"没{n}" for n in range(9)), "路灯"])


def test_the_most_alike_has_the_most_of_what_was_told(kept: None) -> None:
    told = terms.telling(terms.parse("小区门口路灯杆倾斜要倒"))
    assert index.likest(told, ["call"], 3)[0].urn == "call:2"
    assert index.likest(told, ["p7"], 3) == []


def test_nothing_of_what_was_dropped_lies_in_the_files_once_it_settled(kept: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("vacuum does it there")
    index.put([Entry("call:90", "zqxjkvw", "call")])
    index.drop(["call:90"])
    while index.settle():
        pass
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_search_data WHERE instr(block, CAST('qxjkvw' AS BLOB)) > 0")
        assert cursor.fetchone()[0] == 0
        cursor.execute("INSERT INTO kernel_search(kernel_search) VALUES ('integrity-check')")
