from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import CountField
from delegations.models.facts import Api
from delegations.models.parliaments import Chamber, ChamberFact


class SeatAllocation(ChamberFact):
    """How many seats of its parliament’s delegation a chamber sends."""

    chamber = models.ForeignKey(
        Chamber, verbose_name=_("chamber"), on_delete=models.PROTECT, related_name="allocations"
    )
    seats = CountField(_("seats"))

    value_fields = ("chamber", "seats")
    fact_kind = "allocation"
    api = Api(
        "allocations",
        _("How many seats of its parliament’s delegation a chamber sends."),
        {"seats": "The number of seats."},
    )

    class Meta(ChamberFact.Meta):
        verbose_name = _("seat allocation")
        verbose_name_plural = _("seat allocations")
        ordering = ("chamber__parliament__slug", "chamber__house", "valid_from", "code")
        constraints = [
            *ChamberFact.Meta.constraints,
            FieldCheck(
                field="seats",
                name="delegations_seatallocation_some_seats",
                # The upper bound, far above any delegation, refuses a slip of the hand.
                condition=Q(seats__gte=1, seats__lte=999),
                violation_error_message=_("An allocation has 1 to 999 seats."),
            ),
            NoOverlap(
                name="delegations_seatallocation_one_a_day",
                same=("chamber",),
                violation_error_message=_(
                    "A chamber has one allocation on any day, and this is in the way: %(row)s."
                ),
            ),
        ]

    def statement(self):
        return self.chamber.counted(self.seats)

    def code_stem(self):
        return self.chamber.code


class CompleteRoster(ChamberFact):
    """The statement that every member whom a chamber sends is on record.

    It decides between a vacant seat and one whose holder is not recorded.
    """

    chamber = models.ForeignKey(
        Chamber, verbose_name=_("chamber"), on_delete=models.PROTECT, related_name="rosters"
    )

    value_fields = ("chamber",)
    fact_kind = "roster"
    api = Api(
        "rosters",
        _(
            "Statements that every member whom a chamber sends is on record: only then is a seat "
            "without a member vacant, and not one whose holder is not recorded."
        ),
    )

    class Meta(ChamberFact.Meta):
        verbose_name = _("complete roster")
        verbose_name_plural = _("complete rosters")
        ordering = ("chamber__parliament__slug", "chamber__house", "valid_from", "code")
        constraints = [
            *ChamberFact.Meta.constraints,
            NoOverlap(
                name="delegations_completeroster_one_a_day",
                same=("chamber",),
                violation_error_message=_(
                    "The roster is said to be complete already, and this is in the way: %(row)s."
                ),
            ),
        ]

    def __str__(self):
        return _("%(chamber)s: the roster is complete, %(period)s") % {
            "chamber": self.chamber,
            "period": self.period_in_words,
        }
