"""Pictures, what was uploaded to become one, and what readers get of each."""

import datetime as dt
import re

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES, has_words, to_attribute, translated
from cstopa.library.placements import is_in_scheduled_text, is_in_text
from cstopa.library.publicity import promised, shown_by, shown_by_scheduled
from cstopa.library.uploads import SentFile, SentManager
from cstopa.models.codes import CodeField, Keyed, KeyedManager, has_key, never_changes
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import AddressField, CountField, FlagField, LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet

# The folders of the storage: of what was uploaded, and of what was drawn of it.
PICTURES, RENDITIONS = "pictures", "renditions"
# For how long one waits to be described that a text has.
WAITS_IN_TEXT = dt.timedelta(days=90)
# Of a token so much is in the code of its picture.
IN_CODE = 10
A_CODE = re.compile(rf"picture-([0-9a-f]{{{IN_CODE}}})")
LONGEST_ALTERNATIVE = 300


def code_of(token):
    """Return the code of the picture that an upload becomes."""
    return f"picture-{token[:IN_CODE]}"


class UploadManager(SentManager):
    def of_codes(self, codes):
        """Return the uploads that will be the pictures of some codes."""
        stems = [match[1] for code in codes if (match := A_CODE.fullmatch(code))]
        if not stems:
            return self.none()
        return self.alias(stem=Left("token", IN_CODE)).filter(stem__in=stems)

    def counted(self, account):
        # Those that a text has may have been handed over, of an account that was erased.
        return super().counted(account).filter(is_named=False)

    def old(self):
        waited = Q(uploaded_at__lt=timezone.now() - WAITS_IN_TEXT)
        return super().old().filter(Q(is_named=False) | waited)


class Upload(SentFile):
    """A file that is to become a picture."""

    folder, of_file = PICTURES, ("width", "height")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # What is offered when it is described.
    alternative = translated(LineField(max_length=LONGEST_ALTERNATIVE, blank=True))
    # A text that is on record has its code, or had it once.
    is_named = models.BooleanField(default=False)

    objects = UploadManager()

    @property
    def code(self):
        return code_of(self.token)


class PictureQuerySet(SearchedQuerySet):
    def public(self):
        """Return the pictures that anything public shows: a row of a model that has ``published()``, or its text."""
        return self.filter(shown_by(self.model) | is_in_text())

    def promised(self):
        """Return those that it shows, or will show although nobody does anything more."""
        return self.filter(shown_by(self.model, promised) | is_in_text(promised)) | self.scheduled()

    def scheduled(self):
        """Return those that a version shows which goes public at a moment."""
        return self.filter(shown_by_scheduled(self.model) | is_in_scheduled_text())

    def undrawn(self):
        """Return the pictures of which readers would not get what they are now."""
        return self.exclude(
            renditions__of_file=F("file"),
            renditions__of_x=F("focal_x"),
            renditions__of_y=F("focal_y"),
        )


class Picture(Keyed):
    """A picture that may be shown, and what is said of it where it is not seen."""

    natural_key_field = "code"

    code = CodeField(numbered=False, help_text=_("The name of this picture in data."))
    # A clean picture, see reading.py. One that was replaced stays, for the versions name it.
    file = models.FileField(_("file"), unique=True, editable=False)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    is_decorative = FlagField(
        _("decorative"),
        default=False,
        help_text=_("It tells nothing that the text does not: who does not see it misses nothing."),
    )
    alternative = translated(
        LineField(
            _("text alternative"),
            max_length=LONGEST_ALTERNATIVE,
            blank=True,
            help_text=_("What is to be seen, for who does not see it. Not what it is about."),
        )
    )
    caption = translated(LineField(_("caption"), max_length=300, blank=True))
    credit = translated(
        LineField(_("credit"), max_length=200, blank=True, help_text=_("Whose picture it is."))
    )
    name = LineField(
        _("name"),
        max_length=100,
        blank=True,
        help_text=_("For the desk alone: what its file was called, until you call it otherwise."),
    )
    source_url = AddressField(
        _("source"), max_length=500, blank=True, help_text=_("The address where it was found.")
    )
    focal_x = CountField(
        _("focal point, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent. What is here stays in every crop: click at it in the picture."),
    )
    focal_y = CountField(
        _("focal point, from above"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent."),
    )

    objects = KeyedManager.from_queryset(PictureQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-id",)
        permissions = [("publish_picture", _("Can change pictures that the public sees"))]
        constraints = [
            has_key("code"),
            never_changes("code"),
            FieldCheck(
                field="alternative_en",
                name="library_picture_described",
                condition=Q(is_decorative=True)
                | Q(
                    has_words("alternative", language="en"), has_words("alternative", language="ru")
                ),
                violation_error_message=_(
                    "Say in both languages what is to be seen, or mark the picture as decorative."
                ),
            ),
            models.CheckConstraint(
                name="library_picture_focal", condition=Q(focal_x__lte=100, focal_y__lte=100)
            ),
            models.CheckConstraint(
                name="library_picture_has_size", condition=Q(width__gt=0, height__gt=0)
            ),
        ]

    def __str__(self):
        return str(self.alternative or self.caption or self.name or self.credit or self.code)

    def search_text(self):
        said = ("alternative", "caption", "credit")
        return (
            self.name,
            *(getattr(self, to_attribute(name, each)) for name in said for each in LANGUAGES),
        )

    def code_stem(self):
        return code_of(self.file.name.rpartition("/")[2]).partition(".")[0]

    @property
    def is_public(self):
        return type(self).objects.public().filter(pk=self.pk).exists()

    @property
    def is_promised(self):
        return type(self).objects.promised().filter(pk=self.pk).exists()

    @property
    def is_scheduled(self):
        return type(self).objects.scheduled().filter(pk=self.pk).exists()

    @staticmethod
    def told_by_public(versions):
        """Return those of the versions by which the public sees another picture."""
        return versions.filter(id__in=Picture.objects.public().values("pk"))


class Renditions(models.Model):
    """What readers get of a picture: ``drawn`` are ``{"shape", "kind", "width", "height", "size"}``.

    The files have the address of the ``token``, which is another with each drawing, so that whoever has
    one may keep it for ever. ``of_…`` is what they were drawn of.
    """

    picture = models.OneToOneField(Picture, on_delete=models.CASCADE, related_name="renditions")
    token = models.CharField(max_length=32, unique=True)
    drawn = models.JSONField()
    of_file = models.CharField(max_length=100)
    of_x = models.PositiveSmallIntegerField()
    of_y = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.token

    def path(self, name):
        """Return where a file of it is in the storage."""
        return f"{RENDITIONS}/{self.token}/{name}"

    @property
    def paths(self):
        return [self.path(name_of(each)) for each in self.drawn]

    def are_of(self, picture):
        """Return whether a Picture has not been replaced since they were drawn."""
        return self.of_file == picture.file.name


def name_of(drawn):
    """Return the name of the file of one rendition."""
    return f"{drawn['shape']}-{drawn['width']}.{drawn['kind']}"
