"""Documents, and what was uploaded to become one."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cstopa.languages import Text, has_words, translated
from cstopa.library.publicity import promised, shown_by, shown_by_scheduled
from cstopa.library.uploads import SentFile, new_token
from cstopa.models.codes import (
    CodeField,
    Keyed,
    KeyedManager,
    has_key,
    never_changes,
    transliterated,
)
from cstopa.models.constraints import FieldCheck, known
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet
from cstopa.search.words import BREAK

# The folder of the storage.
DOCUMENTS = "documents"
# In which it is written.
IN_LANGUAGE = {
    "en": pgettext_lazy("document", "in English"),
    "ru": pgettext_lazy("document", "in Russian"),
}


class Kind(models.TextChoices):
    """What a document may be; the value ends the name of its file."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    ODT = "odt", "ODT"
    XLSX = "xlsx", "XLSX"


class Upload(SentFile):
    """A file that is to become a document."""

    folder, of_file = DOCUMENTS, ("kind", "size")

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploaded_documents"
    )
    kind = models.CharField(max_length=4, choices=Kind)
    size = models.PositiveIntegerField()
    # That is still to be said.
    in_language = ""


class DocumentQuerySet(SearchedQuerySet):
    def unread(self):
        """Return the documents whose words are not those of their file."""
        return self.exclude(words__of_file=F("file"))

    def published(self):
        """Return the documents that anything public shows."""
        return self.filter(shown_by(self.model))

    def promised(self):
        """Return those that it shows, or will show although nobody does anything more."""
        return self.filter(shown_by(self.model, promised)) | self.scheduled()

    def scheduled(self):
        """Return those that a version shows which goes public at a moment."""
        return self.filter(shown_by_scheduled(self.model))


class Document(Keyed):
    """A file that readers take along: an act, a statement, a table.

    ``size`` is in bytes. The address has a random token, so that nobody guesses it before somebody is given
    it, and stays when the file is replaced: it answers while something public shows the document.
    """

    natural_key_field = "code"

    code = CodeField(numbered=False, help_text=_("The name of this document in data and in texts."))
    title = translated(LineField(_("title"), max_length=300, blank=True))
    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("In which the document is; for several, or another, it is not stated."),
    )
    token = models.CharField(max_length=32, unique=True, editable=False, default=new_token)
    # See reading.py. One that was replaced stays, for the versions name it.
    file = models.FileField(_("file"), unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)

    objects = KeyedManager.from_queryset(DocumentQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("-id",)
        permissions = [("publish_document", _("Can change documents that the public sees"))]
        constraints = [
            has_key("code"),
            never_changes("code"),
            known("kind", *Kind.values),
            known("language", "", *(code for code, _name in settings.LANGUAGES)),
            FieldCheck(
                field="title_en",
                name="documents_document_has_title",
                condition=has_words("title"),
                violation_error_message=_("A document has a title in one language at least."),
            ),
            models.CheckConstraint(
                name="documents_document_has_size", condition=models.Q(size__gt=0)
            ),
        ]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return reverse("library:document", args=[self.token, self.file_name])

    @property
    def file_name(self):
        """The name under which readers keep it."""
        return f"{self.code}.{self.kind}"

    def code_stem(self):
        return transliterated(self.title_en or self.title_ru) or "document"

    @property
    def is_public(self):
        return type(self).objects.published().filter(pk=self.pk).exists()

    @property
    def is_promised(self):
        return type(self).objects.promised().filter(pk=self.pk).exists()

    @property
    def is_scheduled(self):
        return type(self).objects.scheduled().filter(pk=self.pk).exists()

    @staticmethod
    def told_by_public(versions):
        """Return those of the versions by which the public sees another document."""
        return versions.filter(id__in=Document.objects.published().values("pk"))

    def search_text(self):
        words = Words.objects.filter(document=self.pk, of_file=self.file.name)
        return self.texts(words.values_list("text", flat=True).first())

    def texts(self, words):
        """Return what is said in it and of it as Texts; ``words`` are those of its Words, or None."""
        titles = [Text(self.title_en, "en"), Text(self.title_ru, "ru")]
        said = (words or "").replace("\n", BREAK)
        # Of no language that is stated, it is said to be in none.
        return [*titles, Text(said, self.language) if self.language else said]

    @property
    def in_language(self):
        return IN_LANGUAGE.get(self.language, "")


class Words(models.Model):
    """The words of a document, which repeat its file, by which it is found: a paragraph in each line."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="words")
    text = models.TextField(blank=True)
    of_file = models.CharField(max_length=100)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.text[:50]
