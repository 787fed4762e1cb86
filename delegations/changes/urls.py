"""The addresses of the log, in all and of one delegation, and of what was on record."""

from django.urls import path

from cstopa.http.feeds import for_readers
from cstopa.opendata.responses import for_machines
from delegations.changes import on_record, views
from delegations.changes.feeds import LogFeed
from delegations.changes.memento import TimeGate, TimeMap

DELEGATION = "delegations/<slug:slug>/"
atom = for_readers(LogFeed())
json = for_machines(views.LogData.as_view())
csv = for_machines(views.LogData.as_view(is_table=True))
on_record_page = views.OnRecordView.as_view()
on_record_json = for_machines(views.OnRecordView.as_view(as_data=True))
chambers_csv = for_machines(views.OnRecordTable.as_view(table=staticmethod(on_record.chambers)))
people_csv = for_machines(views.OnRecordTable.as_view(table=staticmethod(on_record.people)))

urlpatterns = [
    path(f"{kind}/{rest}", view, name=f"{prefix}{kind}")
    for kind, view in (("timegate", TimeGate.as_view()), ("timemap", TimeMap.as_view()))
    for rest, prefix in (("delegations/", ""), (DELEGATION, "delegation-"))
]
for start, prefix in (("", ""), (DELEGATION, "delegation-")):
    urlpatterns += [
        path(f"{start}changes/{rest}", view, name=f"{prefix}{name}")
        for rest, view, name in (
            ("", views.Log.as_view(), "changes"),
            ("feed.atom", atom, "changes-atom"),
            ("changes.json", json, "changes-json"),
            ("changes.csv", csv, "changes-csv"),
            ("on-record/", on_record_page, "on-record"),
            ("on-record.json", on_record_json, "on-record-json"),
            ("on-record.csv", chambers_csv, "on-record-csv"),
            ("on-record-people.csv", people_csv, "on-record-people-csv"),
        )
    ]
