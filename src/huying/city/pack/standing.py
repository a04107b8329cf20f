"""Items and things as they stand now: what was loaded, with what was made here in it. What is made is proved on it."""

from collections import defaultdict

from django.utils.translation import gettext as _

from huying.base import clock
from huying.city import loaded
from huying.city.models import Department, MadeThing, PackText
from huying.city.pack.faults import Fault, Faults
from huying.city.pack.made import made_file, put, read_thing
from huying.city.pack.source import Texts, clean
from huying.city.pack.things import layout
from huying.city.pack.things.layout import Catalogue, ThingFile
from huying.city.pack.things.rules import check_all
from huying.city.pack.things.rules_things import check_thing

NEW = "made/.yaml"  # a draft that changes no thing in force; no thing can have this name
_held: tuple[str, Catalogue] | None = None


class NothingLoaded(LookupError):
    """No files of things lie here: the pack was loaded before they were kept, or not at all."""


def standing() -> Catalogue:
    """The catalogue as it stands; nobody may change it. Parsed once for each loaded pack. Raises NothingLoaded."""
    global _held
    held, digest = _held, loaded.digest()
    if held is not None and digest and held[0] == digest:
        return held[1]
    things = _read()
    _held = (digest, things)
    return things


def _read() -> Catalogue:
    texts, faults = dict(PackText.objects.values_list("name", "text")), Faults()
    if not texts:
        raise NothingLoaded
    things = layout.read(Texts(texts, faults), faults)
    for row in MadeThing.objects.order_by("code"):
        file = read_thing(row.text, made_file(row.code), faults)
        if file is not None:
            things = put(things, row.code, file)
    return things


@loaded.on_forget
def _drop() -> None:
    global _held
    _held = None


def text_of(code: str) -> str | None:
    """The file of a thing in force, word for word; None where there is none."""
    made = MadeThing.objects.filter(code=code).values_list("text", flat=True).first()
    if made is not None:
        return made
    file = next((one for one in standing().things if one.row["code"] == code), None)
    return PackText.objects.filter(name=file.row.file).values_list("text", flat=True).first() if file else None


def name_of(base: str) -> str:
    """How the file of a draft is called in its faults; `base` is the thing in force that it changes, '' for a new one."""
    return made_file(base) if base else NEW


def proved(text: str, base: str) -> tuple[ThingFile | None, Catalogue, list[Fault]]:
    """A thing's text read into the catalogue, and all that is wrong with it. It comes in the place of the thing `base`.

    Raises NothingLoaded.
    """
    faults, name, things = Faults(), name_of(base), standing()
    if not clean(text, name, faults):
        return None, things, list(faults)
    file = read_thing(text, name, faults)
    if file is None:
        return None, things, list(faults)
    if base and file.row["code"] and file.row["code"] != base:
        message = _("这件事的 code 是 {code}，不能改；要另做一件，就从头新做")
        faults.add(name, file.row.at("code"), message.format(code=base))
    things = put(things, base, file)
    check_thing(file, things, faults)
    return file, things, list(faults)


def proved_whole(things: Catalogue) -> list[Fault]:
    """Everything that is wrong anywhere in a catalogue, against the departments of today."""
    today, faults = clock.today(), Faults()
    types: dict[str, set[str]] = defaultdict(set)
    own = set()
    for row in Department.objects.exclude(level="elsewhere"):
        own.add(row.key)
        if row.valid_to is None or row.valid_to > today:
            types[row.level].add(row.type)
    check_all(things, types, faults, own)
    return list(faults)
