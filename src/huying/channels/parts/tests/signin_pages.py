"""A small site with the pages of sign-in, for tests: one plain page each and two that are guarded."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from huying.channels.parts import signin


@signin.officer_required
def desk(request: HttpRequest) -> HttpResponse:
    actor = signin.actor_of_request(request)
    return HttpResponse(f"desk of {actor.name if actor else 'nobody'}")


@signin.party_required
def mine(request: HttpRequest) -> HttpResponse:
    actor = signin.actor_of_request(request)
    return HttpResponse(f"calls of {actor.name if actor else 'nobody'}")


def home(request: HttpRequest) -> HttpResponse:
    actor = signin.actor_of_request(request)
    return HttpResponse(actor.name if actor else "visitor")


PAGE = (
    "{{ phone }}|{% for field in form %}{{ field.label }}={{ field }}:"
    "{{ field.errors.as_text }}|{% endfor %}next={{ next }}{% if demo %}|codes are shown{% endif %}"
)
TEMPLATES = {"form.html": PAGE, "codes.html": "{% for text in texts %}{{ text.phone }} {{ text.values.code }};{% endfor %}"}
urlpatterns = [
    path("", home, name="home"),
    path("desk/", desk, name="desk"),
    path("mine/", mine, name="mine"),
    *signin.urls(
        phone="form.html", code="form.html", officer="form.html", demo="codes.html", after="mine", after_officer="desk"
    ),
]
