"""A small birth: five items of five bodies in the small city, one of them a body of another province, in the order of life.

certificate (1 day) -> registration (2) -> card (3); certificate -> allowance (4, when insured); record (1) of the neighbours.
"""

from typing import Any

import pytest

from huying.base import clock
from huying.city import catalogue, queries
from huying.city.catalogue import InForce
from huying.city.models import Area, Department, Item, ItemVersion, Level, Partner, Thing, ThingVersion
from huying.city.pack.things.content import digest
from tests.small_city import SmallCity

CERTIFICATE, REGISTRATION, CARD = "birth-certificate", "birth-registration", "child-card"
ALLOWANCE, RECORD, PARTNER = "allowance", "neighbour-record", "next.police"


def both(text: str) -> dict[str, str]:
    return {"zh": text, "en": f"en {text}"}


def field(name: str, title: str, required: bool = True, **more: Any) -> dict[str, Any]:
    plain = {key.replace("_", "-"): value for key, value in more.items()}
    return {"name": name, "required": required, "schema": {"type": "string", "title": title, "x-title-en": name, **plain}}


IDENTITY = {"pattern": "^[1-9][0-9]{16}[0-9X]$", "x_personal": "identity"}
CHILD = field("child_name", "孩子姓名", minLength=2, maxLength=40, x_personal="name")
BORN = field("birth_day", "出生日期", format="date")
MOTHER = field("mother_id", "妈妈的身份证号", **IDENTITY, x_from="family.mother.identity")
CALLER = field("applicant_name", "申请人姓名", minLength=2, maxLength=40, x_personal="name", x_from="caller.name")
ADDRESS = field("household_address", "户口落在哪里", minLength=4, maxLength=120, x_personal="address", x_from="caller.address")
WEIGHT = {
    "name": "weight",
    "required": False,
    "schema": {"type": "integer", "title": "体重（克）", "minimum": 300, "maximum": 9000},
}
ACCOUNT = field("bank", "收款账号", pattern="^[0-9]{10,24}$", x_personal="account")


def material(key: str, name: str, held: bool = False) -> dict[str, Any]:
    return {"key": key, "name": both(name), "issuer": {"key": "hospital", "name": both("医院")}, "held": held}


RECORD_OF_BIRTH = material("birth-record", "医院出生记录")
IDENTITY_CARD = material("identity-card", "妈妈的身份证")
MARRIAGE = material("marriage-certificate", "结婚证", held=True)


def item(code: str, name: str, body: tuple[str, str], days: int, fields: list[Any], materials: list[Any]) -> dict[str, Any]:
    kind, level = body
    return {
        "code": code,
        "name": both(name),
        "kind": "confirmation",
        "who": ["person"],
        "ground": [],
        "fee": None,
        "statutory": days + 5,
        "promised": days,
        "visits": 1,
        "visits_here": 0,
        "level": level,
        "body": {"key": kind, "name": both(f"{kind}部门")},
        "result": both(f"{name}证"),
        "remedy": both("可以申请行政复议。"),
        "fields": fields,
        "materials": materials,
    }


ITEMS = (
    item(CERTIFICATE, "出生医学证明", ("ecology", "city"), 1, [CALLER, CHILD, BORN, MOTHER], [RECORD_OF_BIRTH, IDENTITY_CARD]),
    item(REGISTRATION, "出生登记", ("housing", "district"), 2, [CALLER, CHILD, BORN, ADDRESS], [IDENTITY_CARD, MARRIAGE]),
    item(CARD, "社会保障卡", ("human-resources", "city"), 3, [CALLER, CHILD, WEIGHT], []),
    item(ALLOWANCE, "生育津贴", ("market-regulation", "district"), 4, [CALLER, MOTHER, ACCOUNT], [IDENTITY_CARD]),
    item(RECORD, "邻省出生登记", (PARTNER, ""), 1, [CALLER, CHILD], []),
)


