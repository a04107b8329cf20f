"""The receipt's page and file are hers; the page behind the QR tells a stranger nothing but that it is genuine."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from huying.channels.web.tests.conftest import DARK, PHONE, filled, html
from huying.events.erasure import erase_salts
from huying.events.tests.logs import keys, seal
from huying.kernel.models import Call

__all__ = ["keys"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("keys", "small_city")]


@pytest.fixture
def number(client: Client) -> str:
    """She has just sent an appeal in this browser."""
    client.post("/appeal/", filled(client))
    return Call.objects.get().number


def test_the_page_of_thanks_holds_the_number_of_the_signed_promise(client: Client, number: str) -> None:
    done = html(client.get("/appeal/done/"))
    shown = re.search(r"[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}", done)
    assert shown and shown.group(0) in html(client.get(f"/call/{number}/receipt/"))
    assert f"/call/{number}/receipt/" in done


def test_at_first_it_is_signed_and_then_it_is_in_the_log(client: Client, number: str) -> None:
    before = html(client.get(f"/call/{number}/receipt/"))
    assert "已签名，正在写进账本" in before and "正在存证" in html(client.get(f"/call/{number}/"))
    seal()
    after = html(client.get(f"/call/{number}/receipt/"))
    assert "已存证" in after and "账本第 1 条" in after and "已存证" in html(client.get(f"/call/{number}/"))
    assert re.findall(r"[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}", before) == re.findall(
        r"[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}", after
    )


def test_the_file_comes_as_a_download_and_is_kept_by_no_cache(client: Client, number: str) -> None:
    seal()
    answer = client.get(f"/call/{number}/receipt.json")
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{number}.json"'
    assert answer["Content-Type"] == "application/json" and "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["content"]["text"] == DARK


def test_a_qr_is_drawn_that_leads_to_the_public_page(client: Client, number: str) -> None:
    page = html(client.get(f"/call/{number}/receipt/"))
    address = re.search(rf'href="(http://testserver/verify/{number}/[0-9a-f]{{32}}/)"', page)
    assert address and "<svg" in page and "style=" not in page
    assert "这张回执是真的" in html(client.get(address.group(1)))


def test_nobody_else_gets_it(client: Client, number: str) -> None:
    stranger = Client()
    assert stranger.get(f"/call/{number}/receipt/")["Location"] == f"/find/?number={number}"
    assert stranger.get(f"/call/{number}/receipt.json").status_code == 404
    assert stranger.get("/call/482190375516/receipt/")["Location"] == "/find/?number=482190375516"
    assert stranger.get("/call/x/receipt.json").status_code == 404


def test_a_stranger_who_scans_it_reads_neither_who_nor_what(client: Client, number: str) -> None:
    seal()
    address = re.search(r"/verify/\d+/[0-9a-f]{32}/", html(client.get(f"/call/{number}/receipt/")))
    assert address
    page = html(Client().get(address.group(0)))
    assert ("账本第 1 条" in page and "日前" in page) or " 前" in page
    for told in (DARK, "路灯", "求助", "沙坪坝", "小龙坎", "公交站", PHONE, "138*", number):
        assert told not in page.replace(address.group(0), ""), told


def without_token(answer: HttpResponse) -> str:
    """A form's token is masked anew in every answer."""
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", html(answer))


def test_a_digest_that_does_not_fit_is_not_there(client: Client, number: str) -> None:
    answer = client.get(f"/verify/{number}/{'0' * 32}/")
    assert answer.status_code == 404 and "没有查到这张回执" in html(answer)
    nothing = client.get(f"/verify/482190375516/{'0' * 32}/")
    assert without_token(nothing).replace("482190375516", number) == without_token(answer)


def test_after_erasure_there_is_none(client: Client, number: str) -> None:
    erase_salts([f"call:{Call.objects.get().pk}"], "system")
    assert client.get(f"/call/{number}/receipt.json").status_code == 404
    assert client.get(f"/call/{number}/").status_code == 200


def test_the_page_of_thanks_stands_without_a_receipt(client: Client, number: str) -> None:
    erase_salts([f"call:{Call.objects.get().pk}"], "system")
    assert "收到了" in html(client.get("/appeal/done/"))


def test_words_that_were_altered_are_told_to_her(client: Client, number: str) -> None:
    Call.objects.update(text="都好。")
    assert "对不上了" in html(client.get(f"/call/{number}/receipt/"))
