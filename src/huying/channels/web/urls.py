"""The citizens' portal stands at the root."""

from django.urls import URLPattern, URLResolver, include, path

from huying.channels.parts import signin
from huying.channels.web.views import appeal, board, calls, home, incident, log, mydata, pages, receipts, street, telling

portal = [
    path("", home.home, name="home"),
    path("ask/", home.ask, name="ask"),
    path("appeal/", appeal.appeal, name="appeal"),
    path("appeal/done/", appeal.done, name="done"),
    path("mine/", calls.mine, name="mine"),
    path("find/", calls.find, name="find"),
    path("call/<str:number>/", calls.call, name="call"),
    path("call/<str:number>/receipt/", receipts.page, name="receipt"),
    path("call/<str:number>/receipt.json", receipts.file, name="receipt-file"),
    path("verify/<str:number>/<str:code>/", receipts.verify, name="verify"),
    path("log/", log.page, name="log"),
    path("log/key", log.key, name="log-key"),
    path("log/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/consistency/<int:old>/<int:size>", log.consistency, name="log-consistency"),
    path("log/tile/<int:level>/<path:place>", log.tile, name="log-tile"),
    path("log/cosign", log.cosign, name="log-cosign"),
    path("board/", board.board, name="board"),
    path("street/", street.streets, name="streets"),
    path("street/<str:key>/", street.street, name="street"),
    path("incidents/", incident.incidents, name="incidents"),
    path("incidents/known/", incident.known, name="known"),
    path("incident/<int:matter_id>/", incident.incident, name="incident"),
    path("me/", pages.me, name="me"),
    path("me/messages/", telling.messages, name="messages"),
    path("me/wish/", telling.wish, name="wish"),
    path("me/looks/", pages.looks, name="looks"),
    path("me/data/", mydata.page, name="my-data"),
    path("me/data/my-data.json", mydata.export, {"form": "json"}, name="my-data-json"),
    path("me/data/my-data.pdf", mydata.export, {"form": "pdf"}, name="my-data-pdf"),
    path("me/data/correct/", mydata.correct, name="my-data-correct"),
    path("me/data/consent/", mydata.consent, name="my-data-consent"),
    path("me/data/erase/", mydata.erase, name="my-data-erase"),
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
