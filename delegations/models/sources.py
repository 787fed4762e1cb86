from django.db import models
from django.db.models import FETCH_RAISE, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext_lazy as _

from cstopa.languages import has_words, translated
from cstopa.models.codes import CodeField, Keyed, KeyedManager, has_key, transliterated
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.models.periods import Period, PeriodQuerySet, is_a_day
from cstopa.search.querysets import SearchedQuerySet


def a_day(field):
    """Return the constraint that a date is empty or a day that a reader can be shown."""
    return FieldCheck(
        field=field,
        name=f"%(app_label)s_%(class)s_{field}_a_day",
        condition=is_a_day(field),
        violation_error_message=_("Write a day between 1900 and 2199."),
    )


class Source(Keyed):
    """The document that a fact follows. All but its title may be unknown."""

    natural_key_field = "code"

    code = CodeField(help_text=_("The name of this source in data. It never changes."))
    title = translated(LineField(_("title"), max_length=300, blank=True))
    publisher = translated(LineField(_("publisher"), max_length=200, blank=True))
    url = models.URLField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(
        _("date of the document"),
        null=True,
        blank=True,
        help_text=_("Leave it empty where the document has no date."),
    )
    read_on = models.DateField(
        _("read on"), null=True, blank=True, help_text=_("The day on which somebody of us read it.")
    )

    objects = KeyedManager.from_queryset(SearchedQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("-published_on", "code")
        constraints = [
            has_key("code"),
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

    @property
    def unknown(self):
        """What is not known of it, in words."""
        words = {
            "publisher": _("publisher"),
            "url": _("address"),
            "published_on": _("date of the document"),
            "read_on": _("day on which it was read"),
        }
        return [said for name, said in words.items() if not getattr(self, name)]

    def code_stem(self):
        return transliterated(self.title_en or self.title_ru) or "source"

    def search_text(self):
        return self.title_en, self.title_ru, self.publisher_en, self.publisher_ru


class FactQuerySet(PeriodQuerySet):
    def with_evidence(self):
        """Return the facts as a page shows them: with their documents, and when each was corrected.

        ``corrected_at`` is the moment of the last correction, or None.
        """
        corrections = self.model.history.filter(id=OuterRef("pk"), is_correction=True)
        further_sources = self.model._meta.get_field("further_sources").related_model.objects
        return (
            self.fetch_mode(FETCH_RAISE)
            .annotate(
                corrected_at=Subquery(
                    corrections.order_by("-history_id").values("history_date")[:1]
                )
            )
            .select_related("source")
            .prefetch_related(
                Prefetch(
                    "further_sources",
                    further_sources.fetch_mode(FETCH_RAISE).select_related("source"),
                )
            )
        )


class DatedFact(Keyed, Period):
    """A fact that was so in a period, says by which source, and has a public code of its own."""

    natural_key_field = "code"
    # The columns that say what was so. To write another value over one is to say it was wrong.
    states = ()

    code = CodeField()
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The document that this fact follows."),
    )
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which this was last found to be true."),
    )

    objects = KeyedManager.from_queryset(FactQuerySet)()

    class Meta(Period.Meta):
        abstract = True
        constraints = [
            *Period.Meta.constraints,
            has_key("code"),
            a_day("checked_on"),
        ]

    def is_known_to_hold(self, day):
        """Whether a source dates the start, or a check found it true, by ``day``.

        An unknown start counts on every day up to the end, which says nothing of any of them.
        """
        known_since = [first for first in (self.valid_from, self.checked_on) if first]
        return bool(known_since) and min(known_since) <= day

    def corrects(self, before):
        """Return whether this row says that ``before``, an earlier version of it, was wrong.

        It does not where it adds what was not known: an end, a start, the exact day of an end that
        was known as the latest possible one, a missing translation.
        """
        known = [name for name in self.states if getattr(before, name) not in ("", None)]
        if before.valid_from is not None:
            known.append("valid_from")
        if any(getattr(self, name) != getattr(before, name) for name in known):
            return True
        if before.valid_to is None:
            return False
        if before.valid_to_is_latest and self.valid_to and self.valid_to <= before.valid_to:
            return False
        return (self.valid_to, self.valid_to_is_latest) != (
            before.valid_to,
            before.valid_to_is_latest,
        )
