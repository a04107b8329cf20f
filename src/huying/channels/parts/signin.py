"""Sign-in over HTTP: people by phone and code, officers by user name and password; who acts in a request.

The pages are the channels' own: `urls` takes their templates. Everything works without script. What is allowed how
often, and what a code is worth, is decided in people (codes, limits, officers), never here.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.base import ids
from huying.channels.parts import access, entering, password, second
from huying.channels.parts.entering import address_of, next_of, wait_words, with_next
from huying.notify import shown
from huying.people import codes, factors, handing, limits, officers, parties, private
from huying.people.actors import Actor
from huying.people.models import Account

_PHONE = "signin_phone"  # session key: the phone a code was sent to, sealed
View = Callable[..., HttpResponse]


class PhoneForm(forms.Form):
    """Which phone the code goes to."""

    phone = forms.CharField(
        label=gettext_lazy("手机号"),
        max_length=24,
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": gettext_lazy("请填写手机号。")},
    )

    def clean_phone(self) -> str:
        """The 11 digits. Raises ValidationError."""
        normal = parties.normal_phone(self.cleaned_data["phone"])
        if normal is None:
            raise forms.ValidationError(_("手机号是 11 位数字，请检查。"))
        return normal


class CodeForm(forms.Form):
    """The code that came by text message; spaces and full-width digits are taken too."""

    code = forms.CharField(
        label=gettext_lazy("短信验证码"),
        max_length=12,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("请填写短信里的六位数字。")},
    )

    def clean_code(self) -> str:
        """The six digits. Raises ValidationError."""
        code = ids.plain_number(self.cleaned_data["code"])
        if len(code) != codes.DIGITS:
            raise forms.ValidationError(_("验证码是短信里的六位数字。"))
        return code


class OfficerForm(forms.Form):
    """User name and password of an officer."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=64,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("请填写用户名。")},
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        max_length=256,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("请填写密码。")},
    )


def urls(*, phone: str, code: str, officer: str, demo: str, after: str, after_officer: str) -> list[URLPattern]:
    """The pages of sign-in with the channels' templates; `after` and `after_officer` name the pages one comes to.

    Context of every template: `form`, `next`; of `code` also `phone` (masked) and `demo` (whether codes are shown);
    of `demo` `texts` (codes), `officers` (codes of authenticators), `notices` and `letters`.
    """
    return [
        path("signin/", signin, {"template": phone}, name="signin"),
        path("signin/code/", signin_code, {"template": code, "after": after}, name="signin_code"),
        path("signin/officer/", officer_signin, {"template": officer}, name="officer_signin"),
        path("signin/officer/password/", password.own, name="own_password"),
        path("signin/officer/second/", second.second, {"after": after_officer}, name="second_factor"),
        path("signin/officer/enrol/", second.enrol, {"after": after_officer}, name="enrol_factor"),
        path("signout/", signout, {"after": "/"}, name="signout"),
        path("demo/codes/", demo_codes, {"template": demo}, name="demo_codes"),
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest, template: str) -> HttpResponse:
    """Ask for the phone and send the code."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _sent(request, form, "phone", form.cleaned_data["phone"]):
        return redirect(with_next("signin_code", request))
    return _page(request, template, form)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def signin_code(request: HttpRequest, template: str, after: str) -> HttpResponse:
    """Ask for the code (or, with `again`, send another one) and sign in."""
    phone = _phone_asked(request)
    if phone is None:
        return redirect(with_next("signin", request))
    form = CodeForm(request.POST or None)
    if "again" in request.POST:
        form.errors.clear()  # no code was asked for this time
        if _sent(request, form, "code", phone):
            return redirect(with_next("signin_code", request))
    elif request.method == "POST" and form.is_valid():
        account = _account_for(form, phone)
        if account is not None:
            return _in(request, account, after)
    return _page(request, template, form, phone=parties.masked(phone), demo=settings.DEMO)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def officer_signin(request: HttpRequest, template: str) -> HttpResponse:
    """An officer's user name and password; then the second factor."""
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = officers.sign_in(given["username"], given["password"], address_of(request))
        except officers.WrongPassword:
            form.add_error("password", _("用户名或密码不对，请重新输入。"))
        except handing.Over:
            form.add_error("password", _("这个初始密码已经过期，请管理员重新发一个。"))
        except limits.TooMany as fault:
            form.add_error("password", wait_words(_("试得太多了。"), fault))
        else:
            entering.wait_for_factor(request, account)
            return redirect(with_next("second_factor", request))
    return _page(request, template, form)


