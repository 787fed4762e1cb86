from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.languages import has_words, translated
from cstopa.models.codes import CodeField, Keyed, KeyedManager, has_key
from cstopa.models.constraints import FieldCheck
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from delegations.models.facts import fact_models
from delegations.models.names import ChamberName, ParliamentName
from delegations.models.parliaments import Chamber, Participation
from delegations.models.people import Membership, Office
from delegations.models.roles import Role
from delegations.models.seats import CompleteRoster, SeatAllocation
from delegations.models.sources import Source, a_day

# By the name of the column, and of the row of the form.
FACTS = fact_models()


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
    condition = Q()
    for name in FACTS:
        condition |= Q(**{f"{each}__isnull": each != name for each in FACTS})
    return condition


class FurtherSource(Keyed):
    """Another document about a fact, beside the one that is followed.

    It says the same, or something else: then what it says, and why the other is followed.
    """

    natural_key_field = "code"

    code = CodeField()
    allocation = about(SeatAllocation)
    chamber = about(Chamber)
    chamber_name = about(ChamberName)
    membership = about(Membership)
    office = about(Office)
    parliament_name = about(ParliamentName)
    participation = about(Participation)
    role = about(Role)
    roster = about(CompleteRoster)
    source = models.ForeignKey(
        Source, verbose_name=_("further source"), on_delete=models.PROTECT, related_name="+"
    )
    differs = models.BooleanField(
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
        help_text=_("The day on which somebody last read this there."),
    )

    objects = KeyedManager()
    history = Versions()

    class Meta:
        verbose_name = _("further source")
        verbose_name_plural = _("further sources")
        ordering = ("code",)
        constraints = [
            has_key("code"),
            a_day("checked_on"),
            models.CheckConstraint(
                name="delegations_furthersource_about_one_fact",
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
        name = next(name for name in FACTS if getattr(self, f"{name}_id") is not None)
        return getattr(self, name)

    def code_stem(self):
        return f"{self.fact.code}-source"
