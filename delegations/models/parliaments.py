from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from cstopa.http.addresses import path_to
from cstopa.languages import Text, has_words, translated
from cstopa.models.codes import KeyedManager, Named, has_key, never_changes
from cstopa.models.constraints import FieldCheck, NoOverlap, known
from cstopa.models.fields import AddressField, LineField
from cstopa.models.history import Versions
from cstopa.models.periods import today
from cstopa.search.kinds import choices_said_in, is_said_in
from cstopa.search.querysets import NamedQuerySet
from delegations.models.facts import Api, DatedFact, FactQuerySet
from delegations.models.names import NamedOnDays, search_words


class ParliamentQuerySet(NamedQuerySet):
    """Parliaments, and with them delegations, are also found by what they are and whom they send."""

    def with_names(self):
        """Return the parliaments with their dated names, for ``name_on()``."""
        return self.prefetch_related("names")

    def of_kind(self, term):
        if is_said_in(Parliament.kind_names(), term):
            return Q(pk__isnull=False)
        senders = Q(pk__in=Chamber.objects.filter(sending(term)).values("parliament"))
        if statuses := choices_said_in(Participation.Status, term):
            taking_part = Participation.objects.as_of(today()).filter(status__in=statuses)
            return senders | Q(pk__in=taking_part.order_by().values("parliament"))
        return senders


