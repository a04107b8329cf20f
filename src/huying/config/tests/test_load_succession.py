"""`huying load` on the day a district becomes another: what is open goes on there, and a dry run says so beforehand."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from huying.base import clock
from huying.city import queries as city
from huying.city.models import Area, Department
from huying.city.tests.small_pack import SmallPack
from huying.config.commands.pack import load
from huying.config.tests.test_check_and_load import run
from huying.config.worker import Worker
from huying.kernel import actions
from huying.kernel.models import Task
from huying.kernel.tests.conftest import new_call
from huying.people import officers
from huying.people.actors import SYSTEM, Actor, officer_actor

pytestmark = pytest.mark.django_db(transaction=True)

CENTRE, BUREAU, HEIR = "500112.governance-centre", "500112.urban-management", "liangjiang.urban-management"
BEFORE = """\
key,code,name,level,parent,valid_from,valid_to,successor,aliases
50,50,小城市,city,,,,,
500101,500101,万州区,district,50,,,,
500112,500112,渝北区,district,50,,,,
500101001,500101001,高笋塘街道,street,500101,,,,
500112001,500112001,龙溪街道,street,500112,,,,
500112133,500112133,统景镇,street,500112,,,,
"""
AFTER = """\
key,code,name,level,parent,valid_from,valid_to,successor,aliases
50,50,小城市,city,,,,,
500101,500101,万州区,district,50,,,,
500112,500112,渝北区,district,50,,{day},liangjiang,
liangjiang,,两江新区,district,50,{day},,,
500101001,500101001,高笋塘街道,street,500101,,,,
500112001,500112001,龙溪街道,street,500112,,{day},liangjiang-500112001,
500112133,500112133,统景镇,street,500112,,{day},500101-500112133,
liangjiang-500112001,,龙溪街道,street,liangjiang,{day},,,
500101-500112133,,统景镇,street,500101,{day},,,
"""


@pytest.fixture
def small(tmp_path: Path) -> SmallPack:
    """The city before the change, loaded, with an open matter in each of the two streets and one elsewhere."""
    pack = SmallPack(tmp_path / "small")
    pack.write("areas.csv", BEFORE)
    assert run(load, pack.root).exit_code == 0
    return pack


def department(key: str) -> Department:
    return Department.objects.get(key=key)


def appointed(name: str, *posts: tuple[str, str]) -> Actor:
    return officer_actor(officers.appoint(name, name, None, [(department(key), role) for key, role in posts]))


@pytest.fixture
def handler(small: SmallPack) -> Actor:
    """The bureau's officer, who signed what her centre passed down from each street."""
    desk, who = appointed("desk", ("city.hotline", "dispatcher")), appointed("handler", (BUREAU, "handler"))
    centre = appointed("centre", (CENTRE, "dispatcher"))
    for street in ("500112001", "500112133"):
        opened = actions.open_calls(SYSTEM, [new_call(area_key=street)])[0]
        top = actions.dispatch(desk, opened.matter_id, department(CENTRE).pk)
        child = actions.pass_down(centre, top.pk, department(BUREAU).pk)
        actions.sign(who, [child.pk])
    return who


def bearers() -> set[str]:
    return set(Task.objects.filter(is_open=True).values_list("bearer__key", flat=True))


def test_a_dry_run_says_how_many_open_matters_go_to_whom(small: SmallPack, handler: Actor) -> None:
    small.write("areas.csv", AFTER.format(day=clock.today()))
    done = run(load, small.root, "--dry-run")
    assert done.exit_code == 0, done.output
    for line in ("渝北区城市管理局 → 两江新区城市管理局：1 件", "渝北区城市管理局 → 万州区城市管理局：1 件"):
        assert line in done.output
    assert "渝北区社会治理中心 → 两江新区社会治理中心：1 件" in done.output
    assert bearers() == {CENTRE, BUREAU} and not Area.objects.filter(key="liangjiang").exists()
    found = city.department_by_key(BUREAU)
    assert found and found.valid_to is None
    lines: list[dict[str, Any]] = json.loads(run(load, small.root, "--dry-run", "--json").output)["open_matters"]
    assert {"day": str(clock.today()), "from": BUREAU, "to": HEIR, "matters": 1} in lines


def test_loading_carries_them_and_the_posts_and_says_so(small: SmallPack, handler: Actor) -> None:
    small.write("areas.csv", AFTER.format(day=clock.today()))
    done = run(load, small.root)
    assert "2 件在办事项，2 个岗位" in done.output, done.output
    assert bearers() == {HEIR, "liangjiang.governance-centre", "500101.urban-management", "500101.governance-centre"}
    assert handler.officer
    assert officer_actor(handler.officer).departments() == {department(HEIR).pk}
    again = run(load, small.root)
    assert "在办事项" not in again.output


def test_a_pack_loaded_before_the_day_says_what_will_be(small: SmallPack, handler: Actor) -> None:
    day = clock.today() + timedelta(days=3)
    small.write("areas.csv", AFTER.format(day=day))
    done = run(load, small.root)
    assert f"{day} 渝北区城市管理局 → 两江新区城市管理局：1 件在办事项" in done.output
    assert bearers() == {CENTRE, BUREAU}


def test_who_stands_in_a_body_without_successor_is_named(small: SmallPack, handler: Actor) -> None:
    day = clock.today()
    text = AFTER.format(day=day)
    small.write("areas.csv", text.replace(f"渝北区,district,50,,{day},liangjiang,", f"渝北区,district,50,,{day},,"))
    done = run(load, small.root)
    assert "请另行任命：handler（渝北区城市管理局经办人）" in done.output, done.output
    # its place went on to 两江新区 all the same, and the body of its kind there takes what was open
    assert bearers() == {HEIR, "liangjiang.governance-centre", "500101.urban-management", "500101.governance-centre"}
    told = json.loads(run(load, small.root, "--json").output)
    assert told["succession"]["to_appoint"] == []


def test_the_worker_carries_them_on_the_day(small: SmallPack, handler: Actor) -> None:
    small.write("areas.csv", AFTER.format(day=clock.today() + timedelta(days=1)))
    run(load, small.root)
    worker = Worker()
    while worker.once():
        pass
    assert bearers() == {CENTRE, BUREAU}
    clock.set_offset(timedelta(days=1))
    while worker.once():
        pass
    assert not bearers() & {CENTRE, BUREAU}
    assert handler.officer
    assert officer_actor(handler.officer).departments() == {department(HEIR).pk}
