from django.urls import include, path

from delegations import source_views, views

app_name = "delegations"
urlpatterns = [
    path("delegations/", views.DelegationList.as_view(), name="list"),
    path("delegations/<slug:slug>/", views.DelegationDetail.as_view(), name="detail"),
    path("parliaments/", views.ParliamentList.as_view(), name="parliament-list"),
    path("parliaments/<slug:slug>/", views.ParliamentDetail.as_view(), name="parliament-detail"),
    path("people/", views.PersonList.as_view(), name="person-list"),
    path("people/<slug:slug>/", views.PersonDetail.as_view(), name="person-detail"),
    path("sources/", source_views.SourceList.as_view(), name="source-list"),
    path("sources/<slug:code>/", source_views.SourceDetail.as_view(), name="source-detail"),
    path("", include("delegations.changes.urls")),
]
