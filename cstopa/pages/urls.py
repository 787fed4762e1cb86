from django.urls import path

from cstopa.pages import views
from cstopa.pages.models import Slug

app_name = "written"
urlpatterns = [path(f"{slug}/", views.page, {"slug": slug}, name=slug.value) for slug in Slug]
