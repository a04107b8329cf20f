"""Files of materials: by content, without what a camera adds, sealed; and fetched where the city has them."""

import io
import json
import os
from pathlib import Path

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from huying.features.services import drafts, fetching, mydata, papers, queries
from huying.features.services.asking import supply
from huying.features.services.models import Draft, Fetched, Upload
from huying.features.services.papers import PaperRefused
from huying.features.services.ports import NotDelivered
from huying.features.services.tests.conftest import Birth
from huying.kernel import actions
from huying.kernel.errors import NotThere, Refused
from huying.kernel.models import Ask, Task
from tests.small_things import ALLOWANCE, CERTIFICATE, FORM, REGISTRATION

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def photo_with_place() -> bytes:
    image, out = Image.new("RGB", (80, 60), "#0b6a63"), io.BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (29.5, 0, 0)}  # where it was taken
    exif[0x010F] = "SECRETCAM"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def draft(case: Birth) -> Draft:
    return drafts.draft_of(case.caller, case.thing)


def test_a_picture_loses_what_the_camera_added_and_lies_sealed(case: Birth, draft: Draft, settings: Settings) -> None:
    row = drafts.add_paper(draft, "identity-card", "../../etc/卡.jpg", photo_with_place())
    body = papers.body_of(row)
    assert body
    assert b"SECRETCAM" not in body
    assert not Image.open(io.BytesIO(body)).getexif()
    assert papers.name_of(row) == "../../etc/卡.jpg"
    files = [path for path in Path(settings.PAPERS).rglob("*") if path.is_file()]
    assert len(files) == 1
    assert body not in files[0].read_bytes()
    assert not row.scanned


def test_the_same_file_twice_is_one_and_dropping_it_removes_its_bytes(draft: Draft, settings: Settings) -> None:
    first, again = (drafts.add_paper(draft, "identity-card", "a.pdf", PDF) for _ in range(2))
    assert first.pk == again.pk
    drafts.drop_paper(draft, first.pk)
    assert not Upload.objects.exists()
    assert not [path for path in Path(settings.PAPERS).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"MZ\x90 a program", "只收照片"),
        (b"%PDF-1.4 cut short", "不完整"),
        (b"\xff\xd8\xff\xe0 half a picture", ""),
        (b"<svg onload='alert(1)'/>", "只收照片"),
    ],
)
def test_what_is_no_paper_is_refused_with_its_name(draft: Draft, data: bytes, words: str) -> None:
    with pytest.raises(PaperRefused) as refused:
        drafts.add_paper(draft, "identity-card", "卡.jpg", data)
    assert refused.value.name == "卡.jpg"
    assert words in refused.value.message
    assert not Upload.objects.exists()


def test_too_large_and_too_many_are_refused(draft: Draft, settings: Settings) -> None:
    settings.PAPER_MAX_BYTES = 40
    with pytest.raises(PaperRefused):
        drafts.add_paper(draft, "identity-card", "大.pdf", PDF + b" " * 40)
    settings.PAPER_MAX_BYTES = 10**6
    for n in range(papers.MOST_A_MATERIAL):
        drafts.add_paper(draft, "identity-card", "a.pdf", PDF.replace(b"1 0", f"{n} 0".encode()))
    with pytest.raises(PaperRefused):
        drafts.add_paper(draft, "identity-card", "b.pdf", PDF.replace(b"1 0", b"99 0"))


class Finds:
    def scan(self, data: bytes) -> str:
        return "Eicar" if b"evil" in data else ""


class Silent:
    def scan(self, data: bytes) -> str:
        raise NotDelivered("down")


def test_a_scanner_that_is_there_decides_and_its_silence_lets_nothing_in(draft: Draft, settings: Settings) -> None:
    settings.FILE_SCANNER = f"{__name__}.Finds"
    assert drafts.add_paper(draft, "identity-card", "a.pdf", PDF).scanned
    with pytest.raises(PaperRefused, match="病毒"):
        drafts.add_paper(draft, "identity-card", "b.pdf", PDF.replace(b"1 0", b"evil"))
    settings.FILE_SCANNER = f"{__name__}.Silent"
    with pytest.raises(PaperRefused, match="没有应答"):
        drafts.add_paper(draft, "identity-card", "c.pdf", PDF.replace(b"1 0", b"3 0"))


