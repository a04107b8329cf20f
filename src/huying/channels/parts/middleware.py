"""What every answer needs: the reader's looks and language, and the headers that keep foreign code out of a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation
from django.utils.cache import patch_vary_headers

from huying.channels.parts import errors, looks

# Nothing that is not named. Pictures: data: for the arrow of a list in the style sheet, blob: for one chosen and not yet sent.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
# The two exceptions: a page of ours that shows another one in a frame, and the one that may be shown so, by us alone.
FRAMING = f"{POLICY}; frame-src 'self'"
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
PERMISSIONS = (
    "geolocation=(self), camera=(self), microphone=(), payment=(), usb=(), display-capture=(), browsing-topics=(), "
    "accelerometer=(), gyroscope=(), magnetometer=(), midi=(), serial=()"
)
BODY_SLACK = 2 * 1024 * 1024  # what a form carries beside its pictures


class LooksMiddleware:
    """Reads the looks cookie, speaks the reader's language, refuses bodies that no form of ours can have."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # twice what is allowed: a picture that is a little too large is still refused by its name, on the form
        self.most_bytes = 2 * settings.PHOTO_MAX_COUNT * settings.PHOTO_MAX_BYTES + BODY_SLACK

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = looks.of_cookie(request.COOKIES.get(looks.COOKIE))
        request.looks = chosen  # type: ignore[attr-defined]  # templates and looks.of_request read it
        translation.activate(chosen.language)
        if _length(request) > self.most_bytes:
            response = errors.too_large(request)
        else:
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", chosen.html_lang)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        _only_encrypted(response)
        patch_vary_headers(response, ["Cookie"])
        return response


class ButtonMiddleware:
    """A page for whoever opens an address that only takes what a form sends, where Django answers with nothing.

    Innermost of all, so that the page gets what every other gets. What asks for something else than a page is answered as ever.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wants_page = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if not isinstance(response, HttpResponseNotAllowed) or not wants_page:
            return response
        told = errors.by_button(request)
        told.headers["Allow"] = response.headers["Allow"]
        return told


def _only_encrypted(response: HttpResponse) -> None:
    """Where the site is served over https every cookie says so, whoever set it and whatever stands before us."""
    if settings.HTTPS:
        for cookie in response.cookies.values():
            cookie["secure"] = True


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
