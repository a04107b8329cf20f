"""窗口代办: the clerk, whoever stands before him, and the slip she takes home."""

import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django.fixtures import Settings

from huying.features.services import drafts
from huying.features.services.models import Case, Draft, Mandate
from huying.features.services.tests.conftest import Birth, case
from huying.people import parties
from huying.people.tests.given import texts
from tests.people import MakeOfficer, signed_in

__all__ = ["case", "texts"]
pytestmark = pytest.mark.django_db(transaction=True)
HER_PHONE = "13900139001"
Sent = list[tuple[str, str]]


@pytest.fixture
def clerk(case: Birth, officer: MakeOfficer, settings: Settings, tmp_path: object) -> Client:
    settings.PAPERS = tmp_path
    settings.FILE_SCANNER = settings.REGISTERS = ""
    return signed_in(officer("clerk", case.city.department("500106001.street-office")).account)


def picture() -> SimpleUploadedFile:
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(body, "PNG")
    return SimpleUploadedFile("signed.png", body.getvalue(), "image/png")


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_code_begins_the_form_for_her(clerk: Client, case: Birth, texts: Sent) -> None:
    asked = {"do": "ask", "thing": case.thing.row.key, "phone": HER_PHONE, "name": "李梅"}
    page = clerk.post("/desk/window/", asked).content.decode()
    assert "请本人报同意码" in page
    answer = clerk.post("/desk/window/", {**asked, "do": "confirm", "code": texts[-1][1]})
    one = Mandate.objects.get()
    assert answer["Location"] == f"/for/{one.pk}/"
    assert "您在替李梅" in clerk.get(answer["Location"], follow=True).content.decode()


def test_faults_stand_at_their_fields(clerk: Client, case: Birth) -> None:
    answer = clerk.post("/desk/window/", {"do": "ask", "thing": "", "phone": "1"})
    assert answer.status_code == 422 and "请选要办的事" in answer.content.decode()
    answer = clerk.post("/desk/window/", {"do": "paper", "thing": case.thing.row.key, "name": ""})
    page = answer.content.decode()
    assert answer.status_code == 422 and "请填本人姓名" in page and "请拍下" in page
    bad = SimpleUploadedFile("signed.png", b"no picture", "image/png")
    answer = clerk.post("/desk/window/", {"do": "paper", "thing": case.thing.row.key, "name": "李阿婆", "paper": bad})
    assert (
        answer.status_code == 422
        and not Mandate.objects.exists()
        and not parties.Party.objects.filter(name_sealed__isnull=False).exclude(pk=case.caller.pk).exists()
    )


def test_with_a_signed_paper_she_goes_home_with_a_slip(clerk: Client, case: Birth) -> None:
    given = {"do": "paper", "thing": case.thing.row.key, "name": "李阿婆", "paper": picture()}
    at = clerk.post("/desk/window/", given)["Location"]
    one = Mandate.objects.get()
    new = case.new()
    query = urlencode(new.decided.answers, doseq=True)
    form = f"/things/{case.thing.row.key}/form/"
    assert clerk.get(f"{form}?{query}&for={one.pk}").status_code == 302 and at == f"/for/{one.pk}/"
    draft = Draft.objects.get(mandate=one)
    for paper in new.decided.to_bring:
        drafts.add_paper(draft, paper.material.key, "a.png", picture().read())
    sent = {**new.values, "area": new.area_key, "agree": "yes", "do": "send", "key": draft.key}
    answer = clerk.post(f"{form}?for={one.pk}", sent)
    assert answer["Location"] == f"/for/{one.pk}/slip/"
    slip, row = html(clerk, f"/desk/window/{one.pk}/slip/"), Case.objects.select_related("call").get()
    assert "李阿婆的查询单" in slip and row.call.number[:4] in slip and "本人签的授权书" in slip
    assert clerk.post(f"{form}?for={one.pk}", sent)["Location"] == answer["Location"]  # pressed twice it is one
    assert Case.objects.count() == 1 and "查询单" in html(clerk, "/desk/window/")


@pytest.mark.parametrize("role", ["handler", "head", "dispatcher", "auditor"])
def test_who_sits_at_no_counter_finds_no_such_page(case: Birth, officer: MakeOfficer, role: str) -> None:
    other = signed_in(officer(role, case.city.department("500106001.street-office")).account)
    assert other.get("/desk/window/").status_code == 404 and other.get("/desk/window/1/slip/").status_code == 404
    assert "窗口代办" not in html(other, "/desk/me/")


def test_another_clerk_reads_no_slip_of_this_one(clerk: Client, case: Birth, officer: MakeOfficer, texts: Sent) -> None:
    asked = {"do": "ask", "thing": case.thing.row.key, "phone": HER_PHONE}
    clerk.post("/desk/window/", asked)
    clerk.post("/desk/window/", {**asked, "do": "confirm", "code": texts[-1][1]})
    other = signed_in(officer("clerk", case.city.department("500106001.street-office")).account)
    one = Mandate.objects.get()
    assert other.get(f"/desk/window/{one.pk}/slip/").status_code == 404
    assert other.get(f"/things/{case.thing.row.key}/form/?for={one.pk}").status_code == 404
