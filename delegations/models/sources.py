from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_with
from cstopa.languages import has_words, translated
from cstopa.library.documents.models import Document
from cstopa.models.codes import (
    CodeField,
    Keyed,
    KeyedManager,
    has_key,
    never_changes,
    transliterated,
)
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import AddressField, LineField
from cstopa.models.history import Versions
from cstopa.models.periods import is_a_day, not_ahead
from cstopa.search.querysets import SearchedQuerySet


def a_day(field):
    """Return the constraint that a date is empty or a day that a reader can be shown."""
    return FieldCheck(
        field=field,
        name=f"%(app_label)s_%(class)s_{field}_a_day",
        condition=is_a_day(field),
        violation_error_message=_("Write a day between 1900 and 2199."),
    )


class SourceQuerySet(SearchedQuerySet):
    def published(self):
        """Return all of them: a source is public as soon as it is on record, and so is its file."""
        return self.all()


class Source(Keyed):
    """The document that a fact follows. All but its title may be unknown."""

    natural_key_field = "code"

    code = CodeField(help_text=_("The name of this source in data. It never changes."))
    title = translated(LineField(_("title"), max_length=300, blank=True))
    publisher = translated(LineField(_("publisher"), max_length=200, blank=True))
    url = AddressField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(
        _("date of the document"),
        null=True,
        blank=True,
        help_text=_("Leave it empty where the document has no date."),
    )
    read_on = models.DateField(
        _("read on"),
        null=True,
        blank=True,
        validators=[not_ahead],
        help_text=_("The day on which somebody of us read it."),
    )

    document = models.ForeignKey(
        Document,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sources",
        help_text=_("The document itself, for readers to take along. It is public at once."),
    )

    objects = KeyedManager.from_queryset(SourceQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_on", "code")
        constraints = [
            has_key("code"),
            never_changes("code"),
            a_day("published_on"),
            a_day("read_on"),
            FieldCheck(
                field="title_en",
                name="delegations_source_has_title",
                condition=has_words("title"),
                violation_error_message=_("A source has a title in one language at least."),
            ),
        ]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return path_with("delegations:source-detail", self.code)

    @property
    def unknown(self):
        """What is not known of it, in words."""
        words = {
            "publisher": _("publisher"),
            "url": _("address"),
            "published_on": _("date of the document"),
            "read_on": _("day on which it was read"),
        }
        return [label for name, label in words.items() if not getattr(self, name)]

    def code_stem(self):
        return transliterated(self.title_en or self.title_ru) or "source"

    def search_text(self):
        return self.title_en, self.title_ru, self.publisher_en, self.publisher_ru
