"""Undo of what was confirmed in a preview."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.utils.translation import gettext as _

from cstopa.admin.undoing import SignedUndo
from cstopa.models.written import Place
from delegations.models import FurtherSource
from delegations.taking_back import take_back


class TakeBack(SignedUndo):
    """What a plan has ``written``; it leads ``back`` to an address."""

    name = "take-back"

    def is_allowed(self, request, done):
        """Return whether somebody may write such rows. To undo what is one's own is no deletion."""
        needed = {(place.model, "add" if place.is_new else "change") for place in _places(done)}
        return request.user.has_perms(_permission(*each) for each in needed)

    def undo(self, request, done):
        back = take_back(_places(done), request.user)
        for row in back:
            admin.site.get_model_admin(type(row)).log_change(request, row, str(_("Undone.")))
        words = _("Undone. On record again: %(rows)s.") % {"rows": "; ".join(map(str, back))}
        messages.success(request, words if back else _("Undone. The record is as it was before."))
        # Evidence is added to what ends, too.
        if any(
            place.is_new and place.model != FurtherSource._meta.label for place in _places(done)
        ):
            messages.info(request, _("What was new is in the trash."))

    def address_after(self, done):
        return done["back"]


def _permission(label, act):
    options = apps.get_model(label)._meta
    return f"{options.app_label}.{get_permission_codename(act, options)}"


def _places(done):
    return [Place(*each) for each in done["written"]]
