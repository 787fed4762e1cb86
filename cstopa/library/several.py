"""Several files at once: dropped on their list, or sent by a form, and described one after another."""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cstopa.library import files
from cstopa.library.arrived import NAME, found_in


class TakesSeveral:
    """Pages of a model, whose form is a FileForm, whose list takes files."""

    change_list_template = "admin/library/change_list.html"

    def changelist_view(self, request, extra_context=None):
        context = {}
        if self.has_add_permission(request):
            field = self.form.base_fields["uploaded"]
            widget = type(field.widget)()
            widget.is_several, widget.waiting = True, self.form.uploads.waiting(request.user)
            context["several"] = widget.render("uploaded", None, {"id": "id_uploaded"})
            context["several_address"] = self.address_of("several")
            media = forms.Media(
                css={"all": ["desk/library.css"]}, js=("admin/js/actions.js", *widget.media._js)
            )
            context["media"] = media
        return super().changelist_view(request, context | (extra_context or {}))

    def several_view(self, request):
        """Keep the files that a form sends, and lead to the description of the first that waits."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.FILES.getlist(NAME)
        if not sent:
            self.message_user(request, _("Choose a file."), messages.ERROR)
        for file in sent:
            try:
                # Before the transaction, which keeps all others from writing.
                found = found_in(file, self.form.look)
                with files.gone_with_rows(), transaction.atomic():
                    self.form.uploads.keep(request.user, found, file.name)
            except ValidationError as error:
                sentence = f"{file.name}: {' '.join(error.messages)}"
                self.message_user(request, sentence, messages.ERROR)
        next_one = self._next(request) if sent else None
        return HttpResponseRedirect(next_one or self.address_of("changelist"))

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if {"_continue", "_addanother", IS_POPUP_VAR}.isdisjoint(request.POST):
            next_one = self._next(request)
            return HttpResponseRedirect(next_one) if next_one else response
        return response

    def _next(self, request):
        """Return the address where the next one that waits is described, None where none does."""
        first = self.form.uploads.waiting(request.user).first()
        return first and f"{self.address_of('add')}?uploaded={first.token}"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.several_view))
        return [path("several/", view, name=self.name_of("several")), *super().get_urls()]
