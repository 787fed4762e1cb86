from django.urls import path

from cstopa.pages.models import Slug
from cstopa.pages.views import WrittenPage

app_name = "written"
urlpatterns = [
    path(f"{slug}/", WrittenPage.as_view(), {"slug": slug}, name=slug.value) for slug in Slug
]
