from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES


class Month(models.Model):
    """How many articles of one month are published, those whose moment still lies ahead included.

    Derived from the articles: ``rebuild_archive`` makes all of it again. A month stays when its
    last article goes, with none.
    """

    first_day = models.DateField(primary_key=True)
    articles = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("month of the archive")
        verbose_name_plural = _("months of the archive")
        ordering = ("-first_day",)
        default_permissions = ()

    def __str__(self):
        return f"{self.first_day:%Y-%m}: {self.articles}"


class Listing(models.Model):
    """An article in the list of a topic, a delegation or a person; one whose moment still lies ahead, too.

    The key is the order of the lists. Derived from the published articles: ``rebuild_archive``
    makes all of it again.
    """

    pk = models.CompositePrimaryKey("field", "subject", "published_at", "article")
    # The field of the article, "topics" for one, and the key of the row that it names there.
    field = models.CharField(max_length=11)
    subject = models.BigIntegerField()
    published_at = models.DateTimeField()
    # No constraint: what repeats a row stands in nobody's way who deletes it.
    article = models.ForeignKey(
        "news.Article", on_delete=models.DO_NOTHING, db_constraint=False, related_name="listings"
    )

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        default_permissions = ()

    def __str__(self):
        return f"{self.field} {self.subject}: {self.article_id}"


class OldAddress(models.Model):
    """Where an article stood before it came here: readers who ask for it are led to the article.

    Of the article it says the code, which stays when a row is deleted or comes back.
    """

    # As canonical() in news/old_addresses.py writes it, with the question that is part of it.
    address = models.CharField(max_length=1000, unique=True)
    code = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        default_permissions = ()

    def __str__(self):
        return self.address
