"""New composition: a delegation's seats and members change on a day, as a pasted list says."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import normalize_newlines
from django.utils.translation import gettext_lazy as _

from delegations.admin.actions import Action, DecisionForm, FirstDay, part
from delegations.models import CompleteRoster, Membership, Person, Role, SeatAllocation
from delegations.new_composition import NewComposition
from delegations.roster_parser import Reader

LARGEST_FILE = 1_000_000


class CompositionForm(DecisionForm):
    first_day = FirstDay(
        label=_("First day of the new composition"),
        required=True,
        help_text=_("What ends with it ends on the day before."),
    )
    list = forms.CharField(
        label=_("List"),
        required=False,
        widget=forms.Textarea({"rows": 14, "cols": 80, "class": "vLargeTextField"}),
        help_text=_(
            "A line for each person: name; chamber; role. Columns are parted by tabs (as when copied "
            "from a table), semicolons or commas. No role: a member. Roles: head, deputy head, alternate."
        ),
    )
    file = forms.FileField(
        label=_("Or a file with the list"),
        required=False,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=_("CSV in UTF-8. It replaces what stands in the box."),
    )
    order = forms.ChoiceField(
        label=_("In a name of two words"),
        choices=[
            ("given", _("the given name comes first")),
            ("family", _("the family name comes first")),
        ],
        initial="given",
        widget=forms.RadioSelect,
    )
    is_complete = forms.BooleanField(
        label=_("This list is the complete roster"),
        required=False,
        help_text=_("Seats that nobody in it holds are then vacant, and no longer “not recorded”."),
    )

    def __init__(self, delegation, data=None, files=None):
        super().__init__(data, files)
        self.delegation = delegation
        self.chambers = [
            *(
                delegation.chambers.select_related("parliament").prefetch_related(
                    "names", "parliament__names"
                )
            )
        ]
        self.seats_of = {f"seats-{chamber.pk}": chamber for chamber in self.chambers}
        for name, chamber in self.seats_of.items():
            self.fields[name] = forms.IntegerField(
                label=f"{chamber.title}, {chamber.period_in_words}",
                required=False,
                min_value=1,
                max_value=999,
            )

    @property
    def parts(self):
        fieldsets = [
            (_("When"), {"fields": ["first_day"]}),
            (_("Who"), {"fields": ["list", "file", "order", "is_complete"]}),
            self.evidence,
        ]
        if self.seats_of:
            seats = {
                "fields": [*self.seats_of],
                "description": _("Leave it empty where the number of seats stays as it is."),
            }
            fieldsets.insert(2, (_("New numbers of seats"), seats))
        return [part(self, *fieldsets)]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file:
            return ""
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is too large for a list."))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("This is no text in UTF-8: save the table as “CSV UTF-8”.")
            ) from error
        # The preview, or an error, carries it on as if it had been pasted.
        self.data = self.data.copy()
        self.data["list"] = text
        return text

    def clean(self):
        cleaned = super().clean()
        self.lines = []
        first_day = cleaned.get("first_day")
        text = normalize_newlines(cleaned.get("file") or cleaned.get("list") or "").strip(
            "\n\ufeff"
        )
        seats = {name: chamber for name, chamber in self.seats_of.items() if cleaned.get(name)}
        if first_day:
            self._clean_chambers(first_day, seats)
        if text.strip():
            self._clean_list(text, first_day, cleaned.get("order") == "family")
        elif not seats and not self.errors.keys() & {"list", "file", *self.seats_of}:
            self.add_error("list", _("Paste a list, or write a new number of seats."))
        elif cleaned.get("is_complete") and "file" not in self.errors:
            self.add_error("is_complete", _("There is no list that could be complete."))
        return cleaned

    def _clean_chambers(self, first_day, seats):
        if not any(chamber.covers(first_day) for chamber in self.chambers):
            self.add_error("first_day", _("On that day the parliament has no chamber on record."))
        for name, chamber in seats.items():
            if not chamber.covers(first_day):
                self.add_error(name, _("The chamber is not in force on that day."))

    def _clean_list(self, text, first_day, family_first):
        if not first_day or "first_day" in self.errors:
            return
        in_force = [chamber for chamber in self.chambers if chamber.covers(first_day)]
        former = [chamber for chamber in self.chambers if chamber not in in_force]
        try:
            self.lines = Reader(in_force, former, family_first).read(text)
        except ValidationError as error:
            self.add_error("file" if self.cleaned_data.get("file") else "list", error)

    def plan(self):
        cleaned = self.cleaned_data
        return NewComposition(
            cleaned["source"],
            delegation=self.delegation,
            first_day=cleaned["first_day"],
            lines=self.lines,
            seats={
                chamber: cleaned[name] for name, chamber in self.seats_of.items() if cleaned[name]
            },
            is_complete=cleaned["is_complete"],
        )


class NewCompositionAction(Action):
    name = "new_composition"
    title = _("New composition")
    form = CompositionForm
    models = (Membership, Role, SeatAllocation, CompleteRoster, Person)
