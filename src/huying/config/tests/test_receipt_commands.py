"""`huying receipt verify` and `huying log …`, as they are typed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from huying.config.commands.log import log
from huying.config.commands.receipt import receipt
from huying.events import checkpoints, notes, signing
from huying.events.models import Fact
from huying.events.notes import WITNESS, Signer
from huying.events.tests.logs import grow, keys, seal
from huying.kernel import actions, queries
from huying.kernel.tests.conftest import new_call
from huying.people.actors import SYSTEM, holder_actor
from tests.small_city import SmallCity
from tools.guards.tree import ROOT

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]
EYE = Signer.new("witness.example.org", WITNESS)


def call(group: object, *arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(group, arguments, input=text)  # type: ignore[arg-type]


@pytest.fixture
def file(small_city: SmallCity, tmp_path: Path) -> Path:
    """A proven receipt, downloaded."""
    opened = actions.open_calls(SYSTEM, [new_call()])[0]
    seal()
    path = tmp_path / "receipt.json"
    path.write_bytes(queries.receipt(holder_actor(opened.call_id), opened.call_id).document)
    return path


def key() -> str:
    return str(signing.public_keys()[0])


def test_a_good_receipt_is_told_line_by_line(file: Path) -> None:
    done = call(receipt, "verify", str(file), "--key", key())
    assert done.exit_code == 0, done.output
    assert "✗" not in done.output and "签名：承诺由 example.org/log 签出" in done.output and "这张回执是真的" in done.output


def test_a_changed_byte_is_named(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace("路灯".encode(), "路标".encode(), 1))
    done = call(receipt, "verify", str(file), "--key", key(), "--json")
    told = json.loads(done.output)
    assert done.exit_code == 1 and not told["good"]
    assert [f["what"] for f in told["findings"] if not f["kept"]] == ["content"]


def test_the_key_may_stand_in_a_file_and_a_wrong_one_is_no_traceback(file: Path, tmp_path: Path) -> None:
    kept = tmp_path / "log.pub"
    kept.write_text(f"{key()}\n")
    assert call(receipt, "verify", str(file), "--key", str(kept)).exit_code == 0
    other = str(Signer.new("example.org/log", notes.LOG).verifier)
    assert "不是您给的公钥" in call(receipt, "verify", str(file), "--key", other).output
    for wrong in ("nonsense", "a+b+c", str(tmp_path / "gone")):
        done = call(receipt, "verify", str(file), "--key", wrong)
        assert done.exit_code == 2 and "Traceback" not in done.output


def test_every_sentence_can_be_said(file: Path) -> None:
    call(receipt, "verify", str(file), "--key", key())
    from huying.config.commands.receipt import _sentences  # the sentences as they stand for the command

    whole = dict.fromkeys(("why", "key", "name", "fields", "place", "size", "at", "sha256", "by"), "x")
    assert all(sentence % whole for sentence in _sentences().values())


@pytest.mark.once
def test_it_needs_neither_database_nor_settings_nor_a_folder_to_write(file: Path, tmp_path: Path) -> None:
    code = "import sys; from huying.config.cli import main; main(sys.argv[1:])"
    environment = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src")]), "PATH": os.environ["PATH"], "LANG": "en_GB.UTF-8"}
    environment |= {"HUYING_DATA": str(tmp_path / "nowhere"), "HUYING_DATABASE_URL": "postgres://127.0.0.1:1/none"}
    command = [sys.executable, "-c", code, "receipt", "verify", str(file), "--key", key()]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "This receipt is genuine" in done.stdout, done.stdout + done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_the_log_is_verified_and_a_fault_ends_with_one() -> None:
    grow(3, 5)
    done = call(log, "verify")
    assert done.exit_code == 0 and "the log is what was written" in done.output
    fact = Fact.objects.order_by("id")[1]
    Fact.objects.filter(pk=fact.pk).update(body='{"n":9}')
    done = call(log, "verify")
    assert done.exit_code == 1 and f"FAULT: fact {fact.pk} (number 2" in done.output
    assert json.loads(call(log, "verify", "--json").output)["faults"] == 1


def test_the_newest_checkpoint_is_printed_as_a_note() -> None:
    assert "nothing is signed yet" in call(log, "checkpoint").output
    grow(3)
    printed = call(log, "checkpoint").output
    assert notes.parse_checkpoint(printed).size == 3


def test_keys_are_printed_and_rotated() -> None:
    first = call(log, "key").output
    assert first == f"{key()}\n"
    both = call(log, "key", "--rotate").output.split()
    assert len(both) == 2 and both[1] == first.strip()


def test_a_cosigned_checkpoint_is_taken_from_a_file() -> None:
    grow(3)
    newest = checkpoints.newest()
    assert newest is not None
    note = str(newest.with_signatures([newest.signed(EYE, 1_700_000_000)]))
    refused = call(log, "cosigned", "-", text=note)
    assert refused.exit_code == 1 and "huying log trust" in refused.output
    assert "not of a witness" in call(log, "trust", key()).output
    assert call(log, "trust", str(EYE.verifier)).exit_code == 0
    assert call(log, "cosigned", "-", text=note).output == "taken: witness.example.org\n"
    assert call(log, "cosigned", "-", text=note).output == "known already\n"
    assert connection.vendor
