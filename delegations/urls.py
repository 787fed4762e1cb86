from django.urls import include, path

from cstopa.http.feeds import for_readers
from cstopa.opendata.responses import for_machines
from delegations import (
    ahead_views,
    comparison_views,
    embedding_views,
    people_views,
    source_views,
    views,
)

app_name = "delegations"
seats = for_machines(embedding_views.SeatsPicture.as_view())
seats.may_be_framed = True
urlpatterns = [
    path("delegations/", views.DelegationList.as_view(), name="list"),
    path("delegations/<slug:slug>/", views.DelegationDetail.as_view(), name="detail"),
    path("parliaments/", views.ParliamentList.as_view(), name="parliament-list"),
    path("parliaments/<slug:slug>/", views.ParliamentDetail.as_view(), name="parliament-detail"),
    path("people/", people_views.PersonList.as_view(), name="person-list"),
    path("people/<slug:slug>/", people_views.PersonDetail.as_view(), name="person-detail"),
    path("ahead/", ahead_views.Ahead.as_view(), name="ahead"),
    path("ahead/calendar.ics", for_readers(ahead_views.whole_calendar), name="calendar"),
    path(
        "delegations/<slug:slug>/ahead.ics",
        for_readers(ahead_views.DelegationCalendar.as_view()),
        name="delegation-calendar",
    ),
    path("delegations/<slug:slug>/seats.svg", seats, name="seats-svg"),
    path("oembed.json", for_machines(embedding_views.oembed), name="oembed-json"),
    path("compare/", comparison_views.Compare.as_view(), name="compare"),
    path("sources/", source_views.SourceList.as_view(), name="source-list"),
    path("sources/<slug:code>/", source_views.SourceDetail.as_view(), name="source-detail"),
    path("", include("delegations.changes.urls")),
]
