"""A deletion at the desk: it has a reason, and a button in its message undoes it."""

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from cstopa.models import trash
from cstopa.models.fields import LineField
from cstopa.models.history import because

# As many rows as one button restores, or one request.
AT_ONCE = 100


def token_of(model, key):
    """Return what a form sends of a deleted row."""
    return f"{model._meta.concrete_model._meta.label_lower}:{key}"


def undo(request, model, keys):
    """Return the button that undoes the deletion of rows, and nothing where it would be refused."""
    model = model._meta.concrete_model
    if model not in trash.kinds() or not 0 < len(keys) <= AT_ONCE:
        return ""
    words = ngettext(
        "For %(days)s day it is in the trash.", "For %(days)s days it is in the trash.", trash.DAYS
    )
    button = {
        "address": reverse("admin:restore"),
        "name": "row",
        "values": [token_of(model, key) for key in keys],
        "words": words % {"days": trash.DAYS},
    }
    return render_to_string("admin/_undo.html", button, request)


def reason(request):
    """Return the reason of a deletion, as its form has sent it."""
    return LineField().tidied(request.POST.get("reason", ""))[:500]


class UndoMixin:
    """Deletes rows with a reason, and offers to undo it."""

    def delete_model(self, request, obj):
        with because(reason(request)):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        keys = list(queryset.values_list("pk", flat=True)[: AT_ONCE + 1])
        with because(reason(request)):
            super().delete_queryset(request, queryset)
        self.offer_undo(request, keys)

    def response_delete(self, request, obj_display, obj_id):
        response = super().response_delete(request, obj_display, obj_id)
        self.offer_undo(request, [obj_id])
        return response

    def offer_undo(self, request, keys):
        """Say with a button how the deletion of rows is undone, to who may do it."""
        if self.has_add_permission(request) and (button := undo(request, self.model, keys)):
            self.message_user(request, button)

    def has_purge_permission(self, request):
        """Return whether somebody may empty the texts of deleted rows before their time is over."""
        return request.user.has_perm(f"{self.opts.app_label}.purge_{self.opts.model_name}")

    def after_restoring(self, row):
        """Return what is said of a row that came back from the trash, or nothing."""
        return ""
