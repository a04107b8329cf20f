"""What becomes of the rows: opened, joined or refused, each once, whatever happens in between."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from huying.base.clock import CITY_TIME
from huying.features.appeals.importing import run as module
from huying.features.appeals.importing.run import Options, Report, run
from huying.features.appeals.models import ImportedRow
from huying.features.appeals.tests.tables import HEADER, LAMP, STALL, csv_file, xlsx_file
from huying.kernel.actions import NewCall, open_calls
from huying.kernel.models import Call, CallState, Matter
from huying.people import parties
from huying.people.actors import SYSTEM, Actor
from huying.people.models import Party
from tests.small_city import SmallCity

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("small_city")]
LONG = "我们街上的路灯三天不亮了，晚上接孩子看不清台阶，老人差一点摔倒，已经说过两次，请派人来修一修，谢谢。"


class Watcher:
    """Keeps what the progress bar would show."""

    def __init__(self) -> None:
        self.expected: int | None = None
        self.seen = 0

    def expect(self, rows: int | None) -> None:
        self.expected = rows

    def done(self, rows: int) -> None:
        self.seen += rows


def imported(path: Path, **how: Any) -> Report:
    return run(path, Options(**{"refused": path.with_name("refused.csv"), **how}), Watcher())


def counts(report: Report) -> tuple[int, int, int, int]:
    return (report.read, report.opened, report.joined, report.refused)


def numbered(n: int, **extra: object) -> list[tuple[object, ...]]:
    """A header and n rows with numbers from 1, each with its own text."""
    rows = [(i, "路灯不亮", f"{LONG}第 {i} 处。", "2024-5-6 7:08", "渝中区", *extra.values()) for i in range(1, n + 1)]
    return [(*HEADER, *extra), *rows]


def refused_rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.open(encoding="utf-8-sig", newline="")))


# --- Opened -----------------------------------------------------------------------------------------------------------


def test_a_row_becomes_a_call_with_all_that_it_says(tmp_path: Path, small_city: SmallCity) -> None:
    report = imported(csv_file(tmp_path, [HEADER, LAMP, STALL]))
    assert counts(report) == (2, 2, 0, 0)
    call = Call.objects.get(title="路灯不亮")
    assert (call.text, call.channel, call.sort, call.openness) == (LAMP[2], "import", "help", "anonymous")
    assert call.opened_at == datetime(2024, 5, 6, 7, 8, tzinfo=CITY_TIME)
    assert call.area == small_city.area("500103") and call.place == ""
    row = ImportedRow.objects.get(call=call)
    assert row.key == call.key == "import:编号:1" and row.sender is None


def test_everything_goes_through_the_kernel(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [HEADER, LAMP]))
    matter = Matter.objects.get()
    assert matter.promises.filter(what="answer").exists() and matter.due_at and matter.duty_key == "lamp"


def test_a_title_is_made_behind_the_greeting(tmp_path: Path) -> None:
    texts = ["尊敬的张市长： 您好！ 我们街上的路灯三天不亮了，请修。", "路" * 60 + "，", "您好！"]
    imported(csv_file(tmp_path, [("内容",), *((text,) for text in texts)]))
    assert set(Call.objects.values_list("title", flat=True)) == {"我们街上的路灯三天不亮了", "路" * 40}


def test_a_district_of_another_city_stays_words(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [(*HEADER, "地点"), (*LAMP[:4], "仓山区", "小龙坎街道口"), ("2", *LAMP[1:4], "全市", "")]))
    other, whole = Call.objects.order_by("key")
    assert (other.area, other.place) == (None, "仓山区 小龙坎街道口")
    assert (whole.area, whole.place) == (None, "全市")


def test_what_does_not_fit_its_field_stands_in_the_text(tmp_path: Path) -> None:
    title, place = "长" * 90, "远" * 150
    imported(csv_file(tmp_path, [("标题", "内容", "地点", "电话"), (title, LONG, place, "023-63810000")]))
    call = Call.objects.get()
    assert len(call.title) == 80 and len(call.place) == 120
    assert title in call.text and place in call.text and "63810000" not in call.text and "〔电话1〕" in call.text


def test_identifiers_are_cut_out_of_title_text_and_place(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [("标题", "内容"), ("请回电 13812345678", LONG + "电话 13812345678")]))
    call = Call.objects.get()
    assert "138" not in call.title + call.text + call.place and call.sealed


def test_the_same_phone_is_the_same_person(tmp_path: Path) -> None:
    header = ("内容", "来电人", "电话")
    imported(
        csv_file(tmp_path, [header, (LONG + "一", "李女士", "138 1234 5678"), (LONG + "二", "", "+8613812345678")]), batch=1
    )
    one, two = Call.objects.select_related("caller")
    assert one.caller == two.caller == parties.party_of_phone("13812345678", create=False)
    assert parties.name_of(one.caller) == "李女士" and one.openness == "named"


def test_the_same_user_of_a_source_is_the_same_person_and_a_name_is_not(tmp_path: Path) -> None:
    rows = [
        ("用户", "来电人", "内容"),
        ("u1", "", LONG + "一"),
        ("u1", "", LONG + "二"),
        ("", "李女士", LONG),
        ("", "李女士", LONG + "三"),
    ]
    imported(csv_file(tmp_path, rows), batch=1)
    assert Party.objects.count() == 3


def test_who_wants_to_stay_unknown_stays_so(tmp_path: Path) -> None:
    header = ("内容", "来电人", "电话", "是否匿名", "是否保密")
    imported(csv_file(tmp_path, [header, (LONG, "李女士", "13812345678", "是", ""), (LONG, "李女士", "13812345679", "", "是")]))
    hidden, confidential = Call.objects.select_related("caller").order_by("id")
    assert (hidden.openness, hidden.caller.phone_mac, hidden.caller.name_sealed) == ("anonymous", None, None)
    assert confidential.openness == "confidential" and parties.phone_of(confidential.caller) == "13812345679"


def test_every_sheet_of_a_workbook_goes_in(tmp_path: Path) -> None:
    report = imported(xlsx_file(tmp_path, {"五月": numbered(3), "六月": [HEADER, ("9", *STALL[1:])]}))
    assert counts(report) == (4, 4, 0, 0) and [sheet["sheet"] for sheet in report.sheets] == ["五月", "六月"]


# --- Joined -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_second_import_of_the_same_file_changes_nothing(tmp_path: Path, batch: int) -> None:
    path = csv_file(tmp_path, numbered(5))
    first, second = imported(path, batch=batch), imported(path, batch=3)
    assert counts(first) == (5, 5, 0, 0) and counts(second) == (5, 0, 5, 0)
    assert Call.objects.count() == ImportedRow.objects.count() == 5


def test_a_table_without_numbers_is_known_again_in_another_form(tmp_path: Path) -> None:
    rows = [row[1:] for row in numbered(4)]
    assert imported(csv_file(tmp_path, rows)).opened == 4
    assert counts(imported(xlsx_file(tmp_path, {"a": rows}))) == (4, 0, 4, 0)


@pytest.mark.parametrize("batch", [1, 100])
def test_the_same_words_of_the_same_sender_join_the_open_call(tmp_path: Path, batch: int) -> None:
    header = ("编号", "用户", "标题", "内容")
    rows = [
        header,
        (1, "u1", "路灯", LONG),
        (2, "u1", "还是路灯", LONG.replace("，", " ，")),
        (3, "u2", "路灯", LONG),
        (4, "", "路灯", LONG),
    ]
    report = imported(csv_file(tmp_path, rows), batch=batch)
    assert counts(report) == (4, 3, 1, 0) and report.repeated == 1
    assert len(set(ImportedRow.objects.filter(key__endswith=(":1")).values_list("call"))) == 1
    by_key = dict(ImportedRow.objects.values_list("key", "call_id"))
    assert by_key["import:编号:1"] == by_key["import:编号:2"] != by_key["import:编号:3"]
    assert counts(imported(tmp_path / "appeals.csv")) == (4, 0, 4, 0)


def test_a_short_text_under_another_title_is_another_matter(tmp_path: Path) -> None:
    rows = [("用户", "标题", "内容"), ("u1", "路灯不亮", "请尽快处理"), ("u1", "下水道堵了", "请尽快处理")]
    assert imported(csv_file(tmp_path, rows)).opened == 2


def test_the_same_words_after_the_call_was_closed_open_a_new_one(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [("编号", "用户", "内容"), (1, "u1", LONG)]))
    Call.objects.update(state=CallState.CLOSED)
    report = imported(csv_file(tmp_path, [("编号", "用户", "内容"), (1, "u1", LONG), (2, "u1", LONG)]))
    assert counts(report) == (2, 1, 1, 0) and report.known == 1


# --- Refused ----------------------------------------------------------------------------------------------------------


def test_bad_rows_go_to_a_file_with_row_column_and_reason_and_good_rows_go_in(tmp_path: Path) -> None:
    bad = ("2", "占道", "", "昨天", "渝中区")
    report = imported(csv_file(tmp_path, [HEADER, LAMP, bad, ("3", *STALL[1:])]))
    assert counts(report) == (3, 2, 0, 1)
    header, row = refused_rows(tmp_path / "refused.csv")
    assert (
        header == ["行号", "列", "原因", *HEADER]
        and row[:2] == ["3", "内容；时间"]
        and row[3:] == ["2", "占道", "", "昨天", "渝中区"]
    )
    assert "昨天" in row[2] and report.first_refused[0]["row"] == 3


def test_the_file_of_refused_rows_can_be_put_right_and_imported(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [HEADER, LAMP, ("2", "=1+1", "楼下烧烤店很吵", "昨天", "渝中区")]))
    path = tmp_path / "refused.csv"
    assert "'=1+1" in path.read_text(encoding="utf-8-sig")  # a spreadsheet does not run it
    path.write_text(path.read_text(encoding="utf-8-sig").replace(",昨天,", ",2024-5-6,"), encoding="utf-8-sig")
    report = imported(path, refused=tmp_path / "again.csv")
    assert counts(report) == (1, 1, 0, 0) and Call.objects.filter(title="=1+1").exists()
    assert not (tmp_path / "again.csv").exists()


def test_a_number_that_stands_for_something_else_is_refused_unless_the_source_has_a_name(tmp_path: Path) -> None:
    imported(csv_file(tmp_path, [HEADER, LAMP]))
    other = csv_file(tmp_path, [HEADER, (LAMP[0], *STALL[1:])])
    report = imported(other)
    assert counts(report) == (1, 0, 0, 1) and report.first_refused[0]["column"] == "编号"
    assert counts(imported(other, source="老系统")) == (1, 1, 0, 0)


def test_a_row_the_kernel_cannot_store_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fussy(actor: Actor, news: list[NewCall]) -> object:
        if any("第 3 处" in new.text for new in news):
            raise ValueError("planted")
        return open_calls(actor, news)

    monkeypatch.setattr(module, "open_calls", fussy)
    report = imported(csv_file(tmp_path, numbered(7)))
    assert counts(report) == (7, 6, 0, 1) and Call.objects.count() == 6
    assert report.first_refused[0]["row"] == 4 and "planted" in report.first_refused[0]["reason"]


# --- Interrupted ------------------------------------------------------------------------------------------------------


def test_an_interrupted_import_goes_on_and_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def impatient(actor: Actor, news: list[NewCall]) -> object:
        taken.append(len(news))
        if len(taken) == 3:
            raise KeyboardInterrupt
        return open_calls(actor, news)

    monkeypatch.setattr(module, "open_calls", impatient)
    path = csv_file(tmp_path, [*numbered(10), ("11", "", "", "", "")])
    first = imported(path, batch=3)
    assert first.interrupted and counts(first) == (6, 6, 0, 0) and Call.objects.count() == 6
    second = imported(path, batch=3)
    assert not second.interrupted and counts(second) == (11, 4, 6, 1) and Call.objects.count() == 10


def test_a_full_disk_stops_with_its_reason_and_keeps_what_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(actor: Actor, news: list[NewCall]) -> object:
        if Call.objects.exists():
            raise OperationalError("database or disk is full")
        return open_calls(actor, news)

    monkeypatch.setattr(module, "open_calls", full)
    report = imported(csv_file(tmp_path, numbered(6)), batch=3)
    assert report.stopped and "disk is full" in report.stopped.values["why"] and counts(report) == (3, 3, 0, 0)


def test_somebody_else_importing_the_same_row_at_the_same_moment_joins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def raced(actor: Actor, news: list[NewCall]) -> object:
        open_calls(SYSTEM, news[:1])
        return open_calls(actor, news)

    monkeypatch.setattr(module, "open_calls", raced)
    assert counts(imported(csv_file(tmp_path, numbered(3)))) == (3, 2, 1, 0)
    assert Call.objects.count() == ImportedRow.objects.count() == 3


# --- Dry run ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_dry_run_counts_as_the_real_one_and_writes_nothing(tmp_path: Path, batch: int) -> None:
    rows = [
        *numbered(4, 用户="u1"),
        ("5", "路灯不亮", f"{LONG}第 1 处。", "", "", "u1"),
        ("4", "", LONG, "", "", ""),
        ("6", "", "", "", "", ""),
    ]
    path = csv_file(tmp_path, rows)
    tried = imported(path, dry_run=True, refused=None, batch=batch)
    assert counts(tried) == (7, 4, 1, 2) and not Call.objects.exists() and not Party.objects.exists()
    assert not (tmp_path / "refused.csv").exists()
    assert counts(imported(path, batch=batch)) == counts(tried)
    assert counts(imported(path, dry_run=True, refused=None, batch=batch)) == (7, 0, 5, 2)


def test_the_bar_is_told_what_to_expect_and_sees_every_row(tmp_path: Path) -> None:
    watcher = Watcher()
    run(csv_file(tmp_path, [*numbered(5), ("6", "", "", "", "")]), Options(batch=2), watcher)
    assert (watcher.expected, watcher.seen) == (6, 6)


def test_a_row_from_the_future_of_this_clock_is_refused(tmp_path: Path) -> None:
    later = datetime.now(CITY_TIME) + timedelta(days=40)
    report = imported(csv_file(tmp_path, [HEADER, (*LAMP[:3], f"{later:%Y-%m-%d}", "")]))
    assert counts(report) == (1, 0, 0, 1)
