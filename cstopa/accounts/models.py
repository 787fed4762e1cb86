import datetime as dt

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# So many old rows go with each new one.
SWEPT = 100


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


class SessionQuerySet(models.QuerySet):
    def of(self, account):
        """Return those that an account has open, the last at work first."""
        return self.filter(account=account, expire_date__gt=timezone.now()).order_by("-active_at")

    def sweep(self):
        """Take away some that have ended by themselves."""
        old = self.filter(expire_date__lt=timezone.now()).order_by("expire_date")[:SWEPT]
        self.filter(pk__in=[row.pk for row in old]).delete()


class Session(AbstractBaseSession):
    """Django's, with who signed in, and when, from which address and browser."""

    # A request that is under way when its account goes says nothing else: Django tries for ever to add a
    # session that the database refuses.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        db_constraint=False,
        related_name="sessions",
    )
    signed_in_at = models.DateTimeField(null=True)
    active_at = models.DateTimeField(default=timezone.now)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=60, blank=True)

    objects = type(AbstractBaseSession._default_manager).from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    def __str__(self):
        # Never its key, which opens it.
        return f"{self.browser}, {self.address}"

    @classmethod
    def get_session_store_class(cls):
        from cstopa.accounts.sessions import SessionStore

        return SessionStore


class Preferences(models.Model):
    """What an account has chosen of the desk: a time zone, by its IANA name, and a language; "" is no choice."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="preferences",
    )
    zone = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2, blank=True)

    class Meta:
        verbose_name = "preferences"
        verbose_name_plural = "preferences"
        default_permissions = ()

    def __str__(self):
        return f"{self.zone}, {self.language}"


class SignInQuerySet(models.QuerySet):
    def record(self, **fields):
        """Add a row, and take away some that are older than they are kept."""
        old = timezone.now() - dt.timedelta(days=settings.SIGN_INS_KEPT)
        swept = self.filter(at__lt=old).order_by("at")[:SWEPT].values_list("pk", flat=True)
        self.filter(pk__in=list(swept)).delete()
        return self.create(**fields)


class SignIn(models.Model):
    """Somebody came in, or tried to with a wrong password. ``account`` is None where the name is nobody's."""

    class Outcome(models.TextChoices):
        DONE = "done", _("signed in")
        REFUSED = "refused", _("sign-in refused")
        SECOND_REFUSED = "second", _("second factor refused")

    at = models.DateTimeField(default=timezone.now, db_index=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="sign_ins"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=60, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-in")
        verbose_name_plural = _("sign-ins")
        default_permissions = ()

    def __str__(self):
        return f"{self.account}, {self.at}"
