"""主动服务 in the small city: an allowance at 80 and a school, the rules that offer them, and a register of people as a file."""

import itertools
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.city import queries
from huying.city.catalogue import InForce
from huying.city.models import Setting
from huying.city.things.offers import birthday
from huying.features.services.offering import consenting, registers
from huying.people import private
from huying.people.actors import party_actor
from huying.people.models import Party
from tests.people import MakeCaller
from tests.small_city import SmallCity
from tests.small_things import both, entry, field, item, load, material, question

ALLOWANCE, ENROLMENT, PASS = "great-age-allowance", "enrolment", "care-pass"
STREET, PHONE = "500106001", "13800000080"
IDENTITY = {"pattern": "^[1-9][0-9]{16}[0-9X]$", "x_personal": "identity"}
NAME = field("applicant_name", "申请人姓名", minLength=2, maxLength=40, x_personal="name", x_from="caller.name")
NUMBER = field("applicant_id", "申请人身份证号", **IDENTITY)
HOME = field("home_address", "现在住哪里", minLength=4, maxLength=120, x_personal="address", x_from="caller.address")
ACCOUNT = field("bank_account", "收款账号", pattern="^[0-9]{12,23}$", x_personal="account")
CHILD = field("child_name", "孩子姓名", minLength=2, maxLength=40, x_personal="name")
CHILD_ID = field("child_id", "孩子的身份证号", **IDENTITY)
BORN = field("child_born", "孩子的出生日期", format="date")
CARD = material("household-book", "户口簿", held=True)
PHOTO = material("photo", "近照")

OLD_ITEMS = (
    item(ALLOWANCE, "高龄津贴", ("housing", "district"), 5, [NAME, NUMBER, HOME, ACCOUNT], [CARD]),
    item(PASS, "照护通行证", ("market-regulation", "district"), 3, [NAME], [PHOTO]),
)
OLD: dict[str, Any] = {
    "code": "old-age",
    "name": both("老年人服务"),
    "event": {"key": "ageing", "name": both("年老")},
    "who": ["person"],
    "promise": 5,
    "text": both("津贴和照护。"),
    "synonyms": [],
    "ground": [],
    "questions": [question("care", "要人照护吗？", ("yes", "要"), ("no", "不要"))],
    "entries": [entry(ALLOWANCE), entry(PASS, when={"care": "yes"})],
}
SCHOOL_ITEMS = (item(ENROLMENT, "小学报名", ("water", "district"), 5, [NAME, CHILD, CHILD_ID, BORN], [CARD]),)
SCHOOL = OLD | {"code": "school", "name": both("教育入学"), "questions": [], "entries": [entry(ENROLMENT)]}


def rule(key: str, thing: str, when: dict[str, Any], fill: dict[str, str], **more: Any) -> dict[str, Any]:
    """A rule as the pack's loader writes it."""
    why = {"zh": "因为您 {day}满 80 周岁", "en": "Because you turn 80 on {day}"}
    plain = {"key": key, "thing": thing, "why": why, "ground": [both("老年人权益保障法")], "when": when, "fill": fill}
    return {"rule": plain | {"answers": {}, "assumed": {}, "skip": [], "every": 90} | more}


PERSON = {"applicant_name": "person.name", "applicant_id": "person.identity", "home_address": "person.address"}
EIGHTY = rule("eighty", "old-age", {"type": "turns", "age": 80, "within": 45, "stands": 90}, PERSON, assumed={"care": "no"})
CHILD_FILL = {
    "child_name": "child.name",
    "child_id": "child.identity",
    "child_born": "child.born",
    "applicant_name": "person.name",
}
ALL_YEAR = {"type": "child", "age": 6, "by": [8, 31], "opens": [1, 1], "closes": [12, 31]}
SIX = rule(
    "six", "school", ALL_YEAR, CHILD_FILL, why={"zh": "因为{name}到了上学的年纪", "en": "Because {name} reaches school age"}
)

_numbers = itertools.count(1)


def put_in_force(*rules: dict[str, Any]) -> None:
    """These rules, and no others."""
    Setting.objects.update_or_create(key="offers", defaults={"value": list(rules)})
    queries.reset()


def identity(born: date) -> str:
    """A number that nobody has, of somebody born on that day."""
    body = f"500000{born:%Y%m%d}{next(_numbers) % 1000:03d}"
    return body + registers.check_figure(body)


class Register:
    """The register of people as the adapter reads it."""

    def __init__(self, file: Path) -> None:
        self.file, self._rows = file, dict[str, dict[str, Any]]()

    def put(self, number: str, born: date, name: str = "王秀英", phone: str = PHONE, **more: Any) -> str:
        """Write down a person; her identity number."""
        row = {"identity": number, "name": name, "phone": phone, "born": born.isoformat(), "area": STREET}
        self._rows[number] = row | {"address": "小龙坎正街 8 号", "children": []} | more
        self.file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in self._rows.values()))
        registers.forget()
        return number


@pytest.fixture
def register(settings: Settings, tmp_path: Path) -> Iterator[Register]:
    """An empty register, attached."""
    settings.PEOPLE_FILE, settings.PEOPLE_REGISTER = tmp_path / "people.jsonl", "huying.adapters.file_people.FilePeople"
    settings.PAPERS = tmp_path / "papers"
    settings.FILE_SCANNER = settings.REGISTERS = ""
    settings.PEOPLE_FILE.write_text("")
    registers.forget()
    yield Register(settings.PEOPLE_FILE)
    registers.forget()


@pytest.fixture
def old_age(small_city: SmallCity) -> InForce:
    """The allowance at 80, with the rule that offers it."""
    found = load(OLD, OLD_ITEMS)
    put_in_force(EIGHTY)
    return found


@pytest.fixture
def school(small_city: SmallCity) -> InForce:
    """The school, offered all year long."""
    found = load(SCHOOL, SCHOOL_ITEMS)
    put_in_force(SIX)
    return found


def born_before(age: int, days: int) -> date:
    """Born so that the age is reached that many days from today."""
    target = clock.today() + timedelta(days=days)
    born = (
        target.replace(year=target.year - age)
        if (target.month, target.day) != (2, 29)
        else target.replace(target.year - age, 2, 28)
    )
    assert birthday(born, age) == target
    return born


@pytest.fixture
def she(caller: MakeCaller, register: Register) -> Party:
    """Somebody who turns 80 in twenty days, signed in with the phone that the register knows."""
    party = caller()
    party.phone_sealed, party.phone_mac = private.seal(party, PHONE), private.phone_mac(PHONE)
    party.save()
    return party


def proven(party: Party, register: Register, born: date, **more: Any) -> str:
    """She has shown that a number of the register is hers."""
    number = register.put(identity(born), born, **more)
    consenting.prove(party_actor(party), str(more.get("name", "王秀英")), number)
    return number
