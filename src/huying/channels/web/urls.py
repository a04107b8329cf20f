"""The citizens' portal stands at the root."""

from django.urls import URLPattern, URLResolver, include, path

from huying.channels.parts import signin
from huying.channels.web.views import appeal, board, calls, home, pages, street

portal = [
    path("", home.home, name="home"),
    path("ask/", home.ask, name="ask"),
    path("appeal/", appeal.appeal, name="appeal"),
    path("appeal/done/", appeal.done, name="done"),
    path("mine/", calls.mine, name="mine"),
    path("find/", calls.find, name="find"),
    path("call/<str:number>/", calls.call, name="call"),
    path("board/", board.board, name="board"),
    path("street/", street.streets, name="streets"),
    path("street/<str:key>/", street.street, name="street"),
    path("me/", pages.me, name="me"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huying.channels.parts.urls")),
    path("", include((portal, "web"))),
    *signin.urls(
        phone="web/signin.html",
        code="web/signin_code.html",
        officer="web/officer_signin.html",
        demo="web/demo_codes.html",
        after="web:mine",
        after_officer="desk:start",
    ),
]
