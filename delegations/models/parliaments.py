from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cstopa.codes import KeyedManager, Named, has_key
from cstopa.constraints import FieldCheck, NoOverlap
from cstopa.days import address
from cstopa.history import Versions
from cstopa.languages import has_words, translated
from cstopa.search.querysets import NamedQuerySet
from cstopa.texts import LineField
from delegations.models.names import name_of_the_day
from delegations.models.sources import DatedFact, FactQuerySet


class Parliament(Named):
    """The legislature of a state."""

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
        ),
        name_of_the_day,
    )

    objects = KeyedManager.from_queryset(NamedQuerySet)()
    history = Versions()

    class Meta:
        verbose_name = _("parliament")
        verbose_name_plural = _("parliaments")
        ordering = ("slug",)
        constraints = [
            has_key("slug"),
            has_key("code"),
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
        return address("delegations:parliament-detail", self.slug)

    def search_text(self):
        return self.state_en, self.state_ru, self.name_en, self.name_ru


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
        return address("delegations:detail", self.slug)


class ChamberQuerySet(FactQuerySet, NamedQuerySet):
    pass


class Chamber(DatedFact):
    """A house of a parliament. The only one of a unicameral parliament may have no name: it is then
    the parliament's.
    """

    class House(models.TextChoices):
        LOWER = "lower", _("lower house")
        UPPER = "upper", _("upper house")

    class MemberTitle(models.TextChoices):
        DEPUTY = "deputy", _("deputies")
        MEMBER = "member", _("members")

    states = ("parliament_id", "name_en", "name_ru", "house", "member_title")

    parliament = models.ForeignKey(
        Parliament, verbose_name=_("parliament"), on_delete=models.PROTECT, related_name="chambers"
    )
    name = translated(
        LineField(
            _("name"),
            max_length=200,
            blank=True,
            help_text=_("Leave it empty where the parliament has one chamber, named as itself."),
        ),
        name_of_the_day,
    )
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
    website = models.URLField(_("website"), blank=True)
    website_language = models.CharField(
        _("language of the website"),
        max_length=2,
        choices=[("en", _("English")), ("ru", _("Russian"))],
        blank=True,
        help_text=_("Leave it empty where the address does not say it."),
    )

    objects = KeyedManager.from_queryset(ChamberQuerySet)()
    history = Versions()

    class Meta(DatedFact.Meta):
        verbose_name = _("chamber")
        verbose_name_plural = _("chambers")
        ordering = ("parliament__slug", "house", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="delegations_chamber_house_known",
                condition=Q(house__in=["", "lower", "upper"]),
            ),
            models.CheckConstraint(
                name="delegations_chamber_member_title_known",
                condition=Q(member_title__in=["deputy", "member"]),
            ),
        ]

    def __str__(self):
        # More than one parliament has a Senate.
        return f"{self.name}, {self.parliament}" if self.name else str(self.parliament)

    def get_absolute_url(self):
        return address("delegations:parliament-detail", self.parliament.slug, anchor=self.code)

    @property
    def title(self):
        return self.name or self.parliament.name

    def counted(self, seats):
        """Return a number of its seats in words: 7 deputies, 1 member."""
        if self.member_title == self.MemberTitle.MEMBER:
            words = ngettext("%(seats)d member", "%(seats)d members", seats)
        else:
            words = ngettext("%(seats)d deputy", "%(seats)d deputies", seats)
        return words % {"seats": seats}

    def code_stem(self):
        return f"{self.parliament.slug}-{self.house or 'chamber'}"

    def search_text(self):
        return self.name_en, self.name_ru


class ChamberFactQuerySet(FactQuerySet):
    def as_of(self, day):
        return super().as_of(day).filter(chamber__in=Chamber.objects.as_of(day))


class ChamberFact(DatedFact):
    """A fact of a ``chamber``, which it does not outlast: where the chamber ends, so does the fact."""

    objects = KeyedManager.from_queryset(ChamberFactQuerySet)()

    class Meta(DatedFact.Meta):
        abstract = True

    @property
    def ends(self):
        return super().ends + self.chamber.ends

    def covers(self, day):
        return super().covers(day) and self.chamber.covers(day)


class Participation(DatedFact):
    """How a parliament takes part in the Assembly."""

    class Status(models.TextChoices):
        MEMBER = "member", _("member")
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

    states = ("parliament_id", "status")

    history = Versions()

    class Meta(DatedFact.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ("parliament__slug", "valid_from", "code")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                name="delegations_participation_status_known",
                condition=Q(status__in=["member", "observer", "partner", "not_participating"]),
            ),
            NoOverlap(
                name="delegations_participation_one_a_day",
                same=("parliament",),
                violation_error_message=_(
                    "A parliament takes part in one way on any day, and this is in the way: %(row)s."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.parliament}: {self.get_status_display()}, {self.period_in_words}"

    def get_absolute_url(self):
        return address("delegations:detail", self.parliament.slug, anchor=self.code)

    def code_stem(self):
        return f"{self.parliament.slug}-participation"
