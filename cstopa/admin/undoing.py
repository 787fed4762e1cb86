"""Undo: a button in the message that says what was done. A deletion has a reason, too."""

from functools import wraps

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cstopa.admin.collisions import say_and_go_to, tried_again
from cstopa.models import trash
from cstopa.models.fields import LineField
from cstopa.models.history import because
from cstopa.models.written import forget, recording, written

# As many rows as one button restores, or one request.
AT_ONCE = 100


def too_many():
    return _("Choose no more than %(most)d at once.") % {"most": AT_ONCE}


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
    values = [token_of(model, key) for key in keys]
    return _button(request, "restore", "row", values, words % {"days": trash.DAYS})


def _button(request, page, name, values, words):
    context = {"address": reverse(f"admin:{page}"), "name": name, "values": values, "words": words}
    return render_to_string("admin/_undo.html", context, request)


def reason(request):
    """Return the reason of a deletion, as its form has sent it."""
    return LineField().tidied(request.POST.get("reason", ""))[:500]


@wraps(actions.delete_selected)
def delete_selected(pages, request, queryset):
    """Delete the chosen rows, no more than can be undone, after their page has named what links to each."""
    if queryset[: AT_ONCE + 1].count() > AT_ONCE:
        messages.warning(request, too_many())
        return None
    page = actions.delete_selected(pages, request, queryset)
    if page:
        links = pages.links_to_each(request, queryset)
        page.context_data["linking"] = [(row, links[row.pk]) for row in queryset if row.pk in links]
    return page


admin.site.add_action(delete_selected)


class UndoMixin:
    """Offers to undo what was written, and deletes rows with a reason."""

    def _changeform_view(self, *args):
        with recording():
            return super()._changeform_view(*args)

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        if level == messages.SUCCESS:
            message = self.with_way_back(request, message)
        super().message_user(request, message, level, *args, **kwargs)

    def with_way_back(self, request, words):
        """Return what is said of what was just written, with its undo where there is one."""
        places = written()
        forget()
        return self.undoable(request, words, places) if 0 < len(places) <= AT_ONCE else words

    def undoable(self, request, words, places):
        """Return words with a button that undoes what was written at some Places; as they are: there is none."""
        return words

    def address_before(self, places):
        """Return where the undo of some Places leads: to the one row that was there before, or to the list."""
        [first, *others] = places
        if others or first.is_new:
            return self.list_address
        return reverse(admin_urlname(self.opts, "change"), args=[first.key])

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


class SignedUndo:
    """The button that undoes what was ``done``, as it is signed for its doer, and the answer to it.

    Its page and its field have the ``name``.
    """

    name = ""

    def register(self):
        admin.site.register_page(f"{self.name}/", self.view, self.name)

    def button(self, request, done, words):
        """Return words with the button that undoes what was done."""
        signed = signing.dumps(done, salt=self._salt(request), compress=True)
        return _button(request, self.name, self.name, [signed], words)

    def _salt(self, request):
        # What somebody did is undone by its doer.
        return f"{self.name}-{request.user.pk}"

    @tried_again(say_and_go_to("admin:index"))
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
        """Return whether somebody may; what depends on each row, ``undo()`` asks itself."""
        return True

    def undo(self, request, done):
        """Undo it and say so; ValidationError where that is refused."""
        raise NotImplementedError

    def address_after(self, done):
        raise NotImplementedError
