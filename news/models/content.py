"""What readers see of an article; a draft over a public one says the same anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.languages import (
    LANGUAGES,
    SingleLanguageMixin,
    in_whole_language,
    to_attribute,
    translated,
)
from cstopa.library.documents.references import WithDocuments
from cstopa.library.models import Picture
from cstopa.models.fields import LineField, ProseField, ProtectingManyToManyField
from cstopa.models.richtext import SanitisedHTMLField
from delegations.models import Delegation, Person, Source
from news import references
from news.models.topics import Topic


class ArticleContent(WithDocuments, SingleLanguageMixin):
    """The texts of an article, and what it concerns."""

    TRANSLATED = ("headline", "summary", "body")
    CONCERNS = ("delegations", "people", "topics")
    LINKED = (*CONCERNS, "documents")

    headline = translated(LineField(_("headline"), max_length=200, blank=True), in_whole_language)
    summary = translated(
        ProseField(
            _("summary"),
            max_length=600,
            blank=True,
            help_text=_("Plain text, two sentences or so."),
        ),
        in_whole_language,
    )
    body = translated(SanitisedHTMLField(_("body"), blank=True), in_whole_language)
    delegations = ProtectingManyToManyField(
        Delegation, verbose_name=_("delegations"), blank=True, related_name="%(class)ss"
    )
    people = ProtectingManyToManyField(
        Person, verbose_name=_("people"), blank=True, related_name="%(class)ss"
    )
    topics = ProtectingManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="%(class)ss"
    )
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("lead picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text=_("Cards, feeds and other sites show it beside the headline."),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The document that the article follows, where there is one."),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        references.check({name: getattr(self, name) for name in self.text_fields()})

    @classmethod
    def text_fields(cls):
        """Return the names of the columns of ``TRANSLATED`` in every language."""
        return [to_attribute(name, language) for language in LANGUAGES for name in cls.TRANSLATED]
