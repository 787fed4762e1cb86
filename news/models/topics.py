from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_with
from cstopa.languages import has_words, translated
from cstopa.models.codes import KeyedManager, Named, has_key, never_changes
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet


class Topic(Named):
    """What news is about."""

    slug = models.SlugField(_("slug"), max_length=100, unique=True)
    name = translated(LineField(_("name"), max_length=120, blank=True))

    objects = KeyedManager.from_queryset(SearchedQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("slug",)
        constraints = [
            has_key("slug"),
            has_key("code"),
            never_changes("code"),
            FieldCheck(
                field="name_en",
                name="news_topic_has_name",
                condition=has_words("name"),
                violation_error_message=_("A topic has a name in one language at least."),
            ),
        ]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return path_with("news:topic", self.slug)

    def search_text(self):
        return self.name_en, self.name_ru
