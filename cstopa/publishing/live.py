"""The pages at the desk of what is public, over which drafts are written."""

from copy import copy

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstopa.admin.base import desk_address
from cstopa.admin.first_page import LIST, MOST, Line, Section
from cstopa.admin.history_admin import BROUGHT_BACK, moment_of
from cstopa.languages import IN_LANGUAGE, LANGUAGES, lacks_words
from cstopa.models.written import recording
from cstopa.publishing.models import PUBLISHED, Review
from cstopa.publishing.rights import WithRights
from cstopa.publishing.undoing import WithUndo

# What lacks a language is looked for among so many of the newest.
LOOKED_THROUGH = 200
# The button that keeps what was written beside what is public.
AS_DRAFT = "_draft"


class WithDrafts(WithRights, WithUndo):
    """Pages of a model with ``draft``, the relation of its Draft, whose pages are ``DraftPages``."""

    def live_rows(self):
        """Return the rows over which a draft may be."""
        return self.model._default_manager.all()

    def is_live(self, row):
        """Return whether a row is one of them."""
        return self.drafts.model.is_over(row)

    def publicity(self, row):
        """Return what readers see of a row, and what they lack, in words."""
        raise NotImplementedError

    def untranslated(self, language):
        """Return the newest public rows that are not whole in a language."""
        public = self.model.objects.published()
        newest = public.filter(pk__in=Subquery(public.values("pk")[:LOOKED_THROUGH]))
        return newest.filter(lacks_words(*self.model.TRANSLATED, language=language))

    @property
    def drafts(self):
        return self.admin_site.get_model_admin(self.opts.get_field("draft").related_model)

    def get_queryset(self, request):
        drafts = self.drafts.model
        key = drafts.objects.filter(live=OuterRef("pk")).values("pk")[:1]
        return (
            super()
            .get_queryset(request)
            .annotate(
                draft_key=Subquery(key),
                draft_state=Review.objects.state_of(drafts, OuterRef("draft_key")),
            )
        )

    def draft_in_words(self, row):
        """Return how far the draft over a row is; nothing where there is none."""
        if row.draft_key is None:
            return ""
        if not self.is_live(row):
            return _("with a draft over it")
        if not row.draft_state:
            return _("a draft waits")
        # Translators: the state of a draft over what is public: "draft for review".
        return _("draft %(state)s") % {"state": Review.State(row.draft_state).label}

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, unquote(object_id))
        if row is None or not self.is_live(row):
            if row and request.method == "GET" and self.has_view_or_change_permission(request, row):
                self.drafts.say_that_it_is_left(request, row)
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.drafts.has_change_permission(request):
            return super().change_view(request, object_id, form_url, extra_context)
        if AS_DRAFT in request.POST:
            return self._as_draft(request, row)
        address = self.drafts.address_over(row)
        if request.method == "GET" and "?" not in address and "live" not in request.GET:
            return HttpResponseRedirect(address)
        context = {"draft_address": address} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def _may_propose(self, request, obj):
        return self.is_live(obj) and self.drafts.has_add_permission(request)

    def may_edit(self, request, obj):
        return super().may_edit(request, obj) or self._may_propose(request, obj)

    def get_edit_address(self, request, obj):
        if super().may_edit(request, obj) or not self._may_propose(request, obj):
            return super().get_edit_address(request, obj)
        # In a form of another address.
        return self.drafts.address_over(obj)

    def may_begin(self, request, page):
        return super().may_begin(request, page) or (
            page == LIST and self.drafts.has_add_permission(request)
        )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # It would be public at once.
        if AS_DRAFT in request.POST and not self.drafts.has_add_permission(request):
            raise PermissionDenied
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _as_draft(self, request, row):
        """Begin a draft with what the form of the row has, and leave the row as it is."""
        said = []
        if request.POST.get("status", PUBLISHED) != PUBLISHED:
            text = gettext("A draft withdraws nothing: choose the status once more, and save that.")
            said.append(text)
        if left := ", ".join(self._not_of_draft(request, row)):
            said.append(gettext("A draft does not keep: %(fields)s.") % {"fields": left})
        if said:
            messages.warning(request, " ".join(said))

        def view():
            request.POST["live"] = str(row.pk)
            request.POST["begun_from"] = request.POST.get("seen_version", "")
            return self.drafts.add_view(request, self.drafts.new_address())

        return self.as_another_form(request, str(row.pk), "draft", view)

    def _not_of_draft(self, request, row):
        """Yield in words what was written in the form of the row and is no content of a draft."""
        form = self.get_form(request, row, change=True)(request.POST, instance=copy(row))
        kept = {"status", *(field.name for field in self.drafts.model.content())}
        for field in form.visible_fields():
            # What is said of a save alone is no change.
            is_written = field.name in form.changed_data or (field.data and not field.initial)
            if field.name not in kept and is_written:
                words = {"field": field.label, "written": field.data}
                text = (
                    gettext("%(field)s (“%(written)s”)")
                    if field.data
                    else gettext("%(field)s (emptied)")
                )
                yield text % words

    def may_bring_back(self, request, row=None):
        may = super().may_bring_back(request, row)
        return may or (
            (row is None or self.is_live(row)) and self.drafts.has_add_permission(request)
        )

    def bring_back(self, request, row, version):
        """Write the version as a draft over what is public."""
        if not self.is_live(row):
            return super().bring_back(request, row, version)
        draft = self.drafts.over(row) or self.drafts.model.begun(row)
        draft._change_reason = BROUGHT_BACK
        text = _("The version of %(moment)s is a draft now: publish it to have it read.")
        text %= {"moment": moment_of(version)}
        with recording():
            draft.take(version)
            messages.success(request, self.drafts.with_way_back(request, text))
        return HttpResponseRedirect(desk_address(draft))

    def after_restoring(self, row):
        return self.publicity(row)

    after_undoing = after_restoring

    def response_add(self, request, obj, post_url_continue=None):
        return self._answered(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request, obj):
        return self._answered(request, obj, super().response_change(request, obj))

    def _answered(self, request, obj, response):
        self.message_user(request, self.publicity(obj))
        draft = None if self.is_live(obj) else self.drafts.over(obj)
        if draft and (in_vain := self.drafts.in_vain(draft)):
            self.message_user(request, in_vain, messages.WARNING)
        return response

    def get_object(self, request, object_id, from_field=None):
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and transaction.get_connection().in_atomic_block:
            # Nobody makes it public between the question whether it is and the answer.
            row = self.get_queryset(request).select_for_update().filter(pk=row.pk).first()
        return row


def untranslated(request):
    """Return as a Section of the first page what readers see in one language alone."""
    lines = [
        Line(
            pages.get_edit_address(request, row),
            str(row),
            (gettext("not %(language)s") % {"language": IN_LANGUAGE[language]},),
        )
        for pages in admin.site._registry.values()
        if isinstance(pages, WithDrafts) and pages.drafts.has_change_permission(request)
        for language in LANGUAGES
        for row in pages.untranslated(language)[:MOST]
    ]
    return Section(gettext("Not translated"), lines)


def register():
    admin.site.register_section(untranslated)
