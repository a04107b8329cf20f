"""What may be sent how often from one address and by one account: appeals, pictures, guesses at a call's secret.

Counted in the database (people.limits), so that it holds over all processes and after a restart.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from huying.channels.parts.entering import address_of
from huying.people import limits
from huying.people.limits import Limit, TooMany

HOUR = timedelta(hours=1)
# Whoever mistypes, from one place at one call; and one place that tries many calls. A secret has 50 bits: this is for quiet.
GUESSES_AT_ONE = Limit("secret.call", most=10, within=timedelta(minutes=15))
GUESSES = Limit("secret.address", most=60, within=timedelta(minutes=15))


def appeal(request: HttpRequest) -> None:
    """Count one appeal that was sent. Raises TooMany."""
    _take(request, "appeal", settings.APPEALS_PER_ADDRESS, settings.APPEALS_PER_ACCOUNT, 1)


def photos(request: HttpRequest, count: int) -> None:
    """Count pictures that were sent, before any is opened. Raises TooMany."""
    _take(request, "photo", settings.PHOTOS_PER_ADDRESS, settings.PHOTOS_PER_ACCOUNT, count)


def guess(request: HttpRequest, number: str) -> None:
    """Count one try at a call's secret, before it is looked at: many at once get no more than their number. Raises TooMany."""
    address = address_of(request)
    with transaction.atomic():
        limits.take(GUESSES_AT_ONE, f"{number}|{address}")
        limits.take(GUESSES, address)


def guessed(request: HttpRequest, number: str) -> None:
    """It was the right one: tries at this call begin anew."""
    limits.forget(GUESSES_AT_ONE, f"{number}|{address_of(request)}")


def told(answer: HttpResponse, fault: TooMany) -> HttpResponse:
    """The page, with the seconds after which a machine may try again."""
    answer.headers["Retry-After"] = str(fault.wait)
    return answer


def appeals_words(fault: TooMany) -> str:
    """What the form says; all that was typed stands in it."""
    words = _(
        "从这里发来的诉求太多，这一件还没有收到。写的都在，请 %(n)s 分钟后再按提交；急事请打 12345，危险请打 110、119、120。"
    )
    return words % {"n": fault.minutes}


def photos_words(fault: TooMany) -> str:
    """Why a picture was not taken; the words that came with it are."""
    return _("从这里发来的照片太多，这张没有收。文字可以先提交，照片请 %(n)s 分钟后再补。") % {"n": fault.minutes}


def guesses_words(fault: TooMany) -> str:
    """Why nothing was looked up; the same whether there is such a call or not."""
    return _("试得太多了，请 %(n)s 分钟后再查。急事请打 12345。") % {"n": fault.minutes}


def _take(request: HttpRequest, what: str, by_address: int, by_account: int, count: int) -> None:
    """Both or none: what one refuses the other does not count."""
    of_address = Limit(f"{what}.address", most=by_address, within=HOUR)
    if not request.user.is_authenticated:
        limits.take(of_address, address_of(request), count)
        return
    with transaction.atomic():
        limits.take(Limit(f"{what}.account", most=by_account, within=HOUR), str(request.user.pk), count)
        limits.take(of_address, address_of(request), count)
