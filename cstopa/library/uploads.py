"""Files that were sent to become a picture or a document, and wait for what is to be said of them."""

import datetime as dt
import re
import secrets
from functools import partial

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cstopa.library import files
from cstopa.models.fields import LineField

# For how long one waits to be described, and how many of one account, with those that texts have too.
WAITS = dt.timedelta(days=7)
MOST_WAITING, MOST_OF_ONE = 50, 500
LONGEST_NAME = 100
# Of a name as it is sent: Django cuts what is longer, down to one sign more.
LONGEST_SENT = 254
A_TOKEN = re.compile(r"[0-9a-f]{32}")


def new_token():
    """Return a name that nobody guesses, and of which no letter is lost in a folder that ignores case."""
    return secrets.token_hex(16)


def without_folder(name):
    """Return the name of a file, which some browsers send with its folder."""
    return name.replace("\\", "/").rpartition("/")[2]


def refuse_name(name):
    """Raise a ValidationError for the name of a file that no honest file has."""
    if "../" in name.replace("\\", "/"):
        text = _("The name of the file leads out of its folder (../): name it otherwise.")
        raise ValidationError(text, code="leads_out")
    if len(without_folder(name)) > LONGEST_SENT:
        raise ValidationError(
            _("The name of the file is longer than %(longest)d characters: name it shorter."),
            code="long_name",
            params={"longest": LONGEST_SENT},
        )


class SentManager(models.Manager):
    def waiting(self, account):
        """Return what of an account waits, in the order in which it came."""
        return self.filter(account=account).order_by("uploaded_at", "pk")

    def counted(self, account):
        """Return what of it counts against how many may wait."""
        return self.filter(account=account)

    def sent(self, account, token):
        """Return what an account has sent under a token, None where there is none, or it was taken.

        In a transaction it waits for whoever takes the same now.
        """
        if not A_TOKEN.fullmatch(token):
            return None
        rows = self.select_for_update() if connection.in_atomic_block else self.all()
        return rows.filter(account=account, token=token).first()

    def keep(self, account, found, name="", token=None, **known):
        """Store what was found in a file until it is described, inside ``gone_with_rows()``.

        It has ``content``, ``kind`` and what ``of_file`` names; ``known`` is what else its row says.
        ValidationError where there is no room for it, or its name is refused.
        """
        refuse_name(name)
        self.forget_old()
        if (
            self.counted(account).count() >= MOST_WAITING
            or self.filter(account=account).count() >= MOST_OF_ONE
        ):
            raise ValidationError(
                _("%(count)d files wait to be described: describe them first."),
                code="too_many",
                params={"count": self.filter(account=account).count()},
            )
        token = token or new_token()
        # Its name is ours, whatever it was called.
        try:
            path = files.store(f"{self.model.folder}/{token}.{found.kind}", found.content)
        except OSError:
            raise ValidationError(
                _("The file cannot be stored now: try again later."), code="not_stored"
            ) from None
        return self.create(
            account=account,
            token=token,
            file=path,
            name=without_folder(name)[:LONGEST_NAME],
            **{each: getattr(found, each) for each in self.model.of_file},
            **known,
        )

    def forget_old(self):
        """Delete what nobody came back to: whoever uploads sweeps."""
        for upload in self.old():
            upload.forget()

    def old(self):
        """Return what has waited too long."""
        return self.filter(uploaded_at__lt=timezone.now() - WAITS)


class SentFile(models.Model):
    """A file that an ``account`` has sent and not described yet. It is shown to nobody else."""

    # Where the storage has it, and which fields follow from it, here and in what it becomes.
    folder, of_file = "", ()

    token = models.CharField(max_length=32, unique=True)
    file = models.FileField(unique=True)
    name = LineField(max_length=LONGEST_NAME, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = SentManager()

    class Meta:
        abstract = True
        default_permissions = ()
        indexes = [
            models.Index(fields=("account", "uploaded_at"), name="%(app_label)s_upload_waiting")
        ]

    def __str__(self):
        return self.name or self.token

    def forget(self):
        """Delete it with its file, which stays where its row is gone already: it was described meanwhile."""
        deleted, _by_model = self.delete()
        if deleted:
            transaction.on_commit(partial(files.delete, [self.file.name]), robust=True)
