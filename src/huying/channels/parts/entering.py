"""How a session begins, and whether its officer has proved the second factor. Until then he is nobody on every page."""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from huying.base import clock
from huying.people import limits, officers, stays
from huying.people.models import Account

PROVED, SEEN, PENDING = "proved", "seen", "pending"  # keys of the session
OFFICER_SESSION = 12 * 3600  # seconds: a working day, then sign in again
PENDING_LASTS = timedelta(minutes=15)  # between the password and the second factor
SEEN_EVERY = timedelta(minutes=5)


def enter(request: HttpRequest, account: Account) -> None:
    """Begin a fresh session. An officer's counts as proved: only call it when he has proved his factor."""
    request.session.pop(PENDING, None)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if officers.officer_of(account) is not None:
        request.session.set_expiry(OFFICER_SESSION)
        prove(request)
    request.session[SEEN] = _now()
    request.session.save()  # its key stands from here on
    stays.begin(account, request.session.session_key or "", request.headers.get("User-Agent", ""), address_of(request))


def prove(request: HttpRequest) -> None:
    """The officer of this session proved his second factor just now."""
    request.session[PROVED] = _now()


def is_proved(request: HttpRequest) -> bool:
    """Whether the second factor was proved in this session, however long ago."""
    return isinstance(request.session.get(PROVED), float)


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within the last minutes (settings.STEP_UP_MINUTES)."""
    return is_proved(request) and _now() - request.session[PROVED] < settings.STEP_UP_MINUTES * 60


def notice(request: HttpRequest) -> None:
    """Once in a few minutes, keep that the session was used: its owner sees it in the list."""
    last = request.session.get(SEEN)
    if isinstance(last, float) and _now() - last > SEEN_EVERY.total_seconds():
        request.session[SEEN] = _now()
        stays.seen(request.session.session_key or "")


def leave(request: HttpRequest) -> None:
    """End the session."""
    stays.forget(request.session.session_key or "")
    logout(request)


def wait_for_factor(request: HttpRequest, account: Account) -> None:
    """The password was right: all that it opens are the pages of the second factor, for some minutes.

    Whoever was signed in in this browser is signed out, so that nobody enrols his phone on a colleague's account.
    """
    leave(request)
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": _now(), "hash": account.get_session_auth_hash()}


def waiting(request: HttpRequest) -> Account | None:
    """Who gave the password in this browser and has not proved the second factor yet."""
    kept = request.session.get(PENDING)
    if not kept or not 0 <= _now() - kept["at"] < PENDING_LASTS.total_seconds():
        return None
    account = officers.account_by_id(kept["account"])
    return account if account is not None and account.get_session_auth_hash() == kept["hash"] else None


def address_of(request: HttpRequest) -> str:
    """Where a request came from, for limits: an IPv4 address, or the /64 of an IPv6 one.

    settings.PROXIES says how many proxies of our own stand before us; only what they added is believed.
    """
    proxies = getattr(settings, "PROXIES", 0)
    passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    told = passed[-proxies] if proxies and len(passed) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


def next_of(request: HttpRequest) -> str:
    """Where to go afterwards, when it is a page of this site."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if ours else ""


def with_next(name: str, request: HttpRequest) -> str:
    """The address of a page, with where to go afterwards."""
    to = next_of(request)
    return reverse(name) + (f"?{urlencode({'next': to})}" if to else "")


def wait_words(why: str, fault: limits.TooMany) -> str:
    """Why not now, and when again."""
    if fault.wait <= 120:
        return why + _("请 %(n)s 秒后再试。") % {"n": fault.wait}
    return why + _("请 %(n)s 分钟后再试。") % {"n": fault.minutes}


def _now() -> float:
    return clock.now().timestamp()
