"""The addresses of the log, in all and of one delegation."""

from django.urls import path

from cstopa.http.etags import conditional_get
from cstopa.http.feeds import for_readers
from cstopa.opendata.responses import for_machines
from delegations.changes import feeds, views

DELEGATION = "delegations/<slug:slug>/changes"

urlpatterns = [
    path("changes/", views.Log.as_view(), name="changes"),
    path("changes/feed.atom", conditional_get(for_readers(feeds.LogFeed())), name="changes-atom"),
    path("changes/changes.json", for_machines(views.LogJSON.as_view()), name="changes-json"),
    path("changes/changes.csv", for_machines(views.LogCSV.as_view()), name="changes-csv"),
    path(f"{DELEGATION}/", views.DelegationLog.as_view(), name="delegation-changes"),
    path(
        f"{DELEGATION}/feed.atom",
        conditional_get(for_readers(feeds.DelegationLogFeed())),
        name="delegation-changes-atom",
    ),
    path(
        f"{DELEGATION}/changes.json",
        for_machines(views.DelegationLogJSON.as_view()),
        name="delegation-changes-json",
    ),
    path(
        f"{DELEGATION}/changes.csv",
        for_machines(views.DelegationLogCSV.as_view()),
        name="delegation-changes-csv",
    ),
    path(f"{DELEGATION}/on-record/", views.OnRecord.as_view(), name="on-record"),
    path(
        f"{DELEGATION}/on-record.json",
        for_machines(views.OnRecordJSON.as_view()),
        name="on-record-json",
    ),
]
