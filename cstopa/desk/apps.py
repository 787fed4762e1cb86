from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin, with the Assembly's desk as its site."""

    default_site = "cstopa.desk.site.Desk"
