from datetime import UTC, datetime, time

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_with
from cstopa.languages import (
    LANGUAGES,
    Text,
    has_words,
    lacks_words,
    to_attribute,
)
from cstopa.library.documents import references as linking
from cstopa.library.documents.showing import shown
from cstopa.models.codes import KeyedManager, Named, has_key, never_changes
from cstopa.models.constraints import FieldCheck, known
from cstopa.models.history import LastChangeField, Versions
from cstopa.models.periods import EARLIEST, LATEST, IsMoment, today
from cstopa.models.richtext import passages
from cstopa.publishing.models import Expiring, in_order
from cstopa.search.querysets import SearchedQuerySet
from news import references
from news.archive.counts import CountedQuerySet
from news.archive.listings import ListedQuerySet
from news.models.content import ArticleContent

# So many are asked which of them leads the home page.
MOST_CHOSEN = 100


class ArticleQuerySet(CountedQuerySet, ListedQuerySet, SearchedQuerySet):
    def published(self):
        """Return what the public sees now. Every public page, feed and list is of these.

        Of two bounds SQLite enters its index at the first alone, so now comes after any other.
        """
        return self.filter(status="published", published_at__lte=timezone.now())

    def leading(self):
        """Return the key of the article that was chosen to lead the home page now, or None."""
        now = timezone.now()
        # By its index, which has those few alone that were ever chosen.
        chosen = self.filter(leads_until__gt=now).order_by("-leads_until")
        rows = chosen.values_list("status", "published_at", "pk")[:MOST_CHOSEN]
        public = [
            (published_at, pk)
            for status, published_at, pk in rows
            if status == Article.Status.PUBLISHED and published_at <= now
        ]
        return max(public)[1] if public else None

    def in_language(self, language):
        """Return the articles that are complete in a language."""
        return self.filter(has_words(*Article.TRANSLATED, language=language))


def once_published(versions):
    """Return those of the versions, each in force ``until`` a moment, that the public has seen."""
    return versions.filter(status="published", published_at__lte=F("until"))


