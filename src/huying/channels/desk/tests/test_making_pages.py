"""The pages on which a thing is made: every button keeps what was typed, faults stand at their fields, nobody else sees it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huying.city.models import Department
from huying.features.services.making import seeing
from huying.features.services.making.models import DraftState, ThingDraft
from huying.features.services.making.tests.conftest import MARKET, Maker, maker
from huying.people.actors import Actor
from tests.people import MakeOfficer, signed_in

__all__ = ["maker"]
pytestmark = pytest.mark.django_db(transaction=True)
LETTER = "渝街函〔2026〕8 号，11 月 20 日"


def client(actor: Actor) -> Client:
    assert actor.officer
    return signed_in(actor.officer.account)


def page(at: Client, path: str) -> str:
    answer = at.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_it_begins_with_nothing_and_names_nothing_as_a_fault_yet(maker: Maker) -> None:
    hers = client(maker.owner)
    answer = hers.post("/desk/things/", {"owner": maker.unit}, follow=True)
    assert answer.redirect_chain == [("/desk/things/1/", 302)] or "/desk/things/" in answer.redirect_chain[0][0]
    assert "从名字写起" in answer.content.decode() and 'class="fault"' not in answer.content.decode()


def test_every_button_keeps_what_was_typed(maker: Maker) -> None:
    hers, row = client(maker.owner), maker.draft("")
    typed = {"revision": 1, "name.zh": "摆夜市", "name.en": "A stall", "promise": "7", "do": "add:questions"}
    answer = hers.post(f"/desk/things/{row.pk}/", typed)
    assert answer.status_code == 302 and answer["Location"].endswith("#questions")
    row.refresh_from_db()
    assert row.name == "摆夜市" and "key: q1" in row.text and row.revision == 2
    shown = page(hers, f"/desk/things/{row.pk}/")
    assert 'value="摆夜市"' in shown and "选项 1，中文" in shown


def test_a_fault_stands_below_its_field(maker: Maker) -> None:
    row = maker.draft(MARKET.replace("promise: 7", "promise: 1").replace(", en: A stall at night", ""))
    shown = page(client(maker.owner), f"/desk/things/{row.pk}/")
    promise = shown[shown.index('id="f-promise"') :]
    assert "最长的一条却要 7 个" in promise[: promise.index("</p>")]
    english = shown[shown.index('id="f-name-en"') :]
    assert "请填上" in english[: english.index("</p>")]
    assert "还有 2 处要改" in shown


def test_who_read_an_older_text_is_told_and_keeps_what_he_typed(maker: Maker) -> None:
    row = maker.draft()
    first, second = client(maker.owner), client(maker.head)
    first.post(f"/desk/things/{row.pk}/", {"revision": 1, "promise": "9"})
    answer = second.post(f"/desk/things/{row.pk}/", {"revision": 1, "promise": "8"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "第 2 稿" in shown and 'value="8"' in shown and "promise: 8" in shown
    assert "promise: 9" in ThingDraft.objects.get(pk=row.pk).text


def test_items_are_found_by_name_and_department(maker: Maker) -> None:
    hers, row = client(maker.owner), maker.draft()
    answer = hers.post(f"/desk/things/{row.pk}/", {"revision": 1, "do": "seek", "seek": "邻省"}, follow=True)
    shown = answer.content.decode()
    assert "邻省记录" in shown and 'value="add:items:record"' in shown
    assert "没有这样的事项" in page(hers, f"/desk/things/{row.pk}/?seek=%E9%B2%B8%E9%B1%BC")


def test_the_file_goes_out_and_comes_in_again(maker: Maker) -> None:
    hers, row = client(maker.owner), maker.draft()
    answer = hers.get(f"/desk/things/{row.pk}/file/")
    assert answer.content.decode() == MARKET and 'filename="market.yaml"' in answer["Content-Disposition"]
    file = SimpleUploadedFile("x.yaml", MARKET.replace("promise: 7", "promise: 8").encode())
    hers.post(f"/desk/things/{row.pk}/text/", {"revision": 1, "file": file})
    assert "promise: 8" in ThingDraft.objects.get(pk=row.pk).text
    begun = hers.post("/desk/things/", {"owner": maker.unit, "file": SimpleUploadedFile("y.yaml", MARKET.encode())})
    assert begun.status_code == 302 and ThingDraft.objects.count() == 2


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"x" * 1_100_000, b"a: \x00b"])
def test_a_file_that_is_none_is_refused_with_why(maker: Maker, body: bytes) -> None:
    hers, row = client(maker.owner), maker.draft()
    for path, more in ((f"/desk/things/{row.pk}/text/", {"revision": 1}), ("/desk/things/", {"owner": maker.unit})):
        answer = hers.post(path, more | {"file": SimpleUploadedFile("x.yaml", body)})
        assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert ThingDraft.objects.get().text == MARKET


def test_what_the_form_cannot_read_is_mended_in_the_file(maker: Maker) -> None:
    hers, row = client(maker.owner), maker.draft("code: [\n")
    assert hers.get(f"/desk/things/{row.pk}/").status_code == 302
    shown = page(hers, f"/desk/things/{row.pk}/text/")
    assert "表单读不了" in shown and "第 2 行" in shown


def test_beside_it_stands_what_a_citizen_would_see(maker: Maker) -> None:
    hers, row = client(maker.owner), maker.draft()
    answer = hers.get(f"/desk/things/{row.pk}/")
    assert f'<iframe src="/things/draft/{row.pk}/"' in answer.content.decode()
    assert "frame-src 'self'" in answer["Content-Security-Policy"]
    seen = hers.get(f"/things/draft/{row.pk}/", {"sign": "yes"})
    assert "您要办这 2 件" in seen.content.decode() and "这是预览" in seen.content.decode()
    assert seen["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in seen["Content-Security-Policy"]
    assert "no-store" in seen["Cache-Control"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("after: [sign]", "after: [tables]"),
        ("item: sign", "item: nothing"),
        ("{sign: 'yes'}", "{sgin: 'yes'}"),
        ("questions:", "questions: 5\nrest:"),
        ("      - {key: 'no', zh: 不挂, en: \"No\"}", "      - {key: 'yes', zh: 不挂, en: \"No\"}"),
        ("  - item: tables\n", "  - item: sign\n"),
        ("code: market", "code: [1]"),
    ],
)
def test_a_preview_of_what_is_at_fault_shows_what_is_sound(maker: Maker, old: str, new: str) -> None:
    hers, row = client(maker.owner), maker.draft(MARKET.replace(old, new))
    for path in (f"/desk/things/{row.pk}/", f"/desk/things/{row.pk}/text/", f"/desk/things/{row.pk}/review/"):
        page(hers, path)
    assert "摆夜市" in page(hers, f"/things/draft/{row.pk}/?sign=yes")


def test_it_is_sent_agreed_to_and_published(maker: Maker) -> None:
    row = maker.draft()
    head, desk = client(maker.head), client(maker.desk)
    head.post(f"/desk/things/{row.pk}/send/", {"revision": 1})
    assert "摆夜市" in page(desk, "/desk/things/")
    asked = page(desk, f"/desk/things/{row.pk}/review/")
    assert "外摆许可" in asked and "要您表态" in asked
    at = f"/desk/things/{row.pk}/{maker.consent(row, 'street-office').pk}"
    assert desk.post(f"{at}/agree/", {"why": ""}).status_code == 422
    assert desk.post(f"{at}/agree/", {"why": LETTER}).status_code == 302
    answer = head.post(f"/desk/things/{row.pk}/publish/", {"revision": 1}, follow=True)
    assert "已发布，是第 1 版" in answer.content.decode()
    assert "摆夜市" in page(Client(), "/things/market/")
    assert "摆夜市" in page(Client(), "/things/?q=%E6%83%B3%E6%91%86%E5%A4%9C%E5%B8%82")


def test_an_objection_is_read_by_who_wrote_it(maker: Maker) -> None:
    row = maker.sent()
    at = f"/desk/things/{row.pk}/{maker.consent(row, 'street-office').pk}"
    desk = client(maker.desk)
    assert desk.post(f"{at}/disagree/", {"why": "不"}).status_code == 422
    desk.post(f"{at}/disagree/", {"why": "桌椅要先报街道，时间不够。"})
    assert "桌椅要先报街道" in page(client(maker.owner), f"/desk/things/{row.pk}/review/")
    assert ThingDraft.objects.get(pk=row.pk).state == DraftState.RETURNED


def test_what_differs_from_the_version_in_force_is_shown(maker: Maker) -> None:
    row = maker.draft(maker.small.text("things/open.yaml").replace("promise: 8", "promise: 9"), "open")
    shown = page(client(maker.owner), f"/desk/things/{row.pk}/review/")
    assert "<del>promise: 8</del>" in shown and "<ins>promise: 9</ins>" in shown


def test_a_newer_version_in_force_is_pointed_at(maker: Maker) -> None:
    text = maker.small.text("things/open.yaml")
    row = maker.draft(text.replace("promise: 8", "promise: 10"), "open")
    maker.published(text.replace("promise: 8", "promise: 9"), "open")
    hers = client(maker.owner)
    assert "又发布过新的一版" in page(hers, f"/desk/things/{row.pk}/")
    hers.post(f"/desk/things/{row.pk}/catch-up/", {"revision": 1})
    assert "又发布过新的一版" not in page(hers, f"/desk/things/{row.pk}/")


def test_whoever_is_not_concerned_finds_nothing(maker: Maker, officer: MakeOfficer) -> None:
    row = maker.sent()
    consent = maker.consent(row, "street-office").pk
    stranger = officer("head", Department.objects.get(key="500101.urban-management"))
    his = signed_in(stranger.account)
    for path in ("", f"{row.pk}/", f"{row.pk}/text/", f"{row.pk}/file/", f"{row.pk}/review/"):
        assert his.get(f"/desk/things/{path}").status_code == 404, path
    assert his.get(f"/things/draft/{row.pk}/").status_code == 404
    for path in ("send/", "publish/", "withdraw/", "catch-up/", f"{consent}/agree/", f"{consent}/disagree/"):
        assert his.post(f"/desk/things/{row.pk}/{path}", {"revision": 1}).status_code == 404, path
    assert "一件事</a>" not in page(his, "/desk/me/")
    assert Client().get(f"/things/draft/{row.pk}/").status_code == 302
    assert client(maker.owner).post(f"/desk/things/{row.pk}/{consent}/agree/", {"why": LETTER}).status_code == 404
    assert seeing.consents_of(row)[0].word == "waiting" or seeing.consents_of(row)[1].word == "agreed"


@pytest.mark.parametrize("revision", ["", "x", "99999999999999999999", "-1"])
def test_a_revision_that_is_none_is_an_old_one(maker: Maker, revision: str) -> None:
    row = maker.draft()
    hers = client(maker.owner)
    assert hers.post(f"/desk/things/{row.pk}/", {"revision": revision, "promise": "9"}).status_code == 409
    assert hers.post(f"/desk/things/{row.pk}/withdraw/", {"revision": revision}).status_code == 409
