"""How a page looks to this reader: theme, contrast, size, language. Kept in one cookie, set by a small form."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

COOKIE = "looks"
KEPT_SECONDS = 365 * 24 * 3600
# What may stand in each place of the cookie; the first is what holds where nothing was chosen.
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("", "light", "dark"),
    "contrast": ("", "more"),
    "size": ("", "large"),
    "language": ("zh-hans", "en"),
}
NAMES = {"zh-hans": "中文", "en": "English"}  # read, not said: each language names itself
LABELS = {
    "theme": (_("明暗"), (_("跟随系统"), _("浅色"), _("深色"))),
    "contrast": (_("对比"), (_("标准"), _("高对比"))),
    "size": (_("版面"), (_("标准版"), _("长辈版"))),
    "language": (_("语言"), tuple(NAMES.values())),
}
HTML_LANG = {"zh-hans": "zh-CN", "en": "en"}


@dataclass(frozen=True, slots=True)
class Looks:
    """'' is the standard of each; `theme` '' follows the system."""

    theme: str = ""
    contrast: str = ""
    size: str = ""
    language: str = "zh-hans"

    @property
    def html_lang(self) -> str:
        """The language as HTML names it."""
        return HTML_LANG[self.language]

    @property
    def other(self) -> tuple[str, str, str]:
        """The other language: its value, its own name, and the language as HTML names it."""
        value = "zh-hans" if self.language == "en" else "en"
        return value, NAMES[value], HTML_LANG[value]


STANDARD = Looks()


def of_request(request: HttpRequest) -> Looks:
    """The looks that the middleware found; the standard where it has not been."""
    found: Looks = getattr(request, "looks", STANDARD)
    return found


def of_cookie(value: str | None) -> Looks:
    """The looks that a cookie tells; what it says wrongly is the standard."""
    return with_choices(STANDARD, dict(zip(CHOICES, value.split("."), strict=False))) if value else STANDARD


def to_cookie(looks: Looks) -> str:
    """As it stands in the cookie: `dark.more.large.en`."""
    return ".".join(getattr(looks, name) for name in CHOICES)


def with_choices(looks: Looks, chosen: dict[str, str]) -> Looks:
    """`looks` with what was chosen; anything that is no choice is passed over."""
    return replace(looks, **{name: value for name, value in chosen.items() if value in CHOICES.get(name, ())})


def change(request: HttpRequest) -> HttpResponse:
    """Show the four choices; a POST keeps what was chosen and goes back to where the reader was."""
    if request.method != "POST":
        return render(request, "parts/looks.html", {"groups": _groups(of_request(request)), "next": _next(request)})
    looks = with_choices(of_request(request), request.POST.dict())
    answer = HttpResponse(status=204) if request.headers.get("X-Quiet") else HttpResponseRedirect(_next(request))
    answer.set_cookie(COOKIE, to_cookie(looks), max_age=KEPT_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or "/"
    return asked if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()) else "/"


def _groups(looks: Looks) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": label,
            "choices": [(value, text, value == getattr(looks, name)) for value, text in zip(CHOICES[name], texts, strict=True)],
        }
        for name, (label, texts) in LABELS.items()
    ]