class Parliament(NamedOnDays, Named):
    """The legislature of a state."""

    # For the log of changes, which tells of it as of a fact.
    value_fields = ("name_en", "name_ru", "state_en", "state_ru")
    home = None
    fact_kind = "parliament"

    slug = models.SlugField(
        _("slug"),
        unique=True,
        help_text=_("The name of the state in addresses, such as “belarus”."),
    )
    state = translated(
        LineField(_("state"), max_length=120, blank=True, help_text=_("Its official name."))
    )
    name = translated(
        LineField(
            _("name"),
            max_length=200,
            blank=True,
            help_text=_("Its official name, on the days for which no other is recorded below."),
        )
    )
    search_words = search_words()

    objects = KeyedManager.from_queryset(ParliamentQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("parliament")
        verbose_name_plural = _("parliaments")
        ordering = ("slug",)
        constraints = [
            has_key("slug"),
            has_key("code"),
            never_changes("code"),
            FieldCheck(
                field="name_en",
                name="delegations_parliament_has_name",
                condition=has_words("state", "name"),
                violation_error_message=_(
                    "A parliament has its name and its state's in one language at least."
                ),
            ),
        ]

    def __str__(self):
        return str(self.name)

    def get_absolute_url(self):
        return path_to("delegations:parliament-detail", self.slug)

    def statement(self):
        return self.name

    @classmethod
    def kind_names(cls):
        """Return by what readers find all of them: what each is, and what stands on its pages."""
        return cls._meta.verbose_name, _("Composition of the delegations"), _("seats")

    def search_text(self):
        return (
            *(self.state_en, self.state_ru, self.name_en, self.name_ru),
            *(self.search_words_en, self.search_words_ru),
        )


class Delegation(Parliament):
    """What a parliament sends to the Assembly: one for each, and known by the parliament's slug.

    It has no row of its own, so nothing in it can disagree with its parliament: the seats are those
    of the parliament's chambers, and no other chamber can send any.
    """

    class Meta:
        proxy = True
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")

    def save(self, *args, **kwargs):
        raise TypeError("A delegation is derived from its parliament: save the parliament.")

    def get_absolute_url(self):
        return path_to("delegations:detail", self.slug)


def sending(term):
    """Return the condition that a chamber sends those whom a Term names: deputies, or members."""
    return Q(member_title__in=choices_said_in(Chamber.MemberTitle, term))


class ChamberQuerySet(FactQuerySet, NamedQuerySet):
    """Chambers are found together with their parliament, and by what they are and whom they send.

    One without a name is not: it is the parliament, which is found itself.
    """

    def named(self, term, unfinished):
        parliaments = Parliament.objects.all()
        parliaments = parliaments.filter(parliaments.named(term, unfinished))
        return super().named(term, unfinished) | has_words("name") & Q(parliament__in=parliaments)

    def of_kind(self, term):
        is_chamber = is_said_in(Chamber.kind_names(), term)
        return has_words("name") & (Q(pk__isnull=False) if is_chamber else sending(term))


class Chamber(NamedOnDays, DatedFact):
    """A house of a parliament. The only one of a unicameral parliament may have no name: it is then
    the parliament's.
    """

    class House(models.TextChoices):
        LOWER = "lower", _("lower house")
        UPPER = "upper", _("upper house")

    class MemberTitle(models.TextChoices):
        DEPUTY = "deputy", _("deputies")
        MEMBER = "member", _("members")

    value_fields = ("parliament", "name_en", "name_ru", "house", "member_title")
    home = "parliament"
    fact_kind = "chamber"
    api = Api(
        "chambers",
        _(
            "Houses of parliaments. A parliament with one chamber is unicameral, and that one may "
            "have no name."
        ),
        {
            "house": "Null where there is one chamber.",
            "member_title": "How those whom it sends are called.",
            "website": "Its website; null where it is not known.",
            "website_language": "The language of the website; null where the address does not say "
            "it.",
        },
    )

    parliament = models.ForeignKey(
        Parliament, verbose_name=_("parliament"), on_delete=models.PROTECT, related_name="chambers"
    )
    name = translated(
        LineField(
            _("name"),
            max_length=200,
            blank=True,
            help_text=_("Leave it empty where the parliament has one chamber, named as itself."),
        )
    )
    search_words = search_words()
    house = models.CharField(
        _("house"),
        max_length=5,
        choices=House,
        blank=True,
        help_text=_("Leave it empty where the parliament has one chamber."),
    )
    member_title = models.CharField(
        _("sends"),
        max_length=6,
        choices=MemberTitle,
        default=MemberTitle.DEPUTY,
        help_text=_("How those whom it sends are called."),
    )
    website = AddressField(_("website"), blank=True)
    website_language = models.CharField(
        _("language of the website"),
        max_length=2,
        choices=[("en", _("English")), ("ru", _("Russian"))],
        blank=True,
        help_text=_("Leave it empty where the address does not say it."),
    )

    objects = KeyedManager.from_queryset(ChamberQuerySet)()

    class Meta(DatedFact.Meta):
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ("parliament__slug", "house", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            known("house", "", "lower", "upper"),
            known("member_title", "deputy", "member"),
            known("website_language", "", "en", "ru"),
        ]

    def __str__(self):
        # With the parliament: more than one has a Senate.
        own = self.name or self.get_house_display()
        return f"{own}, {self.parliament}" if own else str(self.parliament)

    def get_absolute_url(self):
        page = path_to("delegations:parliament-detail", self.parliament.slug)
        return f"{page}#{self.code}"

    @classmethod
    def kind_names(cls):
        """Return by what readers find all of them."""
        return cls._meta.verbose_name, _("seats")

    @property
    def title(self):
        return self.name or self.named_after(self.parliament.name)

    def title_on(self, day):
        """Return its title on a day as Text: its name, or else which house it is of its parliament."""
        return self.name_on(day) or self.named_after(self.parliament.name_on(day))

    def own_names_on(self, day):
        """Return ``{language: name}`` of a day; an only chamber without any has its parliament's."""
        names = self.names_on(day)
        return names if any(names.values()) or self.house else self.parliament.names_on(day)

    def named_after(self, whole):
        """Return the title of one without a name of its own: the parliament's, and which house it is."""
        if not self.house:
            return whole
        with override(whole.language):
            return Text(f"{whole}, {self.get_house_display()}", whole.language)

    def counted(self, seats):
        """Return a number of its seats in words: 7 deputies, 1 member."""
        if self.member_title == self.MemberTitle.MEMBER:
            words = ngettext("%(seats)d member", "%(seats)d members", seats)
        else:
            words = ngettext("%(seats)d deputy", "%(seats)d deputies", seats)
        return words % {"seats": seats}

    def statement(self):
        return self.name

    def code_stem(self):
        return f"{self.parliament.slug}-{self.house or 'chamber'}"

    def search_text(self):
        return self.name_en, self.name_ru, self.search_words_en, self.search_words_ru


class ChamberFactQuerySet(FactQuerySet):
    def as_of(self, day):
        return super().as_of(day).filter(chamber__in=Chamber.objects.as_of(day))

    def with_related(self):
        # What the document of the chamber dates, its facts hold by.
        return super().with_related().select_related("chamber__source")


class ChamberFact(DatedFact):
    """A fact of a ``chamber``, which it does not outlast: where the chamber ends, so does the fact."""

    home = "chamber__parliament"

    objects = KeyedManager.from_queryset(ChamberFactQuerySet)()

    class Meta(DatedFact.Meta):
        abstract = True

    @property
    def ends(self):
        return super().ends + self.chamber.ends

    def day_of_name(self, day):
        return self.chamber.day_of_name(super().day_of_name(day))

    def covers(self, day):
        return super().covers(day) and self.chamber.covers(day)

    def has_begun(self, day):
        return super().has_begun(day) and (
            not self.chamber.valid_from
            or self.chamber.has_begun(day)
            or any(known <= day for known in self.evidence)
        )

    def lasts(self, day):
        return super().lasts(day) and (
            not self.chamber.valid_to
            or self.chamber.lasts(day)
            or any(day <= known for known in self.evidence)
        )


class Participation(DatedFact):
    """How a parliament takes part in the Assembly."""

    class Status(models.TextChoices):
        MEMBER = "member", _("member")
        SUSPENDED = "suspended", _("suspended")
        OBSERVER = "observer", _("observer")
        PARTNER = "partner", _("partner")
        NOT_PARTICIPATING = "not_participating", _("not participating")

    parliament = models.ForeignKey(
        Parliament,
        verbose_name=_("parliament"),
        on_delete=models.PROTECT,
        related_name="participations",
    )
    status = models.CharField(_("status"), max_length=20, choices=Status)

    value_fields = ("parliament", "status")
    home = "parliament"
    fact_kind = "participation"
    api = Api(
        "participations",
        _(
            "How parliaments take part in the Assembly. Where no row covers a day, it is not "
            "recorded."
        ),
        {"status": "How it takes part."},
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ("parliament__slug", "valid_from", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            known("status", "member", "suspended", "observer", "partner", "not_participating"),
            NoOverlap(
                name="delegations_participation_one_a_day",
                same=("parliament",),
                violation_error_message=_(
                    "A parliament takes part in one way on any day, and this is in the way: %(row)s."
                ),
            ),
        ]

    def statement(self):
        return self.get_status_display()

    def code_stem(self):
        return f"{self.parliament.slug}-participation"