@require_POST
def signout(request: HttpRequest, after: str) -> HttpResponse:
    """End the session and forget every call that was held in this browser."""
    entering.leave(request)
    answer = redirect(after)
    access.let_go(answer)
    return answer


@never_cache
@require_safe
def demo_codes(request: HttpRequest, template: str) -> HttpResponse:
    """The codes, notices and letters that the demo shows instead of sending. Not there in a real city."""
    if not settings.DEMO:
        raise Http404
    context = {
        "texts": codes.recent_for_demo(),
        "officers": factors.codes_for_demo(),
        "notices": shown.texts(),
        "letters": shown.letters(),
    }
    return render(request, template, context)


def actor_of_request(request: HttpRequest) -> Actor | None:
    """The officer or the caller who is signed in, None for a visitor. Asked once a request."""
    actor = access.actor_of(request)
    return actor if actor.officer is not None or actor.party is not None else None


def officer_required(view: View) -> View:
    """For officers alone: everybody else is led to their sign-in, and back."""
    return _required(view, "officer_signin", lambda actor: actor.officer is not None)


def party_required(view: View) -> View:
    """For signed-in callers alone: everybody else is led to sign-in, and back."""
    return _required(view, "signin", lambda actor: actor.party is not None)


def somebody_required(view: View) -> View:
    """For whoever is signed in, caller or officer: everybody else is led to the callers' sign-in, and back."""
    return _required(view, "signin", lambda actor: True)


def _required(view: View, to: str, is_one: Callable[[Actor], bool]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = actor_of_request(request)
        if actor is not None and is_one(actor):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
        return redirect(reverse(to) + (f"?{urlencode({'next': back})}" if back else ""))

    return guarded


def _sent(request: HttpRequest, form: forms.Form, field: str, phone: str) -> bool:
    """Send a code and remember where to; a refusal stands at the form's field."""
    try:
        codes.send(phone, address_of(request))
    except limits.TooMany as fault:
        form.add_error(field, wait_words(_("验证码发得太勤了。"), fault))
        return False
    except codes.NotSent as fault:
        form.add_error(field, str(fault))
        return False
    request.session[_PHONE] = base64.b64encode(private.seal_for("sign-in", phone)).decode()
    return True


def _phone_asked(request: HttpRequest) -> str | None:
    """The phone this browser asked a code for. Another's code cannot be tried from here."""
    try:
        return private.unseal_for("sign-in", base64.b64decode(request.session.get(_PHONE, "")))
    except (private.CannotOpen, binascii.Error):
        return None


def _account_for(form: CodeForm, phone: str) -> Account | None:
    """The account of whoever has the code; otherwise the form says what is wrong."""
    party = codes.check(phone, form.cleaned_data["code"])
    if party is not None:
        try:
            return parties.account_of(party)
        except parties.HoldsPost:
            form.add_error("code", _("这个账号属于工作人员，请用用户名和密码登录。"))
            return None
    left = codes.tries_left(phone)
    wrong = ngettext("验证码不对，还可以试 %(n)s 次。", "验证码不对，还可以试 %(n)s 次。", left) % {"n": left}
    form.add_error("code", wrong if left else _("验证码已经失效，请重新获取。"))
    return None


def _in(request: HttpRequest, account: Account, after: str) -> HttpResponse:
    """Begin a fresh session for the account and go where the person wanted to."""
    request.session.pop(_PHONE, None)
    entering.enter(request, account)
    return redirect(next_of(request) or resolve_url(after))


def _page(request: HttpRequest, template: str, form: forms.Form, **more: object) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, "next": next_of(request), **more}, status=status)
