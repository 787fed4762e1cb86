"""What a browser never sends to a list of the desk, and a forged request does."""

from contextlib import nullcontext

from django import forms
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction


def is_key(model, value):
    """Return whether a row could have this key: Django takes each for a number of any size."""
    try:
        model._meta.pk.clean(value, None)
    except ValidationError:
        return False
    return True


def is_understood(field, value):
    """Return whether a field of a form takes a value."""
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True


class SafeModelMultipleChoiceField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        for key in value or ():
            if not is_key(self.queryset.model, key):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key}
                )
        return super().clean(value)


# How the filters of a list compare. Any other way may be a pattern, which SQLite would match in Python,
# or read the whole table.
COMPARED = {"exact", "in", "isnull", "gte", "lt"}
# What a forged filter raises; some Django takes for right, and the database or a lookup does not.
MISUNDERSTOOD = (DatabaseError, DisallowedModelAdminLookup)
MISUNDERSTOOD += (ArithmeticError, LookupError, TypeError, ValueError)


class ForgedRequestMixin:
    """The pages of one model, which answer a forged request with a message or a refusal."""

    def lookup_allowed(self, lookup, value, request):
        """Obey the filters that the list offers, and keys."""
        path, separator, comparison = lookup.rpartition("__")
        if not separator or comparison not in COMPARED:
            path = lookup
        names = {"pk", *(each.name for each in self.opts.fields if each.is_relation)}
        for each in self.get_list_filter(request):
            names.add(getattr(each, "parameter_name", each))
        is_offered = path.removesuffix("__id") in names or path == "id"
        return is_offered and super().lookup_allowed(lookup, value, request)

    def changelist_view(self, request, extra_context=None):
        if "delete_selected" in request.POST.getlist("action") and not self.has_delete_permission(
            request
        ):
            raise PermissionDenied
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Django obeys it where no page offers it.
        if "_saveasnew" in request.POST and not self.save_as:
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_view(self, request, object_id, extra_context=None):
        # Django looks for the row first, and says of one that is not there what it refuses of others.
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", SafeModelMultipleChoiceField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        """Leave out what the field of a name could not be sent either: widgets stumble over it."""
        initial = super().get_changeform_initial_data(request)
        fields = self.get_form(request).base_fields if initial else {}
        return {
            name: value
            for name, value in initial.items()
            if name not in fields or is_understood(fields[name], value)
        }

    def response_action(self, request, queryset, **kwargs):
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if all(is_key(self.model, key) for key in chosen):
            return super().response_action(request, queryset, **kwargs)
        # The list comes again.
        return None

    def get_changelist_instance(self, request):
        try:
            # PostgreSQL takes no other query in a transaction in which one failed; and where there is
            # none, one of SQLite would wait for whoever saves.
            with transaction.atomic() if connection.in_atomic_block else nullcontext():
                return super().get_changelist_instance(request)
        except MISUNDERSTOOD as error:
            if not request.GET:
                raise
            raise IncorrectLookupParameters from error