def entry(code: str, *after: str, when: Any = None, may_skip: bool = False) -> dict[str, Any]:
    why = both("都要办")
    return {
        "item": code,
        "when": when,
        "after": list(after),
        "why": why,
        "may_skip": may_skip,
        "without": [],
        "materials": {},
        "fields": {},
    }


def question(key: str, ask: str, *options: tuple[str, str]) -> dict[str, Any]:
    rows = [{"key": name, "text": both(text)} for name, text in options]
    return {"key": key, "ask": both(ask), "kind": "one", "options": rows, "least": 0, "most": 0, "hint": None, "when": None}


BIRTH: dict[str, Any] = {
    "code": "birth",
    "name": both("新生儿出生"),
    "event": {"key": "birth", "name": both("出生")},
    "who": ["person"],
    "promise": 9,
    "text": both("孩子出生后要办的事。"),
    "synonyms": ["生娃儿"],
    "ground": [],
    "questions": [
        question("insured", "妈妈交过生育保险吗？", ("yes", "交过"), ("no", "没交过")),
        question("where", "孩子在哪里出生？", ("here", "本市"), ("next", "邻省")),
    ],
    "entries": [
        entry(RECORD, when={"where": "next"}),
        entry(CERTIFICATE, RECORD),
        entry(REGISTRATION, CERTIFICATE),
        entry(CARD, REGISTRATION, may_skip=True),
        entry(ALLOWANCE, CERTIFICATE, when={"insured": "yes"}),
    ],
}
ANSWERS = {"insured": "yes", "where": "here"}
FORM = {
    "applicant_name": "李梅",
    "child_name": "李宝宝",
    "birth_day": "2026-11-20",
    "mother_id": "50010619900101002X",
    "household_address": "小龙坎正街 8 号",
    "bank": "6222020200112233445",
}


def load(thing: dict[str, Any] = BIRTH, items: tuple[dict[str, Any], ...] = ITEMS) -> InForce:
    """Bring a thing into force as the loader does: a new version where its content is another."""
    rows = [_item(content) for content in items]
    mark = digest([thing, [row.digest for row in rows]])
    row, _made = Thing.objects.update_or_create(
        key=thing["code"], defaults={"name": thing["name"]["zh"], "name_en": "birth", "event": "birth", "digest": mark}
    )
    number = row.versions.count() + 1
    version, made = ThingVersion.objects.get_or_create(
        thing=row, digest=mark, defaults={"number": number, "content": thing, "loaded_at": clock.now()}
    )
    if made:
        version.items.set(ItemVersion.objects.get(item=one, digest=one.digest) for one in rows)
    queries.reset()
    found = catalogue.thing(thing["code"])
    assert found is not None
    return found


def _item(content: dict[str, Any]) -> Item:
    mark = digest(content)
    partner = Partner.objects.get(key=content["body"]["key"]) if not content["level"] else None
    where = {"department": "" if partner else content["body"]["key"], "level": content["level"], "partner": partner}
    row, _made = Item.objects.update_or_create(
        key=content["code"], defaults={"name": content["name"]["zh"], "name_en": "item", "digest": mark, **where}
    )
    fresh = {"number": row.versions.count() + 1, "content": content, "loaded_at": clock.now()}
    ItemVersion.objects.get_or_create(item=row, digest=mark, defaults=fresh)
    return row


@pytest.fixture
def birth(small_city: SmallCity) -> InForce:
    """The thing in force in the small city, with the neighbours' police as a body that may bear an item."""
    Partner.objects.create(
        key=PARTNER, name="邻省公安厅", name_en="Police next door", short="邻省公安", home="邻省", home_code="51"
    )
    city = Area.objects.get(level=Level.CITY)
    row = Department.objects.create(
        key=PARTNER, name="邻省公安厅", short="邻省公安", type="partner", level=Level.ELSEWHERE, area=city
    )
    small_city.departments[PARTNER] = row
    return load()
