"""A code is worth something for ten minutes, five tries and one use, and only so many leave."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from huying.people import codes, limits, parties
from huying.people.models import Attempts, SignInCode
from huying.people.tests.given import KeptTexts, pass_time, texts

__all__ = ["texts"]
pytestmark = pytest.mark.django_db
PHONE = "13800138000"
Sent = list[tuple[str, str]]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_right_code_gives_the_party_of_the_phone(texts: Sent) -> None:
    codes.send("+86 138 0013 8000")
    phone, code = texts[-1]
    assert phone == PHONE
    assert len(code) == 6
    assert code.isdigit()
    assert codes.check(PHONE, code) == parties.party_of_phone(PHONE, create=False)


def test_a_code_works_once(texts: Sent) -> None:
    codes.send(PHONE)
    assert codes.check(PHONE, texts[-1][1]) is not None
    assert codes.check(PHONE, texts[-1][1]) is None


def test_after_five_wrong_tries_the_right_code_is_worth_nothing(texts: Sent) -> None:
    codes.send(PHONE)
    code = texts[-1][1]
    for left in (4, 3, 2, 1, 0):
        assert codes.check(PHONE, wrong(code)) is None
        assert codes.tries_left(PHONE) == left
    assert codes.check(PHONE, code) is None


def test_a_code_ends_after_ten_minutes(texts: Sent) -> None:
    codes.send(PHONE)
    pass_time(timedelta(minutes=9, seconds=50))
    assert codes.tries_left(PHONE) == 5
    pass_time(timedelta(seconds=10))
    assert codes.check(PHONE, texts[-1][1]) is None


def test_a_newer_code_ends_the_one_before(texts: Sent) -> None:
    codes.send(PHONE)
    pass_time(timedelta(seconds=61))
    codes.send(PHONE)
    (_, old), (_, new) = texts
    if old != new:
        assert codes.check(PHONE, old) is None
    assert codes.check(PHONE, new) is not None


def test_another_phones_code_does_not_fit(texts: Sent) -> None:
    codes.send(PHONE)
    codes.send("13900139000")
    assert texts[0][1] == texts[1][1] or codes.check("13900139000", texts[0][1]) is None


def test_a_second_code_must_wait_a_minute(texts: Sent) -> None:
    codes.send(PHONE)
    pass_time(timedelta(seconds=20))
    with pytest.raises(limits.TooMany) as told:
        codes.send(PHONE)
    assert 35 <= told.value.wait <= 40
    pass_time(timedelta(seconds=40))
    codes.send(PHONE)
    assert len(texts) == 2


def test_no_more_than_ten_codes_a_day_leave_for_a_phone(texts: Sent) -> None:
    for _ in range(10):
        codes.send(PHONE)
        pass_time(timedelta(minutes=2))
    with pytest.raises(limits.TooMany) as told:
        codes.send(PHONE)
    assert told.value.minutes > 60 * 23
    pass_time(timedelta(days=1))
    codes.send(PHONE)
    assert len(texts) == 11


def test_one_address_cannot_have_codes_sent_to_everybody(texts: Sent) -> None:
    for n in range(60):
        codes.send(f"138001380{n:02d}", "203.0.113.7")
    with pytest.raises(limits.TooMany) as told:
        codes.send("13900139000", "203.0.113.7")
    assert told.value.limit is codes.PER_ADDRESS
    codes.send("13900139000", "203.0.113.8")
    assert len(texts) == 61


def test_a_refused_try_counts_nowhere(texts: Sent) -> None:
    for n in range(60):
        codes.send(f"138001380{n:02d}", "203.0.113.7")
    with pytest.raises(limits.TooMany):
        codes.send("13900139000", "203.0.113.7")
    codes.send("13900139000", "203.0.113.8")  # the phone itself was not counted


def test_only_a_keyed_hash_of_the_code_is_kept(texts: Sent) -> None:
    codes.send(PHONE)
    row = SignInCode.objects.get()
    assert texts[-1][1] not in row.code_hash
    assert PHONE.encode() not in bytes(row.phone_mac)
    assert PHONE.encode() not in b"".join(bytes(a.who_mac) for a in Attempts.objects.all())


def test_a_text_that_is_not_delivered_is_told(texts: Sent) -> None:
    KeptTexts.broken = True
    with pytest.raises(codes.NotSent, match="没有发出去"):
        codes.send(PHONE)


def test_no_phone_number_is_refused(texts: Sent) -> None:
    for call in (lambda: codes.send("12345"), lambda: codes.check("12345", "000000")):
        with pytest.raises(ValueError, match="not a mobile"):
            call()


def test_without_an_adapter_nothing_is_sent_and_both_sides_are_told(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TEXTS = ""
    with pytest.raises(codes.NotSent, match="现在不能发短信"):
        codes.send(PHONE)
    assert "HUYING_TEXTS is not set" in caplog.text
    assert not SignInCode.objects.exists()


def test_an_adapter_that_is_not_there_is_named(settings: Settings) -> None:
    settings.TEXTS = "huying.adapters.nothing.Here"
    with pytest.raises(codes.NoTexts, match=r"HUYING_TEXTS=huying\.adapters\.nothing\.Here"):
        codes.adapter()


def test_production_refuses_the_demos_adapter(settings: Settings) -> None:
    settings.DEMO, settings.TEXTS = False, "huying.adapters.demo_texts.DemoTexts"
    with pytest.raises(codes.NoTexts, match="only the demo may use it"):
        codes.adapter()
    assert codes.recent_for_demo() == []


def test_the_demo_shows_the_newest_code_first(settings: Settings) -> None:
    settings.DEMO, settings.TEXTS = True, "huying.adapters.demo_texts.DemoTexts"
    codes.send(PHONE)
    codes.send("13900139000")
    first, second, *_ = codes.recent_for_demo()
    assert (first.phone, second.phone) == ("13900139000", PHONE)
    assert codes.check(PHONE, second.values["code"]) is not None
    file = settings.DATA / "demo-texts.jsonl"
    assert file.stat().st_mode & 0o077 == 0
    file.unlink()


def test_what_no_longer_counts_is_swept_away(texts: Sent) -> None:
    codes.send(PHONE, "203.0.113.7")
    assert limits.sweep() == 0
    pass_time(timedelta(days=3))
    assert limits.sweep() == 3
    assert not SignInCode.objects.exists()
