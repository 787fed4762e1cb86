"""The form of a draft over a row that is public."""

from django import forms
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cstopa.admin.asking import Finding
from cstopa.admin.conflicts import ConflictCheckedForm
from cstopa.publishing.checks import CheckedForm
from cstopa.publishing.models.versions import newest, value, version_of
from cstopa.publishing.reviewing import ReviewedForm
from cstopa.working_copies.models import number

# The button that makes a draft public.
PUBLISH = "_publish"
# Before the number of a version of what is public, on which the form of a new draft was opened.
OF_LIVE = "live-"


class Carried(forms.IntegerField):
    """A number that the form carries, and no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class DraftForm(CheckedForm, ReviewedForm, ConflictCheckedForm):
    """The content of a draft; it carries the version of the public row that its editor has seen.

    A new one carries that row as well, and is begun from that version.
    ``stands_for`` names the fields at which it is told what is wrong with another of the row.
    """

    publishing_button = PUBLISH
    begun_from = Carried(required=False, min_value=1, max_value=2**31)

    stands_for = {}

    class Meta:
        widgets = {"live": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "begun_from" in self.fields:
            self.initial["begun_from"] = newest(self.instance.live)

    def shown_as(self, row, values=None):
        is_draft = isinstance(row, self._meta.model)
        return super().shown_as(row if is_draft else self._meta.model.begun(row), values)

    def _opened_on(self, seen, versions):
        if not seen.startswith(OF_LIVE):
            return super()._opened_on(seen, versions)
        return version_of(self.stored.live, number(seen.removeprefix(OF_LIVE))), versions

    def clean(self):
        cleaned = super().clean()
        live = self.public_row(cleaned)
        if live is None:
            return cleaned
        moment = cleaned.get("goes_public_at")
        if moment and "goes_public_at" in self.changed_data and moment <= timezone.now():
            self.add_error("goes_public_at", _("This moment is past: publish it instead."))
        elif moment and "goes_public_at" in self.changed_data and not self._is_over(live):
            text = _("What it is a draft of is withdrawn: publish that first.")
            self.add_error("goes_public_at", text)
        if self.goes_public(live, cleaned):
            self._try(cleaned)
            self._ask_of_live(live, cleaned)
        return cleaned

    def validate_unique(self):
        drafts = self._meta.model.objects.filter(live=self.cleaned_data.get("live"))
        if self.instance.pk or not drafts.exists():
            super().validate_unique()
        else:
            # Otherwise it had been merged with that before.
            self.add_error(None, _("Somebody began a draft of it at this moment: save once more."))

    def goes_public(self, row, cleaned):
        is_asked = PUBLISH in self.data or bool(cleaned.get("goes_public_at"))
        live = self.public_row(cleaned)
        return is_asked and live is not None and self._is_over(live)

    def _is_over(self, live):
        return self._meta.model.is_over(live)

    def public_row(self, cleaned):
        return cleaned.get("live") or getattr(self.instance, "live", None)

    def _try(self, cleaned):
        """Say at their fields what would be wrong with the row if it said what the draft says."""
        try:
            self.row_from(cleaned).full_clean(validate_unique=False)
        except ValidationError as error:
            for name, errors in error.update_error_dict({}).items():
                at = name if name in self.fields else self.stands_for.get(name)
                if not self.has_error(at or NON_FIELD_ERRORS):
                    self.add_error(at, errors)

    def _ask_of_live(self, live, cleaned):
        """Ask before it replaces what others wrote in the public row, and its editor has not seen."""
        seen, rows = cleaned.get("begun_from"), type(live)._base_manager
        if transaction.get_connection().in_atomic_block:
            # Nobody writes it between the question and the answer.
            rows = rows.select_for_update()
        live = rows.get(pk=live.pk)
        based_on = self.instance.based_on if self.instance.pk else seen
        draft = self._meta.model(pk=self.instance.pk, live=live, based_on=based_on)
        said = {field.name: self._said(draft, field, cleaned) for field in draft.content()}
        if fields := draft.overwritten(seen, said):
            page = reverse(admin_urlname(live._meta, "compare"), args=[live.pk])
            address = f"{page}?from={seen or based_on}&to={newest(live)}"
            text = _(
                "Since you opened this, it was changed in what is public. To publish replaces it:"
                ' <a href="{address}">what was changed</a>.'
            )
            words = format_html(text, address=address)
            self.ask([Finding(field.name, words) for field in fields])

    def _said(self, draft, field, cleaned):
        """Return what the draft is to say in a field, as ``value()`` has it."""
        if field.name not in cleaned:
            return value(self.instance if draft.pk else draft.live, field)
        said = cleaned[field.name]
        if field.many_to_many:
            return {row.pk for row in said}
        return getattr(said, "pk", None) if field.is_relation else said
