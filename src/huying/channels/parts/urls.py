"""Pages that every channel shares."""

from django.urls import path

from huying.channels.parts import looks, next_day, papers, photos, reports

app_name = "parts"
urlpatterns = [
    path("outside/texts/report/", reports.told, name="texts-report"),
    path("outside/relay/heard/", reports.heard, name="relay-heard"),
    path("looks/", looks.change, name="looks"),
    path("demo/next-day/", next_day.next_day, name="next-day"),
    path("paper/<int:upload_id>/", papers.paper, name="paper"),
    path("photo/<str:sha256>/", photos.show, name="photo"),
    path("photo/<str:sha256>/small/", photos.show, {"small": True}, name="photo-small"),
    path("photo/draft/<str:token>/", photos.draft, name="photo-draft"),
]
