"""docs/verify/verify.py, the verifier that shares no code with us: it takes a real receipt, and refuses each changed one."""

import ast
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from huying.base import clock
from huying.events import checkpoints, signing
from huying.events.notes import WITNESS, Signer
from huying.events.tests.logs import keys, seal
from huying.kernel import actions, queries
from huying.kernel.photos import TakenPhoto
from huying.kernel.tests.conftest import Story, new_call, story
from huying.people.actors import SYSTEM, holder_actor
from tests.small_city import SmallCity
from tools.guards.tree import ROOT

__all__ = ["keys", "story"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]
ALONE = ROOT / "docs" / "verify" / "verify.py"
PHOTO = b"a picture of a lamp"
LAMP = TakenPhoto(hashlib.sha256(PHOTO).hexdigest(), "image/jpeg", 10, 60, 40)


def verdict(file: Path, *photos: Path) -> tuple[int, str]:
    """How it ends, and what it says."""
    key = str(signing.public_keys()[0])
    done = subprocess.run(
        [sys.executable, "-I", str(ALONE), str(file), key, *map(str, photos)], capture_output=True, text=True, check=False
    )
    return done.returncode, (done.stdout + done.stderr).strip()


def document_of(call_id: int) -> bytes:
    return queries.receipt(holder_actor(call_id), call_id).document


@pytest.fixture
def document(small_city: SmallCity) -> bytes:
    """A receipt with everything in it, also a witness."""
    opened = [actions.open_calls(SYSTEM, [new_call(photos=(LAMP,))])[0] for _ in range(3)][1]
    seal()
    eye = Signer.new("witness.example.org", WITNESS)
    signing.trust(eye.verifier)
    newest = checkpoints.newest()
    assert newest is not None
    checkpoints.take(str(newest.with_signatures([newest.signed(eye, 1_700_000_000)])))
    return document_of(opened.call_id)


def test_it_is_a_hundred_lines_and_imports_nothing_of_ours() -> None:
    text = ALONE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 100
    named = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in named} <= {"cryptography", *sys.stdlib_module_names}


def test_it_takes_a_real_receipt(document: bytes, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_bytes(document)
    code, said = verdict(file)
    assert code == 0 and said.startswith("GOOD: ")


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Each value at the ends of a JSON document, by its path."""
    if isinstance(value, dict | list):
        for at in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[at], (*path, at))
    else:
        yield path


def altered(document: bytes, path: tuple[Any, ...], at: float) -> bytes:
    """One character of one value changed for another of its kind, the rest in canonical form as it was."""
    file = json.loads(document)
    holder = file
    for step in path[:-1]:
        holder = holder[step]
    value = holder[path[-1]]
    holder[path[-1]] = value + 1 if isinstance(value, int) else _other(value, at)
    return json.dumps(file, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _other(value: str | None, at: float) -> str:
    if not value:
        return "x"
    n = min(int(len(value) * at), len(value) - 1)
    return value[:n] + ("1" if value[n] == "0" else "0") + value[n + 1 :]


def test_it_refuses_a_changed_character_in_every_single_value(document: bytes, tmp_path: Path) -> None:
    file, passed = tmp_path / "receipt.json", []
    every = list(places(json.loads(document)))
    assert len(every) > 40
    for path in every:
        for at in (0.0, 0.5, 0.999):
            file.write_bytes(altered(document, path, at))
            code, said = verdict(file)
            if code != 1 or not said.startswith("BROKEN: "):
                passed.append((path, at, said))
    assert not passed


@pytest.mark.parametrize("change", [b" ", b"\n", b"\0"])
def test_it_refuses_a_byte_more_or_less(document: bytes, tmp_path: Path, change: bytes) -> None:
    file = tmp_path / "receipt.json"
    for changed in (
        document + change,
        change + document,
        document[:-1],
        document[1:],
        document.replace(b",", b"," + change, 1),
    ):
        file.write_bytes(changed)
        assert verdict(file)[0] == 1


def test_it_names_the_step_that_breaks(document: bytes, tmp_path: Path) -> None:
    file, said = tmp_path / "receipt.json", {}
    steps = {
        "signature": ("signature",),
        "content": ("content", "text"),
        "inclusion": ("facts", 0, "proof", 0),
        "facts": ("facts", 0, "salt"),
    }
    for name, path in steps.items():
        file.write_bytes(altered(document, path, 0.5))
        said[name] = verdict(file)[1]
    assert said == {name: f"BROKEN: {name}" for name in steps}


def test_a_promise_is_taken_within_its_minute_and_no_longer(small_city: SmallCity, tmp_path: Path) -> None:
    opened, file = actions.open_calls(SYSTEM, [new_call()])[0], tmp_path / "receipt.json"
    file.write_bytes(document_of(opened.call_id))
    assert verdict(file) == (0, "SIGNED: the proof comes within 60 seconds")
    old = actions.open_calls(SYSTEM, [new_call(opened_at=clock.now() - timedelta(seconds=61))])[0]
    file.write_bytes(document_of(old.call_id))
    assert verdict(file) == (1, "BROKEN: inclusion")


def test_a_photo_is_held_against_its_hash(small_city: SmallCity, tmp_path: Path) -> None:
    photo, file = tmp_path / "lamp.jpg", tmp_path / "receipt.json"
    photo.write_bytes(PHOTO)
    opened = actions.open_calls(SYSTEM, [new_call(photos=(LAMP,))])[0]
    seal()
    file.write_bytes(document_of(opened.call_id))
    assert verdict(file, photo)[0] == 0
    photo.write_bytes(PHOTO + b"!")
    assert verdict(file, photo) == (1, "BROKEN: photo")


def test_an_answer_that_came_late_is_told(story: Story, tmp_path: Path) -> None:
    story.until("submitted")
    clock.set_offset(timedelta(days=90))
    story.until("answered")
    seal()
    (tmp_path / "receipt.json").write_bytes(document_of(story.call.pk))
    assert verdict(tmp_path / "receipt.json") == (1, "BROKEN: answer in time")
