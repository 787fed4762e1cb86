from django.urls import path

from cstopa.library import views

app_name = "library"

urlpatterns = [path("<slug:token>/<str:name>", views.rendition, name="rendition")]
