"""Undo of what was confirmed in a preview: the button of its message, and the answer to it."""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from cstopa.admin.collisions import others_are_saving, tried_again
from delegations.taking_back import Place, take_back


def _put_off(self, request):
    messages.error(request, others_are_saving())
    return HttpResponseRedirect(reverse("admin:index"))


class UndoOfPlan:
    """What was ``done``, as it is signed for its doer. Its page and its field have the ``name``."""

    name = ""

    def register(self):
        admin.site.register_page(f"{self.name}/", self.view, self.name)

    def button(self, request, done, words):
        """Return words with the button that undoes what was done."""
        signed = signing.dumps(done, salt=self._salt(request), compress=True)
        address = reverse(f"admin:{self.name}")
        button = {"address": address, "name": self.name, "values": [signed], "words": words}
        return render_to_string("admin/_undo.html", button, request)

    def _salt(self, request):
        # What somebody did is undone by its doer.
        return f"{self.name}-{request.user.pk}"

    @tried_again(_put_off)
    @transaction.atomic
    def view(self, request):
        if request.method != "POST":
            raise PermissionDenied
        try:
            done = signing.loads(request.POST.get(self.name, ""), salt=self._salt(request))
        except signing.BadSignature as error:
            raise PermissionDenied from error
        if not self.is_allowed(request, done):
            raise PermissionDenied
        try:
            self.undo(request, done)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        return HttpResponseRedirect(self.address_after(done))

    def is_allowed(self, request, done):
        raise NotImplementedError

    def undo(self, request, done):
        """Undo it and say so; ValidationError where that is refused."""
        raise NotImplementedError

    def address_after(self, done):
        raise NotImplementedError


class TakeBack(UndoOfPlan):
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

    def address_after(self, done):
        return done["back"]


def _permission(label, act):
    options = apps.get_model(label)._meta
    return f"{options.app_label}.{get_permission_codename(act, options)}"


def _places(done):
    return [Place(*each) for each in done["written"]]
