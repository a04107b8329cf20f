"""One thing on its pages: asked, told why, filled in, kept, sent, followed; and every fault by its name."""

import re
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from huying.city.catalogue import InForce
from huying.features.services.models import Case, Draft, Known, Upload
from huying.features.services.tests.conftest import AREA, Birth, case
from huying.kernel import actions
from huying.kernel.models import Ask
from tests.small_things import ALLOWANCE, ANSWERS, CERTIFICATE, FORM

__all__ = ["case"]
pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"
PAGE, SHEET = "/things/birth/", "/things/birth/form/"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: object) -> None:
    settings.PAPERS = f"{tmp_path}/papers"
    settings.FILE_SCANNER = settings.REGISTERS = ""


def html(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def her(case: Birth) -> Client:
    client = Client()
    client.force_login(case.caller.account)
    return client


def begun(her: Client) -> Client:
    assert her.get(f"{SHEET}?{urlencode(ANSWERS)}").status_code == 302
    return her


def sheet(her: Client, **changes: object) -> dict[str, object]:
    key = re.search(r'name="key" value="(\w+)"', html(her.get(SHEET)))
    assert key
    files = {f"file-{m}": SimpleUploadedFile(f"{m}.pdf", PDF) for m in ("birth-record", "identity-card")}
    return {**FORM, "area": AREA, "key": key.group(1), "agree": "yes", "do": "send", **files, **changes}


def test_beside_each_item_stands_why(birth: InForce) -> None:
    page = html(Client().get(f"{PAGE}?{urlencode(ANSWERS)}"))
    assert "您要办这 4 件" in page
    assert "因为您答了<q>交过</q>" in page
    assert re.search(r"<s>.*?4</s><em>.*?1</em><small>张", page), "four forms alone, one here"


def test_answers_that_are_none_are_left_out(birth: InForce) -> None:
    for query in ("insured=maybe", "insured=yes&insured=no", "where=%00", "skip=nothing", "x=1"):
        assert Client().get(f"{PAGE}?{query}").status_code == 200
    assert Client().get("/things/nothing/").status_code == 404


def test_what_she_leaves_out_is_gone_from_the_count_and_can_come_back(birth: InForce) -> None:
    page = html(Client().get(f"{PAGE}?{urlencode(ANSWERS)}&skip=child-card"))
    assert "您要办这 3 件" in page
    assert "还是一起办" in page


def test_the_form_asks_who_it_is_first(birth: InForce) -> None:
    answer = Client().get(f"{SHEET}?{urlencode(ANSWERS)}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/signin/")


def test_an_incomplete_draft_leads_back_to_its_questions(her: Client) -> None:
    her.get(f"{SHEET}?insured=yes")
    answer = her.get(SHEET)
    assert answer.headers["Location"] == f"{PAGE}?insured=yes"


def test_what_is_saved_comes_back_on_another_device(case: Birth, her: Client) -> None:
    begun(her).post(SHEET, sheet(her, do="save", child_name="安安", mother_id="half"))
    other = Client()
    other.force_login(case.caller.account)
    page = html(other.get(SHEET))
    assert 'value="安安"' in page
    assert 'value="half"' in page
    assert "birth-record.pdf" in page
    stored = bytes(Draft.objects.get().sealed or b"")
    assert "安安".encode() not in stored


def test_nothing_is_filled_in_before_she_agrees(her: Client) -> None:
    page = html(begun(her).get(SHEET))
    assert 'value="李梅"' not in page
    her.post(SHEET, sheet(her, do="fill", applicant_name=""))
    page = html(her.get(SHEET))
    assert 'value="李梅"' in page
    assert "来自您的登录信息" in page


def test_every_fault_is_named_and_what_was_typed_and_sent_is_kept(her: Client) -> None:
    answer = begun(her).post(SHEET, sheet(her, mother_id="123", child_name="", area="", agree="", **{"file-birth-record": ""}))
    page = html(answer)
    assert answer.status_code == 422
    for words in ("妈妈的身份证号不对", "请填写：孩子姓名", "请选在哪个区县", "请传“医院出生记录”", "请先勾选同意"):
        assert words in page, words
    assert 'value="123"' in page
    assert "identity-card.pdf" in page
    assert not Case.objects.exists()


def test_a_file_that_is_refused_is_told_beside_its_material(her: Client) -> None:
    bad = SimpleUploadedFile("程序.pdf", b"MZ a program")
    answer = begun(her).post(SHEET, sheet(her, **{"file-birth-record": bad}))
    assert answer.status_code == 422
    assert "程序.pdf" in html(answer)
    assert Upload.objects.count() == 1, "the other one was taken"


def test_sent_twice_it_is_one_case(her: Client) -> None:
    filled = sheet(begun(her))
    first = her.post(SHEET, filled)
    for name in ("file-birth-record", "file-identity-card"):
        filled.pop(name)
    second = her.post(SHEET, filled)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1
    assert not Draft.objects.exists()
    assert Upload.objects.filter(case__isnull=False).count() == 2


def test_what_she_lets_us_remember_fills_the_next_form(her: Client) -> None:
    her.post(SHEET, sheet(begun(her)))
    assert not Known.objects.exists(), "nothing is remembered unless she says so"
    her.post(SHEET, sheet(begun(her), remember="yes"))
    begun(her).post(SHEET, {"key": sheet(her)["key"], "do": "fill"})
    page = html(her.get(SHEET))
    assert "来自您上次填的表" in page
    assert f'value="{FORM["mother_id"]}"' in page


def test_she_follows_each_item_and_reads_each_result(case: Birth, her: Client) -> None:
    case.open()
    page = html(her.get(f"/case/{case.the.number}/"))
    assert page.count('class="bar2"') == 4
    assert "等“出生医学证明”办好再开始" in page
    case.granted(CERTIFICATE).refused(ALLOWANCE)
    page = html(her.get(f"/case/{case.the.number}/"))
    assert "birth-certificate 已制发" in page
    assert "材料和登记的对不上" in page
    assert "可以申请行政复议" in page


def test_the_number_of_her_own_paper_is_hers_to_read(case: Birth, her: Client) -> None:
    from huying.features.services.deciding import Decision

    case.open().written(CERTIFICATE, Decision("granted", "证件编号 50010620261126001"))
    actions.approve(case.officer(CERTIFICATE, "head"), case.task(CERTIFICATE))
    assert "50010620261126001" not in case.branch(CERTIFICATE).result
    assert "50010620261126001" in html(her.get(f"/case/{case.the.number}/"))


def test_a_question_is_answered_on_the_same_page(case: Birth, her: Client) -> None:
    case.open().signed(CERTIFICATE)
    actions.supplement(case.officer(CERTIFICATE), case.task(CERTIFICATE), "请补一张孩子的照片")
    address, ask = f"/case/{case.the.number}/", Ask.objects.get()
    assert "请补一张孩子的照片" in html(her.get(address))
    assert her.post(address, {"ask": ask.pk, "reply": ""}).status_code == 422
    files = {"files": SimpleUploadedFile("片.pdf", PDF)}
    assert her.post(address, {"ask": ask.pk, "reply": "", **files}).status_code == 302
    ask.refresh_from_db()
    assert ask.replied_at
    assert her.post(address, {"ask": ask.pk, "reply": "又补"}).status_code == 409


def test_nobody_else_reads_a_case(case: Birth) -> None:
    case.open()
    stranger = Client()
    assert stranger.get(f"/case/{case.the.number}/").status_code == 302
    assert "/find/" in stranger.get(f"/case/{case.the.number}/").headers["Location"]
    assert stranger.get("/case/000000000000/").status_code == 302
    assert stranger.get("/case/abc/").status_code == 404


def test_the_page_of_the_call_leads_to_the_case(case: Birth, her: Client) -> None:
    case.open()
    assert her.get(f"/call/{case.the.number}/").headers["Location"] == f"/case/{case.the.number}/"


def test_in_her_list_a_case_says_how_many_have_their_result_and_what_waits_for_her(her: Client, case: Birth) -> None:
    case.open().granted(CERTIFICATE)
    listed = html(her.get("/mine/"))
    assert "4 件里 1 件有结果" in listed and "全部办好" in listed and "派单" not in listed
    actions.supplement(case.signed(ALLOWANCE).officer(ALLOWANCE), case.task(ALLOWANCE), "请补一张收款卡的照片。")
    listed = html(her.get("/mine/"))
    assert "有一件缺材料，等您补" in listed and "去补材料" in listed
