from collections import defaultdict
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import FETCH_RAISE, Q
from django.db.models.signals import class_prepared
from django.utils.translation import gettext_lazy as _

from cstopa.languages import has_words, translated
from cstopa.models.codes import CodeField, Keyed, KeyedManager, has_key, never_changes
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import FlagField, LineField
from cstopa.models.history import Versions
from cstopa.models.periods import not_ahead
from delegations.models.facts import fact_models
from delegations.models.sources import Source, a_day

# Above this a database may refuse the list of keys, and all the rows are read.
MANY = 2000
ABOUT_ONE_FACT = "delegations_furthersource_about_one_fact"


def about(model):
    return models.ForeignKey(
        model,
        verbose_name=model._meta.verbose_name,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="further_sources",
    )


def about_one_fact():
    """Return the condition that one of the columns names a fact, and no other does."""
    kinds = fact_models()
    condition = Q()
    for kind in kinds:
        condition |= Q(**{f"{each}__isnull": each != kind for each in kinds})
    return condition


def among(name, keys):
    """Return the condition that a column has one of some keys; of many, that it has any."""
    return Q(**({f"{name}__in": keys} if len(keys) <= MANY else {f"{name}__isnull": False}))


def any_of(pairs, condition):
    """Return the condition that a row is of any of some pairs: ``condition(kind, keys)`` is that of a kind."""
    keys = defaultdict(set)
    for kind, key in pairs:
        keys[kind].add(key)
    return reduce(or_, (condition(kind, some) for kind, some in keys.items()), Q(pk__in=[]))


class FurtherSourceQuerySet(models.QuerySet):
    def with_source(self):
        return self.fetch_mode(FETCH_RAISE).select_related("source")

    def of(self, facts):
        """Return ``{fact: its further sources}`` of facts of any kinds, in one query."""
        by_key = self.by_key((fact.fact_kind, fact.pk) for fact in facts) if facts else {}
        return {fact: by_key[fact.fact_kind, fact.pk] for fact in facts}

    def by_key(self, facts):
        """Return ``{(kind, key): further sources}`` of facts that are told by their kinds and keys."""
        by_key = defaultdict(list)
        for row in self.with_source().filter(any_of(facts, among)):
            kind = row.fact_kind
            by_key[kind, getattr(row, f"{kind}_id")].append(row)
        return by_key


class FurtherSource(Keyed):
    """Another document about a fact, beside the one that is followed.

    It says the same, or something else: then what it says, and why the other is followed.
    """

    natural_key_field = "code"

    code = CodeField()
    # A column for each kind of fact, by its name.
    vars().update({kind: about(model) for kind, model in fact_models().items()})
    source = models.ForeignKey(
        Source, verbose_name=_("further source"), on_delete=models.PROTECT, related_name="+"
    )
    differs = FlagField(
        _("says something else"),
        default=False,
        help_text=_("Tick it where it does not agree with the source that the fact follows."),
    )
    says = translated(
        LineField(
            _("what it says instead"),
            max_length=300,
            blank=True,
            help_text=_("Such as “6 deputies”."),
        )
    )
    why = translated(LineField(_("why the other source is followed"), max_length=500, blank=True))
    checked_on = models.DateField(
        _("checked on"),
        null=True,
        blank=True,
        validators=[not_ahead],
        help_text=_("The day on which somebody last read this there."),
    )

    objects = KeyedManager.from_queryset(FurtherSourceQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("further source")
        verbose_name_plural = _("further sources")
        ordering = ("code",)
        constraints = [
            has_key("code"),
            never_changes("code"),
            a_day("checked_on"),
            models.CheckConstraint(
                name=ABOUT_ONE_FACT,
                condition=about_one_fact(),
                violation_error_message=_("A further source is about one fact."),
            ),
            FieldCheck(
                field="says_en",
                name="delegations_furthersource_says_what",
                condition=Q(differs=False) | has_words("says"),
                violation_error_message=_("Write what the other source says."),
            ),
            FieldCheck(
                field="why_en",
                name="delegations_furthersource_says_why",
                condition=Q(differs=False) | has_words("why"),
                violation_error_message=_("Write why the other source is followed."),
            ),
        ]

    def __str__(self):
        return str(self.source)

    @property
    def fact(self):
        """The fact that the document is about."""
        return getattr(self, self.fact_kind)

    @property
    def fact_kind(self):
        return next(kind for kind in fact_models() if getattr(self, f"{kind}_id") is not None)

    def code_stem(self):
        return f"{self.fact.code}-source"


def add_column(sender, **_kwargs):
    """Give FurtherSource a column for a kind of fact whose app is loaded after this one."""
    if sender not in fact_models().values():
        return
    Versions.add_field(FurtherSource, sender.fact_kind, about(sender))
    [rule] = [each for each in FurtherSource._meta.constraints if each.name == ABOUT_ONE_FACT]
    rule.condition = about_one_fact()


class_prepared.connect(add_column)
