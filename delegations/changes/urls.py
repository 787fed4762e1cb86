"""The addresses of the log, in all and of one delegation."""

from django.urls import path

from cstopa.http.feeds import for_readers
from cstopa.opendata.responses import for_machines
from delegations.changes import views
from delegations.changes.feeds import LogFeed

DELEGATION = "delegations/<slug:slug>/"
atom = for_readers(LogFeed())
json = for_machines(views.LogData.as_view())
csv = for_machines(views.LogData.as_view(is_table=True))
on_record_json = for_machines(views.OnRecordView.as_view(as_data=True))

urlpatterns = [
    path(
        f"{DELEGATION}changes/on-record/", views.OnRecordView.as_view(), name="delegation-on-record"
    ),
    path(f"{DELEGATION}changes/on-record.json", on_record_json, name="delegation-on-record-json"),
]
for start, prefix in (("", ""), (DELEGATION, "delegation-")):
    urlpatterns += [
        path(f"{start}changes/", views.Log.as_view(), name=f"{prefix}changes"),
        path(f"{start}changes/feed.atom", atom, name=f"{prefix}changes-atom"),
        path(f"{start}changes/changes.json", json, name=f"{prefix}changes-json"),
        path(f"{start}changes/changes.csv", csv, name=f"{prefix}changes-csv"),
    ]
