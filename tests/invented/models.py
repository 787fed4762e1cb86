"""A committee of the Assembly and what parliaments owe: facts of a person and of a parliament."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cstopa.languages import has_words, translated
from cstopa.models.codes import KeyedManager, Named, has_key
from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.search.querysets import SearchedQuerySet
from delegations.models import DatedFact, Parliament, PersonFact
from delegations.models.facts import Api, FactQuerySet


class Committee(Named):
    """What the facts are about need be no fact itself."""

    slug = models.SlugField(unique=True)
    name = translated(LineField(_("name"), max_length=200, blank=True))

    objects = KeyedManager()
    history = Versions()

    class Meta:
        ordering = ("slug",)
        constraints = [
            has_key("slug"),
            has_key("code"),
            FieldCheck(
                field="name_en", name="invented_committee_has_name", condition=has_words("name")
            ),
        ]

    def __str__(self):
        return str(self.name)


class CommitteeMembership(PersonFact):
    """One who sits in a committee of the Assembly."""

    committee = models.ForeignKey(
        Committee, verbose_name="committee", on_delete=models.PROTECT, related_name="memberships"
    )

    value_fields = ("person", "committee")
    fact_kind = "committee_membership"
    api = Api("committee-memberships", "Who sits in which committee.")

    class Meta(PersonFact.Meta):
        verbose_name = "committee membership"
        verbose_name_plural = "committee memberships"
        ordering = ("person", "valid_from", "code")
        constraints = [
            *PersonFact.Meta.constraints,
            NoOverlap(
                name="invented_committeemembership_once",
                same=("person", "committee"),
                violation_error_message="It is on record already: %(row)s.",
            ),
        ]

    def statement(self):
        return str(self.committee)


class Spokesperson(PersonFact):
    """One who speaks for a delegation: its kind says it all."""

    parliament = models.ForeignKey(
        Parliament, verbose_name="parliament", on_delete=models.PROTECT, related_name="+"
    )

    value_fields = ("person", "parliament")
    home = "parliament"
    fact_kind = "spokesperson"
    is_in_delegation = True
    api = Api("spokespersons", "Who speaks for a delegation.")

    class Meta(PersonFact.Meta):
        verbose_name = "spokesperson"
        verbose_name_plural = "spokespersons"
        ordering = ("parliament__slug", "valid_from", "code")


class DueQuerySet(FactQuerySet, SearchedQuerySet):
    pass


class Due(DatedFact):
    """What a parliament owes to the Assembly in a year, and for what."""

    parliament = models.ForeignKey(
        Parliament, verbose_name="parliament", on_delete=models.PROTECT, related_name="dues"
    )
    amount = models.PositiveIntegerField("amount")
    purpose = translated(LineField("purpose", max_length=200, blank=True))

    value_fields = ("parliament", "amount")
    home = "parliament"
    fact_kind = "due"
    api = Api("dues", "What parliaments owe to the Assembly.")

    objects = KeyedManager.from_queryset(DueQuerySet)()

    class Meta(DatedFact.Meta):
        verbose_name = "due"
        verbose_name_plural = "dues"
        ordering = ("parliament__slug", "valid_from", "code")

    def statement(self):
        return f"{self.amount} roubles"

    def search_text(self):
        return self.purpose_en, self.purpose_ru


class Remit(DatedFact):
    """What a committee deals with: a fact of no person and no parliament."""

    committee = models.ForeignKey(
        Committee, verbose_name="committee", on_delete=models.PROTECT, related_name="remits"
    )
    matters = translated(LineField("matters", max_length=200, blank=True))

    value_fields = ("committee", "matters_en", "matters_ru")
    fact_kind = "remit"
    api = Api("remits", "What committees deal with.")

    class Meta(DatedFact.Meta):
        verbose_name = "remit"
        verbose_name_plural = "remits"
        ordering = ("committee__slug", "valid_from", "code")

    def statement(self):
        return self.matters
