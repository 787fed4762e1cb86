"""Names as of a day: a parliament or a chamber keeps its page, and changes its name."""

from django.core.exceptions import FieldFetchBlocked
from django.db import models
from django.db.models import FETCH_RAISE
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_to
from cstopa.languages import LANGUAGES, first_text, has_words, translated
from cstopa.models.codes import KeyedManager
from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import LineField
from cstopa.search.querysets import SearchedQuerySet
from delegations.models.facts import Api, DatedFact, FactQuerySet


def search_words():
    """Return the field of a row's words by which readers look for it, none of which any page shows."""
    return translated(
        LineField(
            _("words to be found by"),
            max_length=300,
            blank=True,
            help_text=_(
                "Other words by which readers look for it: short names, adjectives, abbreviations. "
                "No page shows them."
            ),
        )
    )


def in_force(names, day):
    """Return the one of some names of a day that holds on it, or else one that may; None of none."""
    if len(names) > 1:
        return min(names, key=lambda name: (not name.holds(day), name.code))
    return names[0] if names else None


class NamedOnDays(models.Model):
    """A row with a ``name``, the one on record undated, and the ``names`` of certain periods.

    Those are read with it, by ``with_names()`` of a queryset.
    """

    class Meta:
        abstract = True

    def names_on(self, day):
        """Return ``{language: name}`` of a day; "" where it has none in the language."""
        named = in_force([each for each in self._dated_names() if each.covers(day)], day) or self
        return {language: getattr(named, f"name_{language}") for language in LANGUAGES}

    def name_on(self, day):
        """Return the name of a day as Text, in the reader's language if it has one."""
        return first_text(self.names_on(day).get)

    def title_on(self, day):
        """Return what it is called on a day."""
        return self.name_on(day)

    def _dated_names(self):
        # A row that is not in the database has none: it was made from an entry of the log.
        if self._state.adding:
            return ()
        names = self.names.all()
        # FETCH_RAISE does not refuse to read a reverse relation.
        if self._state.fetch_mode is FETCH_RAISE and names._result_cache is None:
            raise FieldFetchBlocked(f"The names of {self!r} were not read with it.")
        return names


class NameQuerySet(FactQuerySet, SearchedQuerySet):
    pass


class NameManager(KeyedManager.from_queryset(NameQuerySet)):
    """Reads the names with their sources: whether one holds on a day may depend on the source's date."""

    def get_queryset(self):
        return super().get_queryset().select_related("source")


class DatedName(DatedFact):
    """The name that a ``holder`` has in a period, where it is not the one on record undated."""

    holder = None

    name = translated(LineField(_("name"), max_length=200, blank=True))

    objects = NameManager()

    class Meta(DatedFact.Meta):
        abstract = True
        constraints = [
            *DatedFact.Meta.constraints,
            FieldCheck(
                field="name_en",
                name="%(app_label)s_%(class)s_has_name",
                condition=has_words("name"),
                violation_error_message=_("Write the name in one language at least."),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.period_in_words}"

    def get_absolute_url(self):
        return f"{path_to('delegations:parliament-detail', self.home_row.slug)}#{self.code}"

    def code_stem(self):
        return f"{getattr(self, self.holder).code}-name"

    def statement(self):
        return self.name

    def search_text(self):
        return self.name_en, self.name_ru


class ParliamentName(DatedName):
    """The name of a parliament in a period."""

    holder = "parliament"
    value_fields = ("parliament", "name_en", "name_ru")
    home = "parliament"
    fact_kind = "parliament_name"
    api = Api(
        "parliament-names",
        _("Names that parliaments have in a period, where it is not the undated one."),
    )

    parliament = models.ForeignKey(
        "delegations.Parliament",
        verbose_name=_("parliament"),
        on_delete=models.PROTECT,
        related_name="names",
    )

    class Meta(DatedName.Meta):
        verbose_name = _("name of a parliament")
        verbose_name_plural = _("names of parliaments")
        ordering = ("parliament__slug", "valid_from", "code")
        constraints = [
            *DatedName.Meta.constraints,
            NoOverlap(
                name="delegations_parliamentname_one_a_day",
                same=("parliament",),
                violation_error_message=_(
                    "A parliament has one name on any day, and this is in the way: %(row)s."
                ),
            ),
        ]


class ChamberName(DatedName):
    """The name of a chamber in a period."""

    holder = "chamber"
    value_fields = ("chamber", "name_en", "name_ru")
    home = "chamber__parliament"
    fact_kind = "chamber_name"
    api = Api(
        "chamber-names", _("Names that chambers have in a period, where it is not the undated one.")
    )

    chamber = models.ForeignKey(
        "delegations.Chamber",
        verbose_name=_("chamber"),
        on_delete=models.PROTECT,
        related_name="names",
    )

    class Meta(DatedName.Meta):
        verbose_name = _("name of a chamber")
        verbose_name_plural = _("names of chambers")
        ordering = ("chamber__parliament__slug", "chamber__house", "valid_from", "code")
        constraints = [
            *DatedName.Meta.constraints,
            NoOverlap(
                name="delegations_chambername_one_a_day",
                same=("chamber",),
                violation_error_message=_(
                    "A chamber has one name on any day, and this is in the way: %(row)s."
                ),
            ),
        ]
