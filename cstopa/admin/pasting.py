"""What a script of the desk asks for what is pasted or dropped into a text."""

from http import HTTPStatus

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

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
    """Return a view that answers with what ``read(body)`` returns, or with ``{"error": sentence}``."""

    @never_cache
    @require_POST
    def view(request):
        if not may_write(request):
            sentence = _("You may not write here. Perhaps you were signed out.")
            return JsonResponse({"error": sentence}, status=HTTPStatus.FORBIDDEN)
        try:
            return JsonResponse(read(request.body))
        except ValidationError as error:
            status = STATUSES.get(error.code, HTTPStatus.BAD_REQUEST)
            return JsonResponse({"error": " ".join(error.messages)}, status=status)

    return view


def pasted(body):
    """Return ``{"html", "notes"}`` of the HTML that was pasted."""
    text = cleaned(body.decode("utf-8", "replace"))
    return {"html": text.html, "notes": [*docx.notes(text.pictures)]}


def dropped(body):
    """Return ``{"html", "title", "notes"}`` of a .docx."""
    document = docx.converted(body)
    return {"html": document.html, "title": document.title, "notes": document.notes}


def register():
    admin.site.register_answer("paste/", answering(pasted), name="paste")
    admin.site.register_answer("paste/word/", answering(dropped), name="paste-word")
