"""提诉求: one page, one call, nothing typed is ever lost."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from pytest_django.fixtures import Settings

from huying.channels.web.tests.conftest import DARK, PHONE, filled, html, key_of, photo, sign_in
from huying.features.appeals import actions
from huying.features.appeals.models import Appeal
from huying.kernel.models import Call, Photo
from huying.kernel.tests.conftest import Story
from huying.people import parties
from tests.small_city import SmallCity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_city")]


def test_an_appeal_becomes_a_call_and_she_learns_number_secret_and_day(client: Client) -> None:
    answer = client.post("/appeal/", filled(client), follow=True)
    call = Call.objects.get()
    page = html(answer)
    assert answer.redirect_chain == [("/appeal/done/", 302)]
    assert (call.text, call.area.key, call.place, call.openness, call.channel) == (
        DARK,
        "500106001",
        "公交站对面",
        "named",
        "web",
    )
    number = f"{call.number[:4]} {call.number[4:8]} {call.number[8:]}"
    assert number in page and re.search(r'class="code">\w{5} \w{5}<', page)
    assert "日前" in page and "答复您" in page


def test_the_form_asks_for_six_kinds_in_plain_words(client: Client) -> None:
    page = html(client.get("/appeal/"))
    for kind in ("咨询", "求助", "投诉", "举报", "建议", "表扬"):
        assert kind in page
    assert "遇到难处，要人帮忙" in page


def test_nothing_is_chosen_for_her(client: Client) -> None:
    assert " checked" not in html(client.get("/appeal/"))


def test_the_same_form_sent_twice_is_one_call_and_tells_the_same(client: Client) -> None:
    form = filled(client)
    first = html(client.post("/appeal/", form, follow=True))
    again = html(client.post("/appeal/", form, follow=True))
    assert Call.objects.count() == 1
    assert re.findall(r'class="code">([^<]+)', first) == re.findall(r'class="code">([^<]+)', again)


def test_two_forms_are_two_calls(client: Client) -> None:
    client.post("/appeal/", filled(client))
    client.post("/appeal/", filled(client, text="另一件：公交站牌歪了，怕倒下来砸到人。"))
    assert Call.objects.count() == 2


def test_an_empty_form_names_each_field_at_fault(client: Client) -> None:
    answer = client.post("/appeal/", {"key": key_of(client.get("/appeal/"))})
    page = html(answer)
    assert answer.status_code == 422 and not Call.objects.exists()
    for field in ("sort", "text", "openness"):
        assert f'href="#{field}"' in page and f'id="{field}"' in page


def test_what_was_typed_and_chosen_stays_on_the_form(client: Client) -> None:
    page = html(client.post("/appeal/", filled(client, phone="123", publish="yes", text="<b>黑</b>三天了")))
    assert "手机号是 11 位数字" in page
    assert "&lt;b&gt;黑&lt;/b&gt;三天了" in page and 'value="公交站对面"' in page and 'value="123"' in page
    assert 'value="help" checked' in page and 'value="named" checked' in page and 'value="yes" checked' in page
    assert '<option value="500106001" selected>' in page


def test_a_form_sent_again_after_a_fault_keeps_its_key(client: Client) -> None:
    form = filled(client, phone="123")
    assert key_of(client.post("/appeal/", form)) == form["key"]


def test_an_old_page_without_a_key_can_be_sent_again(client: Client) -> None:
    answer = client.post("/appeal/", filled(client, key=""))
    assert answer.status_code == 422 and len(key_of(answer)) == 16 and DARK in html(answer)


def test_an_anonymous_appeal_needs_no_phone_and_keeps_none(client: Client) -> None:
    page = html(client.post("/appeal/", filled(client, openness="anonymous"), follow=True))
    call = Call.objects.get()
    assert call.caller.phone_mac is None and "只能凭这两样看答复" in page


def test_a_phone_makes_her_the_caller_who_may_sign_in_later(client: Client) -> None:
    client.post("/appeal/", filled(client, phone="138 0013 8000"))
    assert Call.objects.get().caller == parties.party_of_phone(PHONE, create=False)


def test_who_is_signed_in_is_not_asked_for_a_phone(client: Client, story: Story) -> None:
    sign_in(client, story)
    assert 'name="phone"' not in html(client.get("/appeal/"))
    client.post("/appeal/", filled(client, phone="", text="家里的自来水停了一天，一点水都没有。"))
    assert Call.objects.filter(caller=story.caller).count() == 2


def test_consent_to_publish_is_kept_only_where_it_was_given(client: Client) -> None:
    client.post("/appeal/", filled(client))
    client.post("/appeal/", filled(client, publish="yes"))
    assert list(Appeal.objects.order_by("pk").values_list("may_publish", flat=True)) == [False, True]


def test_a_point_is_kept_to_a_metre_and_nonsense_is_refused(client: Client) -> None:
    client.post("/appeal/", filled(client, lon="106.5516123", lat="29.5630456"))
    assert (Call.objects.get().lon, Call.objects.get().lat) == (106.55161, 29.56305)
    for lon, lat in (("x", "1"), ("106.5", ""), ("200", "29"), ("nan", "29")):
        answer = client.post("/appeal/", filled(client, lon=lon, lat=lat))
        assert answer.status_code == 422 and 'href="#point"' in html(answer)
    assert Call.objects.count() == 1


def test_an_area_that_does_not_exist_is_refused(client: Client) -> None:
    answer = client.post("/appeal/", filled(client, area="999"))
    assert answer.status_code == 422 and 'href="#area"' in html(answer)


def test_streets_stand_under_their_district_with_a_choice_for_who_knows_no_street(client: Client) -> None:
    page = html(client.get("/appeal/"))
    group = page.partition('<optgroup label="沙坪坝区">')[2].partition("</optgroup>")[0]
    assert group.startswith('<option value="500106">沙坪坝区，镇街说不清</option>') and "青木关镇" in group


def test_words_of_danger_show_the_number_to_ring_before_and_after(client: Client) -> None:
    burning = "楼下着火了，路灯也不亮。"
    assert 'href="tel:119"' in html(client.post("/appeal/", filled(client, text=burning, phone="1")))
    assert 'href="tel:119"' in html(client.post("/appeal/", filled(client, text=burning), follow=True))


def test_without_danger_no_emergency_number_is_shown(client: Client) -> None:
    assert 'href="tel:119"' not in html(client.post("/appeal/", filled(client), follow=True))


def test_a_script_gets_the_words_of_danger_from_the_pack(client: Client) -> None:
    page = html(client.get("/appeal/"))
    assert '<script id="danger-rules" type="application/json">' in page and "119" in page


def test_photos_come_with_the_call(client: Client) -> None:
    client.post("/appeal/", filled(client, photos=[photo(), photo("b.jpg", "#fff")]))
    assert Photo.objects.filter(call=Call.objects.get()).count() == 2


def test_a_refused_photo_is_named_and_the_rest_goes_on(client: Client, settings: Settings) -> None:
    settings.PHOTO_MAX_BYTES = 1000
    big = SimpleUploadedFile("big.jpg", b"\xff\xd8" + b"0" * 2000)
    pictures = [photo(), SimpleUploadedFile("notes.txt", b"no"), big]
    page = html(client.post("/appeal/", filled(client, photos=pictures), follow=True))
    assert Photo.objects.count() == 1
    assert "<b>notes.txt</b>" in page and "<b>big.jpg</b>" in page and "其余都收到了" in page


def test_photos_survive_a_fault_elsewhere_without_being_sent_again(client: Client) -> None:
    form = filled(client, phone="1", photos=[photo()])
    page = html(client.post("/appeal/", form))
    token = re.search(r'name="photo" value="([^"]+)"', page)
    assert token and f'src="/photo/draft/{token.group(1)}/"' in page
    client.post("/appeal/", filled(client, key=form["key"], photo=token.group(1)))
    assert Photo.objects.filter(call=Call.objects.get()).count() == 1


def test_a_photo_can_be_left_out_without_script(client: Client) -> None:
    page = html(client.post("/appeal/", filled(client, phone="1", photos=[photo()])))
    token = re.findall(r'name="photo" value="([^"]+)"', page)[0]
    client.post("/appeal/", filled(client, photo=token, drop=token))
    assert not Photo.objects.exists()


def test_nobody_attaches_a_photo_by_its_hash(client: Client) -> None:
    client.post("/appeal/", filled(client, photo="0" * 64))
    assert not Photo.objects.exists() and Call.objects.count() == 1


def test_there_is_a_limit_to_the_number_of_photos(client: Client, settings: Settings) -> None:
    settings.PHOTO_MAX_COUNT = 2
    pictures = [photo(f"{n}.jpg", f"#{n}{n}{n}") for n in range(3)]
    page = html(client.post("/appeal/", filled(client, photos=pictures), follow=True))
    assert Photo.objects.count() == 2 and "<b>2.jpg</b>" in page


def test_when_it_cannot_be_stored_she_is_told_and_nothing_is_lost(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OperationalError("database or disk is full")

    form = filled(client)
    monkeypatch.setattr(actions, "make_appeal", full)
    answer = client.post("/appeal/", form)
    assert answer.status_code == 503 and "还没有收到" in html(answer)
    assert DARK in html(answer) and key_of(answer) == form["key"]


def test_what_was_received_is_shown_to_this_browser_alone(client: Client) -> None:
    client.post("/appeal/", filled(client))
    assert client.get("/appeal/done/").status_code == 200
    assert Client().get("/appeal/done/")["Location"] == "/mine/"


def test_identifiers_she_types_are_not_shown_on_her_page(client: Client) -> None:
    client.post("/appeal/", filled(client, text="路灯三天不亮，请打 13912345678 找我。"))
    assert "13912345678" not in html(client.get(f"/call/{Call.objects.get().number}/"))


@pytest.mark.parametrize("typed", ["路灯不亮", "a" * 900, "<script>"])
def test_the_box_on_the_first_page_begins_an_appeal(client: Client, typed: str) -> None:
    page = html(client.post("/ask/", {"q": typed}))
    assert "说说遇到的事" in page and "<script>" not in page.partition("<textarea")[2].partition("</textarea>")[0]


def test_the_box_on_the_first_page_knows_a_number(client: Client, small_city: SmallCity) -> None:
    client.post("/appeal/", filled(client))
    number = Call.objects.get().number
    assert client.post("/ask/", {"q": f"{number[:4]}-{number[4:8]} {number[8:]}"})["Location"] == f"/call/{number}/"
    assert client.post("/ask/", {"q": "我家 3 栋 12 楼停水"}).status_code == 200
