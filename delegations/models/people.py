from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cstopa.http.as_of import address
from cstopa.languages import Text, has_words, reading_order, sorted_by, translated
from cstopa.models.codes import KeyedManager, Named, has_key
from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet
from delegations.models.facts import Api, DatedFact
from delegations.models.parliaments import Chamber, ChamberFact, Parliament


class PersonQuerySet(SearchedQuerySet):
    def by_family_name(self):
        """Sort as the reader sees the names: by ``sort_family`` and ``sort_given``."""
        return self.annotate(
            sort_family=sorted_by("family_name"), sort_given=sorted_by("given_name")
        ).order_by("sort_family", "sort_given", "pk")


class Person(Named):
    """One who holds, or held, a seat or an office."""

    slug = models.SlugField(
        _("slug"),
        max_length=100,
        unique=True,
        help_text=_("The name in addresses: “viktor-kogut”."),
    )
    given_name = translated(LineField(_("given name"), max_length=80, blank=True))
    patronymic = translated(LineField(_("patronymic"), max_length=80, blank=True))
    family_name = translated(LineField(_("family name"), max_length=80, blank=True))

    objects = KeyedManager.from_queryset(PersonQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("family_name_en", "family_name_ru", "slug")
        constraints = [
            has_key("slug"),
            has_key("code"),
            FieldCheck(
                field="family_name_en",
                name="delegations_person_has_family_name",
                condition=has_words("family_name"),
                violation_error_message=_("A person has a family name in one language at least."),
            ),
        ]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return address("delegations:person-detail", self.slug)

    @property
    def name(self):
        """Given name, patronymic and family name, all in one language."""
        for language in reading_order():
            if name := self.name_in(language):
                return Text(name, language)
        return Text("", reading_order()[0])

    def name_in(self, language):
        """Return the whole name in a language; "" where the family name is missing in it."""
        if not getattr(self, f"family_name_{language}"):
            return ""
        parts = (
            getattr(self, f"{part}_{language}")
            for part in ("given_name", "patronymic", "family_name")
        )
        return " ".join(part for part in parts if part)

    def search_text(self):
        return (
            *(self.given_name_en, self.patronymic_en, self.family_name_en),
            *(self.given_name_ru, self.patronymic_ru, self.family_name_ru),
        )


class Membership(ChamberFact):
    """One deputy who holds one of the delegation's seats, on behalf of a chamber."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    chamber = models.ForeignKey(
        Chamber, verbose_name=_("chamber"), on_delete=models.PROTECT, related_name="memberships"
    )

    value_fields = ("person", "chamber")
    fact_kind = "membership"
    api = Api("memberships", _("Who holds one of a delegation's seats, on behalf of a chamber."))

    history = Versions()

    class Meta(ChamberFact.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("person", "valid_from", "code")
        constraints = [
            *ChamberFact.Meta.constraints,
            NoOverlap(
                name="delegations_membership_one_seat_a_day",
                same=("person",),
                violation_error_message=_(
                    "A person holds one seat on any day, and this is in the way: %(row)s."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.chamber}, {self.period_in_words}"

    def get_absolute_url(self):
        return address("delegations:person-detail", self.person.slug, anchor=self.code)

    def code_stem(self):
        return f"{self.chamber.code}-{self.person.slug}"


class Office(DatedFact):
    """One person who holds one function, which is no seat, for one period."""

    class Function(models.TextChoices):
        CHAIRMAN = "chairman", _("Chairman of the Assembly")
        EXECUTIVE_SECRETARY = "executive_secretary", _("Executive Secretary")
        DEPUTY_EXECUTIVE_SECRETARY = "deputy_executive_secretary", _("Deputy Executive Secretary")
        REPRESENTATIVE = "representative", _("Plenipotentiary representative")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="offices"
    )
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
    api = Api("offices", _("Who holds a function, which is no seat."))

    history = Versions()

    class Meta(DatedFact.Meta):
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ("function", "valid_from", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="delegations_office_function_known",
                condition=Q(
                    function__in=[
                        "chairman",
                        "executive_secretary",
                        "deputy_executive_secretary",
                        "representative",
                    ]
                ),
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
            # One rule for each function that has one holder. None compares the parliaments of two
            # offices of the Assembly, which have none: NULL equals no NULL.
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

    def __str__(self):
        return f"{self.person}: {self.in_words}, {self.period_in_words}"

    def get_absolute_url(self):
        return address("delegations:person-detail", self.person.slug, anchor=self.code)

    @property
    def in_words(self):
        if self.parliament_id is None:
            return self.get_function_display()
        return _("%(function)s, %(parliament)s") % {
            "function": self.get_function_display(),
            "parliament": self.parliament,
        }

    def statement(self):
        return self.get_function_display()

    def code_stem(self):
        function = self.function.replace("_", "-")
        return f"{self.parliament.slug}-{function}" if self.parliament_id else function
