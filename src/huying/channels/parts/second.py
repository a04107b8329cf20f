"""第二验证 over HTTP: enrolment after the first password, the proof at each sign-in, and asking again before what is grave.

`fresh_required` guards a view: whoever proved his factor too long ago is asked on the spot, and what he had filled in goes
on with the proof. Everything but passkeys works without script.
"""

import base64
import binascii
import ipaddress
import secrets
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huying.channels.parts import entering
from huying.people import factors, handing, limits, passkeys, private
from huying.people.models import Account

CODE, PASSKEY, ASKED = "second_code", "second_passkey", "second_asked"  # fields of the forms
_SECRET, _CHALLENGE = "enrol_secret", "challenge"  # keys of the session
_USE = "enrol"
View = Callable[..., HttpResponse]


@never_cache
@sensitive_post_parameters(CODE)
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: HttpRequest, after: str) -> HttpResponse:
    """Who gave the password proves the second factor, and is signed in. Without one he comes to enrolment."""
    account = entering.waiting(request)
    if account is None:
        return redirect(entering.with_next("officer_signin", request))
    if handing.is_handed(account):
        return redirect(entering.with_next("own_password", request))
    if not factors.kinds(account):
        return redirect(entering.with_next("enrol_factor", request))
    fault = _proved(request, account) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        to = entering.next_of(request) or resolve_url(after)
        entering.enter(request, account)
        return redirect(to)
    context = _asking(request, account, fault) | {"next": entering.next_of(request)}
    return render(request, "parts/second.html", context, status=422 if fault else 200)


@never_cache
@sensitive_post_parameters(CODE)
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, after: str) -> HttpResponse:
    """The first factor of whoever gave the password; another one for an officer who proved his just now."""
    waiting = entering.waiting(request)
    if waiting is not None and handing.is_handed(waiting):
        return redirect(entering.with_next("own_password", request))
    account = None if waiting else _signed_in(request)
    if account is None:
        return _enrol(request, waiting, after, again=False)
    guarded: HttpResponse = fresh_required(lambda r: _enrol(r, account, after, again=True))(request)
    return guarded


