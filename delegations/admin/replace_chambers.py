"""Replace chambers: a parliament's chambers end on a day, and new ones follow, or none yet."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cstopa.admin.days import DayField, day_of_the_calendar
from cstopa.admin.hardening import SafeModelMultipleChoiceField
from cstopa.admin.labels import labels, one_row
from cstopa.admin.previews import part
from cstopa.models.periods import ONE_DAY, today
from delegations.admin.actions import (
    DecisionForm,
    FirstDay,
    PlanAction,
    language_fields,
)
from delegations.models import Chamber, Parliament, ParliamentName
from delegations.replace_chambers import ChamberReplacement, kinds_of_chambers, kinds_of_people

NEW_CHAMBERS = ("first", "second")


class NewChamberForm(forms.ModelForm):
    """A chamber that follows, with the number of seats that it sends, where that is known."""

    fields_of_page = [
        one_row("name"),
        ("house", "member_title"),
        ("website", "website_language"),
        "seats",
    ]

    seats = forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=999,
        help_text=_("How many seats of the delegation it sends. Leave it empty if not yet known."),
    )

    class Meta:
        model = Chamber
        fields = (*one_row("name"), "house", "member_title", "website", "website_language")
        labels = labels(Chamber)
        widgets = dict.fromkeys(one_row("name"), AdminTextInputWidget) | {
            "website": forms.URLInput({"class": "vURLField"})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("house", "website_language"):
            choices = Chamber._meta.get_field(name).get_choices(
                blank_choice=[("", _("not stated"))]
            )
            self.fields[name].choices = choices


class ChambersField(SafeModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, chamber):
        return f"{chamber.title}, {chamber.period_in_words}"


class ReplaceForm(DecisionForm):
    chambers = ChambersField(
        Chamber.objects,
        label=_("Chambers that end"),
        error_messages={"required": _("Choose the chambers that end.")},
    )
    last_day = DayField(
        label=_("Last day in force"),
        help_text=_("What belongs to these chambers (seats, members) ends with them."),
    )
    last_day_is_latest = forms.BooleanField(
        label=_("Ended no later than this day"),
        required=False,
        help_text=_("Tick it where the exact end is not known, only that it came by that day."),
    )
    number = forms.ChoiceField(
        label=_("What follows"),
        choices=[
            ("1", _("One chamber")),
            ("2", _("Two chambers")),
            ("0", _("What follows is not known")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how many chambers follow.")},
    )
    first_day = FirstDay(
        label=_("First day of the new ones"),
        required=False,
        help_text=_("Leave it empty where they follow on the next day, without an interval."),
    )
    name_from = FirstDay(
        label=_("First day of the new name"),
        required=False,
        help_text=_("Leave it empty where that is the first day of the new chambers."),
    )

    def __init__(self, parliament, data=None, files=None):
        super().__init__(data, files)
        self.parliament = parliament
        chambers = parliament.chambers.select_related("parliament")
        self.fields["chambers"].queryset = chambers
        self.initial["chambers"] = chambers.as_of(today())
        label = _("New name of the parliament (%(language)s)")
        self.fields |= language_fields(ParliamentName, "name", label)
        self.new = [
            NewChamberForm(data, prefix=prefix, instance=Chamber(parliament=parliament))
            for prefix in NEW_CHAMBERS
        ]

    @property
    def parts(self):
        first, second = self.new
        fields = NewChamberForm.fields_of_page
        return [
            part(
                self,
                (_("What ends"), {"fields": ["chambers", ("last_day", "last_day_is_latest")]}),
                (_("What follows"), {"fields": ["number", "first_day"]}),
            ),
            part(first, (_("The new chamber"), {"fields": fields})),
            part(second, (_("The second new chamber"), {"fields": fields})),
            part(
                self,
                (
                    _("A new name of the parliament, if it has one"),
                    {"fields": [one_row("name"), "name_from"]},
                ),
                self.evidence,
            ),
        ]

    @property
    def media(self):
        return super().media + self.new[0].media

    def as_sent(self):
        return [*super().as_sent(), *(field.as_hidden() for form in self.new for field in form)]

    def clean(self):
        cleaned = super().clean()
        if "number" in cleaned:
            self._clean_chambers(int(cleaned["number"]))
        last_day, first_day = cleaned.get("last_day"), cleaned.get("first_day")
        if last_day and not first_day:
            cleaned["first_day"] = self._next(last_day)
        elif last_day and first_day <= last_day:
            self.add_error("first_day", _("The new chambers start after the last day of the old."))
        self._clean_name(cleaned)
        return cleaned

    def _next(self, last_day):
        try:
            day_of_the_calendar(last_day + ONE_DAY)
        except ValidationError as error:
            self.add_error("last_day", error)
            return None
        return last_day + ONE_DAY

    def _clean_chambers(self, number):
        used, unused = self.new[:number], self.new[number:]
        if any(form.has_changed() for form in unused):
            self.add_error("number", _("More chambers are filled in below than this says."))
        # Not `any(form.errors …)`: every form is validated, so that each shows its errors.
        if any({form.prefix: form.errors for form in used}.values()):
            self.add_error(None, _("A new chamber is not right yet: see below."))
        elif number > 1:
            for form in used:
                if not (form.instance.name_en or form.instance.name_ru):
                    form.add_error("name_en", _("Each of two chambers has a name."))
            taken = dict.fromkeys(
                one_row("name"), _("The other new chamber has that name already.")
            )
            taken["house"] = _("The other new chamber is that already.")
            for name, words in taken.items():
                first, second = (form.cleaned_data.get(name) for form in used)
                if first and first == second:
                    used[1].add_error(name, words)
            if any(form.errors for form in used):
                self.add_error(None, _("A new chamber is not right yet: see below."))
        self.used = used

    def _clean_name(self, cleaned):
        self.new_name = None
        row = ParliamentName(
            parliament=self.parliament,
            **{name: cleaned.get(name, "") for name in one_row("name")},
            valid_from=cleaned.get("name_from") or cleaned.get("first_day"),
        )
        row.clean_fields(exclude=["code", "source", "parliament"])
        if row.name_en or row.name_ru:
            self.new_name = row
            last_day, name_from = cleaned.get("last_day"), cleaned.get("name_from")
            if last_day and name_from and name_from <= last_day:
                self.add_error(
                    "name_from", _("The new name starts after the last day of the old chambers.")
                )
        elif cleaned.get("name_from"):
            self.add_error("name_from", _("Write the new name, or leave the day empty."))

    def plan(self):
        cleaned = self.cleaned_data
        new = [(form.instance, form.cleaned_data["seats"]) for form in self.used]
        for chamber, _seats in new:
            chamber.valid_from, chamber.source = cleaned["first_day"], cleaned["source"]
        if self.new_name:
            self.new_name.source = cleaned["source"]
        return ChamberReplacement(
            cleaned["source"],
            parliament=self.parliament,
            ending=list(cleaned["chambers"]),
            last_day=cleaned["last_day"],
            is_latest=cleaned["last_day_is_latest"],
            new=new,
            name=self.new_name,
        )


class ReplaceChambers(PlanAction):
    name = "replace_chambers"
    title = _("Replace chambers")
    form = ReplaceForm
    models = (Parliament, Chamber, ParliamentName, *kinds_of_chambers(), *kinds_of_people())
