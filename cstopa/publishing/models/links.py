"""A link that shows one version, for some days, to whoever has it."""

import datetime as dt
import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Days for which a link is open, at most and mostly.
MOST_DAYS, DAYS = 30, 7
# For how long the desk still says that there was one.
KEPT = dt.timedelta(days=30)

signer = Signer(sep=".", salt="cstopa.publishing.links")


def new_code():
    return secrets.token_urlsafe(16)


class PreviewLinkQuerySet(models.QuerySet):
    def of(self, row):
        return self.filter(model=row._meta.label_lower, key=row.pk)

    def open(self):
        """Return those that show something; who has left opens nothing to anybody any more."""
        return self.filter(
            expires_at__gt=timezone.now(), revoked_at=None, by__is_active=True
        ).select_related("by")

    def by_token(self, token):
        """Return the open link of an address, or None; of a forged one the database is asked as well."""
        try:
            code = signer.unsign(token)
        except BadSignature:
            code = ""
        return self.open().filter(code=code).first()

    def make(self, row, version, by, days):
        # Whoever makes one sweeps, so that nobody has to think of it.
        self.filter(expires_at__lt=timezone.now() - KEPT).delete()
        return self.create(
            model=row._meta.label_lower,
            key=row.pk,
            version=version,
            by=by,
            expires_at=timezone.now() + dt.timedelta(days=days),
        )


class PreviewLink(models.Model):
    """Who has its address reads one version of a row, and takes a step of its review in the name of ``by``.

    The address is signed, and no table has it: a backup tells nobody what is not public.
    """

    code = models.CharField(max_length=22, unique=True, default=new_code)
    # By its name and key: the link outlives the row, and says that it is gone.
    model = models.CharField(max_length=100)
    key = models.BigIntegerField()
    version = models.PositiveBigIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link for approval")
        verbose_name_plural = _("links for approval")
        default_permissions = ()
        indexes = [
            models.Index(fields=["model", "key", "-id"], name="publishing_link_of_row"),
            models.Index(fields=["expires_at"], name="publishing_link_old"),
        ]

    def __str__(self):
        return f"{self.model} {self.key}"

    @property
    def token(self):
        return signer.sign(self.code)

    @property
    def is_open(self):
        is_in_time = self.revoked_at is None and self.expires_at > timezone.now()
        return is_in_time and self.by is not None and self.by.is_active

    def revoke(self):
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
