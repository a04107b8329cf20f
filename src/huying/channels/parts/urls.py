"""Pages that every channel shares."""

from django.urls import path

from huying.channels.parts import looks

app_name = "parts"
urlpatterns = [path("looks/", looks.change, name="looks")]
