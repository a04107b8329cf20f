"""Every channel's pages under one roof, and the pages for when something went wrong."""

from django.urls import URLPattern, URLResolver, include, path

from huying.channels.parts import signin

signing_in = signin.urls(
    phone="web/signin.html",
    code="web/signin_code.html",
    officer="parts/signin_officer.html",
    demo="web/codes.html",
    after="web:mine",
    after_officer="desk:start",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("huying.channels.desk.urls")),
    path("", include(signing_in)),
    path("", include("huying.channels.web.urls")),
]
handler400 = "huying.channels.parts.errors.bad_request"
handler403 = "huying.channels.parts.errors.not_allowed"
handler404 = "huying.channels.parts.errors.not_found"
handler500 = "huying.channels.parts.errors.failed"
