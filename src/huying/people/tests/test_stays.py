"""Where somebody is signed in: only the owner sees and ends it, and ended is the session itself."""

from importlib import import_module

import pytest
from django.conf import settings

from huying.people import stays
from huying.people.models import Account, Stay

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"


def session(account: Account) -> str:
    """A session of Django's with something in it, in which the account is signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store["who"] = account.pk
    store.save()
    stays.begin(account, store.session_key, CHROME, "203.0.113.7")
    return str(store.session_key)


def lasts(key: str) -> bool:
    return bool(import_module(settings.SESSION_ENGINE).SessionStore(key).load())


@pytest.fixture
def zhou() -> Account:
    return Account.objects.create_user("zhou", None)


def test_the_owner_sees_device_and_address_and_nobody_reads_the_address_in_the_table(zhou: Account) -> None:
    session(zhou)
    (stay,) = stays.current(zhou)
    assert stay.device == "Chrome · Windows"
    assert stays.place_of(stay) == "203.0.113.7"
    assert b"203.0.113.7" not in bytes(stay.address_sealed)


def test_what_ended_by_itself_is_not_shown(zhou: Account) -> None:
    key = session(zhou)
    import_module(settings.SESSION_ENGINE).SessionStore(key).delete()
    assert stays.current(zhou) == [] and not Stay.objects.exists()


def test_ended_is_the_session_itself(zhou: Account) -> None:
    key = session(zhou)
    assert stays.end(zhou, stays.current(zhou)[0].pk) == 1
    assert not lasts(key)


def test_another_s_session_cannot_be_ended(zhou: Account) -> None:
    key = session(zhou)
    stranger = Account.objects.create_user("ma", None)
    assert stays.end(stranger, Stay.objects.get().pk) == stays.end_others(stranger, "") == stays.end_all(stranger) == 0
    assert lasts(key)


def test_all_others_end_and_this_one_stays(zhou: Account) -> None:
    here, there, left = (session(zhou) for _ in range(3))
    assert stays.end_others(zhou, here) == 2
    assert lasts(here) and not lasts(there) and not lasts(left)


@pytest.mark.parametrize(
    ("agent", "device"),
    [(CHROME, "Chrome · Windows"), (WECHAT, "WeChat · Android"), (IPHONE, "Safari · iPhone"), ("curl/8", ""), ("", "")],
)
def test_a_device_is_named_so_that_it_is_known_again(agent: str, device: str) -> None:
    assert stays.device(agent) == device
