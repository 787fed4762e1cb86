from django.db import models
from django.utils.translation import gettext_lazy as _


class Month(models.Model):
    """How many articles of one month are published, those whose moment still lies ahead included.

    Derived from the articles: ``rebuild_archive`` makes all of it again. A month stays when its
    last article goes, with none.
    """

    first_day = models.DateField(primary_key=True)
    articles = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("month of the archive")
        verbose_name_plural = _("months of the archive")
        ordering = ("-first_day",)
        default_permissions = ()

    def __str__(self):
        return f"{self.first_day:%Y-%m}: {self.articles}"