class Article(ArticleContent, Expiring, Named):
    """A news item. One complete language is enough to publish it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    WITHDRAWN = Status.DRAFT

    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The name of the article in addresses."),
        # /news/2021/ is a year.
        validators=[RegexValidator("[^0-9]", _("A name in addresses is more than a number."))],
    )
    published_at = models.DateTimeField(
        _("published at"),
        null=True,
        blank=True,
        help_text=_(
            "The moment from which the public sees it, in Moscow's time. It may lie ahead."
        ),
    )
    leads_until = models.DateTimeField(
        _("leads the home page until"),
        null=True,
        blank=True,
        help_text=_(
            "Up to this moment it stands first on the home page, whatever is published after it. Of"
            " several the one that was published last does."
        ),
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    desk_changed_at = LastChangeField(_("last changed"))

    objects = KeyedManager.from_queryset(ArticleQuerySet)()
    history = Versions(m2m_fields=ArticleContent.LINKED)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at", "-id")
        permissions = [
            ("publish_article", _("Can make articles public and change public articles")),
            ("review_article", _("Can approve articles and return them")),
            ("purge_article", _("Can empty the texts of deleted articles for good")),
        ]
        indexes = [
            models.Index(
                fields=("-published_at", "-id"),
                name="news_article_public_order",
                condition=Q(status="published"),
            ),
            # The desk's: of all, and of each status. One that began with it SQLite would take for public lists.
            models.Index(fields=("-desk_changed_at", "-id"), name="news_article_changed"),
            *(
                models.Index(
                    fields=("-desk_changed_at", "-id"),
                    name=f"news_article_changed_{status}",
                    condition=Q(status=status),
                )
                for status in ("draft", "published")
            ),
            # Of what is to be translated.
            *(
                models.Index(
                    fields=("-desk_changed_at", "-id"),
                    name=f"news_article_changed_no_{language}",
                    condition=lacks_words("headline", "summary", "body", language=language),
                )
                for language in LANGUAGES
            ),
            models.Index(fields=("-published_at", "-id"), name="news_article_order"),
            in_order("expires_at"),
            in_order("leads_until"),
        ]
        constraints = [
            has_key("slug"),
            has_key("code"),
            never_changes("code"),
            known("status", "draft", "published"),
            FieldCheck(
                field="headline_en",
                name="news_article_has_headline",
                condition=has_words("headline"),
                violation_error_message=_("An article has a headline in one language at least."),
            ),
            FieldCheck(
                field="status",
                name="news_article_published_complete",
                condition=~Q(status="published") | has_words("headline", "summary", "body"),
                violation_error_message=_(
                    "To be published, an article needs headline, summary and body in one language."
                ),
            ),
            FieldCheck(
                field="published_at",
                name="news_article_published_dated",
                condition=~Q(status="published") | Q(published_at__isnull=False),
                violation_error_message=_("To be published, an article needs its moment."),
            ),
            FieldCheck(
                field="published_at",
                name="news_article_published_at_a_day",
                condition=Q(published_at__isnull=True)
                | Q(
                    IsMoment("published_at"),
                    published_at__gte=datetime.combine(EARLIEST, time.min, UTC),
                    published_at__lte=datetime.combine(LATEST, time.min, UTC),
                ),
                violation_error_message=_("The moment lies between 1900 and 2199."),
            ),
            FieldCheck(
                field="leads_until",
                name="news_article_leads_until_a_day",
                condition=Q(leads_until__isnull=True)
                | Q(
                    IsMoment("leads_until"),
                    leads_until__gte=datetime.combine(EARLIEST, time.min, UTC),
                    leads_until__lte=datetime.combine(LATEST, time.min, UTC),
                ),
                violation_error_message=_("The moment lies between 1900 and 2199."),
            ),
            FieldCheck(
                field="expires_at",
                name="news_article_expires_after",
                condition=Q(expires_at__isnull=True)
                | Q(
                    IsMoment("expires_at"),
                    status="published",
                    expires_at__gt=F("published_at"),
                    expires_at__lte=datetime.combine(LATEST, time.min, UTC),
                ),
                violation_error_message=_("What expires is published before, and before 2200."),
            ),
        ]

    def __str__(self):
        return str(self.headline)

    def get_absolute_url(self):
        return path_with("news:detail", self.slug)

    @property
    def day(self):
        """The day of which it speaks: that of its publication, or today for a draft without one."""
        return timezone.localdate(self.published_at) if self.published_at else today()

    def text(self, name, language, chronicle, documents=None):
        """Return one of ``TRANSLATED`` in a language as Text, with its references as of its day.

        Its body links what ``documents()`` returns, ShownDocuments; without it, those of the row.
        """
        show = references.in_html if name == "body" else references.in_words
        text = getattr(self, to_attribute(name, language))
        if name == "body" and linking.codes_in(text):
            # Their titles and what stands beside them are words of the text.
            with translation.override(language):
                linked = documents() if documents else shown(self.documents.all())
                text = linking.in_html(text, linked)
        return Text(show(text, language, lambda: self.day, chronicle), language)

    def comes_back(self, deletion):
        """Become a draft where readers would otherwise see now what they did not, or no more."""
        now = timezone.now()
        if self.status != self.Status.PUBLISHED:
            return
        was_scheduled = deletion.history_date < self.published_at <= now
        has_expired = self.expires_at is not None and self.expires_at <= now
        if was_scheduled or has_expired:
            self.status, self.expires_at = self.Status.DRAFT, None
        if was_scheduled:
            # It would be published as of a moment at which it was in the trash.
            self.published_at = None

    @property
    def is_public(self):
        return self.status == self.Status.PUBLISHED and self.published_at <= timezone.now()

    @staticmethod
    def told_by_public(versions):
        """Return those of the versions by which the public sees another article, or one less."""
        # Seen from the version before it, which is inside another query.
        this = {name: OuterRef(OuterRef(name)) for name in ("id", "history_id")}
        rows = versions.model._base_manager
        before = rows.filter(id=this["id"], history_id__lt=this["history_id"])
        ended = rows.filter(
            pk=Subquery(before.order_by("-history_id").values("pk")[:1]),
            status="published",
            published_at__lte=OuterRef("history_date"),
        )
        shown = Q(status="published", published_at__lte=timezone.now())
        # The version of a deletion says what the row was.
        shown &= ~Q(history_type="-") | Q(published_at__lte=F("history_date"))
        return versions.filter(shown | Exists(ended))

    def plain_text(self, name, language, chronicle):
        """Return one of ``TRANSLATED`` in a language as plain Text, with its references as of its day."""
        text = self._plain(name, getattr(self, to_attribute(name, language)))
        return Text(references.in_words(text, language, lambda: self.day, chronicle), language)

    def search_text(self):
        return self._texts(self.complete_languages)

    def search_moment(self):
        """Return the moment from which readers find it, or None."""
        if self.status != self.Status.PUBLISHED:
            return None
        # As the column takes it: a row that was just saved may still hold a text.
        return self._meta.get_field("published_at").get_prep_value(self.published_at)

    def unfinished_text(self):
        return self._texts(set(LANGUAGES).difference(self.complete_languages))

    @staticmethod
    def _plain(name, text):
        return passages(linking.left_out(text)) if name == "body" else text

    def _texts(self, languages):
        return (
            references.left_out(self._plain(name, getattr(self, to_attribute(name, language))))
            for language in languages
            for name in self.TRANSLATED
        )
