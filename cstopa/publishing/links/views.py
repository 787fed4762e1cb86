"""What somebody sees who was sent a link: the page as it would be public, and where to answer.

No cookie is read outside the desk, so nobody's browser answers unasked in the name of another: it would
have to know the address. What is closed, forged or gone answers the same sentence.
"""

from functools import wraps
from types import SimpleNamespace

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cstopa.publishing.links.forms import AnswerForm
from cstopa.publishing.models.drafts import is_there
from cstopa.publishing.models.links import PreviewLink
from cstopa.publishing.models.reviews import Review
from cstopa.publishing.models.versions import value, version_of
from cstopa.publishing.preview import FRAMED, FRAMING, public_page

# So many answers one link takes.
MOST_ANSWERS = 30


def for_who_was_sent_it(view):
    """Let a view have the link, the row and the version of its address; else it answers 410."""

    @never_cache
    @wraps(view)
    def answer(request, token):
        link = PreviewLink.objects.by_token(token)
        found = link and _shown_by(link)
        if found:
            response = view(request, link, *found)
        else:
            response = render(request, "publishing/link_closed.html", status=410)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return answer


def _shown_by(link):
    """Return the pages of a link's model, its row and the version, of what is still to be public."""
    model = apps.get_model(link.model)
    pages = admin.site.get_model_admin(model)
    row = model._base_manager.filter(pk=link.key).first()
    version = row and pages.is_reviewed(row) and version_of(row, link.version)
    if not version or not pages.may(SimpleNamespace(user=link.by), "change"):
        return None
    # What was public in between is not opened again.
    since = model.history.filter(id=row.pk, history_id__gt=link.version)
    still = pages.reviewed(since).exclude(history_change_reason="publish")
    return (pages, row, version) if since.count() == still.count() else None


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@csp_override(FRAMING)
@for_who_was_sent_it
def page(request, link, pages, row, version):
    is_sent = request.method == "POST"
    # A browser says where a form stood; other sites have none of ours.
    if is_sent and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    form = AnswerForm(request.POST if is_sent else None)
    answers = link.answers.order_by("id")
    takes_more = len(answers) < MOST_ANSWERS
    if is_sent and takes_more and form.is_valid():
        _take(link, row, form, answers)
        return HttpResponseRedirect(f"{reverse('preview:page', args=[link.token])}?answered=1")
    context = {
        "link": link,
        "version": version,
        "form": form,
        "answers": answers,
        "takes_more": takes_more,
        "has_answered": "answered" in request.GET and answers,
    }
    return render(request, "publishing/link.html", context)


def _take(link, row, form, answers):
    said = form.cleaned_data["name"], form.cleaned_data["comment"], form.approves
    with transaction.atomic():
        last = answers.last()
        # Sent a second time, after a double click or a lost answer.
        if last and said == (last.outsider, last.comment, last.state != Review.State.COMMENTED):
            return
        Review.objects.answer(link, row, *said)


@require_safe
@csp_override(FRAMED)
@for_who_was_sent_it
def framed(request, link, pages, row, version):
    shown = version.instance
    values = {}
    for field in (*shown._meta.concrete_fields, *shown._meta.many_to_many):
        if field.many_to_many:
            rows = field.related_model._default_manager
            values[field.name] = list(rows.filter(pk__in=value(version, field)))
        elif not is_there(field, getattr(shown, field.attname)):
            # It was deleted since.
            setattr(shown, field.attname, None)
    return public_page(request, *pages.preview_page(shown, values))
