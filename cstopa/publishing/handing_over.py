"""The draft over what was withdrawn: its row names it, and may take its words."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import re_path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cstopa.admin.base import desk_address, desk_link
from cstopa.admin.collisions import tried_again, why_put_off
from cstopa.admin.hardening import is_key
from cstopa.admin.labels import label
from cstopa.publishing.models.drafts import HANDED_OVER
from cstopa.publishing.models.versions import newest
from cstopa.publishing.publicity import moment as in_words
from cstopa.publishing.undoing import deed, with_undo

# The version of the row that was there when its page showed the button.
SEEN = "seen"


def _names(fields):
    return ", ".join(str(label(field)) for field in fields)


def _put_off(pages, request, object_id):
    messages.error(request, why_put_off())
    return HttpResponseRedirect(reverse(admin_urlname(pages.opts, "change"), args=[object_id]))


class HandingOver:
    """Pages of a Draft whose words are taken into its row while readers do not see that."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.hand_over_view)
        name = admin_urlname(self.opts, "hand_over").removeprefix("admin:")
        return [re_path("^([^/]+)/hand-over/$", view, name=name), *super().get_urls()]

    def may_hand_over(self, request, draft):
        """Return whether somebody may write its words into its row, and end it."""
        may_write = self.live_pages.has_change_permission(request, draft.live)
        return may_write and self.has_delete_permission(request, draft)

    @tried_again(_put_off)
    @transaction.atomic
    def hand_over_view(self, request, object_id):
        if request.method != "POST" or not self.has_view_or_change_permission(request):
            raise PermissionDenied
        draft = self.get_object(request, object_id)
        if draft is None:
            return self._handed_over(request, object_id)
        if not self.may_hand_over(request, draft):
            raise PermissionDenied
        key, address = draft.pk, desk_address(draft)
        if names := self._unseen(request, draft):
            text = _("Nothing was taken yet: others have changed %(names)s.")
            messages.warning(request, text % {"names": names})
            return HttpResponseRedirect(desk_address(draft.live))
        try:
            live = draft.hand_over(request.user)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
            return HttpResponseRedirect(address)
        words = _("It says what its draft said.")
        self.live_pages.log_change(request, live, words)
        ended = self.model.history.filter(id=key).order_by("-history_id").first()
        done = [deed(live, [field.name for field in self.model.content()], ended)]
        messages.success(request, with_undo(request, words, done, desk_address(live)))
        return HttpResponseRedirect(desk_address(live))

    def _unseen(self, request, draft):
        """Return the names of what it would replace in its row, and was not told beside the button."""
        if draft.is_over(draft.live):
            return ""
        rows, seen = type(draft.live), request.POST.get(SEEN)
        # Nobody writes it between the question and the answer.
        draft.live = rows._base_manager.select_for_update().get(pk=draft.live_id)
        return _names(draft.overwritten(seen if is_key(rows.history.model, seen) else None))

    def _handed_over(self, request, object_id):
        """Answer who sends it again: lead to the row that took the words already."""
        is_known = is_key(self.model, object_id)
        ended = self.model.history.filter(
            id=object_id if is_known else None, history_change_reason=HANDED_OVER
        ).first()
        live = ended and self.live_pages.get_object(request, str(ended.live_id))
        if not live or not self.live_pages.has_view_or_change_permission(request, live):
            raise Http404
        messages.info(request, _("It says already what its draft said."))
        return HttpResponseRedirect(desk_address(live))

    def say_that_it_is_left(self, request, row):
        """Name the draft over a row that was withdrawn, with the button by which its words are taken."""
        draft = self.over(row)
        if draft is None or not self.has_view_or_change_permission(request, draft):
            return
        link = desk_link(draft, _("draft"))
        words = format_html(_("It was withdrawn while there was a {draft} over it."), draft=link)
        if not self.may_hand_over(request, draft):
            messages.warning(request, words)
            return
        address = reverse(admin_urlname(self.opts, "hand_over"), args=[draft.pk])
        if names := _names(draft.overwritten()):
            text = _("Since the draft was begun, this has changed here: %(names)s. It is replaced.")
            words = format_html("{} {}", words, text % {"names": names})
        form = {"address": address, "words": words, "name": SEEN, "seen": newest(draft.live)}
        messages.warning(request, render_to_string("admin/_hand_over.html", form, request))

    def in_vain(self, draft):
        """Return what the withdrawal of its row makes of the moment of a draft; nothing where it has none."""
        if not draft.goes_public_at:
            return ""
        return format_html(
            _("The {draft} over it does not go public on {moment}, unless it is published again."),
            draft=desk_link(draft, _("draft")),
            moment=in_words(draft.goes_public_at),
        )

    def act_of(self, version, before):
        if version.history_change_reason == HANDED_OVER:
            return _("taken into what it was a draft of")
        return super().act_of(version, before)
