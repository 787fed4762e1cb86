"""What a reader may ask of delegations: as of which day, taking part how, of which parliaments."""

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet

from cstopa.forms import MISREAD, AsOfForm, DayFilter
from delegations.composition import taking_part, with_chambers
from delegations.models import Delegation, Participation

UNRECORDED = "not-recorded"


class DelegationFilter(FilterSet):
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
        return taking_part(delegations, None if status == UNRECORDED else status, self.form.day)

    def by_chambers(self, delegations, _name, number):
        return with_chambers(delegations, int(number), self.form.day)

    def as_of(self, delegations, _name, _day):
        # Every delegation is shown, with what is on record of it on that day.
        return delegations

    @property
    def chosen(self):
        """The answers that leave some delegations out."""
        answers = {name: self.form.cleaned_data.get(name) for name in ("participation", "chambers")}
        return {name: answer for name, answer in answers.items() if answer}

    @property
    def narrows(self):
        """Whether some delegations are left out."""
        return bool(self.chosen)

    @property
    def query(self):
        """The part of an address that narrows the list, to which a day can be added."""
        return f"{urlencode(self.chosen)}&" if self.chosen else ""
