"""Names as of a day: a parliament or a chamber keeps its page, and changes its name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.http.as_of import day_spoken_of, remembered
from cstopa.languages import (
    LANGUAGES,
    Text,
    has_words,
    in_reading_order,
    reading_order,
    translated,
)
from cstopa.models.codes import KeyedManager
from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet
from delegations.models.facts import Api, DatedFact, FactQuerySet


def name_of_the_day(name, field):
    """Read the name on the day of which the page speaks, in the reader's language if it has one.

    It is that of the dated name in force, or else the row's own: the one on record without a date.
    """

    def read(row):
        words = words_of_the_day(row, name)
        for language in reading_order():
            if words[language]:
                return Text(words[language], language)
        return Text("", reading_order()[0])

    return read


# What the row itself says: its ``name`` is that of a day.
undated_name = in_reading_order("name", None)


def words_of_the_day(row, name="name"):
    """Return ``{language: name}`` of a row on the day of which the page speaks."""
    names = type(row)._meta.get_field("names").related_model
    return names.of_the_day().get(row.pk) or {
        language: getattr(row, f"{name}_{language}") for language in LANGUAGES
    }


class NameQuerySet(FactQuerySet, SearchedQuerySet):
    pass


class DatedName(DatedFact):
    """The name that a ``holder`` has in a period, where it is not the one on record undated."""

    holder = None

    name = translated(LineField(_("name"), max_length=200, blank=True))

    objects = KeyedManager.from_queryset(NameQuerySet)()

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
        return getattr(self, self.holder).get_absolute_url()

    def code_stem(self):
        return f"{getattr(self, self.holder).code}-name"

    def statement(self):
        return self.name

    def search_text(self):
        return self.name_en, self.name_ru

    @classmethod
    def of_the_day(cls):
        """Return ``{key of the holder: {language: name}}`` of the day of which the page speaks."""
        day = day_spoken_of()

        def read():
            columns = (f"{cls.holder}_id", *(f"name_{language}" for language in LANGUAGES))
            rows = cls.objects.as_of(day).order_by().values_list(*columns)
            return {key: dict(zip(LANGUAGES, names, strict=True)) for key, *names in rows}

        return remembered((cls, day), read)


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

    history = Versions()

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

    history = Versions()

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
