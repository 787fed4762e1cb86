from django.db import models


class SiteVersion(models.Model):
    """The one row that is other after each write of anything public, in the same transaction.

    ``token`` is a random text and no number: after a backup was restored, a number would come back
    and mean something else.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = "version of the site"
        verbose_name_plural = "versions of the site"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="kept_one_site_version", condition=models.Q(id=1))
        ]

    def __str__(self):
        return self.token