def test_erased_her_files_are_gone_and_so_is_what_she_wrote(case: Birth, draft: Draft, settings: Settings) -> None:
    drafts.add_paper(draft, "identity-card", "a.pdf", PDF)
    for remove in mydata.erase(case.caller):
        remove()
    assert not [path for path in Path(settings.PAPERS).rglob("*") if path.is_file()]
    assert not Draft.objects.exists()


def test_what_she_supplies_reaches_the_department_that_asked_and_no_other(case: Birth) -> None:
    case.open().granted(CERTIFICATE).signed(ALLOWANCE)
    actions.supplement(case.officer(ALLOWANCE), case.task(ALLOWANCE), "请补一张清楚的银行卡照片")
    supply(case.she, case.case, Ask.objects.get().pk, "", [("卡.pdf", PDF)])
    row = Upload.objects.get()
    assert queries.upload_for(case.officer(ALLOWANCE), row.pk)
    assert queries.upload_for(case.officer(REGISTRATION), row.pk) is None
    share = queries.share_of(case.officer(ALLOWANCE), Task.objects.get(pk=case.task(ALLOWANCE)))
    assert share
    assert [one.pk for one in share.supplied] == [row.pk]
    with pytest.raises(Refused):
        supply(case.she, case.case, Ask.objects.get().pk, "再补", [])


@pytest.fixture
def registers(settings: Settings, tmp_path: Path) -> Path:
    folder = tmp_path / "registers"
    folder.mkdir()
    settings.REGISTERS, settings.REGISTER_FOLDER = "huying.adapters.file_registers.FileRegisters", folder
    return folder


def write(folder: Path, rows: object) -> None:
    file = folder / "marriage-certificate.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    os.utime(file, ns=(os.stat(file).st_atime_ns, os.stat(file).st_mtime_ns + 1))


def test_a_paper_the_city_holds_is_fetched_and_not_asked_for(case: Birth, registers: Path) -> None:
    write(registers, [{"of": [FORM["mother_id"]], "number": "J-2019-1", "issued": "2019-05-20", "text": "婚姻存续"}])
    assert "marriage-certificate" not in {paper.material.key for paper in case.new().decided.to_bring}
    case.open().granted(CERTIFICATE).signed(REGISTRATION)
    rows = fetching.fetch(case.officer(REGISTRATION), case.task(REGISTRATION))
    assert [(row.material, row.found) for row in rows] == [("marriage-certificate", True)]
    share = queries.share_of(case.officer(REGISTRATION), Task.objects.get(pk=case.task(REGISTRATION)))
    assert share
    said = next(paper.text for paper in share.papers if paper.paper.material.held)
    assert said["number"] == "J-2019-1"
    assert not fetching.fetch(case.officer(REGISTRATION), case.task(REGISTRATION)), "asked once"


def test_what_is_not_there_and_what_does_not_answer_are_told_apart(case: Birth, registers: Path) -> None:
    case.open().granted(CERTIFICATE).signed(REGISTRATION)
    write(registers, {"no": "list"})
    with pytest.raises(Refused, match="没有应答"):
        fetching.fetch(case.officer(REGISTRATION), case.task(REGISTRATION))
    assert not Fetched.objects.exists()
    write(registers, [])
    assert [row.found for row in fetching.fetch(case.officer(REGISTRATION), case.task(REGISTRATION))] == [False]


def test_no_other_department_asks_a_register_about_her(case: Birth, registers: Path) -> None:
    case.open().granted(CERTIFICATE).signed(REGISTRATION)
    with pytest.raises(NotThere):
        fetching.fetch(case.officer(ALLOWANCE), case.task(REGISTRATION))
    assert not Fetched.objects.exists()
