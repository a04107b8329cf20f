"""Another body watches our log over HTTP and signs only what continues what it saw before."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django.live_server_helper import LiveServer

from huying.config import witnessing
from huying.config.commands.log import log
from huying.config.witnessing import Refused, Remote, Witness
from huying.events import checkpoints, notes, signing
from huying.events.models import Checkpoint, Fact, FactOrder, Tile
from huying.events.notes import LOG, Signer
from huying.events.tests.logs import grow, keys, seal, write

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]


@pytest.fixture
def url(live_server: LiveServer) -> str:
    return f"{live_server.url}/log/"


@pytest.fixture
def eye(tmp_path: Path) -> Witness:
    """A witness that has seen nothing yet, and that the log takes."""
    made = Witness.in_folder(tmp_path / "eye", "witness.example.org", signing.public_keys())
    signing.trust(made.signer.verifier)
    return made


def test_a_log_that_grew_is_signed_again_and_again(url: str, eye: Witness) -> None:
    for size in (3, 300, 301):
        grow_to(size)
        note = eye.look(Remote(url))
        assert Remote(url).send(note) == "taken: witness.example.org"
        found = checkpoints.newest()
        assert found and found.size == size and found.signature_of(eye.signer.verifier)
    assert (eye.folder / "seen").read_text() == str(found.with_signatures(found.signatures[:1]))


def grow_to(size: int) -> None:
    write(Fact.objects.count() + 1, size)
    seal()


def start_over(size: int) -> None:
    """The same log, signed by its own key, with another past."""
    for model in (Checkpoint, Tile, FactOrder, Fact):
        model.objects.all().delete()
    grow(size)


@pytest.mark.parametrize(("size", "why"), [(2, "it was cut back"), (3, "not the continuation"), (9, "not the continuation")])
def test_a_rewritten_past_is_not_signed_and_kept_as_evidence(url: str, eye: Witness, size: int, why: str) -> None:
    grow(3)
    eye.look(Remote(url))
    before = (eye.folder / "seen").read_text()
    start_over(size)
    with pytest.raises(Refused, match=why):
        eye.look(Remote(url))
    (evidence,) = eye.folder.glob("evidence-*")
    assert before in evidence.read_text() and f"\n{size}\n" in evidence.read_text()
    assert (eye.folder / "seen").read_text() == before


def test_a_checkpoint_of_another_key_is_not_signed(url: str, tmp_path: Path) -> None:
    grow(3)
    other = Signer.new("example.org/log", LOG)
    stranger = Witness.in_folder(tmp_path / "eye", "witness.example.org", [other.verifier])
    with pytest.raises(Refused, match="not signed by the key"):
        stranger.look(Remote(url))


def test_a_new_witness_needs_its_name_and_the_log_s_key(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--name"):
        Witness.in_folder(tmp_path / "eye")
    with pytest.raises(Refused, match="--log-key"):
        Witness.in_folder(tmp_path / "eye", "witness.example.org")
    assert (tmp_path / "eye" / "witness.key").stat().st_mode & 0o777 == 0o600


def command(*arguments: str) -> Result:
    return CliRunner().invoke(log, ["witness", *arguments])


def test_the_command_signs_and_sends(url: str, tmp_path: Path) -> None:
    grow(3)
    folder = ["--folder", str(tmp_path / "eye")]
    first = command(url, *folder, "--name", "witness.example.org", "--log-key", str(signing.public_keys()[0]))
    assert first.exit_code == 1 and "signed, but the log did not take it" in first.output and "Its key: " in first.output
    signing.trust(notes.parse_key(first.output.rsplit("Its key: ", 1)[1]))
    assert command(url, *folder).output == "taken: witness.example.org\n"
    printed = command(url, *folder, "--no-send").output
    assert len(notes.parse_checkpoint(printed).signatures) == 2


@pytest.mark.once
@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:1/log", "nonsense"])
def test_what_cannot_be_reached_is_one_line(address: str, tmp_path: Path) -> None:
    key = str(Signer.new("a", LOG).verifier)
    done = command(address, "--folder", str(tmp_path / "eye"), "--name", "b", "--log-key", key)
    assert done.exit_code == 1 and done.output.startswith("Error: ") and "Traceback" not in done.output
    assert not (tmp_path / "eye" / "seen").exists()


def test_what_is_remembered_survives_a_kill_before_the_signature_is_given(url: str, eye: Witness) -> None:
    """Remembered first: the next look holds the log to what was signed, though nobody received it."""
    grow(3)
    eye.look(Remote(url))
    start_over(5)
    again = Witness.in_folder(eye.folder)
    with pytest.raises(witnessing.Refused, match="not the continuation"):
        again.look(Remote(url))
