import datetime as dt

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Greatest
from django.utils import timezone

from cstopa.working_copies.unsent import STEP, digest, fields_of, packed, unpacked

# For how long the words of a form wait, and a save is known by its token.
KEPT = dt.timedelta(days=30)
# For how long a form is open of which nothing is heard: it says so every few seconds; a browser lets a
# window that nobody sees speak once a minute.
PRESENT, PRESENT_UNSEEN = dt.timedelta(seconds=25), dt.timedelta(seconds=100)


class WorkingCopyQuerySet(models.QuerySet):
    def with_words(self):
        return self.exclude(fields="")

    def of_row(self, model, key):
        return self.filter(model=model._meta.label_lower, key=key)

    def open_now(self):
        return self.filter(open_until__gt=timezone.now())

    def forget_old(self):
        self.filter(open_until__lt=timezone.now() - KEPT).delete()

    def keep(self, account, token, model, key, sent, until=None):
        """Keep what was sent of a form, unless something later of it is kept, or saved."""
        fields, step = fields_of(sent), step_of(sent)
        copy = self.begin(account, token, model, key, until)
        # A browser that went back shows what has been saved once more.
        kept = self.filter(pk=copy.pk).exclude(digest=digest(fields))
        if step:
            kept = kept.filter(step__lt=step)
        kept.update(
            fields=packed(fields) if fields else "",
            seen_version=number(sent.get("seen_version", "")) or "",
            step=step or copy.step,
            kept_at=timezone.now(),
            open_until=until or timezone.now(),
        )

    def begin(self, account, token, model, key, until=None):
        """Return the copy of an open form, made where there is none."""
        known = {"model": model._meta.label_lower, "key": key}
        known["open_until"] = until or timezone.now()
        copy, is_new = self.defer("fields").get_or_create(
            account=account, token=token, defaults=known
        )
        if is_new:
            # Whoever opens a form sweeps, so that nobody has to think of it.
            self.forget_old()
        return copy

    def saved(self, account, token, saved_as, sent):
        """Note that a form was saved as a row: its words are on record now."""
        self.filter(account=account, token=token).update(
            fields="",
            step=Greatest("step", models.Value(step_of(sent))),
            saved_as=saved_as,
            digest=digest(fields_of(sent)),
            open_until=timezone.now(),
        )


def number(text):
    """Return what a browser sent as a number, 0 where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def step_of(sent):
    """Return how far a form had been written: milliseconds of its browser's clock, which only grow."""
    return number(sent.get(STEP, ""))


class WorkingCopy(models.Model):
    """A form that an account has open at the desk: who has it before the eyes, and what is not saved of it.

    It belongs to the account and is shown to nobody else. ``key`` is that of the row, "" for a new one;
    ``fields`` what was written, "" where nothing is unsaved; ``saved_as`` the key of the row as which it
    was saved, and ``digest`` tells what was saved then.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_copies"
    )
    token = models.CharField(max_length=32)
    model = models.CharField(max_length=100)
    key = models.CharField(max_length=40, blank=True)
    fields = models.TextField(blank=True)
    seen_version = models.CharField(max_length=20, blank=True)
    step = models.BigIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True)
    open_until = models.DateTimeField()
    saved_as = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "working copy"
        verbose_name_plural = "working copies"
        # Only its account has anything to do with it.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["account", "token"], name="working_copies_one_form")
        ]
        indexes = [
            models.Index(fields=["model", "key", "open_until"], name="working_copies_of_row"),
            models.Index(fields=["open_until"], name="working_copies_old"),
        ]

    def __str__(self):
        return f"{self.model} {self.key}"

    @property
    def model_class(self):
        """The model whose form it is, or None where the site has it no more."""
        try:
            return apps.get_model(self.model)
        except LookupError:
            return None

    def unsent(self):
        """Return what was written, as a form takes it."""
        return unpacked(self.fields)
