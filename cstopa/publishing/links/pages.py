"""The page of the desk where links to the newest version of a row are made, listed and revoked."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cstopa.admin.hardening import is_key
from cstopa.admin.values import row_in_words
from cstopa.publishing.models.links import DAYS, MOST_DAYS, PreviewLink
from cstopa.publishing.models.reviews import Review
from cstopa.publishing.models.versions import newest, version_of
from cstopa.publishing.preview import WithPreview

# So many links of a row are listed.
MOST = 50


class LinkForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days for which it is open"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
    )
    # What the page said when the link was asked for.
    version = forms.IntegerField(widget=forms.HiddenInput)


def address_of(link, row):
    """Return the address that is sent to somebody, in a language of the row, that of the desk if it may be."""
    with translation.override(row.language):
        return settings.SITE_URL + reverse("preview:page", args=[link.token])


class WithLinks(WithPreview):
    """The pages of a model of which one version may be sent to somebody without an account.

    Who may change a row may send it.
    """

    def is_reviewed(self, obj):
        """Return whether a row, None for a new one, is still to be public."""
        raise NotImplementedError

    def get_urls(self):
        name = admin_urlname(self.opts, "links").removeprefix("admin:")
        view = self.admin_site.admin_view(self.links_view)
        return [path("<path:object_id>/links/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self.has_change_permission(request, obj) and self.is_reviewed(obj):
            context["links_address"] = self._links_address(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _links_address(self, obj):
        return reverse(admin_urlname(self.opts, "links"), args=[quote(obj.pk)])

    def links_view(self, request, object_id):
        # First of all: whether there is such a row is not for everybody to know either.
        if request.method not in {"GET", "HEAD", "POST"} or not self.has_change_permission(request):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row) or not self.is_reviewed(row):
            raise PermissionDenied
        version = version_of(row, newest(row))
        sent = request.POST if request.method == "POST" and "revoke" not in request.POST else None
        form = LinkForm(sent, initial={"version": version.pk})
        if "revoke" in request.POST:
            return self._revoke(request, row)
        if form.is_valid():
            return self._make(request, row, version, form.cleaned_data)
        links = PreviewLink.objects.of(row).select_related("by").prefetch_related("answers")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send for approval by link"),
            "subtitle": row_in_words(row),
            "opts": self.opts,
            "original": row,
            "version": version,
            "form": form,
            # In whose name an answer is, is for nobody else to send.
            "links": [
                (link, address_of(link, row) if link.is_open and link.by == request.user else "")
                for link in links.order_by("-id")[:MOST]
            ],
        }
        return TemplateResponse(request, "admin/links.html", context)

    def _make(self, request, row, version, asked):
        if asked["version"] != version.pk:
            text = _("Others have saved this since you opened the page: look at it once more.")
            messages.warning(request, text)
        else:
            with transaction.atomic():
                link = PreviewLink.objects.make(row, version.pk, request.user, asked["days"])
                Review.objects.note(link, Review.State.LINKED, request.user)
            text = _("The link is made. Copy its address below, and send it to whom you ask.")
            messages.success(request, text)
        return HttpResponseRedirect(self._links_address(row))

    def _revoke(self, request, row):
        key = request.POST["revoke"]
        found = is_key(PreviewLink, key) and PreviewLink.objects.of(row).filter(pk=key).first()
        if not found:
            raise PermissionDenied
        if found.revoked_at is None:
            with transaction.atomic():
                found.revoke()
                Review.objects.note(found, Review.State.REVOKED, request.user)
        messages.success(request, _("The link is revoked: it shows nothing any more."))
        return HttpResponseRedirect(self._links_address(row))
