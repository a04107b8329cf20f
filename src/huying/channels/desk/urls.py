"""The desk's pages: everything under /desk/."""

from django.urls import path

from huying.channels.desk import (
    absence,
    advising,
    batch,
    deeds,
    duty,
    grades,
    hot,
    incidents,
    looks,
    oversight,
    phrases,
    search,
    security,
    views,
)
from huying.channels.desk.dispatching import boundaries, dispatching

app_name = "desk"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("m/<int:matter_id>/", views.inbox, name="matter"),
    path("m/<int:matter_id>/look-over/", advising.follow, name="look_over"),
    path("m/<int:matter_id>/<slug:verb>/", views.act, name="act"),
    path("search/", search.find, name="search"),
    path("sign/", views.sign_many, name="sign_many"),
    path("look/<int:call_id>/", views.look, name="look"),
    path("looks/", looks.looks, name="looks"),
    path("dispatch/", dispatching, name="dispatching"),
    path("dispatch/<int:matter_id>/", dispatching, name="dispatch_one"),
    path("boundaries/", boundaries, name="boundaries"),
    path("rates/", oversight.rates, name="rates"),
    path("grades/", grades.grades, name="grades"),
    path("grades/<int:rating_id>/<slug:verb>/", grades.act, name="grade"),
    path("late/", oversight.late, name="late"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new, name="incident_new"),
    path("hot/", hot.hot, name="hot"),
    path("hot/<int:cause_id>/close/", hot.close, name="hot_close"),
    path("keys/", views.keys, name="keys"),
    path("start/", views.start, name="start"),
    path("me/", views.me, name="me"),
    path("me/sessions/", security.sessions, name="sessions"),
    path("me/sessions/factor/", security.give_up, name="factor_give_up"),
    path("me/password/", security.password, name="password"),
    path("leave/", absence.absence, name="leave"),
    path("leave/<int:leave_id>/end/", absence.end, name="leave_end"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<int:unit>/<slug:what>/", duty.change, name="duty_change"),
    path("templates/", phrases.phrases, name="templates"),
    path("templates/from/<int:response_id>/", phrases.from_answer, name="template_from"),
    path("batch/", batch.batch, name="batch"),
    path("batch/done/", batch.done, name="batch_done"),
    path("history/", deeds.deeds, name="history"),
]
