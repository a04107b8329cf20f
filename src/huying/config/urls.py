"""Every channel's pages under one roof."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("huying.channels.desk.urls")),
    path("", include("huying.channels.web.urls")),
]
