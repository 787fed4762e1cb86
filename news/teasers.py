"""Articles as a list shows them: without their bodies, which no list loads."""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django.db.models import FETCH_RAISE
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language

from cstopa.http.kept.rows import each_until_written
from cstopa.languages import LANGUAGES, Text, has_words, reading_order, to_attribute
from cstopa.library.documents.showing import shown as shown_documents
from cstopa.library.showing import ShownPicture, shown
from cstopa.models.history import with_changed_at
from cstopa.models.periods import day_in_words
from delegations.composition import Chronicle
from news.models import Article


def updated_at(article):
    """Return when an article of ``with_changed_at()`` changed for the public: it appears, too, which
    may be long after its last version.
    """
    return max(article.published_at, article.changed_at or article.published_at)


# The database says in which languages an article is whole.
WHOLE = {f"whole_in_{each}": has_words(*Article.TRANSLATED, language=each) for each in LANGUAGES}
SHOWN = (
    "slug",
    "published_at",
    *(to_attribute(name, each) for name in ("headline", "summary") for each in LANGUAGES),
    "lead_picture",
)


def as_shown(articles):
    """Return the articles whole, with their last change."""
    with_picture = articles.select_related("lead_picture__renditions")
    return with_changed_at(with_picture.prefetch_related("documents")).fetch_mode(FETCH_RAISE)


def without_bodies(articles):
    """Return the articles as a list shows them: it says of none when it was changed."""
    with_picture = articles.select_related("lead_picture__renditions")
    return with_picture.annotate(**WHOLE).only(*SHOWN).fetch_mode(FETCH_RAISE)


class Teaser:
    """What a list, a feed or the sitemap says of a public article from ``as_shown()``.

    The references in its texts are read from the Chronicle that a list shares.
    """

    # Whether it is shown before it is public.
    is_previewed = False

    def __init__(self, article, chronicle):
        self.article, self.chronicle = article, chronicle
        self.pk = article.pk
        self.published_at = article.published_at
        self.languages = self.languages_of(article)
        # A published article is whole in one language at least: the database holds that.
        self.language = next(each for each in reading_order() if each in self.languages)
        self.get_absolute_url = article.get_absolute_url

    @staticmethod
    def languages_of(article):
        return [each for each in LANGUAGES if getattr(article, f"whole_in_{each}")]

    @property
    def updated_at(self):
        return updated_at(self.article)

    def _text(self, name):
        return self.article.text(name, self.language, self.chronicle)

    @cached_property
    def headline(self):
        return self._text("headline")

    @cached_property
    def summary(self):
        return self._text("summary")

    @cached_property
    def picture(self):
        return shown(self.article.lead_picture)

    def card(self):
        return Card(
            *(self.pk, self.published_at, self.get_absolute_url()),
            *(self.language, self.headline, self.summary, self.picture),
        )


class WholeArticle(Teaser):
    """An article with its body, which no list loads."""

    @staticmethod
    def languages_of(article):
        return article.complete_languages

    @cached_property
    def body(self):
        return self.article.text("body", self.language, self.chronicle, self.linked)

    @cached_property
    def documents(self):
        """Its documents, each as a ShownDocument, as a list below the text has them."""
        return self.linked()

    def linked(self):
        """Return them in the language that is active."""
        return shown_documents(self.article.documents.all())


def is_midnight(local):
    return local.time().replace(microsecond=0) == time.min


def moment_in_words(moment):
    """Return the moment of a publication as lists show it: at midnight the day alone."""
    local = timezone.localtime(moment)
    day = day_in_words(local.date())
    return day if is_midnight(local) else f"{day}, {local:%H:%M}"


@dataclass(frozen=True)
class Card:
    """What a list of the pages says of a public article, in the language of the reader."""

    pk: int
    published_at: datetime
    address: str
    language: str
    headline: Text
    summary: Text
    picture: ShownPicture | None = None

    def get_absolute_url(self):
        return self.address

    @cached_property
    def teaser(self):
        return render_to_string("news/_teaser.html", {"article": self})


def cards(keys):
    """Return the Cards of public articles by their keys, in that order, in one query at most."""
    keys = list(keys)
    found = _cards(keys, get_language(), get_script_prefix())
    return [found[key] for key in keys if key in found]


@each_until_written(1024)
def _cards(keys, _language, _prefix):
    chronicle = Chronicle()
    articles = without_bodies(Article.objects.published().filter(pk__in=keys))
    return {article.pk: Teaser(article, chronicle).card() for article in articles.order_by()}
