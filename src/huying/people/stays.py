"""Where an account is signed in: shown to its owner, who may end any of them. Ended is the session itself."""

from importlib import import_module
from typing import Any

from django.conf import settings

from huying.base import clock
from huying.people import private
from huying.people.models import Account, Stay

_USE = "stay"
_BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
_SYSTEMS = (
    *(("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
)


def begin(account: Account, session_key: str, agent: str, place: str) -> None:
    """Remember a session that just began. `agent` is what the browser calls itself."""
    Stay.objects.update_or_create(
        session_key=session_key,
        defaults={"account": account, "device": device(agent), "address_sealed": private.seal_for(_USE, place)},
    )


def seen(session_key: str) -> None:
    """It was used just now."""
    Stay.objects.filter(session_key=session_key).update(seen_at=clock.now())


def renamed(old_key: str, session_key: str) -> None:
    """The session goes on under another key."""
    Stay.objects.filter(session_key=old_key).update(session_key=session_key)


def forget(session_key: str) -> None:
    """Its owner signed out."""
    Stay.objects.filter(session_key=session_key).delete()


def current(account: Account) -> list[Stay]:
    """The account's sessions that last, the one used last first; what ended by itself is forgotten."""
    rows = list(Stay.objects.filter(account=account).order_by("-seen_at", "-pk"))
    ended = {row.pk for row in rows if not _store(row.session_key).load()}
    if ended:
        Stay.objects.filter(pk__in=ended).delete()
    return [row for row in rows if row.pk not in ended]


def place_of(stay: Stay) -> str:
    """Where it was begun from: an address; empty when the secret key has changed since."""
    try:
        return private.unseal_for(_USE, bytes(stay.address_sealed))
    except private.CannotOpen:
        return ""


def end(account: Account, pk: int) -> int:
    """End one of the account's own sessions: 1, or 0 when it is not there or another's."""
    return _end(Stay.objects.filter(account=account, pk=pk))


def end_others(account: Account, session_key: str) -> int:
    """End all of the account's sessions but this one: how many."""
    return _end(Stay.objects.filter(account=account).exclude(session_key=session_key))


def end_all(account: Account) -> int:
    """End every session of the account: how many."""
    return _end(Stay.objects.filter(account=account))


def device(agent: str) -> str:
    """Chrome · Android: enough to know one's own device again."""
    browser = next((name for part, name in _BROWSERS if part in agent), "Safari" if "Safari" in agent else "")
    system = next((name for part, name in _SYSTEMS if part in agent), "")
    return " · ".join(part for part in (browser, system) if part)


def _end(rows: Any) -> int:
    keys = list(rows.values_list("session_key", flat=True))
    for key in keys:
        _store(key).delete()
    Stay.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _store(session_key: str) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key)
