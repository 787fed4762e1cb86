"""What a script of the desk asks for what is pasted or dropped into a text."""

from http import HTTPStatus

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cstopa.library.embedded import Arriving
from cstopa.library.models import Picture
from cstopa.models.richtext import SanitisedHTMLField
from cstopa.pasting import docx
from cstopa.pasting.cleaning import cleaned

# Whatever else is wrong is wrong with what was sent.
STATUSES = {
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "busy": HTTPStatus.SERVICE_UNAVAILABLE,
}


def may_write(request):
    """Return whether there is a formatted text at the desk that its user may write."""
    return admin.site.has_permission(request) and any(
        request.user.has_perm(
            f"{model._meta.app_label}.{get_permission_codename(action, model._meta)}"
        )
        for model in admin.site._registry
        if any(isinstance(field, SanitisedHTMLField) for field in model._meta.fields)
        for action in ("add", "change")
    )


def answering(read):
    """Return a view that answers with what ``read(request)`` returns, or with ``{"error": sentence}``."""

    @never_cache
    @require_POST
    def view(request):
        if not may_write(request):
            sentence = _("You may not write here. Perhaps you were signed out.")
            return JsonResponse({"error": sentence}, status=HTTPStatus.FORBIDDEN)
        try:
            return JsonResponse(read(request))
        except ValidationError as error:
            status = STATUSES.get(error.code, HTTPStatus.BAD_REQUEST)
            return JsonResponse({"error": " ".join(error.messages)}, status=status)

    return view


def pasted(request):
    """Return ``{"html", "notes"}`` of the HTML that was pasted."""
    text = cleaned(request.body.decode("utf-8", "replace"))
    return {"html": text.html, "notes": [*docx.notes(text.pictures)]}


def dropped(request):
    """Return ``{"html", "title", "notes", "pictures"}`` of a .docx, with ``?name=`` and ``?language=`` of it.

    ``pictures`` are the codes of those that wait to be described.
    """
    document = docx.read(request.body)
    if not admin.site.get_model_admin(Picture).has_add_permission(request):
        text = document.text()
        notes = docx.notes(document.left_out + text.pictures, document.formulas, may_add=False)
        return {"html": text.html, "title": document.title, "notes": [*notes], "pictures": []}
    arriving = Arriving(document.pictures)
    text = document.text(arriving.codes)
    said = (request.GET.get(name, "") for name in ("name", "language"))
    html, uploads = arriving.keep(request.user, text.html, *said)
    notes = [*arriving.notes, *docx.notes(document.left_out + arriving.left_out, document.formulas)]
    codes = [each.code for each in uploads]
    return {"html": html, "title": document.title, "notes": notes, "pictures": codes}


def register():
    admin.site.register_answer("paste/", answering(pasted), name="paste")
    admin.site.register_answer("paste/word/", answering(dropped), name="paste-word")
