from django.urls import path

from cstopa.publishing.links import views

app_name = "preview"

urlpatterns = [
    path("<str:token>/", views.page, name="page"),
    # The public page itself, which the other frames.
    path("<str:token>/page/", views.framed, name="framed"),
]
