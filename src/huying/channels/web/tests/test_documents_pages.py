"""Her documents, the paper of each, and the public page that a stranger reads who scans it."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.channels.web.tests.conftest import html
from huying.events.tests.logs import keys, seal
from huying.features.services import documents, verifying
from huying.features.services.deciding import Decision
from huying.features.services.models import Document
from huying.features.services.tests.conftest import Birth, case
from tests.people import MakeCaller
from tests.small_things import CERTIFICATE

__all__ = ["case", "keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys")]


@pytest.fixture(autouse=True)
def _papers(settings: Settings, tmp_path: object) -> None:
    settings.REGISTERS = settings.FILE_SCANNER = ""


@pytest.fixture
def granted(case: Birth) -> Birth:
    """The first item was granted."""
    return case.open().written(CERTIFICATE, Decision("granted", "编号 Y500112026")).granted_only(CERTIFICATE)


@pytest.fixture
def hers(client: Client, granted: Birth) -> Client:
    client.force_login(granted.caller.account)
    return client


def number() -> str:
    return Document.objects.get(revoked_at=None).number


def public() -> str:
    row = Document.objects.select_related("owner").get(revoked_at=None)
    return f"/document/{row.number}/{verifying.own(row.owner, row.number).code}/"


def test_the_case_leads_to_what_it_gave(hers: Client, granted: Birth) -> None:
    assert f"/me/documents/{number()}/" in html(hers.get(f"/case/{granted.call.number}/"))
    assert "/me/documents/" in html(hers.get("/me/"))


def test_her_list_has_what_holds_in_front_and_the_rest_below(hers: Client, granted: Birth) -> None:
    first = number()
    documents.revoke(granted.officer(CERTIFICATE, "head"), Document.objects.get().pk, "编号少了几位", "编号 Y5001120261")
    page = html(hers.get("/me/documents/"))
    assert page.index(number()) < page.index("不再管用的") < page.index(first)
    assert "编号少了几位" in html(hers.get(f"/me/documents/{first}/"))


def test_an_empty_list_says_where_documents_come_from(client: Client, caller: MakeCaller) -> None:
    client.force_login(caller().account)
    assert "还没有证照" in html(client.get("/me/documents/"))


def test_its_page_shows_all_of_it_and_a_qr_that_leads_to_the_public_one(hers: Client, granted: Birth) -> None:
    page = html(hers.get(f"/me/documents/{number()}/"))
    assert all(words in page for words in ("李梅", "编号 Y500112026", granted.branch(CERTIFICATE).bearer.name, "<svg"))
    address = re.search(r'href="http://testserver(/document/\d{12}/[0-9a-f]{32}/)"', page)
    assert address and "这份证照是真的" in html(Client().get(address.group(1)))


def test_the_pdf_is_made_when_it_is_asked_for(hers: Client) -> None:
    answer = hers.get(f"/me/documents/{number()}/document.pdf")
    assert answer.content.startswith(b"%PDF") and len(answer.content) > 5000
    assert answer["Content-Disposition"] == f'attachment; filename="document-{number()}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_a_stranger_reads_no_more_than_the_paper_says(client: Client, granted: Birth) -> None:
    seal()
    page = html(client.get(public()))
    assert "这份证照是真的" in page and "李*" in page and "账本第" in page
    assert "李梅" not in page and "Y500112026" not in page and granted.call.number not in page


def test_what_was_changed_on_the_paper_is_found_out(client: Client, granted: Birth) -> None:
    assert "持有人对得上" in html(client.post(public(), {"holder": "李梅"}))
    page = html(client.post(public(), {"holder": "李红", "words": "编号 Y500112027"}))
    assert "持有人对不上" in page and "内容对不上" in page


def test_what_was_changed_in_the_tables_is_found_out(hers: Client, granted: Birth) -> None:
    address = public()
    Document.objects.update(issued_on="2020-01-01")
    page = html(Client().get(address))
    assert "对不上，不要当真" in page and "这份证照是真的" not in page
    assert "先不要用" in html(hers.get(f"/me/documents/{number()}/"))
    assert hers.get(f"/me/documents/{number()}/document.pdf").status_code == 404


def told(client: Client, path: str) -> str:
    """The page without its own address and what is drawn anew each time."""
    page = re.sub(r'(csrfmiddlewaretoken" value=")\w+', "", html(client.get(path)))
    return page.replace(quote(path), "·").replace(path, "·")


def test_unknown_and_forged_codes_get_the_same_answer(client: Client, granted: Birth) -> None:
    asked = (f"/document/{number()}/{'0' * 32}/", f"/document/482190375516/{'0' * 32}/", "/document/1/abc/")
    answers = {told(client, path) for path in asked}
    assert len(answers) == 1
    assert all(client.get(path).status_code == 404 and "没有查到" in html(client.get(path)) for path in asked)


def test_revoked_it_says_so(client: Client, granted: Birth) -> None:
    address = public()
    documents.revoke(granted.officer(CERTIFICATE, "head"), Document.objects.get().pk, "申请材料是假的")
    page = html(client.get(address))
    assert "不再管用" in page and "已作废" in page and "申请材料是假的" not in page


def test_typed_by_hand_it_is_found_too(client: Client, granted: Birth) -> None:
    row = Document.objects.select_related("owner").get()
    found = verifying.own(row.owner, row.number)
    answer = client.get("/document/", {"number": f"{row.number[:4]} {row.number[4:]}", "code": found.short}, follow=True)
    assert "这份证照是真的" in html(answer)
    assert "都要填" in html(client.get("/document/", {"number": row.number}))


@pytest.mark.parametrize("path", ["", "document.pdf"])
def test_nobody_else_opens_it(granted: Birth, caller: MakeCaller, path: str) -> None:
    address = f"/me/documents/{number()}/{path}"
    assert "/signin/" in Client().get(address)["Location"]
    another, officer = Client(), Client()
    another.force_login(caller().account)
    assert another.get(address).status_code == 404
    officer.force_login(granted.officer(CERTIFICATE).officer.account)  # type: ignore[union-attr]
    assert officer.get(address).status_code in (302, 404)
