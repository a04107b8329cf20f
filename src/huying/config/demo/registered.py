"""The demo's register of people, with days as of the day it is made; who agreed to be looked out for finds something ready."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from yaml import YAMLError

from huying.base import clock, yaml12
from huying.config.environment import BadSetting
from huying.features.services.offering import consenting, registers, running
from huying.people import parties
from huying.people.actors import party_actor

PLACE = "500000"  # of the city as a whole: no street gives out such numbers


class Child(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A child that reaches an age in so many days."""

    name: str
    sex: str
    turns: int
    in_days: int


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody of the register who reaches an age in so many days, and what she agreed to."""

    name: str
    phone: str
    sex: str
    turns: int
    in_days: int
    area: str
    address: str
    children: tuple[Child, ...] = ()
    agrees: tuple[str, ...] = ()


def make(folder: Path) -> None:
    """Write the register and let whoever agrees be looked for. Raises BadSetting naming the file at fault."""
    file: Path | None = settings.PEOPLE_FILE
    if file is None or file.exists():  # a register of somebody's own is not written over
        return
    people = _read(folder / "register.yaml")
    rows = [_row(person, number) for number, person in enumerate(people, 1)]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    for person, row in zip(people, rows, strict=True):
        if person.agrees:
            party = parties.party_of_phone(person.phone)
            assert party is not None  # it makes one where there is none
            consenting.prove(party_actor(party), person.name, row["identity"])
            consenting.agree(party_actor(party), person.agrees)
    running.whole()


def _read(file: Path) -> list[Person]:
    try:
        return msgspec.convert(yaml12.load(file.read_text(encoding="utf-8")), list[Person])
    except (OSError, YAMLError, msgspec.ValidationError) as fault:
        raise BadSetting(f"{file}: {fault}") from fault


def _row(person: Person, number: int) -> dict[str, Any]:
    born = _born(person.turns, person.in_days)
    children = [
        {
            "name": child.name,
            "sex": child.sex,
            "born": day.isoformat(),
            "identity": _identity(day, child.sex, 100 * number + at),
        }
        for at, child in enumerate(person.children, 1)
        if (day := _born(child.turns, child.in_days))
    ]
    plain = {"name": person.name, "phone": person.phone, "area": person.area, "address": person.address}
    return plain | {"identity": _identity(born, person.sex, number), "born": born.isoformat(), "children": children}


def _born(age: int, in_days: int) -> date:
    day = clock.today() + timedelta(days=in_days)
    return day.replace(year=day.year - age, day=min(day.day, 28))


def _identity(born: date, sex: str, number: int) -> str:
    """A number of nobody: the last but one figure is even for a woman."""
    body = f"{PLACE}{born:%Y%m%d}{(2 * number + (sex == 'male')) % 1000:03d}"
    return body + registers.check_figure(body)
