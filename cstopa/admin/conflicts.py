"""What others saved since a form was opened: nothing of it is lost unseen."""

import re

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ObjectDoesNotExist, ValidationError
from django.forms import BaseInlineFormSet
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.admin.collisions import why_put_off
from cstopa.admin.hardening import is_key
from cstopa.admin.history_admin import ChangeInWords
from cstopa.admin.merges import Merge, by_whom
from cstopa.admin.values import row_in_words
from cstopa.models.history import of_version
from cstopa.working_copies.unsent import Unsent

# The code of the errors that tell what another has saved.
CONFLICT = "conflict"
# So many versions since are read, to name who wrote them.
MOST_READ = 20


def with_versions(rows):
    """Annotate rows with the key of their newest version, read in the same moment as they are."""
    return rows.annotate(newest_version=of_version(rows.model, "pk"))


class SeenVersion(forms.Field):
    """The key of the version that the editor has before the eyes. It is no change by itself."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class ConflictCheckedForm(forms.ModelForm):
    """Is merged with what others saved since its editor opened it, field by field.

    What she did not touch stays as it is on record; of what both wrote she is asked, and nothing is
    saved before she has answered. What a script sends without the field is not compared. Nor is a
    form saved over a row where fields of it did not arrive, which would be emptied.
    """

    seen_version = SeenVersion(required=False)

    # What has come of both, where others saved it too.
    merge = None
    # For one request: what an earlier version has in its fields.
    brought_back = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= self.brought_back
        # Of the fields that its class declares a form has those that its page shows.
        for name in self.declared_fields.keys() - {*(self._meta.fields or ())}:
            del self.fields[name]
        self.initial["seen_version"] = getattr(self.instance, "newest_version", None)

    def shown_as(self, row, values=None):
        """Return the form, unbound, as it shows another state of its row."""
        return type(self)(instance=row, initial=values)

    def full_clean(self):
        if isinstance(self.data, Unsent):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        if self.is_bound and not why_put_off() and not self._is_to_be_deleted():
            self._merge()
        super().full_clean()

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("seen_version", None)
        if why_put_off():
            self.add_error(None, why_put_off())
            return cleaned
        if self._is_to_be_deleted():
            self._ask_before_deletion()
        for conflict in self.merge.conflicts if self.merge else ():
            words = _("%(who)s wrote this too: choose at the top, or mend it here and keep yours.")
            error = ValidationError(words, CONFLICT, {"who": self.merge.who})
            self.add_error(conflict.name, error)
        for name in self.changed_data if self.instance.pk else ():
            if self._is_missing(name) and not self.has_error(name):
                self.add_error(name, _("This field did not arrive, so nothing was saved."))
        return cleaned

    def _is_missing(self, name):
        widget = self.fields[name].widget
        is_of_row = name in (self._meta.fields or ())
        return is_of_row and widget.value_omitted_from_data(
            self.data, self.files, self.add_prefix(name)
        )

    def _is_to_be_deleted(self):
        return DELETION_FIELD_NAME in self.fields and bool(self[DELETION_FIELD_NAME].data)

    @cached_property
    def stored(self):
        """The row as it is on record. From now on who saves it too waits until this is saved."""
        rows = self._meta.model._default_manager.select_for_update()
        return rows.filter(pk=self.instance.pk).first()

    def _versions(self):
        """Return the version that was seen, None where none is known, and those since, newest first."""
        seen = self["seen_version"].data if "seen_version" in self.fields else None
        if not (seen and self.instance.pk and self.has_changed() and self.stored):
            return None, []
        versions = self._meta.model.history.filter(id=self.instance.pk)
        versions = versions.select_related("history_user").order_by("-pk")
        started, since = self._opened_on(seen, versions)
        return started, list(since[:MOST_READ])

    def _opened_on(self, seen, versions):
        """Return the version that ``seen`` names, None where there is none, and those after it."""
        started = versions.filter(pk=seen).first() if is_key(versions.model, seen) else None
        return started, versions.filter(pk__gt=started.pk) if started else versions[:1]

    def _merge(self):
        started, since = self._versions()
        is_asked = self.add_prefix("asked") in self.data
        if not (since or (started and is_asked)):
            return
        self.merge = Merge(self, started, since[0] if since else started, since)
        self.data = self.merge.data
        if since:
            self.instance.refresh_from_db()
            self.initial |= self.merge.now.initial | {"seen_version": since[0].pk}
        # Of a formset it was asked before.
        vars(self).pop("changed_data", None)

    def _ask_before_deletion(self):
        started, since = self._versions()
        if not since:
            return
        newest = since[0]
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(newest.pk)
        if started is None:
            messages = [_("The form does not say which version it started from: open it again.")]
        elif changes := ChangeInWords(self._meta.model, newest).context_for_delta_changes(
            newest.diff_against(started, foreign_keys_are_objs=True)
        ):
            messages = [
                _("Since you opened this, %(who)s saved it on %(moment)s:") % by_whom(newest),
                *(format_html("{field}: {old} → {new}", **change) for change in changes),
                _("Nothing was saved. If you save once more, it is deleted."),
            ]
        else:
            return
        self.add_error(None, [ValidationError(message, CONFLICT) for message in messages])


class ConflictCheckedFormSet(BaseInlineFormSet):
    """Rows of another's form, of which one may have been deleted or moved since it was opened.

    Such a row is left out, which is told once: saved once more, the others are saved without it.
    One that another saved is not deleted before its editor has seen that.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._left = []
        if self.is_bound:
            self._leave_out(self._gone())

    def _named(self, number, name):
        return f"{self.add_prefix(number)}-{name}"

    def _gone(self):
        """Return the newest versions of the rows that are not here any more, by their numbers."""
        here = {str(row.pk) for row in self.get_queryset()}
        gone = {}
        for number in range(min(self.initial_form_count(), self.total_form_count())):
            key = self.data.get(self._named(number, self.model._meta.pk.name))
            if key not in here and is_key(self.model, key):
                versions = self.model.history.filter(id=key).select_related("history_user")
                if newest := versions.order_by("-pk").first():
                    gone[number] = newest
        return gone

    def _leave_out(self, gone):
        if not gone:
            return
        self._left = [
            version
            for number, version in gone.items()
            if not (version.history_type == "-" and self._named(number, "DELETE") in self.data)
        ]
        left = [number for number in range(self.total_form_count()) if number not in gone]
        numbers = {str(number): place for place, number in enumerate(left)}
        pattern = re.compile(rf"{re.escape(self.prefix)}-(\d+)-(.+)")
        data = type(self.data)(mutable=True)
        for name, values in self.data.lists():
            match = pattern.fullmatch(name)
            if match is None:
                data.setlist(name, values)
            elif match[1] in numbers:
                data.setlist(self._named(numbers[match[1]], match[2]), values)
        management = self.management_form
        initial = sum(number < self.initial_form_count() for number in left)
        data[management.add_prefix("TOTAL_FORMS")] = len(left)
        data[management.add_prefix("INITIAL_FORMS")] = initial
        self.data = data
        del self.management_form

    def full_clean(self):
        if isinstance(self.data, Unsent):
            self._errors = [ErrorDict() for _form in self.forms]
            self._non_form_errors = self.error_class(map(self._message, self._left))
        else:
            super().full_clean()

    def _should_delete_form(self, form):
        # Of a row that is to be deleted Django overlooks every other error.
        return super()._should_delete_form(form) and not form.has_error(NON_FIELD_ERRORS, CONFLICT)

    def delete_existing(self, obj, commit=True):
        try:
            # Its form has written into it what an editor typed, which was never on record.
            obj.refresh_from_db()
        except ObjectDoesNotExist:
            # Another has deleted it at this moment.
            return
        super().delete_existing(obj, commit)

    def clean(self):
        super().clean()
        if self._left:
            without = _(
                "Nothing was saved. If you save once more, the others are saved without it."
            )
            raise ValidationError([*map(self._message, self._left), without])

    def _message(self, version):
        params = {"row": row_in_words(version.instance), **by_whom(version)}
        if version.history_type == "-":
            return _("Since you opened this, %(who)s deleted “%(row)s” on %(moment)s.") % params
        return _("Since you opened this, %(who)s moved “%(row)s” elsewhere on %(moment)s.") % params
