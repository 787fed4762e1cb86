"""New composition: a delegation's seats and members change on a day, as a table says."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.forms import fields_for_model
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.admin.previews import part
from cstopa.admin.tables import TableForm, at_most, row_error, sample
from cstopa.models.fields import LineField
from cstopa.models.periods import today
from delegations.admin.actions import DecisionForm, FirstDay, PlanAction
from delegations.models import CompleteRoster, Membership, Person, Role, SeatAllocation
from delegations.new_composition import Line, NewComposition
from delegations.person_matching import NAME

MEMBER = "member"
ROLES = {MEMBER: "", **{kind: kind for kind in Role.Kind.values}}
COLUMNS = (*NAME, "person", "chamber", "role")


class RowField(forms.TypedChoiceField):
    """One of ``rows``, ``{key: row}``; None where the cell is empty."""

    def __init__(self, rows, complaint):
        super().__init__(
            choices=[(key, key) for key in rows],
            coerce=rows.get,
            empty_value=None,
            required=False,
            error_messages={"invalid_choice": complaint},
        )


class LineForm(forms.Form):
    """One row of the table; ``chambers`` are those in force, by code."""

    def __init__(self, cells, people, chambers):
        super().__init__(cells)
        self.chambers = chambers
        nobody = _("There is nobody with the slug “%(value)s”.")
        no_chamber = _("“%(value)s” is no chamber of the parliament on that day.")
        no_role = _("“%(value)s” is no role: a role is member, head, deputy_head or alternate.")
        self.fields |= {
            **fields_for_model(Person, NAME),
            "person": RowField(people, nobody),
            "chamber": RowField(chambers, no_chamber),
            "role": RowField(ROLES, no_role),
        }

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(each) for each in ("person", "family_name_en", "family_name_ru")):
            self.add_error(None, _("There is no family name, and no person."))
        cleaned["role"] = cleaned.get("role") or ""
        if "chamber" in cleaned and not cleaned["chamber"]:
            if len(self.chambers) == 1 and cleaned["role"] != Role.Kind.ALTERNATE:
                [cleaned["chamber"]] = self.chambers.values()
            elif not cleaned["role"] and "role" not in self.errors:
                self.add_error("chamber", _("Which chamber is it?"))
        return cleaned

    def line(self, number):
        cleaned = self.cleaned_data
        name = {column: cleaned[column] for column in NAME}
        return Line(number, name, cleaned["person"], cleaned["chamber"], cleaned["role"])


class CompositionForm(TableForm, DecisionForm):
    columns = COLUMNS

    first_day = FirstDay(
        label=_("First day of the new composition"),
        help_text=_("What ends with it ends on the day before."),
    )
    is_complete = forms.BooleanField(
        label=_("This table is the complete roster"),
        required=False,
        help_text=_("Seats that nobody in it holds are then vacant, and no longer “not recorded”."),
    )

    def __init__(self, delegation, data=None, files=None):
        super().__init__(data, files)
        self.delegation = delegation
        self.chambers = [*delegation.chambers.select_related("parliament")]
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
        table = {
            "fields": ["file", "table", "is_complete"],
            "description": format_html(
                _(
                    "A row for each person: the names in one language or both, or the slug of a "
                    'person on record. <a href="{}">A sample to fill in</a>'
                ),
                reverse("admin:delegations_delegation_sample", args=[self.delegation.pk]),
            ),
        }
        seats = {
            "fields": [*self.seats_of],
            "description": _("Leave it empty where the number of seats stays as it is."),
        }
        return [
            part(
                self,
                (_("When"), {"fields": ["first_day"]}),
                (_("Who: a table, CSV or XLSX"), table),
                *([(_("New numbers of seats"), seats)] if self.seats_of else []),
                self.evidence,
            )
        ]

    def clean(self):
        cleaned = super().clean()
        self.lines = []
        first_day = cleaned.get("first_day")
        seats = {name: chamber for name, chamber in self.seats_of.items() if cleaned.get(name)}
        if first_day:
            self._clean_chambers(first_day, seats)
        if self.rows:
            if first_day and "first_day" not in self.errors:
                self._clean_rows(first_day)
        elif not seats and not self.errors.keys() & {"file", *self.seats_of}:
            self.add_error("file", _("Choose a file, or write a new number of seats."))
        elif cleaned.get("is_complete") and "file" not in self.errors:
            self.add_error("is_complete", _("There is no table that could be complete."))
        return cleaned

    def _clean_chambers(self, first_day, seats):
        if not any(chamber.covers(first_day) for chamber in self.chambers):
            self.add_error("first_day", _("On that day the parliament has no chamber on record."))
        for name, chamber in seats.items():
            if not chamber.covers(first_day):
                self.add_error(name, _("The chamber is not in force on that day."))

    def _clean_rows(self, first_day):
        # As the fields of the rows will keep them: a sign that nobody sees is no name.
        rows = [
            (number, {column: LineField().tidied(cell) for column, cell in cells.items()})
            for number, cells in self.rows
        ]
        slugs = {cells.get("person") for _number, cells in rows}
        people = Person.objects.in_bulk(slugs, field_name="slug")
        chambers = {each.code: each for each in self.chambers if each.covers(first_day)}
        errors = []
        for number, cells in rows:
            form = LineForm(cells, people, chambers)
            if form.is_valid():
                self.lines.append(form.line(number))
            for column, problems in form.errors.items():
                column = "" if column == NON_FIELD_ERRORS else column
                errors += [row_error(number, column, words) for words in problems]
        heads = [str(line.number) for line in self.lines if line.role == Role.Kind.HEAD]
        if len(heads) > 1:
            words = _("A delegation has one head, and these rows name one: %(rows)s.")
            errors.append(words % {"rows": ", ".join(heads)})
        if errors:
            self.add_error("file", at_most(errors))

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


class NewCompositionAction(PlanAction):
    name = "new_composition"
    title = _("New composition")
    form = CompositionForm
    models = (Membership, Role, SeatAllocation, CompleteRoster, Person)

    @property
    def urls(self):
        view = self.pages.admin_site.admin_view(self.sample)
        return [
            path("<path:object_id>/sample.csv", view, name=self._named("sample")),
            *super().urls,
        ]

    def sample(self, request, object_id):
        """Download the header with a row for each chamber, to be filled in."""
        if not self.is_allowed(request):
            raise PermissionDenied
        row = self._row(request, object_id)
        return sample(
            row.slug,
            COLUMNS,
            [{"chamber": each.code, "role": MEMBER} for each in row.chambers.as_of(today())],
        )