def fresh_required(view: View, when: Callable[[HttpRequest], bool] = lambda request: True) -> View:
    """For what is grave (looks, merges in bulk, key work): the factor was proved within settings.STEP_UP_MINUTES.

    Stands below officer_required. See `asked_again`.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = asked_again(request) if when(request) else None
        return asked if asked is not None else view(request, *args, **kwargs)

    return guarded


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """None when the proof is fresh, or came with this request; else the page that asks for it and keeps the form.

    The page posts what was filled in, with the proof, to the same address. Pictures must have been taken up before.
    """
    account = _signed_in(request)
    if account is None:
        return redirect("officer_signin")
    if entering.is_fresh(request):
        return None
    fault = _proved(request, account) if ASKED in request.POST else ""
    if ASKED in request.POST and not fault:
        entering.prove(request)
        return redirect(request.get_full_path()) if request.POST[ASKED] == "get" else None
    kept = [(name, value) for name, values in _typed(request) for value in values]
    asked = request.POST.get(ASKED) or ("get" if request.method in ("GET", "HEAD") else "post")
    context = _asking(request, account, fault) | {"again": True, "kept": kept, "asked": asked}
    answer = render(request, "parts/second.html", context, status=200 if asked == "get" and not fault else 422)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _enrol(request: HttpRequest, account: Account | None, after: str, *, again: bool) -> HttpResponse:
    """The page with QR, secret and passkey; a POST takes one up and shows the recovery codes, this once."""
    to = entering.next_of(request) or resolve_url(after)
    if account is None or (not again and factors.kinds(account)):
        return redirect(entering.with_next("second_factor" if account else "officer_signin", request))
    fault = ""
    if request.method == "POST" and ASKED not in request.POST:
        codes, fault = _taken_up(request, account, again=again)
        if codes:
            request.session.pop(_SECRET, None)
            if not again:
                entering.enter(request, account)
            entering.prove(request)
            return render(request, "parts/recovery.html", {"codes": codes, "to": to})
    secret = _secret(request, account)
    site, challenge = site_of(request), _new_challenge(request)
    context = {
        "secret": [secret[at : at + 4] for at in range(0, len(secret), 4)],
        "qr": _qr(factors.address(account, secret)),
        "options": passkeys.ask_new(account, site, challenge) if site else "",
        "fault": fault,
        "again": again,
        "next": entering.next_of(request),
    }
    return render(request, "parts/enrol.html", context, status=422 if fault else 200)


def _taken_up(request: HttpRequest, account: Account, *, again: bool) -> tuple[list[str], str]:
    """The recovery codes, or what is wrong."""
    place, answer, site = entering.address_of(request), request.POST.get(PASSKEY, ""), site_of(request)
    try:
        if answer and site:
            return passkeys.enrol(account, answer, _challenge(request), site, place, again=again), ""
        return factors.enrol_totp(account, _secret(request, account), request.POST.get(CODE, ""), place, again=again), ""
    except factors.WrongFactor:
        return [], _("通行密钥没有登记上，请再试一次。") if answer else _("验证码不对，请填验证器上现在显示的六位数字。")
    except factors.HasOne:
        return [], _("这个账号已经登记过了，请重新登录。")
    except limits.TooMany as fault:
        return [], entering.wait_words(_("试得太多了。"), fault)


def _proved(request: HttpRequest, account: Account) -> str:
    """Nothing when the proof that was posted holds; else what is wrong."""
    place, answer, site = entering.address_of(request), request.POST.get(PASSKEY, ""), site_of(request)
    try:
        if answer and site:
            passkeys.check(account, answer, _challenge(request), site, place)
        elif not request.POST.get(CODE, "").strip():
            return _("请填验证码。")
        else:
            factors.check(account, request.POST[CODE], place)
    except factors.WrongFactor:
        return _("通行密钥没有通过，请再试一次。") if answer else _("验证码不对或者已经用过，请等下一个再填。")
    except limits.TooMany as fault:
        return entering.wait_words(_("试得太多了。"), fault)
    return ""


def _asking(request: HttpRequest, account: Account, fault: str) -> dict[str, Any]:
    """What the page that asks needs; a fresh challenge each time."""
    kinds, site = factors.kinds(account), site_of(request)
    options = passkeys.ask_proof(account, site, _new_challenge(request)) if site and "passkey" in kinds else ""
    return {"fault": fault, "options": options, "totp": "totp" in kinds, "demo": settings.DEMO, "login": str(account)}


def site_of(request: HttpRequest) -> passkeys.Site | None:
    """Whom passkeys are for here; None where the site is called by an address, for which browsers make none."""
    here = urlsplit(f"{request.scheme}://{request.get_host()}")
    host = here.hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        behind = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if urlsplit(origin).hostname == host]
        return passkeys.Site(host, (f"{here.scheme}://{here.netloc}", *behind))
    return None


def _signed_in(request: HttpRequest) -> Account | None:
    """The account of an officer who has proved his factor in this session."""
    account = request.user
    held = isinstance(account, Account) and getattr(account, "officer", None) is not None and entering.is_proved(request)
    return account if held else None  # type: ignore[return-value]  # the line above made sure


def _typed(request: HttpRequest) -> Iterable[tuple[str, list[str]]]:
    ours = {"csrfmiddlewaretoken", CODE, PASSKEY, ASKED}
    return [(name, values) for name, values in request.POST.lists() if name not in ours]


def _secret(request: HttpRequest, account: Account) -> str:
    """The secret that is being enrolled: sealed in the session for this account, the same while the page is shown again."""
    use = f"{_USE}:{account.pk}"
    try:
        return private.unseal_for(use, base64.b64decode(request.session.get(_SECRET, "")))
    except (private.CannotOpen, binascii.Error):
        secret = factors.new_secret()
        request.session[_SECRET] = base64.b64encode(private.seal_for(use, secret)).decode()
        return secret


def _new_challenge(request: HttpRequest) -> bytes:
    challenge = secrets.token_bytes(32)
    request.session[_CHALLENGE] = base64.b64encode(challenge).decode()
    return challenge


def _challenge(request: HttpRequest) -> bytes:
    """The challenge that was asked; it is asked once. Without one nothing can fit."""
    kept = request.session.pop(_CHALLENGE, "")
    return base64.b64decode(kept) if kept else secrets.token_bytes(32)


def _qr(address: str) -> SafeString:
    """Drawn when somebody looks. Dark on light in every look, or phones cannot read it."""
    drawn = segno.make(address, error="m", boost_error=False)
    picture = drawn.svg_inline(dark="#0f211f", light="#fff", border=3, omitsize=True, svgclass=None, lineclass=None)
    return mark_safe(picture)  # nosec B308, B703  # drawn by the library
