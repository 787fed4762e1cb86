from django.contrib.admin import AdminSite
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    """The desk at which the secretariat looks after what the site publishes."""

    site_title = _("Desk of the CSTO Parliamentary Assembly")
    site_header = _("Desk of the CSTO Parliamentary Assembly")
    index_title = _("What the site publishes")
    empty_value_display = "–"
    # In the language of the desk.
    site_url = reverse_lazy("home")

    def get_urls(self):
        """Leave out the way from any row to its public address, which tells the slug of a draft."""
        # Its models are there only now.
        from delegations.admin.to_check import ToCheck

        to_check = path("to-check/", self.admin_view(ToCheck(self).view), name="to-check")
        urls = [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]
        return [to_check, *urls]

    def get_app_list(self, request, app_label=None):
        """Keep the order in which the models are registered: that of the work, not of the names."""
        return list(self._build_app_dict(request, app_label).values())
