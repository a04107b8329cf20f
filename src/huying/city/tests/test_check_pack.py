"""Every fault of a pack is named at once, each with its place and what to do. No test here may touch the database."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from huying.city import pack
from huying.city.tests.small_pack import FILES, SmallPack

pytestmark = pytest.mark.once

# file, what is there, what is written instead, line:column of the fault, words of the message
BROKEN = {
    "a header without a column": ("areas.csv", "level,parent", "parent", "1:1", "level"),
    "an unknown column": ("areas.csv", ",aliases\n", ",aliases,colour\n", "1:66", "colour"),
    "a column twice": ("calendar.csv", "date,working,name,notice", "date,working,name,name", "1:19", "name"),
    "a key left out": ("areas.csv", "\nliangjiang,,", "\n,,", "5:1", "key"),
    "a key twice": ("areas.csv", "\n500101101,", "\n500101001,", "7:1", "areas.csv:6"),
    "a key of Chinese letters": ("areas.csv", "\n500101101,", "\n小周,", "7:1", "小周"),
    "a name left out": ("areas.csv", "小周镇", "", "7:21", "name"),
    "a name that is too long": ("areas.csv", "小周镇", "镇" * 65, "7:21", "65"),
    "a bad date": ("areas.csv", "50,2025-11-06,,,\n500101001", "50,2025-02-30,,,\n500101001", "5:30", "2025-02-30"),
    "a date written otherwise": ("areas.csv", "50,2025-11-06,,,\n500101001", "50,20251106,,,\n500101001", "5:30", "20251106"),
    "an end before the beginning": (
        "departments.csv",
        "city,50,,,,\ncity.roads",
        "city,50,,2025-02-01,2025-01-01,\ncity.roads",
        "3:71",
        "2025-01-01",
    ),
    "an unknown parent": ("areas.csv", "小周镇,street,500101", "小周镇,street,500199", "7:32", "500199"),
    "an area that is its own parent": (
        "areas.csv",
        "高笋塘街道,street,500101",
        "高笋塘街道,street,500101001",
        "6:34",
        "500101001 → 500101001",
    ),
    "a level that does not fit its parent": ("areas.csv", "小周镇,street,500101", "小周镇,street,50", "7:32", "district"),
    "an unknown level": ("areas.csv", "小周镇,street", "小周镇,stret", "7:25", "street"),
    "a district without a parent": ("areas.csv", "万州区,district,50", "万州区,district,", "3:28", "city"),
    "a city with a parent": ("areas.csv", "小城市,city,,", "小城市,city,50,", "2:16", "→"),
    "a code that is not digits": ("areas.csv", "500101001,500101001", "500101001,5001O1001", "6:11", "5001O1001"),
    "a code that two areas have": ("areas.csv", "500101101,500101101", "500101101,500101001", "7:11", "areas.csv:6"),
    "an unknown successor": ("areas.csv", "2025-11-06,liangjiang,", "2025-11-06,liangjang,", "4:43", "liangjiang"),
    "a successor at another level": ("areas.csv", "2025-11-06,liangjiang,", "2025-11-06,500101001,", "4:43", "street"),
    "a successor of what goes on": ("departments.csv", ",2025-01-01,city.transport", ",,city.transport", "4:38", "valid_to"),
    "a successor that is closed and has none": (
        "departments.csv",
        "transport,city,50,,,,",
        "transport,city,50,,,2025-06-01,",
        "4:48",
        "2025-06-01",
    ),
    "a successor that begins too late": (
        "departments.csv",
        "transport,city,50,,,,",
        "transport,city,50,,2025-02-01,,",
        "4:48",
        "2025-02-01",
    ),
    "an area that outlives its parent": (
        "areas.csv",
        "liangjiang,2025-11-06,,,\n500101-",
        "500112,2025-11-06,,,\n500101-",
        "10:53",
        "500112",
    ),
    "a bad longitude": ("areas.csv", "successor,aliases\n", "successor,lon\n", "3:34", "万州;万县"),
    "too many cells": ("areas.csv", "小周镇,street,500101,,,,", "小周镇,street,500101,,,,,,", "7:1", "11"),
    "too few cells": ("areas.csv", "小周镇,street,500101,,,,", "小周镇,street,500101", "7:1", "5"),
    "a quote that is not closed": ("areas.csv", "小周镇", '"小周镇', "7:21", "引号"),
    "text after a quote": ("areas.csv", "小周镇", '"小周"镇', "7:21", "镇"),
    "an unknown area": ("departments.csv", "hotline,city,50,", "hotline,city,51,", "2:40", "51"),
    "a department at the level of another area": (
        "departments.csv",
        "hotline,city,50,",
        "hotline,city,500101,",
        "2:35",
        "district",
    ),
    "two departments of a type": ("departments.csv", "交通局,transport,", "交通局,hotline,", "5:25", "city.hotline"),
    "a department that a template makes": (
        "departments.csv",
        "city.transport,市",
        "500101.urban-management,市",
        "5:1",
        "templates.yaml",
    ),
    "no desk": ("departments.csv", "热线,hotline,", "热线,hot-line,", "1:1", "hotline"),
    "no centre": ("templates.yaml", "type: governance-centre", "type: governance", "1:1", "governance-centre"),
    "a template without the area": ("templates.yaml", '"{district}城市管理局"', "城市管理局", "6:11", "{district}"),
    "a template with an unknown blank": ("templates.yaml", '"{district}城市管理局"', '"{district}{town}局"', "6:11", "{town}"),
    "a type twice in a template": ("templates.yaml", "type: urban-management", "type: governance-centre", "5:11", "2"),
    "a template for another level": ("templates.yaml", "\nstreet:", "\ncommunity: []\nstreet:", "8:1", "community"),
    "no templates for a level": ("templates.yaml", "\nstreet:", "\nstreets:", "1:1", "street"),
    "an unknown name in a duty": ("duties/city.yaml", "  subgroup: 市容", "  subgruop: 市容", "14:3", "subgroup"),
    "a lead that is not at the level": ("duties/city.yaml", "lead: street-office", "lead: urban-management", "17:9", "street"),
    "an assistant that is nowhere": ("duties/city.yaml", "[street-office]", "[street-ofice]", "7:12", "street-office"),
    "an assistant that is no list": ("duties/city.yaml", "[street-office]", "street-office", "7:12", "列表"),
    "an unknown urgency": ("duties/city.yaml", "urgency: ordinary", "urgency: urgent", "9:12", "ordinary"),
    "a truth that is none": ("duties/city.yaml", "may_pass_down: true", "may_pass_down: maybe", "11:18", "maybe"),
    "a duty twice": ("duties/city.yaml", "key: city.stall", "key: city.lamp", "12:8", "duties/city.yaml:1"),
    "a duty without text": ("duties/city.yaml", "text: 摆摊占道", "text:", "16:3", "text"),
    "a name twice in a duty": ("duties/city.yaml", "  subgroup: 市容", "  subgroup: 市容\n  subgroup: 市容", "15:3", "14"),
    "YAML that cannot be read": ("duties/city.yaml", "[street-office]", "[street-office", "8:8", "YAML"),
    "an alias of YAML": (
        "duties/city.yaml",
        "key: city.stall\n  group: 城市管理",
        "key: city.stall\n  group: &a 城市管理\n  ground: *a",
        "13:10",
        "别名",
    ),
    "an unknown sort": ("terms.yaml", "sort: inquiry", "sort: question", "6:45", "inquiry"),
    "an unknown clock": ("terms.yaml", "what: approve", "what: aprove", "4:42", "approve"),
    "an unknown kind": ("terms.yaml", "key: any.sign, kind: appeal", "key: any.sign, kind: apeal", "1:25", "appeal"),
    "an unknown unit": ("terms.yaml", "budget: 4, unit: hours", "budget: 4, unit: days", "1:62", "workdays"),
    "a budget of nothing": ("terms.yaml", "budget: 4,", "budget: 0,", "1:53", "1"),
    "a budget that is no number": ("terms.yaml", "budget: 4,", "budget: vier,", "1:53", "vier"),
    "a case with two terms": ("terms.yaml", "sort: inquiry, ", "", "6:9", "any.answer"),
    "a case without a term": ("terms.yaml", "what: approve,", "what: approve, sort: help,", "1:1", "approve"),
    "a calendar with a gap": ("calendar_years.csv", "\n2026,", "\n2027,", "3:1", "2026"),
    "a year twice": ("calendar_years.csv", "\n2026,", "\n2025,", "3:1", "calendar_years.csv:2"),
    "a day twice": ("calendar.csv", "2025-01-26", "2025-01-01", "3:1", "calendar.csv:2"),
    "a day of a year that is not published": ("calendar.csv", "2025-01-26", "2023-01-26", "3:1", "2023"),
    "a holiday without a notice": ("calendar.csv", "春节,国办发明电〔2024〕12号", "春节,", "3:20", "notice"),
    "a day that neither works nor rests": ("calendar.csv", "true", "half", "3:12", "half"),
    "an unknown setting": ("settings.yaml", "rate.days", "rate.day", "3:1", "rate.days"),
    "a setting of another shape": ("settings.yaml", "rate.days: 5", "rate.days: many", "3:12", "rate.days"),
    "a confidence beyond certainty": ("settings.yaml", "0.9", "1.9", "1:22", "1.9"),
    "a confidence in quotes": ("settings.yaml", "0.9", '"0.9"', "1:22", "引号"),
    "a number that is not text": ("settings.yaml", '"119"', "119", "5:13", "引号"),
    "danger without words": ("settings.yaml", "[着火, 冒烟]", "[]", "7:12", "词"),
    "danger with an empty word": ("settings.yaml", "[着火, 冒烟]", '[着火, ""]', "7:17", "词"),
    "danger with an unknown name": ("settings.yaml", "label: 火警", "lable: 火警", "6:5", "label"),
    "danger with an unknown group": ("settings.yaml", "[着火, 冒烟]", '["@孩子+摔", 冒烟]', "7:13", "孩子"),
    "no danger": ("settings.yaml", "danger:", "dangers:", "1:1", "danger"),
    "an unknown time zone": ("pack.yaml", "Asia/Shanghai", "Asia/Chongqing2", "3:12", "Asia/Shanghai"),
    "an unknown city": ("pack.yaml", '"50"', '"51"', "4:7", "51"),
    "a city that is a district": ("pack.yaml", '"50"', '"500101"', "4:7", "district"),
    "a pack without a title": ("pack.yaml", "title: 小城\n", "", "1:1", "title"),
}


@pytest.mark.parametrize(("file", "old", "new", "place", "words"), BROKEN.values(), ids=BROKEN)
def test_a_fault_is_named_with_its_place(small: SmallPack, file: str, old: str, new: str, place: str, words: str) -> None:
    small.edit(file, old, new)
    told = {f"{fault.line}:{fault.column}": fault.message for fault in small.faults() if fault.file == file}
    assert words in told.get(place, ""), told


def test_a_sound_pack_has_no_faults_and_is_counted(small: SmallPack) -> None:
    found = pack.check(small.root)
    assert found.faults == []
    assert found.counts == {
        "areas": {"city": 1, "district": 3, "street": 6, "community": 0},
        "departments": {"city": 4, "district": 6, "street": 6, "community": 0},
        "duties": 2,
        "terms": 11,
        "days": 730,
        "settings": 4,
        "replies": 0,
        "partners": 0,
        "items": 0,
        "things": 0,
        "offers": 0,
        "faults": 0,
    }


def test_faults_of_every_file_are_named_at_once(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street,500101", "小周镇,street,500199")
    small.edit("departments.csv", "hotline,city,50,", "hotline,city,51,")
    small.edit("duties/city.yaml", "urgency: ordinary", "urgency: urgent")
    small.edit("terms.yaml", "budget: 4,", "budget: -4,")
    small.edit("calendar.csv", "2025-01-26", "2025-01-36")
    small.edit("settings.yaml", "rate.days: 5", "rate.days: 0")
    assert [f"{fault.file}:{fault.line}" for fault in small.faults()] == [
        "areas.csv:7",
        "calendar.csv:3",
        "departments.csv:2",
        "duties/city.yaml:9",
        "settings.yaml:3",
        "terms.yaml:1",
    ]


def test_one_row_can_have_several_faults(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street,500101,,,", "小周镇,strit,500199,gestern,2025-13-01,")
    assert [(fault.line, fault.column) for fault in small.faults()] == [(7, 25), (7, 31), (7, 38), (7, 46)]


def test_circles_of_parents_and_of_successors_are_written_out(small: SmallPack) -> None:
    small.edit("areas.csv", "万州区,district,50", "万州区,district,500101101")
    small.edit("areas.csv", "两江新区,district,50,2025-11-06,,,", "两江新区,district,50,2025-11-06,2025-12-01,500112,")
    told = "\n".join(fault.message for fault in small.faults())
    assert "500101 → 500101101 → 500101" in told
    assert "500112 → liangjiang → 500112" in told


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_one_fault_and_blames_no_other(small: SmallPack, file: str) -> None:
    (small.root / file).unlink()
    name = "duties" if file.startswith("duties/") else file
    assert [(fault.file, fault.line, fault.column) for fault in small.faults()] == [(name, 1, 1)]


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_not_utf8_is_named_where_it_goes_wrong(small: SmallPack, file: str) -> None:
    first = re.search(r"[^\x00-\x7f]", small.text(file))
    assert first is not None
    before, after = small.text(file)[: first.start()], small.text(file)[first.start() :]
    small.write(file, before.encode() + b"\xd6\xd8" + after.encode())
    [fault] = small.faults()
    assert (fault.file, fault.line, fault.column) == (file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert "UTF-8" in fault.message


@pytest.mark.parametrize("file", FILES)
def test_an_empty_file_is_a_fault(small: SmallPack, file: str) -> None:
    small.write(file, "")
    assert file in {fault.file for fault in small.faults()}


@pytest.mark.parametrize("file", FILES)
def test_a_folder_in_place_of_a_file_is_a_fault(small: SmallPack, file: str) -> None:
    (small.root / file).unlink()
    (small.root / file).mkdir()
    assert file in {fault.file for fault in small.faults()}


def test_what_is_no_folder_is_one_fault(tmp_path: Path) -> None:
    assert len(pack.check(tmp_path / "nowhere").faults) == 1


def test_a_mark_of_excel_windows_ends_of_lines_and_empty_lines_do_no_harm(small: SmallPack) -> None:
    for name in ("areas.csv", "departments.csv", "calendar.csv"):
        small.write(name, b"\xef\xbb\xbf" + small.text(name).replace("\n", "\r\n\r\n").encode())
    assert small.faults() == []


def test_control_characters_are_refused(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇", "小周\0镇")
    assert "areas.csv:7:23: " in str(small.faults()[0])


def test_a_quoted_cell_may_hold_commas_quotes_and_must_not_hold_lines(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street", '"小周,""镇",street')
    assert small.faults() == []
    small.edit("areas.csv", '"小周,""镇",street', '"小\n周镇",stret')
    assert [(fault.line, fault.column) for fault in small.faults()] == [(7, 21), (8, 5)]


def test_messages_say_what_to_do(small: SmallPack) -> None:
    small.edit("areas.csv", "小周镇,street,500101", "小周镇,street,500199")
    [fault] = small.faults()
    assert "500199" in fault.message
    assert "请" in fault.message


def test_the_pack_of_the_city_is_sound() -> None:
    found = pack.check(settings.PACK)
    assert [str(fault) for fault in found.faults] == []
    assert found.counts["areas"]["street"] > 1000


# --- What must hold whatever is written -------------------------------------------------------------------------------

PLACES = [(file, number) for file, text in FILES.items() for number in range(len(re.split(r"[,\n]", text)))]
ODD = st.sampled_from(
    (
        *(
            "",
            '"',
            '""',
            "''",
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "#",
            "&a",
            "*a",
            "!!int x",
            "|",
            ">",
            "%",
            "@",
            "\t",
            "\n",
            "\r",
            "\0",
        ),
        *(
            "50",
            "-1",
            "1e999",
            "nan",
            ".inf",
            "true",
            "null",
            "~",
            "9" * 30,
            "2025-02-30",
            "0000-00-00",
            "liangjiang",
            "区" * 70,
        ),
    )
)
SLOW = trials(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SLOW
@given(cells=st.lists(st.tuples(st.sampled_from(PLACES), ODD | st.text(max_size=12)), min_size=1, max_size=4))
def test_no_broken_cell_crashes_the_check_and_every_fault_has_a_place(tmp_path_factory, cells) -> None:  # noqa: ANN001
    broken = SmallPack(tmp_path_factory.mktemp("pack"))
    for (file, number), text in cells:
        parts = re.split(r"([,\n])", (broken.root / file).read_bytes().decode(errors="surrogatepass"))
        parts[min(number * 2, len(parts) - 1)] = text
        broken.write(file, "".join(parts).encode(errors="replace"))
    _every_fault_has_a_place(broken)


@SLOW
@given(file=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), data=st.binary(max_size=8))
def test_no_broken_byte_crashes_the_check(tmp_path_factory, file: str, at: float, data: bytes) -> None:  # noqa: ANN001
    broken = SmallPack(tmp_path_factory.mktemp("pack"))
    whole = FILES[file].encode()
    start = int(at * len(whole))
    broken.write(file, whole[:start] + data + whole[start + len(data) :])
    _every_fault_has_a_place(broken)


def _every_fault_has_a_place(broken: SmallPack) -> None:
    for fault in broken.faults():
        path = broken.root / fault.file
        lines = (
            re.split(r"\r\n|\r|\n|\x85|\u2028|\u2029", path.read_bytes().decode(errors="replace")) if path.is_file() else [""]
        )
        assert 1 <= fault.line <= len(lines) + 1
        assert fault.column >= 1
        assert fault.message
        assert "\n" not in fault.message
