"""Two people who are one: an action on a person, and the button that undoes it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.base import desk_address
from cstopa.admin.corrections import Reason
from cstopa.admin.fields import SafeAutocompleteSelect
from cstopa.admin.previews import PreviewedForm, part
from cstopa.admin.undoing import SignedUndo
from delegations.admin.actions import PlanAction
from delegations.merging import Merging, undo
from delegations.models import Membership, Person
from delegations.models.people import person_fact_models


class MergeForm(PreviewedForm):
    other = forms.ModelChoiceField(
        Person.objects,
        label=gettext_lazy("The other row of the same person"),
        required=False,
        help_text=gettext_lazy("Its facts move here, it goes, and its address leads here."),
    )
    slug = forms.CharField(
        label=gettext_lazy("Or its slug"),
        required=False,
        max_length=100,
        widget=AdminTextInputWidget,
    )
    reason = Reason(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("How it is known. The public log of changes shows it."),
        widget=AdminTextInputWidget,
    )

    def __init__(self, person, *data):
        super().__init__(*data)
        self.person = person
        self.fields["reason"].required = True
        self.fields["other"].widget = SafeAutocompleteSelect(
            Membership._meta.get_field("person"),
            admin.site,
            attrs={"data-without": person.pk},
            choices=self.fields["other"].choices,
        )

    @property
    def parts(self):
        return [part(self, (None, {"fields": ["other", "slug", "reason"]}))]

    def clean(self):
        cleaned = super().clean()
        other, slug = cleaned.get("other"), cleaned.get("slug")
        if other and slug:
            self.add_error("slug", _("There is a person already: leave this empty."))
        elif slug:
            # Without scripts nobody is found by typing.
            other = cleaned["other"] = Person.objects.filter(slug=slug).first()
            if not other:
                words = _("There is nobody with the slug “%(value)s”.") % {"value": slug}
                self.add_error("slug", words)
        elif not other and not self.errors.keys() & {"other", "slug"}:
            self.add_error("other", _("Which row is the other one?"))
        if other == self.person:
            self.add_error("other", _("This is the same row: choose the other one."))
        return cleaned

    def plan(self):
        cleaned = self.cleaned_data
        return Merging(kept=self.person, gone=cleaned["other"], reason=cleaned["reason"])


class Merge(PlanAction):
    """It asks for no right to delete: who goes stays in the history, with her address, and comes back by undo."""

    name = "merge"
    title = gettext_lazy("Merge with another")
    form = MergeForm
    preview_template = "admin/delegations/merge_preview.html"

    @property
    def models(self):
        return (Person, *person_fact_models())

    def _done(self, request, row, plan):
        response = super()._done(request, row, plan)
        button = Unmerge().button(request, plan.done, _("If they were two after all:"))
        messages.info(request, button)
        return response


class Unmerge(SignedUndo):
    name = "unmerge"

    def is_allowed(self, request, done):
        return Merge(admin.site.get_model_admin(Person)).is_allowed(request)

    def undo(self, request, done):
        person = undo(done, request.user)
        admin.site.get_model_admin(Person).log_change(request, person, str(_("Undone.")))
        messages.success(request, _("%(person)s is there again.") % {"person": person})

    def address_after(self, done):
        """Return that of the row that is there again, or of the one that stays."""
        gone = Person.history.get(pk=done["gone"]).id
        is_back = Person.objects.filter(pk=gone).exists()
        return desk_address(Person(pk=gone if is_back else done["kept"]))
