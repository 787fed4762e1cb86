"""The page that leads people to the data."""

from django.views.generic import TemplateView

from cstopa.opendata.catalogue import RESOURCES
from delegations.as_of_views import AsOfDayMixin


class OpenData(AsOfDayMixin, TemplateView):
    """Every resource with its table; with a day, the tables are those of the day."""

    template_name = "opendata/page.html"
    extra_context = {"resources": RESOURCES.values()}
