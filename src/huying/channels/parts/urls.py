"""Pages that every channel shares."""

from django.urls import path

from huying.channels.parts import looks, photos

app_name = "parts"
urlpatterns = [
    path("looks/", looks.change, name="looks"),
    path("photo/<str:sha256>/", photos.show, name="photo"),
    path("photo/<str:sha256>/small/", photos.show, {"small": True}, name="photo-small"),
    path("photo/draft/<str:token>/", photos.draft, name="photo-draft"),
]
