"""The citizens' portal stands at the root."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huying.channels.parts.urls")),
]
