"""What a reader may ask of delegations: as of which day, taking part how, of which parliaments."""

from urllib.parse import urlencode

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from cstopa.forms import MISREAD, AsOfForm, DayFilter, MarkedSelect
from cstopa.http.kept.rows import until_written
from delegations.composition import OFFICER, compositions_on, holders, posts, unrecorded_on
from delegations.models import Delegation, Participation, Person

UNRECORDED = "not-recorded"


class OfDayFilter(FilterSet):
    """Rows as of a day, ``date``, each of which is shown with what is on record of it then."""

    def as_of(self, rows, _name, _day):
        # It leaves none out.
        return rows

    @property
    def chosen(self):
        """The answers that leave some rows out."""
        # What is misread is none of them.
        self.form.is_valid()
        answers = {name: self.form.cleaned_data.get(name) for name in self.filters}
        return {name: answer for name, answer in answers.items() if answer and name != "date"}

    @property
    def narrows(self):
        """Whether some rows are left out."""
        return bool(self.chosen)

    @property
    def query(self):
        """The part of an address that narrows the list, to which a day can be added."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""


class DelegationFilter(OfDayFilter):
    """The delegations as of a day. What is misread is told at its field and narrows nothing."""

    participation = ChoiceFilter(
        label=_("Participation"),
        choices=[*Participation.Status.choices, (UNRECORDED, _("not recorded"))],
        empty_label=_("any"),
        error_messages=MISREAD,
        method="by_participation",
    )
    chambers = ChoiceFilter(
        label=_("Chambers of the parliament"),
        choices=[("1", _("one")), ("2", _("two"))],
        # Translators: any number of chambers.
        empty_label=_("any number"),
        error_messages=MISREAD,
        method="by_chambers",
    )
    date = DayFilter(label=_("As of the day"), method="as_of")

    class Meta:
        model = Delegation
        fields = []
        form = AsOfForm

    def by_participation(self, delegations, _name, status):
        asked = None if status == UNRECORDED else status
        return self._those(delegations, lambda composition: composition.status == asked)

    def by_chambers(self, delegations, _name, number):
        return self._those(delegations, lambda each: len(each.chambers) == int(number))

    def _those(self, delegations, meets):
        of_day = compositions_on(self.form.day)
        return delegations.filter(pk__in=[each.delegation.pk for each in of_day if meets(each)])

    @property
    def unrecorded(self):
        """What is not on record of what was asked for."""
        kinds = {"participation": "participation", "chambers": "seats"}
        return unrecorded_on(tuple(kinds[name] for name in self.chosen), self.form.day)


@until_written(4)
def delegation_choices(_language):
    """Return the slug and the state of each delegation, by which people look for it."""
    return [(row.slug, row.state or row.name) for row in Delegation.objects.all()]


class PersonFilter(OfDayFilter):
    """The people who are something on a day: in a delegation, or in the Assembly."""

    delegation = ChoiceFilter(
        label=_("Delegation"),
        choices=lambda: delegation_choices(get_language()),
        empty_label=pgettext_lazy("delegation", "any"),
        error_messages=MISREAD,
        widget=MarkedSelect,
        method="as_of",
    )
    role = ChoiceFilter(
        label=_("Role or office"),
        choices=posts,
        empty_label=pgettext_lazy("role or office", "any"),
        error_messages=MISREAD,
        method="as_of",
    )
    date = DayFilter(label=_("As of the day"), method="as_of")

    class Meta:
        model = Person
        fields = []
        form = AsOfForm

    def filter_queryset(self, people):
        """Both together: who is head of one delegation may be a member of another."""
        if not self.narrows:
            return people
        answers = [self.chosen.get(name, "") for name in ("role", "delegation")]
        return people.filter(holders(*answers, self.form.day))

    @property
    def unrecorded(self):
        """What is not on record of what was asked for."""
        role, delegation = (self.chosen.get(name, "") for name in ("role", "delegation"))
        kinds = (role,) if role else tuple(code for code, _label in posts() if code != OFFICER)
        return unrecorded_on(kinds, self.form.day, delegation) if self.narrows else []
