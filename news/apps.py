from django.apps import AppConfig
from django.db.models import PROTECT
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self):
        # What an article concerns cannot be deleted from under it. Django gives the table of a
        # many-to-many field CASCADE on both sides, and has no option to say otherwise.
        for field in self.get_model("Article")._meta.many_to_many:
            through = field.remote_field.through
            through._meta.get_field(field.m2m_reverse_field_name()).remote_field.on_delete = PROTECT
