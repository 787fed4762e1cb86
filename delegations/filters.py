"""What a reader may ask of delegations: as of which day, taking part how, of which parliaments."""

from urllib.parse import urlencode

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from cstopa.forms import MISREAD, AsOfForm, DayFilter, MarkedSelect
from cstopa.http.kept.rows import until_written
from delegations.composition import OFFICER, PARTICIPATION, SEATS, posts, unrecorded_on
from delegations.models import Delegation, Participation, Person

UNRECORDED = "not-recorded"


class OfDayFilter(FilterSet):
    """Rows as of a day, ``date``, each of which is shown with what is on record of it then."""

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
    )
    chambers = ChoiceFilter(
        label=_("Chambers of the parliament"),
        choices=[("1", _("one")), ("2", _("two"))],
        # Translators: any number of chambers.
        empty_label=_("any number"),
        error_messages=MISREAD,
    )
    date = DayFilter(label=_("As of the day"))

    class Meta:
        model = Delegation
        fields = []
        form = AsOfForm

    def keeps(self, composition):
        """Return whether a delegation of the day is what was asked for."""
        participation, chambers = (self.chosen.get(name) for name in ("participation", "chambers"))
        status = composition.status or UNRECORDED
        return participation in (None, status) and (
            not chambers or len(composition.chambers) == int(chambers)
        )

    @property
    def unrecorded(self):
        """What is not on record of what was asked for."""
        kinds = {"participation": PARTICIPATION, "chambers": SEATS}
        return unrecorded_on(tuple(kinds[name] for name in self.chosen), self.form.day)


@until_written(4)
def delegation_choices(_language):
    """Return the slug and the state of each delegation, by which people look for it."""
    return [(row.slug, row.state) for row in Delegation.objects.all()]


class PersonFilter(OfDayFilter):
    """The people who are something on a day: in a delegation, or in the Assembly."""

    delegation = ChoiceFilter(
        label=_("Delegation"),
        choices=lambda: delegation_choices(get_language()),
        empty_label=pgettext_lazy("delegation", "any"),
        error_messages=MISREAD,
        widget=MarkedSelect,
    )
    role = ChoiceFilter(
        label=_("Role or office"),
        choices=posts,
        empty_label=pgettext_lazy("role or office", "any"),
        error_messages=MISREAD,
    )
    date = DayFilter(label=_("As of the day"))

    class Meta:
        model = Person
        fields = []
        form = AsOfForm

    @property
    def unrecorded(self):
        """What is not on record of what was asked for."""
        role, delegation = (self.chosen.get(name, "") for name in ("role", "delegation"))
        kinds = (role,) if role else tuple(code for code, _label in posts() if code != OFFICER)
        return unrecorded_on(kinds, self.form.day, delegation) if self.narrows else []
