from django.urls import path

from cstopa.opendata import views

app_name = "opendata"
urlpatterns = [
    path("", views.index, name="index"),
    path("openapi.json", views.openapi_document, name="openapi"),
    path("datapackage.json", views.datapackage, name="datapackage"),
    path("dcat.json", views.dcat, name="dcat"),
    path("<str:name>.json", views.document, name="document"),
    path("<slug:resource>.csv", views.table, name="table"),
    path("<slug:resource>.xlsx", views.workbook, name="workbook"),
    path("everything.zip", views.everything, name="archive"),
    path("<slug:resource>/", views.collection, name="list"),
    path("<slug:resource>/<slug:code>/", views.single, name="detail"),
]
