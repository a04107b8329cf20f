"""提诉求: one plain page, and the page that says it was received."""

import logging
from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.channels.parts import access, floods
from huying.channels.web import areas, form
from huying.channels.web.form import Typed
from huying.channels.web.views import resend, similar
from huying.city import queries as city
from huying.features.appeals import actions
from huying.features.appeals.kind import APPEAL
from huying.kernel import dispatch, queries
from huying.kernel.errors import BadInput, NotThere
from huying.kernel.intake import Opened
from huying.kernel.queries import Receipt
from huying.people.actors import Actor
from huying.people.limits import TooMany

log = logging.getLogger(__name__)

DONE = "done"  # the cookie that tells the next page what was received; it ends with the browser's session
_SALT = "huying.done"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest) -> HttpResponse:
    """Show the form; take what was sent. The same form sent twice is one call."""
    if request.method != "POST":
        return blank(request, request.GET.get("text", "")[:200])
    typed = form.typed(request)
    typed.key = resend.key_of(request, typed)
    try:
        new, chosen = form.appeal_of(typed), similar.chosen(request, typed.key)
        if (doubt := which_place(typed)) is not None:
            return ask_place(request, typed, doubt)
        if chosen is None and (offered := similar.look(access.actor_of(request), new, typed.seen)):
            floods.appeal(request)
            return similar.offer(request, typed, offered)
        if chosen:
            new.join = chosen
            floods.appeal(request)
        counting = None if chosen else partial(floods.appeal, request)
        opened = actions.make_appeal(access.actor_of(request), new, counting)
    except BadInput as bad:
        return again(request, typed, bad.errors, 422)
    except TooMany as fault:
        return floods.told(again(request, typed, {"key": floods.appeals_words(fault)}, 429), fault)
    except ValueError:
        return again(request, typed, {"point": _("地图上没有这个点，请重新定位或者去掉。")}, 422)
    except OperationalError:
        log.exception("an appeal could not be recorded")
        words = _("系统这会儿存不下，您的诉求还没有收到。写的都在，请过几分钟再按提交；急事请打 12345。")
        return again(request, typed, {"key": words}, 503)
    return received(request, opened, typed)


def which_place(typed: Typed) -> dispatch.Unsure | None:
    """The place she names that lies in several districts, unless she chose an area or was asked already.

    Who may be in danger is not asked: what she says is taken up at once.
    """
    if typed.area or typed.asked or dispatch.dangers(typed.text):
        return None
    return dispatch.unsure_place(f"{typed.place} {typed.text}")


def ask_place(request: HttpRequest, typed: Typed, doubt: dispatch.Unsure) -> HttpResponse:
    """The form as it was typed, with each place of that name to choose from. Whoever cannot say goes on as well."""
    typed.asked = True
    words = _("“%(name)s”不止一处，请选一下是哪里；说不清也可以直接提交。") % {"name": doubt.name}
    places = [(area.key, areas.line(area)) for area in doubt.areas]
    return _page(request, typed, {"area": words}, 422, places)


def blank(request: HttpRequest, text: str) -> HttpResponse:
    """A fresh form, begun with `text`."""
    return _page(request, form.fresh(text), {}, 200)


def again(request: HttpRequest, typed: Typed, errors: dict[str, str], status: int) -> HttpResponse:
    """The form as it was typed, with its faults named."""
    if "key" in errors and status == 422:  # an old page: with a new key it can be sent
        typed.key = form.fresh().key
    return _page(request, typed, errors, status)


def _page(
    request: HttpRequest, typed: Typed, errors: dict[str, str], status: int, places: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    context = {
        "places": places,
        "typed": typed,
        "errors": errors,
        "sorts": APPEAL.sorts,
        "areas": areas.options(typed.area),
        "known": queries.incidents(chosen) if (chosen := city.area_by_key(typed.area)) else [],
        "signed_in": access.actor_of(request).party is not None,
        "dangers": dispatch.dangers(typed.text) if typed.text else [],
        "danger_rules": dispatch.danger_words(),
        "most_photos": settings.PHOTO_MAX_COUNT,
        "most_bytes": settings.PHOTO_MAX_BYTES,
        "most_megabytes": settings.PHOTO_MAX_BYTES // 1024**2,
        "longest": actions.TEXT_LONGEST,
    }
    return render(request, "web/appeal.html", context, status=status)


def received(request: HttpRequest, opened: Opened, typed: Typed) -> HttpResponse:
    """On to the page that says it was received."""
    answer = redirect("web:done")
    refused = [(r.name[:60], r.message) for r in typed.photos.refused]
    told = signing.dumps([opened.call_id, opened.number, opened.secret, refused], salt=_SALT, compress=True)
    answer.set_cookie(DONE, told, path=answer.url, httponly=True, samesite="Lax", secure=request.is_secure())
    access.hold(request, answer, opened.call_id)
    resend.remember(request, answer, typed)
    return answer


@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What was just received: its number and secret, who answers by when, and whom to ring if it is dangerous."""
    try:
        call_id, number, secret, refused = signing.loads(request.COOKIES.get(DONE, ""), salt=_SALT)
        actor, view = access.open_call(request, call_id)
    except (signing.BadSignature, ValueError, NotThere):
        return redirect("web:mine")
    context = {
        "view": view,
        "number": number,
        "secret": secret,
        "receipt": _receipt(actor, call_id),
        "refused": refused,
        "dangers": dispatch.dangers(view.call.text),
    }
    return render(request, "web/done.html", context)


def _receipt(actor: Actor, call_id: int) -> Receipt | None:
    try:
        return queries.receipt(actor, call_id)
    except NotThere:  # erased in the meantime
        return None
