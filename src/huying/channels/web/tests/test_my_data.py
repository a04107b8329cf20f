"""我的信息: she sees what is held, takes it with her, corrects it, takes back consent, and has it erased."""

import json
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from huying.base import clock
from huying.events import canonical
from huying.features.services import sealing
from huying.features.services.models import Known
from huying.kernel import actions
from huying.kernel.tests.conftest import Story, new_call
from huying.people import parties
from huying.people.models import Account, Party
from huying.people.tests.given import texts

__all__ = ["texts"]
pytestmark = pytest.mark.django_db(transaction=True)
PHONE, TEXT = "13800004321", "我是王秀英，电话13800004321，路灯三天不亮。"


@pytest.fixture
def her(story: Story, client: Client, tmp_path: Path, settings: LazySettings) -> Party:
    settings.ERASURES = tmp_path / "erasures"
    story.opened = actions.open_calls(story.she, [new_call(caller=parties.draft_of_phone(PHONE), text=TEXT)])[0]
    party = story.call.caller
    client.force_login(parties.account_of(party))
    return party


def test_who_is_not_signed_in_is_led_to_sign_in(client: Client) -> None:
    for path in ("", "my-data.json", "my-data.pdf", "erase/"):
        assert client.get(f"/me/data/{path}").status_code == 302
    assert client.post("/me/data/correct/", {"name": "x"}).status_code == 302


def test_she_sees_her_words_in_full(client: Client, her: Party) -> None:
    page = client.get("/me/data/").content.decode()
    assert TEXT in page and PHONE in page


def test_another_s_page_shows_nothing_of_hers(her: Party, caller: object) -> None:
    other = Client()
    other.force_login(parties.account_of(parties.party_of_phone("13900000000")))  # type: ignore[arg-type]
    for path in ("", "my-data.json"):
        assert "王秀英" not in other.get(f"/me/data/{path}").content.decode()


def test_the_file_is_canonical_and_holds_it_all(client: Client, her: Party) -> None:
    body = client.get("/me/data/my-data.json").content
    read = json.loads(body)
    assert body == canonical.encode(read) and read["held"]["calls"]["rows"][0]["内容"] == TEXT
    assert {"profile", "calls", "photos", "looks", "board", "wish", "notices", "messages", "consent"} <= read["held"].keys()


def test_the_paper_is_a_pdf_with_its_own_characters(client: Client, her: Party) -> None:
    answer = client.get("/me/data/my-data.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-") and b"NotoSansCJK" in answer.content and len(answer.content) < 500_000


def test_she_corrects_name_and_address(client: Client, her: Party) -> None:
    client.post("/me/data/correct/", {"name": "王 秀英", "address": "人民路1号"})
    now = Party.objects.get(pk=her.pk)
    assert (parties.name_of(now), parties.address_of(now), now.version) == ("王 秀英", "人民路1号", 2)
    client.post("/me/data/correct/", {"name": "", "address": "人民路1号"})
    assert parties.name_of(Party.objects.get(pk=her.pk)) is None


def test_a_name_too_long_is_named_and_kept_in_the_form(client: Client, her: Party) -> None:
    answer = client.post("/me/data/correct/", {"name": "长" * 40, "address": "人民路1号"})
    assert answer.status_code == 422 and "姓名最多 32 个字" in answer.content.decode() and "长" * 40 in answer.content.decode()
    assert parties.address_of(Party.objects.get(pk=her.pk)) is None


def test_a_new_phone_counts_once_its_code_came_back(client: Client, her: Party, texts: list[tuple[str, str]]) -> None:
    client.post("/me/data/correct/", {"phone": "13800009999"})
    phone, code = texts[-1]
    assert phone == "13800009999" and parties.phone_of(Party.objects.get(pk=her.pk)) == PHONE
    wrong = client.post("/me/data/correct/", {"phone": phone, "code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 422 and parties.phone_of(Party.objects.get(pk=her.pk)) == PHONE
    client.post("/me/data/correct/", {"phone": phone, "code": code})
    assert parties.party_of_phone(phone, create=False) == her and parties.party_of_phone(PHONE, create=False) is None


def test_a_phone_that_is_somebody_s_is_not_taken(client: Client, her: Party, texts: list[tuple[str, str]]) -> None:
    other = parties.party_of_phone("13900000000")
    client.post("/me/data/correct/", {"phone": "13900000000"})
    answer = client.post("/me/data/correct/", {"phone": "13900000000", "code": texts[-1][1]})
    assert answer.status_code == 422 and parties.party_of_phone("13900000000") == other


def test_she_takes_back_being_asked(client: Client, her: Party) -> None:
    client.post("/me/data/consent/", {"to": "contact", "given": "0"})
    assert not Party.objects.get(pk=her.pk).contact_beyond


def test_nothing_is_erased_without_her_saying_so_twice(client: Client, her: Party) -> None:
    assert client.post("/me/data/erase/").status_code == 422
    waiting = client.post("/me/data/erase/", {"sure": "1"})
    assert waiting.status_code == 422 and "请等它们办完" in waiting.content.decode()
    assert Party.objects.get(pk=her.pk).data_key is not None


def test_what_was_remembered_of_her_forms_goes_when_she_says_so(client: Client, her: Party) -> None:
    Known.objects.create(party=her, sealed=sealing.seal(her, {"caller.name": "王秀英"}), agreed_at=clock.now())
    assert "不要再记住" in client.get("/me/data/").content.decode()
    client.post("/me/data/consent/", {"to": "known"})
    assert not Known.objects.exists() and "没有记住您填过的表" in client.get("/me/data/").content.decode()


def test_she_withdraws_what_waits_and_is_erased(client: Client, her: Party, story: Story) -> None:
    elsewhere = Client()
    elsewhere.force_login(Account.objects.get(party=her))
    assert client.post("/me/data/erase/", {"sure": "1", "withdraw": "1"}).status_code == 200
    assert Party.objects.get(pk=her.pk).data_key is None and story.call.state == "ended"
    assert client.get("/me/data/").status_code == 302 and elsewhere.get("/me/data/").status_code == 302
