"""Too much from one place is refused with a plain word, everything typed is kept, and nobody else is stopped."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from huying.base import clock
from huying.channels.parts import floods
from huying.channels.web.tests.conftest import DARK, filled, html, photo, sign_in
from huying.kernel.models import Call, Photo
from huying.kernel.photos import PhotoRefused
from huying.kernel.tests.conftest import Story
from huying.people.limits import Limit
from huying.people.models import Attempts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_city")]
# What is likely the same is offered first: each of these is something else.
OTHERS = (
    "公交站牌歪了，怕倒下来砸到人。",
    "河边的垃圾堆了一周没人收。",
    "小区电梯困人三次了，物业不理。",
    "半夜工地还在打桩，睡不着。",
)


def sent(client: Client, n: int, **more: object) -> int:
    return client.post("/appeal/", filled(client, text=OTHERS[n], **more)).status_code


def test_the_third_of_two_is_refused_and_all_that_was_typed_stands_in_the_form(client: Client, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 2
    assert [sent(client, 0), sent(client, 1)] == [302, 302]
    form = filled(client, photos=[photo()])
    answer = client.post("/appeal/", form)
    page = html(answer)
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 3600
    assert "60 分钟后" in page and "12345" in page
    assert DARK in page and "公交站对面" in page and str(form["phone"]) in page and 'name="photo"' in page
    assert f'value="{form["key"]}"' in page  # the same key: sent again it is still one call
    assert Call.objects.count() == 2


def test_after_the_hour_the_same_form_goes_through(client: Client, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 1
    form = filled(client)
    assert sent(client, 0) == 302 and client.post("/appeal/", form).status_code == 429
    clock.set_offset(timedelta(minutes=61))
    assert client.post("/appeal/", form).status_code == 302


def test_another_address_is_not_stopped(client: Client, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 1
    assert (sent(client, 0), sent(client, 1)) == (302, 429)
    assert sent(Client(REMOTE_ADDR="198.51.100.7"), 1) == 302


def test_a_header_anybody_can_write_makes_no_other_address(client: Client, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 1
    assert (sent(client, 0), sent(Client(headers={"X-Forwarded-For": "198.51.100.7"}), 1)) == (302, 429)


def test_one_account_is_stopped_wherever_it_comes_from(client: Client, settings: Settings, story: Story) -> None:
    settings.APPEALS_PER_ACCOUNT = 1
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    for her in (client, elsewhere):
        sign_in(her, story)
    assert (sent(client, 0), sent(elsewhere, 1)) == (302, 429)
    assert sent(Client(), 2) == 302  # whoever shares her address is not


def test_what_the_account_is_refused_does_not_count_for_the_address(client: Client, settings: Settings, story: Story) -> None:
    settings.APPEALS_PER_ACCOUNT, settings.APPEALS_PER_ADDRESS = 1, 2
    sign_in(client, story)
    assert [sent(client, n) for n in (0, 1, 1, 1)] == [302, 429, 429, 429]
    assert sent(Client(), 2) == 302


def test_too_many_pictures_never_hold_up_the_words(client: Client, settings: Settings) -> None:
    settings.PHOTOS_PER_ADDRESS = 2
    answer = client.post("/appeal/", filled(client, photos=[photo("a.jpg"), photo("b.jpg", "red"), photo("c.jpg", "blue")]))
    assert answer.status_code == 302 and Call.objects.count() == 1 and Photo.objects.count() == 0
    assert "照片太多" in html(client.get("/appeal/done/"))


def test_of_many_bad_files_only_a_forms_number_is_opened(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHOTO_MAX_COUNT = 2
    opened = []
    monkeypatch.setattr("huying.channels.parts.photos.take_up", lambda name, data: opened.append(name) or refuse(name))
    client.post("/appeal/", filled(client, photos=[photo(f"{n}.jpg") for n in range(8)]))
    assert len(opened) == 2


def refuse(name: str) -> None:

    raise PhotoRefused(name, "damaged")


def test_guessing_a_secret_ends_soon_and_the_same_for_a_call_that_is_not_there(client: Client, story: Story) -> None:
    ours, nobody = [], []
    for n in range(floods.GUESSES_AT_ONE.most + 1):
        for number, answers in ((story.opened.number, ours), ("482190375516", nobody)):
            answer = client.post("/find/", {"number": number, "secret": f"wrong{n:05}"})
            answers.append(answer.status_code)
            if answer.status_code == 429:
                assert "试得太多了" in html(answer) and f'value="{number}"' in html(answer).replace(" ", "")
    assert ours == nobody == [422] * floods.GUESSES_AT_ONE.most + [429]
    right = {"number": story.opened.number, "secret": story.opened.secret}
    assert client.post("/find/", right).status_code == 429  # from there not even the right one
    assert Client(REMOTE_ADDR="198.51.100.7").post("/find/", right).status_code == 302  # she is elsewhere


def test_trying_many_calls_from_one_place_ends_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "GUESSES", Limit("secret.address", most=3, within=timedelta(minutes=15)))
    tried = [client.post("/find/", {"number": f"48219037551{n}", "secret": str(n)}).status_code for n in range(5)]
    assert tried == [422, 422, 422, 429, 429]


def test_whoever_finds_it_begins_anew(client: Client, story: Story) -> None:
    for _ in range(3):
        for n in range(floods.GUESSES_AT_ONE.most - 1):
            assert client.post("/find/", {"number": story.opened.number, "secret": f"wrong{n}"}).status_code == 422
        answer = client.post("/find/", {"number": story.opened.number, "secret": story.opened.secret})
        assert answer.status_code == 302


def test_no_address_and_no_number_is_kept_in_the_open(client: Client, story: Story) -> None:
    client.post("/find/", {"number": story.opened.number, "secret": "12345"})
    rows = Attempts.objects.filter(what__startswith="secret.")
    assert {row.what for row in rows} == {"secret.call", "secret.address"}
    assert all(len(bytes(row.who_mac)) == 32 and b"127.0.0.1" not in bytes(row.who_mac) for row in rows)


def test_what_is_refused_leaves_nothing_behind_and_a_resend_is_not_counted(client: Client, settings: Settings) -> None:
    settings.APPEALS_PER_ADDRESS = 2
    form = filled(client, text=OTHERS[0])
    assert [client.post("/appeal/", form).status_code for _ in range(3)] == [302] * 3  # one call, counted once
    assert (sent(client, 1), sent(client, 2), sent(client, 3)) == (302, 429, 429)
    assert Call.objects.count() == 2 and Attempts.objects.get(what="appeal.address").count == 2
