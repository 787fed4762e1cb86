from django.db import connection, models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cstopa.http.addresses import path_with
from cstopa.languages import LANGUAGES, first_text, has_words, to_attribute, translated
from cstopa.library.models import Picture
from cstopa.models.codes import KeyedManager, Named, has_key, never_changes
from cstopa.models.constraints import FieldCheck, NoOverlap
from cstopa.models.fields import LineField
from cstopa.models.history import Versions
from cstopa.models.sorting import LETTERS, SortKeyField, refresh
from cstopa.search.querysets import SearchedQuerySet
from cstopa.search.vocabulary import LAST
from delegations.models.facts import Api, DatedFact, fact_models
from delegations.models.parliaments import Chamber, ChamberFact
from delegations.models.sources import Source


class PersonQuerySet(SearchedQuerySet):
    def published(self):
        """Return all of them: a person is public as soon as on record, and so is the portrait."""
        return self.all()

    def by_family_name(self):
        """Sort as the reader sees the names, those of the other script by their transliteration."""
        return self.order_by(to_attribute("sort_key", get_language()), "pk")

    def starting_with(self, letter):
        """Return those whose name starts with a letter in the reader's order."""
        key = to_attribute("sort_key", get_language())
        return self.filter(**{f"{key}__gte": letter, f"{key}__lt": letter + LAST})

    def letters(self):
        """Return the letters with which names start in the reader's order."""
        language, table = get_language(), connection.ops.quote_name(self.model._meta.db_table)
        key = connection.ops.quote_name(to_attribute("sort_key", language))
        # Of each letter the index is entered once, however many names it has.
        values = ", ".join(["(%s, %s)"] * len(LETTERS[language]))
        sql = (
            f"WITH letters (letter, rest) AS (VALUES {values}) SELECT letter FROM letters"
            f" WHERE EXISTS (SELECT 1 FROM {table} WHERE {key} >= letter AND {key} < rest)"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [each for one in LETTERS[language] for each in (one, one + LAST)])
            return {letter for (letter,) in cursor.fetchall()}

    def _refresh_entries(self, keys):
        super()._refresh_entries(keys)
        refresh(self.model, keys)


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
    portrait = models.ForeignKey(
        Picture,
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        help_text=_("It is public at once, on the page of the person and where that is passed on."),
    )
    portrait_source = models.ForeignKey(
        Source,
        verbose_name=_("source of the portrait"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The document or page by which it is known whose portrait this is."),
    )
    sort_key_en = SortKeyField("en")
    sort_key_ru = SortKeyField("ru")

    objects = KeyedManager.from_queryset(PersonQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("family_name_en", "family_name_ru", "slug")
        indexes = [
            models.Index(fields=("sort_key_en", "id"), name="delegations_person_order_en"),
            models.Index(fields=("sort_key_ru", "id"), name="delegations_person_order_ru"),
        ]
        constraints = [
            has_key("slug"),
            has_key("code"),
            never_changes("code"),
            FieldCheck(
                field="family_name_en",
                name="delegations_person_has_family_name",
                condition=has_words("family_name"),
                violation_error_message=_("A person has a family name in one language at least."),
            ),
            FieldCheck(
                field="portrait_source",
                name="delegations_person_portrait_has_source",
                condition=Q(portrait=None) | ~Q(portrait_source=None),
                violation_error_message=_("A portrait has a source."),
            ),
        ]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return path_with("delegations:person-detail", self.slug)

    @property
    def name(self):
        """Given name, patronymic and family name, all in one language."""
        return first_text(self.name_in)

    @property
    def name_in_list(self):
        """Family name first, as a list by family names has it, all in one language."""
        return first_text(self._name_in_list)

    def name_in(self, language):
        """Return the whole name in a language; "" where the family name is missing in it."""
        family, *others = self._names_in(language)
        return " ".join(filter(None, (*others, family))) if family else ""

    def sorted_names(self, language):
        """Return what its place in a list goes by: family name, given name, patronymic."""
        own = self._names_in(language)
        others = (self._names_in(each) for each in LANGUAGES if each != language)
        return next((names for names in (own, *others) if names[0]), own)

    def _name_in_list(self, language):
        family, *others = self._names_in(language)
        given = " ".join(filter(None, others))
        return ", ".join(filter(None, (family, given))) if family else ""

    def _names_in(self, language):
        return [
            getattr(self, to_attribute(name, language))
            for name in ("family_name", "given_name", "patronymic")
        ]

    def search_text(self):
        return (
            *(self.given_name_en, self.patronymic_en, self.family_name_en),
            *(self.given_name_ru, self.patronymic_ru, self.family_name_ru),
        )


class PersonFact(DatedFact):
    """What a person has, or is, from a day to a day: a seat, a role, an office.

    It is one of its home, a parliament, or of the delegation of that; without one: of the Assembly.
    """

    # The field, of choices, that says which post it is; "" where it is none.
    post_field = ""
    # Whether it is one of the delegation, and not of the parliament.
    is_in_delegation = False
    # The chamber for which it is held.
    on_behalf_of = None
    # Where a person's page has it, before those with a higher one, and under which heading; None is
    # the name of the kind.
    place = 9
    heading = None

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta(DatedFact.Meta):
        abstract = True

    def get_absolute_url(self):
        return f"{self.person.get_absolute_url()}#{self.code}"

    @classmethod
    def relation(cls):
        """Return the name under which a person has such facts."""
        return cls._meta.get_field("person").remote_field.get_accessor_name()

    @classmethod
    def page_heading(cls):
        return cls.heading or super().page_heading()

    @property
    def role_code(self):
        """What the person is, by a word that never changes."""
        return getattr(self, self.post_field or "fact_kind")

    def title_on(self, day):
        """Return what the person is, and of what by its name of a day."""
        return self.role_label

    @property
    def role_label(self):
        return self.statement() or capfirst(self._meta.verbose_name)


def person_fact_models():
    """Return the kinds of facts of a person, in the order in which a page has them."""
    kinds = (model for model in fact_models().values() if issubclass(model, PersonFact))
    return sorted(kinds, key=lambda model: (model.place, model.fact_kind))


class Membership(PersonFact, ChamberFact):
    """One deputy who holds one of the delegation’s seats, on behalf of a chamber."""

    chamber = models.ForeignKey(
        Chamber, verbose_name=_("chamber"), on_delete=models.PROTECT, related_name="memberships"
    )

    value_fields = ("person", "chamber")
    fact_kind = "membership"
    is_in_delegation = True
    place = 3
    heading = _("Seats in a delegation")
    api = Api("memberships", _("Who holds one of a delegation’s seats, on behalf of a chamber."))

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

    @property
    def in_words(self):
        return str(self.chamber)

    def title_on(self, day):
        names = self.chamber.parliament.name_on(day), self.chamber.name_on(day)
        return f"{self.role_label}: {', '.join(filter(None, names))}"

    @property
    def role_code(self):
        return self.chamber.member_title

    @property
    def role_label(self):
        return _("Member of the delegation")

    @property
    def on_behalf_of(self):
        return self.chamber

    def code_stem(self):
        return f"{self.chamber.code}-{self.person.slug}"
