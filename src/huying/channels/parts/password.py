"""密码 over HTTP: one's own instead of one that was handed out, at the first sign-in; another one later, once proved again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huying.channels.parts import entering
from huying.channels.parts.password_form import FIELDS, PasswordForm
from huying.people import handing, limits, passwords, stays
from huying.people.errors import Wrong
from huying.people.models import Account


@never_cache
@sensitive_post_parameters(*FIELDS)
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """Who signed in with a password that was handed out sets his own; then comes the second factor."""
    account = entering.waiting(request)
    if account is None or not handing.is_handed(account):
        return redirect(entering.with_next("second_factor" if account else "officer_signin", request))
    form = PasswordForm(request.POST or None)
    if changed := _changed(request, account, form):
        entering.wait_for_factor(request, changed)
        return redirect(entering.with_next("second_factor", request))
    return _page(request, form, {"first": True, "login": str(account), "next": entering.next_of(request)})


def change(request: HttpRequest, back: str) -> HttpResponse:
    """Another password for an officer who is signed in; every other session of his ends. The view is guarded by who calls."""
    account = request.user
    assert isinstance(account, Account)
    form = PasswordForm(request.POST if set(FIELDS) & set(request.POST) else None)
    if changed := _changed(request, account, form):
        before = request.session.session_key or ""
        stays.end_others(account, before)
        update_session_auth_hash(request, changed)
        request.session.save()
        stays.renamed(before, request.session.session_key or "")
        messages.success(request, _("密码已经改了。别处的登录都已退出。"))
        return redirect(back)
    return _page(request, form, {"first": False, "login": str(account), "back": back})


def _changed(request: HttpRequest, account: Account, form: PasswordForm) -> Account | None:
    """The account with its new password; None when nothing was sent, or the form says what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    given = form.cleaned_data
    try:
        return passwords.change(account, given["old"], given["new"], given["again"])
    except Wrong as fault:
        for field, message in fault.errors.items():
            form.add_error(field, message)
    except limits.TooMany as fault:
        form.add_error("old", entering.wait_words(_("试得太多了。"), fault))
    return None


def _page(request: HttpRequest, form: PasswordForm, more: dict[str, Any]) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "parts/password.html", {"form": form} | more, status=status)
