from django.db import models
from django.utils import timezone


class Attempts(models.Model):
    """How often a password was wrong lately, of one name, address or browser, of which ``key`` is a digest.

    What was typed for a name may be a password, so it is kept nowhere. No attempt is made before ``open_at``.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(default=timezone.now, db_index=True)
    open_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "attempts"
        verbose_name_plural = "attempts"
        default_permissions = ()

    def __str__(self):
        return f"{self.failures}, {self.counted_at}"
