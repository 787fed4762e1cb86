from django.urls import path

from cstopa.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("openapi.json", views.description, name="openapi"),
    path("popolo.json", views.as_popolo, name="popolo"),
    path("<slug:resource>.csv", views.table, name="table"),
    path("<slug:resource>.csv-metadata.json", views.table_description, name="table-description"),
    path("<slug:resource>/", views.collection, name="list"),
    path("<slug:resource>/<slug:code>/", views.single, name="detail"),
]
