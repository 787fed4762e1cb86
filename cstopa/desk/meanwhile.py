"""What others saved since a form was opened: nothing of it is lost unseen."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cstopa.desk.versions import ChangeInWords


def with_versions(rows):
    """Annotate rows with the key of their newest version, read in the same moment as they are."""
    versions = rows.model.history.filter(id=OuterRef("pk")).order_by("-pk")
    return rows.annotate(newest_version=Subquery(versions.values("pk")[:1]))


class SeenVersion(forms.Field):
    """The key of the version that the editor has before the eyes.

    It is no change by itself, and a form that comes back with an error carries the newest.
    """

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False

    def bound_data(self, data, initial):
        return initial


class VersionedForm(forms.ModelForm):
    """Is not saved over a version that its editor has not seen.

    Saved once more, it is: the editor then knows what it replaces. What a script sends without the
    field is not compared.
    """

    seen_version = SeenVersion(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "seen_version" in (self._meta.fields or ()):
            self.initial["seen_version"] = getattr(self.instance, "newest_version", None)
        else:
            del self.fields["seen_version"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        seen = cleaned.pop("seen_version", None)
        if seen and self.instance.pk and self.has_changed():
            self._compare(seen)
        return cleaned

    def _compare(self, seen):
        model = self._meta.model
        # Who saves at the same moment waits, and is compared with what is saved here.
        model._default_manager.select_for_update().filter(pk=self.instance.pk).first()
        versions = model.history.filter(id=self.instance.pk).select_related("history_user")
        newest = versions.order_by("-pk").first()
        if newest is None or seen == str(newest.pk):
            return
        try:
            started = versions.get(pk=versions.model._meta.pk.clean(seen, None))
        except (ValidationError, versions.model.DoesNotExist):
            self.add_error(
                None, _("The form does not say which version it started from: open it again.")
            )
            return
        changes = ChangeInWords(model, newest).context_for_delta_changes(
            newest.diff_against(started, foreign_keys_are_objs=True)
        )
        if not changes:
            return
        self.add_error(
            None,
            _("Since you opened this, %(who)s saved it on %(moment)s:")
            % {
                "who": newest.history_user or newest.history_change_reason or _("not recorded"),
                "moment": date_format(localtime(newest.history_date), "DATETIME_FORMAT"),
            },
        )
        for change in changes:
            self.add_error(None, format_html("{field}: {old} → {new}", **change))
        self.add_error(
            None,
            _("Nothing was saved. If you save once more, what stands in the form replaces it."),
        )
