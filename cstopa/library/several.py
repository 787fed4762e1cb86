"""Several pictures at once: dropped on their list, or sent by a form, and described one after another."""

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cstopa.library import files
from cstopa.library.forms import FILE, UploadWidget, look
from cstopa.library.models import Upload

NAME = "uploaded"


class TakesSeveral:
    """Pages of pictures whose list takes files."""

    def changelist_view(self, request, extra_context=None):
        context = {}
        if self.has_add_permission(request):
            widget = UploadWidget()
            widget.is_several, widget.waiting = True, self._waiting(request)
            context["several"] = widget.render(NAME, None, {"id": f"id_{NAME}"})
            media = forms.Media(
                css={"all": ["desk/library.css"]}, js=("admin/js/actions.js", *widget.media._js)
            )
            context["media"] = media
        return super().changelist_view(request, context | (extra_context or {}))

    def several_view(self, request):
        """Keep the files that a form sends, and lead to the description of the first that waits."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = request.FILES.getlist(NAME + FILE)
        if not sent:
            self.message_user(request, _("Choose a picture."), messages.ERROR)
        for file in sent:
            try:
                # Before the transaction, which keeps all others from writing.
                picture = look(file)
                with files.gone_with_rows(), transaction.atomic():
                    Upload.objects.keep(request.user, picture, file.name)
            except ValidationError as error:
                sentence = f"{file.name}: {' '.join(error.messages)}"
                self.message_user(request, sentence, messages.ERROR)
        next_one = self._next(request) if sent else None
        return HttpResponseRedirect(next_one or reverse("admin:library_picture_changelist"))

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if {"_continue", "_addanother", IS_POPUP_VAR}.isdisjoint(request.POST):
            next_one = self._next(request)
            return HttpResponseRedirect(next_one) if next_one else response
        return response

    @staticmethod
    def _waiting(request):
        return Upload.objects.filter(account=request.user).order_by("uploaded_at", "pk")

    def _next(self, request):
        """Return the address where the next one that waits is described, None where none does."""
        first = self._waiting(request).first()
        return first and f"{reverse('admin:library_picture_add')}?{NAME}={first.token}"

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.several_view))
        return [path("several/", view, name="library_picture_several"), *super().get_urls()]
