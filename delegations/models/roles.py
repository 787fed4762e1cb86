from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.models.constraints import FieldCheck, NoOverlap, known
from delegations.models.facts import Api
from delegations.models.parliaments import Parliament
from delegations.models.people import PersonFact


class Role(PersonFact):
    """What one is in a delegation beside holding a seat, or without one. It gives no seat."""

    class Kind(models.TextChoices):
        HEAD = "head", _("Head of the delegation")
        DEPUTY_HEAD = "deputy_head", _("Deputy head of the delegation")
        ALTERNATE = "alternate", _("Alternate member of the delegation")

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
    post_field = "kind"
    is_in_delegation = True
    place = 2
    heading = _("Roles in a delegation")
    api = Api("roles", _("What somebody is in a delegation beside holding a seat, or without one."))

    class Meta(PersonFact.Meta):
        verbose_name = _("role in a delegation")
        verbose_name_plural = _("roles in delegations")
        ordering = ("parliament__slug", "kind", "valid_from", "code")
        constraints = [
            *PersonFact.Meta.constraints,
            known("kind", "head", "deputy_head", "alternate"),
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

    @property
    def in_words(self):
        return self._of(self.parliament)

    def title_on(self, day):
        """Return what it is, and in which delegation, by the parliament's name of a day."""
        return self._of(self.parliament.name_on(day))

    def _of(self, parliament):
        words = {"role": self.get_kind_display(), "parliament": parliament}
        return _("%(role)s, %(parliament)s") % words

    def statement(self):
        return self.get_kind_display()

    def code_stem(self):
        return f"{self.parliament.code}-{self.kind.replace('_', '-')}"


class Office(PersonFact):
    """One person who holds one function, which is no seat, for one period."""

    class Function(models.TextChoices):
        CHAIRMAN = "chairman", _("Chairman of the Assembly")
        EXECUTIVE_SECRETARY = "executive_secretary", _("Executive Secretary")
        DEPUTY_EXECUTIVE_SECRETARY = "deputy_executive_secretary", _("Deputy Executive Secretary")
        REPRESENTATIVE = "representative", _("Plenipotentiary representative")

    function = models.CharField(_("function"), max_length=30, choices=Function)
    parliament = models.ForeignKey(
        Parliament,
        verbose_name=_("parliament"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="offices",
        help_text=_("The parliament that is represented; empty for an office of the Assembly."),
    )

    value_fields = ("person", "function", "parliament")
    home = "parliament"
    fact_kind = "office"
    post_field = "function"
    place = 1
    api = Api(
        "offices",
        _("Who holds a function, which is no seat."),
        {"parliament": "The parliament that is represented; null for an office of the Assembly."},
    )

    class Meta(PersonFact.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("function", "valid_from", "code")
        constraints = [
            *PersonFact.Meta.constraints,
            known(
                "function",
                "chairman",
                "executive_secretary",
                "deputy_executive_secretary",
                "representative",
            ),
            FieldCheck(
                field="parliament",
                name="delegations_office_of_a_parliament",
                condition=Q(function="representative", parliament__isnull=False)
                | (~Q(function="representative") & Q(parliament__isnull=True)),
                violation_error_message=_(
                    "A plenipotentiary representative has a parliament; an office of the Assembly has none."
                ),
            ),
            # One rule for each function that has one holder, not one over (function, parliament): an
            # office of the Assembly has no parliament, and NULL equals no NULL.
            NoOverlap(
                name="delegations_office_one_chairman",
                where={"function": "chairman"},
                violation_error_message=_(
                    "The Assembly has one Chairman on any day, and this is in the way: %(row)s."
                ),
            ),
            NoOverlap(
                name="delegations_office_one_executive_secretary",
                where={"function": "executive_secretary"},
                violation_error_message=_(
                    "The Assembly has one Executive Secretary on any day, and this is in the way: %(row)s."
                ),
            ),
            NoOverlap(
                name="delegations_office_one_representative",
                same=("parliament",),
                where={"function": "representative"},
                violation_error_message=_(
                    "A parliament has one representative on any day, and this is in the way: %(row)s."
                ),
            ),
            # Deputies of the Executive Secretary may be several, but nobody is one twice.
            NoOverlap(
                name="delegations_office_deputy_once",
                same=("person",),
                where={"function": "deputy_executive_secretary"},
                violation_error_message=_(
                    "The person holds this office already, and this is in the way: %(row)s."
                ),
            ),
        ]

    @property
    def in_words(self):
        return self._of(self.parliament)

    def title_on(self, day):
        """Return what it is, and of which parliament, by its name of a day."""
        return self._of(self.parliament and self.parliament.name_on(day))

    def _of(self, parliament):
        if parliament is None:
            return self.get_function_display()
        words = {"function": self.get_function_display(), "parliament": parliament}
        return _("%(function)s, %(parliament)s") % words

    def statement(self):
        return self.get_function_display()

    def code_stem(self):
        function = self.function.replace("_", "-")
        return f"{self.parliament.slug}-{function}" if self.parliament_id else function
