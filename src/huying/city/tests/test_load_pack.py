"""Loading a pack: all or nothing, twice is once, and nothing is deleted that something may point at."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as st

from huying.base import clock
from huying.city import pack, queries
from huying.city.models import Area, Day, Department, Duty, PackState, Setting, Term
from huying.city.pack import loading
from huying.city.pack.things import wanted as of_things
from huying.city.tests.small_pack import SmallPack

pytestmark = pytest.mark.django_db
NOTHING = {"added": 0, "changed": 0, "closed": 0}


def load(small: SmallPack) -> dict[str, tuple[int, int, int]]:
    """Load, and tell per table how many rows were added, changed and closed."""
    counts = pack.load(small.root).counts()
    return {table: (n["added"], n["changed"], n["closed"]) for table, n in counts.items() if any(n.values())}


def rows() -> list[object]:
    """All that is loaded, ids included."""
    return [list(model.objects.order_by("pk").values()) for model in (Area, Department, Duty, Term, Day, Setting)]


def test_a_first_load_adds_everything(small: SmallPack) -> None:
    assert load(small) == {
        "areas": (10, 0, 0),
        "departments": (16, 0, 0),
        "duties": (2, 0, 0),
        "terms": (11, 0, 0),
        "days": (730, 0, 0),
        "settings": (4, 0, 0),
    }
    street = Area.objects.get(key="liangjiang-500112001")
    assert street.parent.key == "liangjiang"
    assert Area.objects.get(key="500112").successor.key == "liangjiang"
    assert Area.objects.get(key="500101").aliases == ["万州", "万县"]


def test_a_second_load_changes_nothing(small: SmallPack) -> None:
    load(small)
    before, state = rows(), PackState.objects.get()
    again = pack.load(small.root).counts()
    assert list(again.values()) == [NOTHING] * 9
    assert rows() == before
    assert PackState.objects.get().loaded_at == state.loaded_at


def test_districts_and_streets_get_their_departments_from_templates(small: SmallPack) -> None:
    load(small)
    names = dict(Department.objects.values_list("key", "name"))
    assert names["500101.urban-management"] == "万州区城市管理局"
    assert names["500101001.street-office"] == "高笋塘街道办事处"
    assert names["500101101.street-office"] == "小周镇人民政府"
    closed = Department.objects.get(key="500112.urban-management")
    assert closed.valid_to == date(2025, 11, 6)
    assert closed.successor.key == "liangjiang.urban-management"


def test_every_day_of_a_published_year_is_there_and_only_special_days_name_a_notice(small: SmallPack) -> None:
    load(small)
    assert Day.objects.count() == 365 + 365
    assert not Day.objects.get(date="2025-01-01").working
    assert Day.objects.get(date="2025-01-26").working  # a make-up Sunday
    assert not Day.objects.get(date="2025-01-25").working
    assert Day.objects.exclude(notice="").count() == 3


def test_a_row_that_vanished_is_closed_today_with_what_was_made_from_it(small: SmallPack) -> None:
    load(small)
    small.drop("areas.csv", "500101101,")
    assert load(small) == {"areas": (0, 0, 1), "departments": (0, 0, 1)}
    assert Area.objects.get(key="500101101").valid_to == clock.today()
    assert Department.objects.get(key="500101101.street-office").valid_to == clock.today()
    clock.set_offset(timedelta(days=3))
    assert load(small) == {}


def test_a_row_that_was_closed_already_keeps_its_day(small: SmallPack) -> None:
    load(small)
    small.drop("departments.csv", "city.roads,")
    assert load(small) == {}
    assert Department.objects.get(key="city.roads").valid_to == date(2025, 1, 1)


def test_a_row_that_has_not_begun_closes_on_the_day_it_would_have_begun(small: SmallPack) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    small.edit("departments.csv", "transport,city,50,,,,", f"transport,city,50,,{tomorrow},,")
    small.edit("departments.csv", ",2025-01-01,city.transport", ",,")
    load(small)
    small.drop("departments.csv", "city.transport,")
    assert load(small) == {"departments": (0, 0, 1)}
    assert Department.objects.get(key="city.transport").valid_to == tomorrow
    assert load(small) == {}


def test_a_row_that_comes_back_is_open_again_under_its_old_id(small: SmallPack) -> None:
    load(small)
    whole, old = small.text("areas.csv"), Area.objects.get(key="500101101").pk
    small.drop("areas.csv", "500101101,")
    load(small)
    small.write("areas.csv", whole)
    assert load(small) == {"areas": (0, 1, 0), "departments": (0, 1, 0)}
    area = Area.objects.get(key="500101101")
    assert (area.pk, area.valid_to) == (old, None)


def test_changed_rows_are_changed_in_place(small: SmallPack) -> None:
    load(small)
    small.edit("areas.csv", "小周镇,street,500101,,,,", "小周乡,street,500101,,,,小周;周家坝")
    small.edit("terms.yaml", "budget: 4,", "budget: 2,")
    small.edit("settings.yaml", "rate.days: 5", "rate.days: 7")
    small.edit("calendar.csv", "2025-01-26,true,春节", "2025-01-26,true,春节调休")
    changes = pack.load(small.root)
    assert changes["areas"].changed == {"500101101": {"name": ("小周镇", "小周乡"), "aliases": ([], ["小周", "周家坝"])}}
    assert changes["departments"].changed["500101101.street-office"]["name"] == ("小周镇人民政府", "小周乡人民政府")
    assert changes["terms"].changed == {"any.sign": {"budget": (4, 2)}}
    assert changes["days"].changed == {"2025-01-26": {"name": ("春节", "春节调休")}}
    assert changes["settings"].changed == {"rate.days": {"value": (5, 7)}}
    assert Area.objects.get(key="500101101").aliases == ["小周", "周家坝"]
    assert Setting.objects.get(key="rate.days").value == 7
    assert load(small) == {}


def test_an_area_that_moves_gets_its_new_parent_and_its_successor(small: SmallPack) -> None:
    load(small)
    small.edit("areas.csv", "小周镇,street,500101,,,,", "小周镇,street,500101,,2026-01-01,new,")
    small.write("areas.csv", small.text("areas.csv") + "new,,小周镇,street,liangjiang,2026-01-01,,,\n")
    assert load(small) == {"areas": (1, 1, 0), "departments": (1, 1, 0)}
    assert Area.objects.get(key="500101101").successor.parent.key == "liangjiang"
    assert Department.objects.get(key="500101101.street-office").successor.area.key == "new"


def test_a_year_that_is_taken_back_keeps_the_days_that_have_been(small: SmallPack) -> None:
    year = clock.today().year
    small.edit("calendar_years.csv", "\n2025,", f"\n{year - 1},")
    small.edit("calendar_years.csv", "\n2026,", f"\n{year},")
    small.write("calendar.csv", f"date,working,name,notice\n{year - 1}-01-01,false,元旦,一\n{year}-01-01,false,元旦,二\n")
    load(small)
    small.drop("calendar_years.csv", f"{year},")
    small.drop("calendar.csv", f"{year}-")
    load(small)
    assert Day.objects.filter(date__gte=clock.today()).count() == 0
    assert Day.objects.filter(date__year=year - 1, date__lt=clock.today()).count() >= 365
    assert load(small) == {}


def test_a_setting_that_vanished_is_gone(small: SmallPack) -> None:
    load(small)
    small.drop("settings.yaml", "rate.days")
    assert load(small) == {"settings": (0, 0, 1)}
    assert queries.setting("rate.days", "default") == "default"


def test_a_dry_run_shows_the_changes_and_writes_nothing(small: SmallPack) -> None:
    shown = pack.load(small.root, dry_run=True)
    assert shown.counts()["areas"]["added"] == 10
    assert rows() == [[]] * 6
    assert not PackState.objects.exists()
    assert pack.load(small.root).counts() == shown.counts()


def test_a_pack_with_faults_is_refused_and_nothing_is_written(small: SmallPack) -> None:
    load(small)
    before = rows()
    small.edit("areas.csv", "小周镇,street,500101", "大周镇,street,500199")
    with pytest.raises(pack.PackHasFaults) as refused:
        pack.load(small.root)
    assert [(fault.file, fault.line) for fault in refused.value.faults] == [("areas.csv", 7)]
    assert rows() == before


def test_a_load_that_fails_half_way_leaves_nothing_behind(small: SmallPack, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_changes: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(loading, "_write_settings", fail)
    with pytest.raises(RuntimeError):
        pack.load(small.root)
    assert rows() == [[]] * 6


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_are_one_load(small: SmallPack) -> None:
    together, added = threading.Barrier(2), []

    def one() -> None:
        together.wait()
        try:
            added.append(len(pack.load(small.root)))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [0, 773]
    assert Area.objects.count() == 10


def test_the_digest_follows_the_files_and_only_them(small: SmallPack) -> None:
    digests = []
    for edit in (lambda: None, lambda: small.edit("pack.yaml", "自编", "自己编的"), lambda: small.write("notes.txt", "x")):
        edit()
        load(small)
        digests.append(PackState.objects.get().digest)
    assert digests[0] != digests[1]
    assert digests[1] == digests[2]
    assert PackState.objects.get().title == "小城"


def test_what_was_loaded_is_answered_at_once(small: SmallPack) -> None:
    load(small)
    assert queries.setting("rate.days") == 5
    small.edit("settings.yaml", "rate.days: 5", "rate.days: 9")
    load(small)
    assert queries.setting("rate.days") == 9


def test_the_pack_of_the_city_loads_by_bulk() -> None:
    with CaptureQueriesContext(connection) as asked:
        changes = pack.load(settings.PACK)
    assert len(asked) < 400  # one for each row would be thousands
    assert len(changes["departments"].added) > 2000
    assert pack.load(settings.PACK).counts() == dict.fromkeys(changes, NOTHING)


# --- What must hold whatever is loaded after whatever -----------------------------------------------------------------

EDITS: list[Callable[[SmallPack], None]] = [
    lambda small: small.drop("areas.csv", "500101101,"),
    lambda small: small.drop("areas.csv", "500101001,"),
    lambda small: small.drop("areas.csv", "500112001,"),
    lambda small: small.edit("areas.csv", "万州区,district", "万州新区,district"),
    lambda small: small.write("areas.csv", small.text("areas.csv") + "500101002,500101002,太白街道,street,500101,,,,\n"),
    lambda small: small.drop("departments.csv", "city.roads,"),
    lambda small: small.edit("departments.csv", "市城市管理局,城管局", "市城市管理委员会,城管委"),
    lambda small: small.edit("templates.yaml", "{district}社会治理中心", "{district}治理中心"),
    lambda small: small.edit("terms.yaml", "budget: 24, unit: hours", "budget: 3, unit: workdays"),
    lambda small: small.drop("terms.yaml", "- {key: life.answer"),
    lambda small: small.edit("calendar.csv", "2025-01-26,true", "2025-01-27,false"),
    lambda small: small.drop("settings.yaml", "rate.days"),
]
TABLES = {Area: "areas", Department: "departments", Duty: "duties", Term: "terms"}


@trials(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.sets(st.sampled_from(range(len(EDITS)))))
def test_after_any_other_pack_twice_is_once(tmp_path_factory, chosen: set[int]) -> None:  # noqa: ANN001
    small = SmallPack(tmp_path_factory.mktemp("pack"))
    for number in sorted(chosen):
        EDITS[number](small)
    assert small.faults() == []
    load(small)  # after whatever the example before has loaded
    read = pack.check(small.root).pack
    wanted = loading.rows.wanted(read, of_things.contents(read.things))
    for model, table in TABLES.items():
        current = loading._current(table)
        assert {key: fields for key, fields in current.items() if key in wanted[table]} == wanted[table]
        assert all(fields["valid_to"] is not None for key, fields in current.items() if key not in wanted[table])
        assert model.objects.count() >= len(wanted[table])
    before = rows()
    assert load(small) == {}
    assert rows() == before
