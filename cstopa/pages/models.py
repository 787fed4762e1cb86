"""What the site says of itself: pages that are texts, and no facts, and who publishes it."""

from datetime import UTC, datetime, time

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cstopa.http.kept.rows import until_written
from cstopa.languages import (
    LANGUAGES,
    SingleLanguageMixin,
    Text,
    has_words,
    in_whole_language,
    to_attribute,
    translated,
)
from cstopa.library import references as pictures
from cstopa.library.documents import references
from cstopa.library.documents.references import WithDocuments, left_out
from cstopa.models.codes import Keyed, KeyedManager
from cstopa.models.constraints import FieldCheck, known
from cstopa.models.fields import AddressField, LineField, ProseField
from cstopa.models.history import Versions
from cstopa.models.periods import EARLIEST, LATEST, IsMoment
from cstopa.models.richtext import SanitisedHTMLField, in_plain_words, passages
from cstopa.publishing.models import Draft, Expiring, in_order
from cstopa.search.querysets import SearchedQuerySet


class Slug(models.TextChoices):
    """The pages that there are, in the order in which they are offered."""

    ABOUT = "about", _("About this site")
    CONTACTS = "contacts", _("Contacts")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    PRIVACY = "privacy", _("Privacy")


class PageContent(WithDocuments, SingleLanguageMixin):
    """What readers see of a written page; a draft over it says the same anew."""

    TRANSLATED = ("title", "body")

    title = translated(LineField(_("title"), max_length=200, blank=True), in_whole_language)
    body = translated(SanitisedHTMLField(_("body"), blank=True), in_whole_language)

    # Whether it is shown before it is public.
    is_previewed = False

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        names = [to_attribute(name, each) for name in self.TRANSLATED for each in LANGUAGES]
        pictures.check({name: getattr(self, name) for name in names})
        texts = {f"body_{each}": getattr(self, f"body_{each}") for each in LANGUAGES}
        found = {name: [*references.dead([text])] for name, text in texts.items()}
        for name in (f"title_{each}" for each in LANGUAGES):
            if references.codes_in(getattr(self, name)):
                found[name] = [gettext("A document is linked in the body alone.")]
        if errors := {name: words for name, words in found.items() if words}:
            raise ValidationError(errors)


class PageQuerySet(SearchedQuerySet):
    def published(self):
        """Return the pages that are written in one language at least, and not withdrawn."""
        return once_published(self)


def once_published(rows):
    """Return those of the pages, or of their versions, that the public sees, or has seen."""
    return rows.filter(has_words(*Page.TRANSLATED), status=Page.Status.PUBLISHED)


class Page(PageContent, Expiring, Keyed):
    """A written page. Its address is the site's own, and answers before there is a text."""

    class Status(models.TextChoices):
        PUBLISHED = "published", pgettext_lazy("page", "published")
        WITHDRAWN = "withdrawn", pgettext_lazy("page", "withdrawn")

    WITHDRAWN = Status.WITHDRAWN

    slug = models.SlugField(_("page"), max_length=20, unique=True, choices=Slug)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PUBLISHED)

    objects = KeyedManager.from_queryset(PageQuerySet)()
    history = Versions(m2m_fields=("documents",))

    class Meta:
        verbose_name = _("written page")
        verbose_name_plural = _("written pages")
        ordering = ("slug",)
        permissions = [
            ("publish_page", _("Can change written pages and publish drafts of them")),
            ("review_page", _("Can write drafts of written pages, approve and return them")),
            ("purge_page", _("Can empty the texts of deleted drafts of pages for good")),
        ]
        indexes = [in_order("expires_at")]
        constraints = [
            models.CheckConstraint(
                name="written_page_known",
                condition=Q(slug__in=Slug.values),
            ),
            known("status", "published", "withdrawn"),
            FieldCheck(
                field="expires_at",
                name="written_page_expires_public",
                condition=Q(expires_at__isnull=True)
                | Q(
                    IsMoment("expires_at"),
                    status="published",
                    expires_at__gte=datetime.combine(EARLIEST, time.min, UTC),
                    expires_at__lte=datetime.combine(LATEST, time.min, UTC),
                ),
                violation_error_message=_("What expires is published before, and before 2200."),
            ),
        ]

    def __str__(self):
        return self.get_slug_display()

    def get_absolute_url(self):
        return reverse(f"written:{self.slug}")

    @property
    def is_public(self):
        return self.status == self.Status.PUBLISHED and bool(self.complete_languages)

    @property
    def description(self):
        """The beginning of the text, in plain words."""
        return Truncator(in_plain_words(left_out(self.body.plain))).words(30)

    def search_text(self):
        return self._texts(self.complete_languages)

    def unfinished_text(self):
        return self._texts(set(LANGUAGES).difference(self.complete_languages))

    def _texts(self, languages):
        return (
            Text(passages(left_out(getattr(self, to_attribute(name, language)))), language)
            for language in languages
            for name in self.TRANSLATED
        )


class PageDraft(PageContent, Draft):
    """What a written page is to say next, while readers see the page as it is."""

    live = models.OneToOneField(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="draft"
    )

    history = Versions(m2m_fields=("documents",), excluded_fields=Draft.OF_NO_VERSION)

    # What the public sees of it is a version of the page.
    told_by_public = None

    class Meta(Draft.Meta):
        verbose_name = _("draft of a written page")
        verbose_name_plural = _("drafts of written pages")

    @staticmethod
    def is_over(live):
        return live.status == Page.Status.PUBLISHED


@until_written(size=1)
def gone():
    """Return the slugs of the pages that the public saw once, and sees no more."""
    public = Page.objects.published().values("slug")
    versions = once_published(Page.history.order_by()).exclude(slug__in=public)
    return frozenset(versions.values_list("slug", flat=True).distinct())


class Imprint(Keyed):
    """Who publishes the site, how to reach them, and on which terms its data may be used.

    There is one row at most. What is empty in it is not known, and is said to be not stated.
    """

    natural_key_field = "key"
    ONLY = "site"

    key = models.SlugField(max_length=4, unique=True, default=ONLY, editable=False)
    name = translated(
        LineField(
            _("publisher"),
            max_length=200,
            blank=True,
            help_text=_("Who publishes this site and its data."),
        )
    )
    postal_address = translated(ProseField(_("postal address"), blank=True))
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = LineField(_("telephone"), max_length=50, blank=True)
    licence = translated(
        LineField(
            _("licence of the data"),
            max_length=200,
            blank=True,
            help_text=_("Its name. Leave it empty where nobody has decided on one."),
        )
    )
    licence_url = AddressField(_("address of the licence"), blank=True)

    objects = KeyedManager()
    history = Versions()

    class Meta:
        verbose_name = _("imprint")
        verbose_name_plural = _("imprint")
        constraints = [
            models.CheckConstraint(name="written_imprint_only", condition=Q(key="site")),
        ]

    def __str__(self):
        return str(self._meta.verbose_name)

    def get_absolute_url(self):
        return reverse(f"written:{Slug.CONTACTS}")

    @property
    def has_contact(self):
        return bool(self.postal_address or self.email or self.phone)

    @property
    def rights(self):
        """On which terms the data may be used, in one sentence."""
        if not (self.licence or self.licence_url):
            return gettext("The licence of the data is not stated.")
        named = [words for words in (self.licence, self.licence_url) if words]
        return gettext("Licence of the data: %(licence)s") % {"licence": ", ".join(named)}


@until_written(size=1)
def imprint():
    """Return the imprint; an empty one where nobody has written any."""
    return Imprint.objects.first() or Imprint()
