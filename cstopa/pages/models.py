"""The pages that are texts, and no facts: what the site says of itself."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cstopa.languages import (
    LANGUAGES,
    SingleLanguageMixin,
    Text,
    has_words,
    in_whole_language,
    to_attribute,
    translated,
)
from cstopa.models.codes import Keyed, KeyedManager
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.models.richtext import SanitisedHTMLField, in_plain_words, passages
from cstopa.search.querysets import SearchedQuerySet


class Slug(models.TextChoices):
    """The pages that there are, in the order in which they are offered."""

    ABOUT = "about", _("About this site")
    CONTACTS = "contacts", _("Contacts")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    PRIVACY = "privacy", _("Privacy")


class PageQuerySet(SearchedQuerySet):
    def published(self):
        """Return the pages that are written in one language at least."""
        return self.filter(has_words(*Page.TRANSLATED))


class Page(SingleLanguageMixin, Keyed):
    """A written page. Its address is the site's own, and answers before there is a text."""

    TRANSLATED = ("title", "body")

    slug = models.SlugField(_("page"), max_length=20, unique=True, choices=Slug)
    title = translated(LineField(_("title"), max_length=200, blank=True), in_whole_language)
    body = translated(SanitisedHTMLField(_("body"), blank=True), in_whole_language)

    objects = KeyedManager.from_queryset(PageQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("written page")
        verbose_name_plural = _("written pages")
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(
                name="written_page_known",
                condition=Q(slug__in=Slug.values),
            )
        ]

    def __str__(self):
        return self.get_slug_display()

    def get_absolute_url(self):
        return reverse(f"written:{self.slug}")

    @property
    def description(self):
        """The beginning of the text, in plain words."""
        return Truncator(in_plain_words(self.body.plain)).words(30)

    def search_text(self):
        return self._texts(self.complete_languages)

    def unfinished_text(self):
        return self._texts(set(LANGUAGES).difference(self.complete_languages))

    def _texts(self, languages):
        return (
            Text(passages(getattr(self, to_attribute(name, language))), language)
            for language in languages
            for name in self.TRANSLATED
        )
