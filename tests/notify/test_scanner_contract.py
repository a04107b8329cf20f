"""services.ports.ScansFiles, against a clamd that runs: what the adapter promises holds with a real line between."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from huying.adapters.clamav import ClamAv
from huying.base.gateway import FileScanner
from huying.features.services.ports import NotDelivered
from tests.notify.clamd import EICAR

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    program = [sys.executable, str(Path(__file__).with_name("clamd.py"))]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield int(process.stdout.readline())
        process.terminate()


@pytest.fixture
def scanner(port: int, settings: Settings) -> ClamAv:
    settings.SCANNER = FileScanner("127.0.0.1", port, 5.0)
    return ClamAv()


def test_a_clean_file_is_clean_also_in_many_pieces(scanner: ClamAv) -> None:
    assert scanner.scan(b"%PDF-1.4 a letter") == ""
    assert scanner.scan(b"x" * 300_000) == ""
    assert scanner.scan(b"") == ""


def test_what_is_found_is_named(scanner: ClamAv) -> None:
    assert scanner.scan(b"before " * 20_000 + EICAR + b" after") == "Eicar-Signature"


def test_a_file_beyond_its_limit_is_not_taken_for_clean(scanner: ClamAv) -> None:
    with pytest.raises(NotDelivered, match="size limit"):
        scanner.scan(b"x" * 3_000_000)


def test_nobody_there_is_told_and_not_taken_for_clean(settings: Settings) -> None:
    settings.SCANNER = FileScanner("127.0.0.1", 1, 1.0)
    with pytest.raises(NotDelivered, match="cannot be reached"):
        ClamAv().scan(b"x")
    settings.SCANNER = FileScanner("/nowhere/clamd.ctl", 0, 1.0)
    with pytest.raises(NotDelivered, match="cannot be reached"):
        ClamAv().scan(b"x")


def test_without_an_address_there_is_no_scanner(settings: Settings) -> None:
    settings.SCANNER = None
    with pytest.raises(NotDelivered, match="HUYING_CLAMAV"):
        ClamAv()
