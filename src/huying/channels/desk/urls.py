"""The desk's pages: everything under /desk/."""

from django.urls import path

from huying.channels.desk import oversight, views
from huying.channels.desk.dispatching import boundaries, dispatching

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("m/<int:matter_id>/", views.inbox, name="matter"),
    path("m/<int:matter_id>/<slug:verb>/", views.act, name="act"),
    path("sign/", views.sign_many, name="sign_many"),
    path("look/<int:call_id>/", views.look, name="look"),
    path("dispatch/", dispatching, name="dispatching"),
    path("dispatch/<int:matter_id>/", dispatching, name="dispatch_one"),
    path("boundaries/", boundaries, name="boundaries"),
    path("rates/", oversight.rates, name="rates"),
    path("late/", oversight.late, name="late"),
    path("keys/", views.keys, name="keys"),
]
