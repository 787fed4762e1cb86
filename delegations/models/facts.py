"""Dated facts: what was so from a day to a day, by which source. Each kind is declared by one model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, reduce

from django.apps import apps
from django.db import models
from django.db.models import FETCH_RAISE, Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_to
from cstopa.models.codes import CodeField, Keyed, KeyedManager, has_key, never_changes
from cstopa.models.history import Versions, of_version
from cstopa.models.partial_dates import admits, last_possible
from cstopa.models.periods import Period, PeriodQuerySet, not_ahead
from delegations.models.sources import Source, a_day


@dataclass(frozen=True)
class Api:
    """The resource of a kind of fact: its name in addresses, and what it holds, for people.

    ``fields`` describe members whose name does not say it all. They are those of ``value_fields``
    and, in the order given, what else is named here: a field or a property of a text.
    """

    name: str
    description: str
    fields: Mapping = field(default_factory=dict)


class FactQuerySet(PeriodQuerySet):
    def with_names(self):
        """Return the facts with the dated names of the parliaments and chambers that they name."""
        return self.prefetch_related(*self.model.paths_of_names())

    def with_related(self):
        """Return the facts with what their words are made of, under the names of any day."""
        return self.select_related("source", *self.model.related()).with_names()

    def with_corrections(self):
        """Return the facts with their sources, and when each was corrected.

        ``corrected_at`` is the moment of the last correction, or None.
        """
        moment = of_version(self.model, "history_date", is_correction=True)
        return self.fetch_mode(FETCH_RAISE).annotate(corrected_at=moment).select_related("source")

    def with_evidence(self):
        """Return the facts with their further sources, too."""
        further_sources = self.model._meta.get_field("further_sources").related_model.objects
        return self.with_corrections().prefetch_related(
            Prefetch("further_sources", further_sources.with_source())
        )


class DatedFact(Keyed, Period):
    """A fact that was so in a period, says by which source, and has a public code of its own."""

    natural_key_field = "code"
    # The fields that say what was so, first of whom or of what. To write another value over one is
    # to say it was wrong.
    value_fields = ()
    # The path to the parliament whose fact it is; None where it is nobody's.
    home = None
    # How the log, its data and further sources name this kind: a word that never changes.
    fact_kind = ""
    # Its resource in the open data.
    api = None

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
        validators=[not_ahead],
        help_text=_("The day on which this was last found to be true."),
    )

    objects = KeyedManager.from_queryset(FactQuerySet)()
    history = Versions(inherit=True)

    class Meta(Period.Meta):
        abstract = True
        constraints = [
            *Period.Meta.constraints,
            has_key("code"),
            never_changes("code"),
            a_day("checked_on"),
        ]

    def __str__(self):
        return f"{self.subject}: {self.in_words}, {self.period_in_words}"

    def get_absolute_url(self):
        """Return its place on the page of the delegation whose fact it is; "" where it is nobody's."""
        if self.home_row is None:
            return ""
        page = path_to("delegations:detail", self.home_row.slug)
        return f"{page}#{self.code}"

    @classmethod
    def value_columns(cls):
        """Return the names of the columns of ``value_fields``."""
        return tuple(cls._meta.get_field(name).attname for name in cls.value_fields)

    def stated_values(self):
        """Return what it says was so, as it is stored."""
        return [getattr(self, name) for name in self.value_columns()]

    @classmethod
    def about(cls):
        """Return the model of that which it says something of: that of its first field."""
        return cls._meta.get_field(cls.value_fields[0]).related_model

    @classmethod
    def related(cls):
        """Return the paths of the rows that its words are made of, to be read with it."""
        fields = [cls._meta.get_field(name) for name in cls.value_fields]
        paths = {field.name for field in fields if field.is_relation}
        home = cls.home or ""
        return tuple(
            sorted({path for path in paths if not home.startswith(f"{path}__")} | {home} - {""})
        )

    @classmethod
    def paths_of_names(cls):
        """Return the paths of the dated names of itself and of the rows that it names."""
        paths = ["names"] if hasattr(cls, "names_on") else []
        for path in cls.related():
            model, steps = cls, path.split("__")
            for number, name in enumerate(steps, 1):
                model = model._meta.get_field(name).related_model
                if hasattr(model, "names_on"):
                    paths.append("__".join([*steps[:number], "names"]))
        return paths

    @classmethod
    def of_no_parliament(cls):
        """Return those that no parliament has, or None where each has one."""
        if cls.home is None:
            return cls.objects.all()
        if "__" in cls.home or not cls._meta.get_field(cls.home).null:
            return None
        return cls.objects.filter(**{cls.home: None})

    @classmethod
    def page_heading(cls):
        """Return the heading of several of its kind."""
        return capfirst(cls._meta.verbose_name_plural)

    @property
    def subject(self):
        """Of whom or of what it says something."""
        return getattr(self, self.value_fields[0])

    @property
    def home_row(self):
        """The parliament whose fact it is, or None."""
        return self.home and reduce(
            lambda row, name: row and getattr(row, name), self.home.split("__"), self
        )

    def day_of_name(self, day):
        """Return the day whose names it stands under where ``day`` is asked: the nearest of its own."""
        if self.valid_from and day < self.valid_from:
            return self.valid_from
        return min(day, self.last_day or day)

    def statement(self):
        """Return what it says of its person, chamber or parliament; "" where its kind says it all."""
        return ""

    @property
    def in_words(self):
        """What it says where its subject is named and nothing else is."""
        return self.statement()

    def code_stem(self):
        return f"{self.subject.code}-{self.fact_kind.replace('_', '-')}"

    def dates(self):
        """Return also when it was checked, and the date of its document: never when that was read."""
        return [*super().dates(), *filter(None, [self.checked_on, self.source.published_on])]

    def corrects(self, before):
        """Return whether this row says that ``before``, an earlier version of it, was wrong.

        It does not where it adds what was not known: an end, a start, the day of one that was known
        to its month or year or as the latest possible one, a missing translation.
        """
        known = [name for name in self.value_columns() if getattr(before, name) not in ("", None)]
        if any(getattr(self, name) != getattr(before, name) for name in known):
            return True
        # The version before may be one of the history, which is no Period.
        start, end = (
            self._meta.get_field(name).value_from_object(before)
            for name in ("valid_from", "valid_to")
        )
        if start and not (self.start and admits(start, self.start)):
            return True
        if end is None:
            return False
        if before.valid_to_is_latest and self.end:
            return last_possible(self.end) > last_possible(end)
        return self.valid_to_is_latest or not (self.end and admits(end, self.end))


def fact_models():
    """Return every kind of dated fact that an installed app declares, by ``fact_kind``."""
    # While models are loaded, more of them come.
    return _all_fact_models() if apps.models_ready else _fact_models()


def _fact_models():
    def declared(model):
        for each in model.__subclasses__():
            meta = each._meta
            # Not those of migrations, nor a proxy.
            if meta.apps is apps and not meta.abstract and not meta.proxy:
                yield each
            yield from declared(each)

    return {
        model.fact_kind: model
        for model in sorted(declared(DatedFact), key=lambda each: each.fact_kind)
    }


_all_fact_models = cache(_fact_models)
