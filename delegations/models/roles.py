from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.http.as_of import address
from cstopa.models.constraints import NoOverlap
from cstopa.models.history import Versions
from delegations.models.facts import Api, DatedFact
from delegations.models.parliaments import Parliament
from delegations.models.people import Person


class Role(DatedFact):
    """What one is in a delegation beside holding a seat, or without one. It gives no seat."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Head of the delegation")
        DEPUTY_HEAD = "deputy_head", _("Deputy head of the delegation")
        ALTERNATE = "alternate", _("Alternate member of the delegation")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roles"
    )
    parliament = models.ForeignKey(
        Parliament,
        verbose_name=_("parliament"),
        on_delete=models.PROTECT,
        related_name="roles",
        help_text=_("The parliament that sends the delegation."),
    )
    kind = models.CharField(_("role"), max_length=11, choices=Kind)

    value_fields = ("person", "parliament", "kind")
    home = "parliament"
    fact_kind = "role"
    api = Api("roles", _("What somebody is in a delegation beside holding a seat, or without one."))

    history = Versions()

    class Meta(DatedFact.Meta):
        verbose_name = _("role in a delegation")
        verbose_name_plural = _("roles in delegations")
        ordering = ("parliament__slug", "kind", "valid_from", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="delegations_role_kind_known",
                condition=Q(kind__in=["head", "deputy_head", "alternate"]),
            ),
            NoOverlap(
                name="delegations_role_one_head",
                same=("parliament",),
                where={"kind": "head"},
                violation_error_message=_(
                    "A delegation has one head on any day, and this is in the way: %(row)s."
                ),
            ),
            # Nobody has two roles in one delegation on a day, the head least of all.
            NoOverlap(
                name="delegations_role_one_for_a_person",
                same=("parliament", "person"),
                violation_error_message=_(
                    "The person has a role in this delegation already, and this is in the way: %(row)s."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.in_words}, {self.period_in_words}"

    def get_absolute_url(self):
        return address("delegations:person-detail", self.person.slug, anchor=self.code)

    @property
    def in_words(self):
        return _("%(role)s, %(parliament)s") % {
            "role": self.get_kind_display(),
            "parliament": self.parliament,
        }

    def statement(self):
        return self.get_kind_display()

    def code_stem(self):
        return f"{self.parliament.code}-{self.kind.replace('_', '-')}"
