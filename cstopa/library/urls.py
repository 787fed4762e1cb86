from django.urls import path

from cstopa.library import views
from cstopa.library.documents.views import document

app_name = "library"

urlpatterns = [
    path("documents/<slug:token>/<str:name>", document, name="document"),
    path("<slug:token>/<str:name>", views.rendition, name="rendition"),
]
