"""Where an account is signed in, for the channels' pages: the list, and the ending of one or of all others."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huying.people import stays
from huying.people.models import Account, Stay


@dataclass(frozen=True, slots=True)
class Shown:
    """One session as its owner sees it."""

    pk: int
    device: str
    place: str
    since: datetime
    seen_at: datetime
    here: bool  # it is the one that looks


def shown(request: HttpRequest) -> list[Shown]:
    """The sessions of who is signed in, this one first."""
    rows = [_shown(row, request) for row in stays.current(_account(request))]
    return sorted(rows, key=lambda row: not row.here)


def end(request: HttpRequest) -> None:
    """End the session that was named, or all but this one, and say so."""
    account, one = _account(request), request.POST.get("stay", "")
    ended = stays.end(account, int(one)) if one.isdecimal() and len(one) < 19 else 0
    if "others" in request.POST:
        ended = stays.end_others(account, request.session.session_key or "")
    said = ngettext("退出了 %(n)s 处登录。", "退出了 %(n)s 处登录。", ended) % {"n": ended}
    messages.success(request, said) if ended else messages.warning(request, _("没有别的登录了。"))


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # the page is guarded
    return request.user


def _shown(row: Stay, request: HttpRequest) -> Shown:
    place = stays.place_of(row)
    here = row.session_key == request.session.session_key
    return Shown(row.pk, row.device or _("不认识的设备"), place, row.since, row.seen_at, here)
